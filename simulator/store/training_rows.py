"""The rows of training's tables as dataclasses, and the queries that several modules ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

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
# Of a seat that has its member: of a deleted class's, practices are there until they are swept away.
CURRENT = (
    select(practices)
    .join(members, members.c.seat == practices.c.seat)
    .where(practices.c.seat == bindparam("seat"))
    .order_by(practices.c.id.desc())
    .limit(1)
)
_BESIDE = members.alias("beside")
_SEATS = select(func.max(_BESIDE.c.place)).where(_BESIDE.c.class_id == members.c.class_id).scalar_subquery()
_LATEST = select(func.max(practices.c.id)).where(practices.c.seat == bindparam("seat")).scalar_subquery()
# The seats of the class, a member, the class and the latest practice side by side, as ``at_work`` takes them.
AT_WORK = (
    select(
        _SEATS.label("seats"),
        *members.c,
        *(column.label(f"class_{column.name}") for column in classes.c),
        *(column.label(f"practice_{column.name}") for column in practices.c),
    )
    .outerjoin(classes, classes.c.id == members.c.class_id)
    .outerjoin(practices, practices.c.id == _LATEST)
    .where(members.c.seat == bindparam("seat"))
)
_MEMBERS = select(members).where(members.c.class_id == bindparam("class_id")).order_by(members.c.place)
_LAST_ALONE = select(func.max(members.c.place)).where(members.c.class_id.is_(None))
_ALONE = select(members).where(members.c.class_id.is_(None)).order_by(members.c.place)


@dataclass(frozen=True)
class ClassRow:
    """A class. code: typed to join. made: UTC. document: its plan (training.model.ClassPlan) as JSON."""

    id: int
    code: str
    made: datetime
    document: bytes


@dataclass(frozen=True)
class Member:
    """A seat in training and its trainee.

    class_id: None for self-study. place: 1 for the first seat of a class. code: typed to come back. name: ""
    for a trainee yet to be named. joined: UTC, None for a free seat. document: a Learner as JSON.
    """

    seat: str
    class_id: int | None
    place: int
    code: str
    name: str
    joined: datetime | None
    document: bytes


@dataclass(frozen=True)
class PracticeRow:
    """One practice of a course at a seat.

    started, ended: UTC. outcome: "" while it runs. document: training.model.Practice as JSON. faults:
    mistakes in all, as in the document.
    """

    id: int
    seat: str
    course: str
    mode: str
    started: datetime
    ended: datetime | None
    outcome: str
    document: bytes
    faults: int = 0


class Counted(Protocol):
    """A practice's document, as far as the tables count by it."""

    faults_in_all: int


@dataclass(frozen=True)
class AtWork:
    """The member of a seat with their class and latest practice. class_, seats: None for self-study."""

    member: Member
    class_: ClassRow | None
    practice: PracticeRow | None
    seats: int | None


@dataclass(frozen=True)
class TrailRow:
    """An entry of a trail: a step passed, a mistake, help.

    at: UTC. kind: began, passed, mistake, helped or ended. item: the step, as 2-1.4.
    """

    practice: int
    seat: str
    at: datetime
    kind: str
    item: str
    data: dict[str, str]


@dataclass(frozen=True)
class NewEntry:
    """A trail entry yet to be written."""

    kind: str
    item: str
    data: dict[str, str]


def read(document: bytes, kind: type[T]) -> T:
    """Return a JSON document as an object of this class. Raises msgspec.ValidationError."""
    return msgspec.json.decode(document, type=kind)


def naive(moment: datetime) -> datetime:
    """Return a moment as the tables hold it: in UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def utc(moment: datetime) -> datetime:
    """Return a moment from a table with its zone, UTC."""
    return moment.replace(tzinfo=UTC)


# Rows, by the order of their table's columns ---------------------------------------------------


def class_row(id_: int, code: str, made: datetime, document: bytes) -> ClassRow:
    """Return a row of ``classes``."""
    return ClassRow(id_, code, utc(made), document)


def member_row(*row: Any) -> Member:
    """Return a row of ``members``."""
    seat, class_id, place, code, name, joined, document = row
    return Member(seat, class_id, place, code, name, utc(joined) if joined else None, document)


def practice_row(*row: Any) -> PracticeRow:
    """Return a row of ``practices``."""
    id_, seat, course, mode, started, ended, outcome, document, faults = row
    ended = utc(ended) if ended else None
    return PracticeRow(id_, seat, course, mode, utc(started), ended, outcome, document, faults)


def trail_row(_id: int, *row: Any) -> TrailRow:
    """Return a row of ``trail``."""
    practice, seat, at, kind, item, data = row
    return TrailRow(practice, seat, utc(at), kind, item, json.loads(data))


def at_work(seats: int | None, *row: Any) -> AtWork:
    """Return a row of the query AT_WORK."""
    ends = len(members.c), len(members.c) + len(classes.c)
    member, class_, practice = row[: ends[0]], row[ends[0] : ends[1]], row[ends[1] :]
    return AtWork(
        member_row(*member),
        class_row(*class_) if class_[0] is not None else None,
        practice_row(*practice) if practice[0] is not None else None,
        seats,
    )


def members_in(connection: Connection, class_id: int | None) -> Iterator[Row[Any]]:
    """Return the rows of a class in the order of its seats; of self-study for class_id None."""
    if class_id is None:
        return iter(connection.execute(_ALONE))
    return iter(connection.execute(_MEMBERS, {"class_id": class_id}))


def last_place_alone(connection: Connection) -> int:
    """Return the number of the last seat of self-study, which is how many there are; 0 without one."""
    return connection.scalar(_LAST_ALONE) or 0
