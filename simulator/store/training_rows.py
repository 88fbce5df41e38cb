"""What the tables of training hold, as the rest of the program has it, and the questions that ask for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from simulator.store.training_tables import classes, keys, members, practices

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

# What every page asks: made once, because SQLAlchemy takes longer to make a statement than to run it.
KEY = select(keys.c.value).where(keys.c.name == bindparam("name"))
CLASS = select(classes).where(classes.c.id == bindparam("id"))
MEMBER = select(members).where(members.c.seat == bindparam("seat"))
CURRENT = (
    select(practices).where(practices.c.seat == bindparam("seat")).order_by(practices.c.id.desc()).limit(1)
)
_LATEST = select(func.max(practices.c.id)).where(practices.c.seat == bindparam("seat")).scalar_subquery()
# A member, his class and his latest practice side by side, as ``at_work`` takes them apart.
AT_WORK = (
    select(
        *members.c,
        *(column.label(f"class_{column.name}") for column in classes.c),
        *(column.label(f"practice_{column.name}") for column in practices.c),
    )
    .outerjoin(classes, classes.c.id == members.c.class_id)
    .outerjoin(practices, practices.c.id == _LATEST)
    .where(members.c.seat == bindparam("seat"))
)
_MEMBERS = select(members).where(members.c.class_id == bindparam("class_id")).order_by(members.c.place)
_ALONE = select(members).where(members.c.class_id.is_(None)).order_by(members.c.place)


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


def naive(moment: datetime) -> datetime:
    """A moment as the tables hold it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def utc(moment: datetime) -> datetime:
    """A moment out of a table."""
    return moment.replace(tzinfo=UTC)


# Rows, by the order of their table's columns ---------------------------------------------------


def class_row(id_: int, code: str, made: datetime, document: bytes) -> ClassRow:
    """A row of ``classes``."""
    return ClassRow(id_, code, utc(made), document)


def member_row(*row: Any) -> Member:
    """A row of ``members``."""
    seat, class_id, place, code, name, joined, document = row
    return Member(seat, class_id, place, code, name, utc(joined) if joined else None, document)


def practice_row(*row: Any) -> PracticeRow:
    """A row of ``practices``."""
    id_, seat, course, mode, started, ended, outcome, document = row
    ended = utc(ended) if ended else None
    return PracticeRow(id_, seat, course, mode, utc(started), ended, outcome, document)


def trail_row(_id: int, *row: Any) -> TrailRow:
    """A row of ``trail``."""
    practice, seat, at, kind, item, data = row
    return TrailRow(practice, seat, utc(at), kind, item, json.loads(data))


def at_work(*row: Any) -> AtWork:
    """A row of ``AT_WORK``."""
    ends = len(members.c), len(members.c) + len(classes.c)
    member, class_, practice = row[: ends[0]], row[ends[0] : ends[1]], row[ends[1] :]
    return AtWork(
        member_row(*member),
        class_row(*class_) if class_[0] is not None else None,
        practice_row(*practice) if practice[0] is not None else None,
    )


def members_in(connection: Connection, class_id: int | None) -> Iterator[Row[Any]]:
    """The rows of a class in the seats' order; None: those of self-study."""
    if class_id is None:
        return iter(connection.execute(_ALONE))
    return iter(connection.execute(_MEMBERS, {"class_id": class_id}))
