"""Removal of what deleted classes have left, in portions so small that nobody at work notices."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from sqlalchemy import Column, Delete, Table, delete, select

from simulator.store.database import events, seats
from simulator.store.training_tables import interrupted, practices, trail
from simulator.store.trouble import DatabaseError, trouble_of
from simulator.store.worlds import Worlds

WAIT_SECONDS = 2  # enough for all that a usual class has left
PORTION = 500  # rows of a transaction: some hundredths of a second
# The lock of a seat that there is not: two that sweep follow each other, and nobody else waits.
SWEEPER = "*removed*"
_log = logging.getLogger("densai")
_REMOVED = select(seats.c.code).where(seats.c.removed.is_(True))


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


def sweep_soon(worlds: Worlds, wait_seconds: float = WAIT_SECONDS) -> None:
    """Sweep beside whatever is to be done next; wait for its end, but not for longer than this."""
    if not _is_anything_left(worlds):
        return
    thread = threading.Thread(target=_sweep_or_say, args=(worlds,), name="densai-sweep", daemon=True)
    worlds.connections.beside = [each for each in worlds.connections.beside if each.is_alive()]
    worlds.connections.beside.append(thread)
    thread.start()
    thread.join(wait_seconds)


def _sweep_or_say(worlds: Worlds) -> None:
    try:
        sweep(worlds)
    except DatabaseError as error:
        if not worlds.closing.is_set():
            # Nobody misses what is left; the next start goes on with it.
            _log.error("a deleted class is not swept away yet: %s", trouble_of(error).reason)


def sweep(worlds: Worlds) -> int:
    """Remove all that belongs to removed seats; return the number of transactions that took.

    One that was broken off is gone on with by the next.
    """
    if not _is_anything_left(worlds):
        return 0
    return sum(_all_of(worlds, portion) for portion in _PORTIONS)


def _is_anything_left(worlds: Worlds) -> bool:
    with worlds.reading() as connection:
        return connection.scalar(_REMOVED.limit(1)) is not None


def _all_of(worlds: Worlds, portion: Delete) -> int:
    done, times = PORTION, 0
    while done == PORTION and not worlds.closing.is_set():
        began = time.monotonic()
        with worlds.writing(SWEEPER) as connection:
            done = connection.execute(portion).rowcount
        times += 1
        # Whoever waits to write comes first: as long a pause as the work was.
        worlds.closing.wait(time.monotonic() - began)
    return times
