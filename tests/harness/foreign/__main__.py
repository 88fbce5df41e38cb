"""`python -m tests.harness.foreign legacy` serves one of the sites until standard input ends."""

from __future__ import annotations

import sys
from contextlib import suppress

from tests.harness.foreign.sites import SITES, new_bank


def main() -> None:
    with SITES[sys.argv[1]](new_bank()) as address, suppress(KeyboardInterrupt):
        print(address, flush=True)  # noqa: T201  the one line that whoever starts it waits for
        sys.stdin.read()


if __name__ == "__main__":
    main()
