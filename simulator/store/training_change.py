"""Changes of classes, members and practices inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, CursorResult, bindparam, delete, insert, select, update

from simulator.domain.world import World
from simulator.store.database import seats
from simulator.store.training_rows import (
    CLASS,
    CURRENT,
    KEY,
    MEMBER,
    ClassRow,
    Counted,
    Member,
    NewEntry,
    PracticeRow,
    class_row,
    last_place_alone,
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
    """One transaction of training: it reads what is current, and is kept as a whole or not at all."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def set_key(self, name: str, value: str) -> None:
        """Keep a value under a name, in place of an earlier one."""
        self.connection.execute(delete(keys).where(keys.c.name == name))
        self.connection.execute(insert(keys).values(name=name, value=value))

    def key(self, name: str) -> str:
        """Return the value kept under a name; "" when there is none."""
        return self.connection.scalar(KEY, {"name": name}) or ""

    def add_class(self, code: str, made: datetime, plan: object) -> int:
        """Add a class and return its number. Raises IntegrityError when the join code is taken."""
        row = {"code": code, "made": naive(made), "document": _encode(plan)}
        return _key(self.connection.execute(insert(classes).values(row)))

    def save_class(self, id_: int, plan: object) -> None:
        """Save a class's plan (training.model.ClassPlan)."""
        self.connection.execute(update(classes).where(classes.c.id == id_).values(document=_encode(plan)))

    def class_(self, id_: int) -> ClassRow | None:
        """Return the class with this number; None when there is none."""
        row = self.connection.execute(CLASS, {"id": id_}).one_or_none()
        return class_row(*row) if row else None

    def remove_class(self, id_: int) -> None:
        """Remove a class: nobody finds it, its members or their seats any more.

        What they have done is left to ``training_removal.sweep``: so much would hold up everybody else.
        """
        own = select(members.c.seat).where(members.c.class_id == id_)
        self.connection.execute(update(seats).where(seats.c.code.in_(own)).values(removed=True))
        self.connection.execute(delete(members).where(members.c.class_id == id_))
        self.connection.execute(delete(classes).where(classes.c.id == id_))

    def add_seats(self, made: Iterable[NewSeat]) -> None:
        """Add seats with their worlds."""
        insert_seats(self.connection, list(made))

    def replace_world(self, seat: str, world: World) -> None:
        """Replace the world of a seat; its event log begins anew. Raises SeatGoneError."""
        run = load(self.connection, seat)[2]
        save(self.connection, seat, run + 1, world, before=b"")

    @contextmanager
    def world(self, seat: str) -> Iterator[World]:
        """Give a seat's world to change in this transaction. Raises SeatGoneError."""
        world, document, run = load(self.connection, seat)
        yield world
        save(self.connection, seat, run, world, document)

    def add_members(self, made: Sequence[Member]) -> None:
        """Add members. Raises IntegrityError when a return code is taken."""
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
        """Return the members of a class in the order of their seats; of self-study for class_id None."""
        return [member_row(*row) for row in members_in(self.connection, class_id)]

    def last_place_alone(self) -> int:
        """Return the number of the last seat of self-study, 0 without one."""
        return last_place_alone(self.connection)

    def member(self, seat: str) -> Member | None:
        """Return the member of a seat; None when there is none."""
        row = self.connection.execute(MEMBER, {"seat": seat}).one_or_none()
        return member_row(*row) if row else None

    def name_member(self, seat: str, name: str, joined: datetime | None) -> None:
        """Set the name of a member and when they joined (None: not yet)."""
        values = {"name": name, "joined": naive(joined) if joined else None}
        self.connection.execute(_SAVE_MEMBER, {"of": seat, **values})

    def save_member(self, seat: str, document: object) -> None:
        """Save what a member has learnt (training.model.Learner)."""
        self.connection.execute(_SAVE_MEMBER, {"of": seat, "document": _encode(document)})

    def recode_member(self, seat: str, code: str) -> None:
        """Give a member a new return code; the old one opens the seat no more."""
        self.connection.execute(_SAVE_MEMBER, {"of": seat, "code": code})

    def current(self, seat: str) -> PracticeRow | None:
        """Return the latest practice of a seat, running or over; None when there was none."""
        row = self.connection.execute(CURRENT, {"seat": seat}).one_or_none()
        return practice_row(*row) if row else None

    def begin_practice(self, seat: str, course: str, mode: str, started: datetime, document: Counted) -> int:
        """Add a practice and return its number; one still running at this seat ends as stopped."""
        ended = {"of": seat, "ended": naive(started), "outcome": "stopped"}
        self.connection.execute(_STOP_PRACTICES, ended)
        row = {
            "seat": seat,
            "course": course,
            "mode": mode,
            "started": naive(started),
            "outcome": "",
            "document": _encode(document),
            "faults": document.faults_in_all,
        }
        return _key(self.connection.execute(_ADD_PRACTICE, row))

    def save_practice(self, id_: int, document: Counted) -> None:
        """Save a practice (training.model.Practice)."""
        values = {"document": _encode(document), "faults": document.faults_in_all}
        self.connection.execute(_SAVE_PRACTICE, {"of": id_, **values})

    def end_practice(self, id_: int, outcome: str, ended: datetime) -> None:
        """Record when and how a practice ended; outcome: training.model.Outcome."""
        values = {"outcome": outcome, "ended": naive(ended)}
        self.connection.execute(_SAVE_PRACTICE, {"of": id_, **values})

    def running_in(self, class_id: int) -> list[PracticeRow]:
        """Return the practices of a class that have not ended."""
        query = select(practices).join(members, members.c.seat == practices.c.seat)
        query = query.where(members.c.class_id == class_id, practices.c.outcome == "")
        return [practice_row(*row) for row in self.connection.execute(query)]

    def add_trail(self, practice: int, seat: str, at: datetime, entries: Sequence[NewEntry]) -> None:
        """Append entries to the trail of a seat."""
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
