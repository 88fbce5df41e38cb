"""Makes many seats at once: `python -m tests.bench.seats DATABASE COUNT` prints seconds and KiB."""

from __future__ import annotations

import os
import sys
import time

from simulator.store import Worlds
from simulator.training import starts
from tests.bench.servers import resident_kb


def main() -> None:
    """One seat first: what that loads is not a seat's own."""
    worlds = Worlds(f"sqlite:///{sys.argv[1]}")
    starts.make_seats(worlds, 1)
    before, began = resident_kb(os.getpid()), time.perf_counter()
    starts.make_seats(worlds, int(sys.argv[2]), seed=10_000)
    print(time.perf_counter() - began, resident_kb(os.getpid()) - before)
    worlds.close()


if __name__ == "__main__":
    main()
