"""Removal of what deleted classes have left, in portions so small that nobody at work notices."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Column, Delete, Table, delete, select

from simulator.store.database import events, seats
from simulator.store.training_tables import interrupted, practices, trail
from simulator.store.worlds import Worlds

PORTION = 500  # rows of a transaction: some hundredths of a second
# The lock of a seat that there is not: two that sweep follow each other, and nobody else waits.
SWEEPER = "*removed*"
_REMOVED = select(seats.c.code).where(seats.c.removed)


def _some(table: Table, key: Column[Any], seat: Column[Any]) -> Delete:
    part = select(key).where(seat.in_(_REMOVED)).limit(PORTION)
    return delete(table).where(key.in_(part))


# What refers to another table goes before it.
SWEPT = (
    (trail, trail.c.id, trail.c.seat),
    (interrupted, interrupted.c.practice, interrupted.c.seat),
    (practices, practices.c.id, practices.c.seat),
    (events, events.c.id, events.c.seat),
    (seats, seats.c.code, seats.c.code),
)
_PORTIONS = tuple(_some(*each) for each in SWEPT)


def sweep(worlds: Worlds) -> int:
    """Remove all that belongs to removed seats; return the number of transactions that took.

    One that was broken off is gone on with by the next.
    """
    with worlds.reading() as connection:
        if connection.scalar(_REMOVED.limit(1)) is None:
            return 0
    return sum(_all_of(worlds, portion) for portion in _PORTIONS)


def _all_of(worlds: Worlds, portion: Delete) -> int:
    done, times = PORTION, 0
    while done == PORTION:
        began = time.monotonic()
        with worlds.writing(SWEEPER) as connection:
            done = connection.execute(portion).rowcount
        times += 1
        # Whoever waits to write comes first: as long a pause as the work was.
        time.sleep(time.monotonic() - began)
    return times
