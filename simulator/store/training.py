"""Classes, their members, practices and trails in the database, beside the seats they belong to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, CursorResult, Row, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from simulator.bank.world import World
from simulator.store.tables import events, seats
from simulator.store.training_tables import classes, keys, members, practices, trail
from simulator.store.worlds import NewSeat, Worlds, load, save

T = TypeVar("T")
_encode = msgspec.json.Encoder().encode

# What every page asks: made once, because SQLAlchemy takes longer to make a statement than to run it.
_KEY = select(keys.c.value).where(keys.c.name == bindparam("name"))
_CLASS = select(classes).where(classes.c.id == bindparam("id"))
_MEMBER = select(members).where(members.c.seat == bindparam("seat"))
_MEMBERS = select(members).where(members.c.class_id == bindparam("class_id")).order_by(members.c.place)
_CURRENT = (
    select(practices).where(practices.c.seat == bindparam("seat")).order_by(practices.c.id.desc()).limit(1)
)
_LATEST = select(func.max(practices.c.id)).where(practices.c.seat == bindparam("seat")).scalar_subquery()
_AT_WORK = (
    select(
        *members.c,
        *(column.label(f"class_{column.name}") for column in classes.c if column.name != "id"),
        *(column.label(f"practice_{column.name}") for column in practices.c),
    )
    .outerjoin(classes, classes.c.id == members.c.class_id)
    .outerjoin(practices, practices.c.id == _LATEST)
    .where(members.c.seat == bindparam("seat"))
)
# The next free seat of a class, the one kept for a name before all others.
_SEAT_FOR = (
    select(members)
    .where(
        members.c.class_id == bindparam("class_id"),
        (members.c.name == bindparam("name")) | (members.c.joined.is_(None) & (members.c.name == "")),
    )
    .order_by((members.c.name == bindparam("name")).desc(), members.c.place)
    .limit(1)
)
_PRACTICES_IN = (
    select(practices)
    .join(members, members.c.seat == practices.c.seat)
    .where(members.c.class_id == bindparam("class_id"))
    .order_by(practices.c.id)
)


@dataclass(frozen=True)
class ClassRow:
    """A class: its number, its join code, when it was made, and its plan as a document."""

    id: int
    code: str
    made: datetime
    document: bytes


@dataclass(frozen=True)
class Member:
    """A seat of a class (``class_id`` None: self-study) and who sits there."""

    seat: str
    class_id: int | None
    place: int
    code: str
    name: str
    joined: datetime | None
    document: bytes


@dataclass(frozen=True)
class PracticeRow:
    """One go of a seat at a course; ``outcome`` is "" while it runs."""

    id: int
    seat: str
    course: str
    mode: str
    started: datetime
    ended: datetime | None
    outcome: str
    document: bytes


@dataclass(frozen=True)
class AtWork:
    """What stands behind one request: who sits at a seat, his class, and the latest he practised."""

    member: Member
    class_: ClassRow | None
    practice: PracticeRow | None


@dataclass(frozen=True)
class TrailRow:
    """One thing that a trainee did or met: a step passed, a mistake, help."""

    practice: int
    seat: str
    at: datetime
    kind: str
    item: str
    data: dict[str, str]


@dataclass(frozen=True)
class NewEntry:
    """A trail entry to be kept."""

    kind: str
    item: str
    data: dict[str, str]


def read(document: bytes, kind: type[T]) -> T:
    """A kept document as what it is. Raises msgspec.ValidationError for another."""
    return msgspec.json.decode(document, type=kind)


class Training:
    """Everything of training in one database."""

    def __init__(self, worlds: Worlds) -> None:
        self.worlds = worlds

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """One transaction that holds the write lock: all of it is kept, or none."""
        with self.worlds.writing() as connection:
            yield Change(connection)

    # Keys -------------------------------------------------------------------------------------

    def key(self, name: str) -> str:
        """A kept value; "" when there is none."""
        with self.worlds.reading() as connection:
            return connection.scalar(_KEY, {"name": name}) or ""

    # Classes and members ----------------------------------------------------------------------

    def classes(self) -> list[ClassRow]:
        """Every class, the newest first."""
        return self._all(select(classes).order_by(classes.c.id.desc()), _class)

    def class_(self, id_: int) -> ClassRow | None:
        """The class with this number."""
        return self._one(_CLASS, _class, id=id_)

    def class_by_code(self, code: str) -> ClassRow | None:
        """The class that this join code opens."""
        return self._one(select(classes).where(classes.c.code == code), _class)

    def member(self, seat: str) -> Member | None:
        """Who sits at this seat; None for a seat that is nobody's in training."""
        return self._one(_MEMBER, _member, seat=seat)

    def at_work(self, seat: str) -> AtWork | None:
        """The same with his class and his latest practice, by one question."""
        return self._one(_AT_WORK, _at_work, seat=seat)

    def member_by_code(self, code: str) -> Member | None:
        """The member whom this return code names."""
        return self._one(select(members).where(members.c.code == code), _member)

    def members(self, class_id: int | None) -> list[Member]:
        """A class's seats in their order; None: those of self-study."""
        with self.worlds.reading() as connection:
            return _members(connection, class_id)

    # Practices and trails ---------------------------------------------------------------------

    def current(self, seat: str) -> PracticeRow | None:
        """The latest practice of a seat, running or over."""
        return self._one(_CURRENT, _practice, seat=seat)

    def practice(self, id_: int) -> PracticeRow | None:
        """The practice with this number."""
        return self._one(select(practices).where(practices.c.id == id_), _practice)

    def practices_of(self, seat: str) -> list[PracticeRow]:
        """Every practice of a seat, oldest first."""
        return self._all(
            select(practices).where(practices.c.seat == seat).order_by(practices.c.id), _practice
        )

    def practices_in(self, class_id: int) -> list[PracticeRow]:
        """Every practice of a class, oldest first."""
        return self._all(_PRACTICES_IN, _practice, class_id=class_id)

    def trail_of(self, seat: str, practice: int | None = None, limit: int = 500) -> list[TrailRow]:
        """What happened at a seat, newest first."""
        query = select(trail).where(trail.c.seat == seat)
        if practice is not None:
            query = query.where(trail.c.practice == practice)
        return self._all(query.order_by(trail.c.id.desc()).limit(limit), _trail)

    def counts(self, class_id: int, kind: str) -> dict[tuple[str, str], int]:
        """How many trail entries of a kind there are in a class, by item and mode."""
        query = (
            select(trail.c.item, practices.c.mode, func.count())
            .join(practices, practices.c.id == trail.c.practice)
            .join(members, members.c.seat == trail.c.seat)
            .where(members.c.class_id == class_id, trail.c.kind == kind)
            .group_by(trail.c.item, practices.c.mode)
        )
        with self.worlds.reading() as connection:
            return {(item, mode): count for item, mode, count in connection.execute(query)}

    def passes(self, class_id: int) -> list[tuple[datetime, str, str]]:
        """When which seat passed which step, oldest first: progress over time."""
        query = (
            select(trail.c.at, trail.c.seat, trail.c.item)
            .join(members, members.c.seat == trail.c.seat)
            .where(members.c.class_id == class_id, trail.c.kind == "passed")
            .order_by(trail.c.at, trail.c.id)
        )
        with self.worlds.reading() as connection:
            return [(_utc(at), seat, item) for at, seat, item in connection.execute(query)]

    def _one(self, query: Select[Any], make: Callable[[Row[Any]], T], **values: object) -> T | None:
        with self.worlds.reading() as connection:
            row = connection.execute(query, values).one_or_none()
        return make(row) if row else None

    def _all(self, query: Select[Any], make: Callable[[Row[Any]], T], **values: object) -> list[T]:
        with self.worlds.reading() as connection:
            return [make(row) for row in connection.execute(query, values)]


class Change:
    """What may be done inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def set_key(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self.connection.execute(delete(keys).where(keys.c.name == name))
        self.connection.execute(insert(keys).values(name=name, value=value))

    def key(self, name: str) -> str:
        """A kept value as it is now; "" when there is none."""
        return self.connection.scalar(_KEY, {"name": name}) or ""

    def add_class(self, code: str, made: datetime, plan: object) -> int:
        """A new class; its number. Raises IntegrityError when the code is taken."""
        row = {"code": code, "made": _naive(made), "document": _encode(plan)}
        return _key(self.connection.execute(insert(classes).values(row)))

    def save_class(self, id_: int, plan: object) -> None:
        """Keep a class's plan."""
        self.connection.execute(update(classes).where(classes.c.id == id_).values(document=_encode(plan)))

    def class_(self, id_: int) -> ClassRow | None:
        """The class as it is now."""
        row = self.connection.execute(_CLASS, {"id": id_}).one_or_none()
        return _class(row) if row else None

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
        made = list(made)
        last = self.connection.scalar(select(func.max(seats.c.number))) or 0
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
            self.connection.execute(insert(seats), rows)

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
                "joined": _naive(one.joined) if one.joined else None,
                "document": one.document,
            }
            for one in made
        ]
        if rows:
            self.connection.execute(insert(members), rows)

    def members(self, class_id: int | None) -> list[Member]:
        """A class's seats as they are now."""
        return _members(self.connection, class_id)

    def member(self, seat: str) -> Member | None:
        """The member at a seat as he is now."""
        row = self.connection.execute(_MEMBER, {"seat": seat}).one_or_none()
        return _member(row) if row else None

    def seat_for(self, class_id: int, name: str) -> Member | None:
        """The seat of a class that has this name, whoever sits there; else its first free one."""
        row = self.connection.execute(_SEAT_FOR, {"class_id": class_id, "name": name}).one_or_none()
        return _member(row) if row else None

    def name_member(self, seat: str, name: str, joined: datetime | None) -> None:
        """Who sits at a seat from now on."""
        values = {"name": name, "joined": _naive(joined) if joined else None}
        self.connection.execute(update(members).where(members.c.seat == seat).values(values))

    def save_member(self, seat: str, document: object) -> None:
        """Keep what a trainee has learnt."""
        values = {"document": _encode(document)}
        self.connection.execute(update(members).where(members.c.seat == seat).values(values))

    def recode_member(self, seat: str, code: str) -> None:
        """A new return code: the old one, and whoever came in with it, is out."""
        self.connection.execute(update(members).where(members.c.seat == seat).values(code=code))

    def current(self, seat: str) -> PracticeRow | None:
        """The latest practice of a seat as it is now."""
        row = self.connection.execute(_CURRENT, {"seat": seat}).one_or_none()
        return _practice(row) if row else None

    def begin_practice(self, seat: str, course: str, mode: str, started: datetime, document: object) -> int:
        """A new practice; one still running at this seat ends as stopped. Its number."""
        running = (practices.c.seat == seat) & (practices.c.outcome == "")
        self.connection.execute(
            update(practices).where(running).values(ended=_naive(started), outcome="stopped")
        )
        row = {
            "seat": seat,
            "course": course,
            "mode": mode,
            "started": _naive(started),
            "outcome": "",
            "document": _encode(document),
        }
        return _key(self.connection.execute(insert(practices).values(row)))

    def save_practice(self, id_: int, document: object) -> None:
        """Keep how far a practice has got."""
        self.connection.execute(
            update(practices).where(practices.c.id == id_).values(document=_encode(document))
        )

    def end_practice(self, id_: int, outcome: str, ended: datetime) -> None:
        """How a practice came out."""
        values = {"outcome": outcome, "ended": _naive(ended)}
        self.connection.execute(update(practices).where(practices.c.id == id_).values(values))

    def running_in(self, class_id: int) -> list[PracticeRow]:
        """The practices of a class that are under way."""
        query = select(practices).join(members, members.c.seat == practices.c.seat)
        query = query.where(members.c.class_id == class_id, practices.c.outcome == "")
        return [_practice(row) for row in self.connection.execute(query)]

    def add_trail(self, practice: int, seat: str, at: datetime, entries: Sequence[NewEntry]) -> None:
        """What happened, in its order."""
        rows = [
            {
                "practice": practice,
                "seat": seat,
                "at": _naive(at),
                "kind": entry.kind,
                "item": entry.item,
                "data": json.dumps(entry.data, ensure_ascii=False),
            }
            for entry in entries
        ]
        if rows:
            self.connection.execute(insert(trail), rows)


def _members(connection: Connection, class_id: int | None) -> list[Member]:
    if class_id is None:
        alone = select(members).where(members.c.class_id.is_(None)).order_by(members.c.place)
        return [_member(row) for row in connection.execute(alone)]
    return [_member(row) for row in connection.execute(_MEMBERS, {"class_id": class_id})]


def _key(done: CursorResult[Any]) -> int:
    made = done.inserted_primary_key
    return int(made[0]) if made else 0


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _class(row: Row[Any]) -> ClassRow:
    return ClassRow(row.id, row.code, _utc(row.made), row.document)


def _member(row: Row[Any]) -> Member:
    joined = _utc(row.joined) if row.joined else None
    return Member(row.seat, row.class_id, row.place, row.code, row.name, joined, row.document)


def _practice(row: Row[Any]) -> PracticeRow:
    ended = _utc(row.ended) if row.ended else None
    return PracticeRow(
        row.id, row.seat, row.course, row.mode, _utc(row.started), ended, row.outcome, row.document
    )


def _at_work(row: Row[Any]) -> AtWork:
    class_ = practice = None
    if row.class_id is not None:
        class_ = ClassRow(row.class_id, row.class_code, _utc(row.class_made), row.class_document)
    if row.practice_id is not None:
        practice = PracticeRow(
            row.practice_id,
            row.practice_seat,
            row.practice_course,
            row.practice_mode,
            _utc(row.practice_started),
            _utc(row.practice_ended) if row.practice_ended else None,
            row.practice_outcome,
            row.practice_document,
        )
    return AtWork(_member(row), class_, practice)


def _trail(row: Row[Any]) -> TrailRow:
    return TrailRow(row.practice, row.seat, _utc(row.at), row.kind, row.item, json.loads(row.data))


__all__ = [
    "AtWork",
    "Change",
    "ClassRow",
    "IntegrityError",
    "Member",
    "NewEntry",
    "PracticeRow",
    "TrailRow",
    "Training",
    "read",
]
