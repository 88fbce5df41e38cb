"""`python -m tests.store.increment URL SEAT TIMES`: sets one seat's clock on, from several threads."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from simulator.store import Worlds

THREADS = 8


def count_up(worlds: Worlds, code: str, times: int) -> None:
    """Set a seat's clock on by ``times`` seconds and note each, one transaction at a time."""
    seat = worlds.seat(code)
    assert seat is not None

    def once(_: int) -> None:
        with seat.change() as world:
            world.clock.offset += 1
            world.record("counted", "", number=f"{world.clock.offset:.0f}")

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(once, range(times)))


if __name__ == "__main__":
    opened = Worlds(sys.argv[1])
    count_up(opened, sys.argv[2], int(sys.argv[3]))
    opened.close()
