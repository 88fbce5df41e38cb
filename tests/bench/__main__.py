"""`make bench`: every measurement, one table, exit 1 when a promise is broken."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from tests.bench import acceptance, classroom, footprint, journey, reach, serving
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = {
    "journey": journey.rows,
    "acceptance": acceptance.rows,
    "serving": serving.rows,
    "footprint": footprint.rows,
    "classroom": classroom.rows,
    "reach": reach.rows,
}


def main() -> int:
    """0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be repeated")
    wanted = parser.parse_args().only or list(PARTS)
    return 0 if show(_rows(wanted)) else 1


def _rows(wanted: list[str]) -> Iterator[Row]:
    began = time.perf_counter()
    for part in wanted:
        yield from PARTS[part]()
    yield Row("the bench itself", time.perf_counter() - began, "s")


if __name__ == "__main__":
    raise SystemExit(main())
