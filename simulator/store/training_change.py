"""What changes of classes, members and practices, always inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, CursorResult, bindparam, delete, insert, select, update

from simulator.domain.world import World
from simulator.store.database import events, seats
from simulator.store.training_rows import (
    CLASS,
    CURRENT,
    KEY,
    MEMBER,
    ClassRow,
    Member,
    NewEntry,
    PracticeRow,
    class_row,
    member_row,
    members_in,
    naive,
    practice_row,
)
from simulator.store.training_tables import classes, keys, members, practices, trail
from simulator.store.worlds import NewSeat, insert_seats, load, save

_encode = msgspec.json.Encoder().encode

_SAVE_MEMBER = update(members).where(members.c.seat == bindparam("of"))
_SAVE_PRACTICE = update(practices).where(practices.c.id == bindparam("of"))
_STOP_PRACTICES = update(practices).where(practices.c.seat == bindparam("of"), practices.c.outcome == "")
_ADD_PRACTICE, _ADD_TRAIL = insert(practices), insert(trail)


class TrainingChange:
    """What may be done inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def set_key(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self.connection.execute(delete(keys).where(keys.c.name == name))
        self.connection.execute(insert(keys).values(name=name, value=value))

    def key(self, name: str) -> str:
        """A kept value as it is now; "" when there is none."""
        return self.connection.scalar(KEY, {"name": name}) or ""

    def add_class(self, code: str, made: datetime, plan: object) -> int:
        """A new class; its number. Raises IntegrityError when the code is taken."""
        row = {"code": code, "made": naive(made), "document": _encode(plan)}
        return _key(self.connection.execute(insert(classes).values(row)))

    def save_class(self, id_: int, plan: object) -> None:
        """Keep a class's plan."""
        self.connection.execute(update(classes).where(classes.c.id == id_).values(document=_encode(plan)))

    def class_(self, id_: int) -> ClassRow | None:
        """The class as it is now."""
        row = self.connection.execute(CLASS, {"id": id_}).one_or_none()
        return class_row(*row) if row else None

    def remove_class(self, id_: int) -> None:
        """Forget a class with its seats and all that happened at them."""
        own = select(members.c.seat).where(members.c.class_id == id_)
        codes = list(self.connection.scalars(own))
        for start in range(0, len(codes), 200):
            part = codes[start : start + 200]
            for table, column in (
                (trail, trail.c.seat),
                (practices, practices.c.seat),
                (members, members.c.seat),
                (events, events.c.seat),
                (seats, seats.c.code),
            ):
                self.connection.execute(delete(table).where(column.in_(part)))
        self.connection.execute(delete(classes).where(classes.c.id == id_))

    def add_seats(self, made: Iterable[NewSeat]) -> None:
        """New seats with their worlds."""
        insert_seats(self.connection, list(made))

    def replace_world(self, seat: str, world: World) -> None:
        """Put another world in a seat's place; its bank history begins anew."""
        run = load(self.connection, seat)[2]
        save(self.connection, seat, run + 1, world, before=b"")

    @contextmanager
    def world(self, seat: str) -> Iterator[World]:
        """A seat's world, changed in the same transaction. Raises SeatGoneError."""
        world, document, run = load(self.connection, seat)
        yield world
        save(self.connection, seat, run, world, document)

    def add_members(self, made: Sequence[Member]) -> None:
        """Who may sit where. Raises IntegrityError when a code is taken."""
        rows = [
            {
                "seat": one.seat,
                "class_id": one.class_id,
                "place": one.place,
                "code": one.code,
                "name": one.name,
                "joined": naive(one.joined) if one.joined else None,
                "document": one.document,
            }
            for one in made
        ]
        if rows:
            self.connection.execute(insert(members), rows)

    def members(self, class_id: int | None) -> list[Member]:
        """A class's seats as they are now."""
        return [member_row(*row) for row in members_in(self.connection, class_id)]

    def member(self, seat: str) -> Member | None:
        """The member at a seat as he is now."""
        row = self.connection.execute(MEMBER, {"seat": seat}).one_or_none()
        return member_row(*row) if row else None

    def name_member(self, seat: str, name: str, joined: datetime | None) -> None:
        """Who sits at a seat from now on."""
        values = {"name": name, "joined": naive(joined) if joined else None}
        self.connection.execute(_SAVE_MEMBER, {"of": seat, **values})

    def save_member(self, seat: str, document: object) -> None:
        """Keep what a trainee has learnt."""
        self.connection.execute(_SAVE_MEMBER, {"of": seat, "document": _encode(document)})

    def recode_member(self, seat: str, code: str) -> None:
        """A new return code: the old one, and whoever came in with it, is out."""
        self.connection.execute(_SAVE_MEMBER, {"of": seat, "code": code})

    def current(self, seat: str) -> PracticeRow | None:
        """The latest practice of a seat as it is now."""
        row = self.connection.execute(CURRENT, {"seat": seat}).one_or_none()
        return practice_row(*row) if row else None

    def begin_practice(self, seat: str, course: str, mode: str, started: datetime, document: object) -> int:
        """A new practice; one still running at this seat ends as stopped. Its number."""
        ended = {"of": seat, "ended": naive(started), "outcome": "stopped"}
        self.connection.execute(_STOP_PRACTICES, ended)
        row = {
            "seat": seat,
            "course": course,
            "mode": mode,
            "started": naive(started),
            "outcome": "",
            "document": _encode(document),
        }
        return _key(self.connection.execute(_ADD_PRACTICE, row))

    def save_practice(self, id_: int, document: object) -> None:
        """Keep how far a practice has got."""
        self.connection.execute(_SAVE_PRACTICE, {"of": id_, "document": _encode(document)})

    def end_practice(self, id_: int, outcome: str, ended: datetime) -> None:
        """How a practice came out."""
        values = {"outcome": outcome, "ended": naive(ended)}
        self.connection.execute(_SAVE_PRACTICE, {"of": id_, **values})

    def running_in(self, class_id: int) -> list[PracticeRow]:
        """The practices of a class that are under way."""
        query = select(practices).join(members, members.c.seat == practices.c.seat)
        query = query.where(members.c.class_id == class_id, practices.c.outcome == "")
        return [practice_row(*row) for row in self.connection.execute(query)]

    def add_trail(self, practice: int, seat: str, at: datetime, entries: Sequence[NewEntry]) -> None:
        """What happened, in its order."""
        rows = [
            {
                "practice": practice,
                "seat": seat,
                "at": naive(at),
                "kind": entry.kind,
                "item": entry.item,
                "data": json.dumps(entry.data, ensure_ascii=False),
            }
            for entry in entries
        ]
        if rows:
            self.connection.execute(_ADD_TRAIL, rows)


def _key(done: CursorResult[Any]) -> int:
    made = done.inserted_primary_key
    return int(made[0]) if made else 0
