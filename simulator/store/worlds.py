"""Seats and their worlds: loading, changing under a lock, and the event log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update

from simulator.domain.world import JAPAN, Event, World
from simulator.store.connections import Connections
from simulator.store.database import events, seats
from simulator.store.engine import Durability

NUL = "\0"  # is in no code, and some databases do not even let it be asked for
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(World).decode

# What every page asks: made once, because SQLAlchemy takes longer to make a statement than to run it.
_THERE = (seats.c.code == bindparam("code"), seats.c.removed.is_(False))
_OPEN = select(seats.c.seed, seats.c.label, seats.c.document).where(*_THERE)
_LOAD = select(seats.c.document, seats.c.run).where(*_THERE)
_SAVE = update(seats).where(seats.c.code == bindparam("of"))
_RUN = select(seats.c.run).where(seats.c.code == bindparam("code")).scalar_subquery()
_EVENTS_AFTER = (
    select(events)
    .where(events.c.seat == bindparam("code"), events.c.run == _RUN, events.c.id > bindparam("last"))
    .order_by(events.c.id)
)


class SeatGoneError(LookupError):
    """The seat was removed while a request for it was under way."""


@dataclass(frozen=True)
class NewSeat:
    """A seat yet to be stored: its code in addresses (secret), its label for people, and its world."""

    code: str
    label: str
    world: World


@dataclass(frozen=True)
class Wanted:
    """A filter of events: kinds, a user's login ID, first and last day. Empty values mean all."""

    kinds: tuple[str, ...] = ()
    login_id: str = ""
    since: date | None = None
    until: date | None = None


class Worlds:
    """All seats of one database, and its connections."""

    def __init__(self, url: str, durability: Durability = "full") -> None:
        self.connections = Connections(url, durability)
        self.engine = self.connections.engine
        # Where a file was copied to before its tables were changed to the present ones, "" for nowhere.
        self.copy_before = self.connections.copy_before
        self.close, self.closing = self.connections.close, self.connections.closing
        self.reading, self.writing = self.connections.reading, self.connections.writing

    def add(self, made: Iterable[NewSeat]) -> list[Seat]:
        """Store new seats, all or none, and return them."""
        made = list(made)
        with self.writing() as connection:
            insert_seats(connection, made)
        return [Seat(self, seat.code, seat.world.seed, seat.label) for seat in made]

    def open(self, code: str) -> tuple[Seat, World] | None:
        """Return the seat with this code, and its world for reading; None when there is none."""
        if NUL in code:
            return None
        with self.reading() as connection:
            row = connection.execute(_OPEN, {"code": code}).one_or_none()
        return (Seat(self, code, row.seed, row.label), _decode(row.document)) if row else None

    def seat(self, code: str) -> Seat | None:
        """Return the seat with this code; None when there is none."""
        opened = self.open(code)
        return opened[0] if opened else None

    def seats(self) -> list[Seat]:
        """Return every seat, in the order in which they were made."""
        with self.reading() as connection:
            rows = connection.execute(
                select(seats.c.code, seats.c.seed, seats.c.label)
                .where(seats.c.removed.is_(False))
                .order_by(seats.c.number)
            ).all()
        return [Seat(self, *row) for row in rows]

    def remove(self, code: str) -> None:
        """Remove a seat with its events."""
        with self.writing() as connection:
            connection.execute(delete(events).where(events.c.seat == code))
            connection.execute(delete(seats).where(seats.c.code == code))


@dataclass(frozen=True)
class Seat:
    """One seat. code: its address. seed: what its made-up data derive from. label: for people."""

    worlds: Worlds
    code: str
    seed: int
    label: str

    def read(self) -> World:
        """Return the world as last saved, for reading. Raises SeatGoneError."""
        with self.worlds.reading() as connection:
            return load(connection, self.code)[0]

    @contextmanager
    def change(self) -> Iterator[World]:
        """Give the world to change in one transaction. Raises SeatGoneError.

        It is saved with its events on leaving, or not at all on an error.
        """
        with self.worlds.writing(self.code) as connection:
            world, document, run = load(connection, self.code)
            yield world
            save(connection, self.code, run, world, document)

    def replace(self, world: World) -> None:
        """Replace the world of this seat; its event log begins anew. Raises SeatGoneError."""
        with self.worlds.writing(self.code) as connection:
            run = load(connection, self.code)[2]
            save(connection, self.code, run + 1, world, before=b"")

    def events(self, wanted: Wanted, limit: int = 1_000, offset: int = 0) -> list[Event]:
        """Return the events since the start or the last reset of this bank, the newest first."""
        query = select(events).where(*self._conditions(wanted)).order_by(events.c.id.desc())
        with self.worlds.reading() as connection:
            return [_event(row) for row in connection.execute(query.limit(limit).offset(offset))]

    def events_after(self, last: int) -> list[tuple[int, Event]]:
        """Return the events after the one with this number, with their numbers, the oldest first."""
        with self.worlds.reading() as connection:
            rows = connection.execute(_EVENTS_AFTER, {"code": self.code, "last": last})
            return [(row.id, _event(row)) for row in rows]

    def count_events(self, wanted: Wanted) -> int:
        """Return how many events this filter lets through."""
        query = select(func.count()).select_from(events).where(*self._conditions(wanted))
        with self.worlds.reading() as connection:
            return connection.scalar(query) or 0

    def _conditions(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        run = select(seats.c.run).where(seats.c.code == self.code).scalar_subquery()
        conditions: list[ColumnElement[bool]] = [events.c.seat == self.code, events.c.run == run]
        if wanted.kinds:
            conditions.append(events.c.kind.in_(wanted.kinds))
        if wanted.login_id:
            conditions.append(events.c.login_id == wanted.login_id)
        if wanted.since:
            conditions.append(events.c.at >= datetime.combine(wanted.since, time.min))
        if wanted.until:
            conditions.append(events.c.at <= datetime.combine(wanted.until, time.max))
        return conditions


def insert_seats(connection: Connection, made: Sequence[NewSeat]) -> None:
    """Insert seats with their worlds, numbered after those that there are."""
    last = connection.scalar(select(func.max(seats.c.number))) or 0
    rows = [
        {
            "code": seat.code,
            "number": last + position,
            "label": seat.label,
            "seed": seat.world.seed,
            "run": 1,
            "document": _encode(seat.world),
        }
        for position, seat in enumerate(made, 1)
    ]
    if rows:
        connection.execute(insert(seats), rows)


def load(connection: Connection, code: str) -> tuple[World, bytes, int]:
    """Return a seat's world, its document and the number of its run.

    A run lasts from one reset to the next. Raises SeatGoneError.
    """
    row = connection.execute(_LOAD, {"code": code}).one_or_none()
    if row is None:
        raise SeatGoneError(code)
    return _decode(row.document), row.document, row.run


def save(connection: Connection, code: str, run: int, world: World, before: bytes) -> None:
    """Save a world, unless it equals the document before, and append its new events."""
    document = _encode(world)
    if document != before:
        connection.execute(_SAVE, {"of": code, "document": document, "run": run})
    if world.new_events:
        connection.execute(insert(events), [_event_row(code, run, event) for event in world.new_events])


def _event_row(code: str, run: int, event: Event) -> dict[str, object]:
    return {
        "seat": code,
        "run": run,
        "at": event.at.astimezone(JAPAN).replace(tzinfo=None),
        "login_id": event.login_id,
        "kind": event.kind,
        "data": json.dumps(event.data, ensure_ascii=False),
    }


def _event(row: Row[Any]) -> Event:
    at: datetime = row.at
    return Event(row.kind, row.login_id, at.replace(tzinfo=JAPAN), json.loads(row.data))
