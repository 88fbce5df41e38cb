"""`python -m tests.harness.foreign legacy` serves one of the sites until standard input ends."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext, suppress

from tests.harness.foreign.faults import FAULTS, broken
from tests.harness.foreign.sites import SITES, bank_after, new_bank


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.harness.foreign")
    parser.add_argument("site", choices=SITES)
    parser.add_argument("--fault", choices=FAULTS, metavar="ID", help="a fault of faults.py")
    parser.add_argument("--after", choices=("1-4", "2-3"), help="with the bank as this procedure leaves it")
    typed = parser.parse_args()
    bank = bank_after(typed.after) if typed.after else new_bank()
    with (
        broken(typed.fault) if typed.fault else nullcontext(),
        SITES[typed.site](bank) as address,
        suppress(KeyboardInterrupt),
    ):
        print(address, flush=True)  # noqa: T201  the one line that whoever starts it waits for
        sys.stdin.read()


if __name__ == "__main__":
    main()
