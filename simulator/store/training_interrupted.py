"""Interrupted practices, each with its seat's bank as it stood: kept, listed, forgotten and put back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from simulator.domain.world import Event, World
from simulator.store.database import events
from simulator.store.training_rows import Counted, PracticeRow, naive, practice_row
from simulator.store.training_tables import interrupted, practices, trail
from simulator.store.worlds import load, save

_encode = msgspec.json.Encoder().encode
_of_events = msgspec.json.Decoder(list[Event]).decode
_of_world = msgspec.json.Decoder(World).decode


@dataclass(frozen=True)
class Interrupted:
    """An interrupted practice, with the bank of its seat and the events of it, oldest first."""

    row: PracticeRow
    world: World
    events: list[Event]


def keep(connection: Connection, practice: int, seat: str, history: list[Event]) -> None:
    """Keep a seat's bank as it stands, with the events of its history, for this practice."""
    _, document, _ = load(connection, seat)
    row = {"practice": practice, "seat": seat, "world": document, "events": _encode(history)}
    connection.execute(insert(interrupted).values(row))


def rows_of(connection: Connection, seat: str) -> list[PracticeRow]:
    """Return the interrupted practices of a seat, the last interrupted first."""
    query = select(practices).join(interrupted, interrupted.c.practice == practices.c.id)
    query = query.where(interrupted.c.seat == seat).order_by(practices.c.ended.desc(), practices.c.id.desc())
    return [practice_row(*row) for row in connection.execute(query)]


def find(connection: Connection, seat: str, practice: int) -> Interrupted | None:
    """Return the interrupted practice of a seat with this number; None when there is none."""
    query = select(*practices.c, interrupted.c.world, interrupted.c.events)
    query = query.join(interrupted, interrupted.c.practice == practices.c.id)
    query = query.where(interrupted.c.seat == seat, interrupted.c.practice == practice)
    row: Any = connection.execute(query).one_or_none()
    if row is None:
        return None
    *practised, world, history = row
    return Interrupted(practice_row(*practised), _of_world(world), _of_events(history))


def forget(connection: Connection, numbers: Iterable[int]) -> None:
    """Keep the bank of these practices no longer; the practices themselves stay."""
    connection.execute(delete(interrupted).where(interrupted.c.practice.in_(list(numbers))))


def put_back(connection: Connection, found: Interrupted) -> int:
    """Replace a seat's bank by the interrupted one and return the number of its last event, 0 without one."""
    seat = found.row.seat
    found.world.new_events[:] = found.events
    run = load(connection, seat)[2]
    save(connection, seat, run + 1, found.world, before=b"")
    return connection.scalar(select(func.max(events.c.id)).where(events.c.seat == seat)) or 0


def renumber(connection: Connection, row: PracticeRow, document: Counted) -> int:
    """Make an interrupted practice the latest of its seat, running, and return its new number.

    Its trail goes with it; pages that stand open with the old number belong to no practice any more.
    """
    made = {
        "seat": row.seat,
        "course": row.course,
        "mode": row.mode,
        "started": naive(row.started),
        "outcome": "",
        "document": _encode(document),
        "faults": document.faults_in_all,
    }
    done = connection.execute(insert(practices), made).inserted_primary_key
    number = int(done[0]) if done else 0
    connection.execute(update(trail).where(trail.c.practice == row.id).values(practice=number))
    forget(connection, [row.id])
    connection.execute(delete(practices).where(practices.c.id == row.id))
    return number
