"""Counts of a class, or of all classes: one query each, which reads no document that it does not need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from simulator.store.training_rows import (
    Member,
    PracticeRow,
    last_place_alone,
    member_row,
    practice_row,
    utc,
)
from simulator.store.training_tables import classes, members, practices, trail
from simulator.store.worlds import Worlds

PORTION = 500  # practices in memory at once
MOST_ASKED = 1_000  # seats named in one query

_other = practices.alias()
_LATEST = (
    select(func.max(_other.c.id)).where(_other.c.seat == members.c.seat).correlate(members).scalar_subquery()
)
_STANDINGS = (
    select(*members.c, *(column.label(f"practice_{column.name}") for column in practices.c))
    .select_from(members.outerjoin(practices, practices.c.id == _LATEST))
    .where(members.c.class_id == bindparam("class_id"))
    .order_by(members.c.place)
)
_GOES = (
    select(
        practices.c.seat,
        practices.c.course,
        practices.c.mode,
        practices.c.outcome,
        func.sum(practices.c.faults),
    )
    .where(practices.c.seat.in_(bindparam("seats", expanding=True)), practices.c.outcome != "")
    .group_by(practices.c.seat, practices.c.course, practices.c.mode, practices.c.outcome)
)
_UNFINISHED = select(
    practices.c.seat, practices.c.course, practices.c.mode, practices.c.outcome, practices.c.document
).where(
    practices.c.seat.in_(bindparam("seats", expanding=True)),
    practices.c.course.in_(bindparam("courses", expanding=True)),
    practices.c.outcome.in_(("failed", "stopped")),
)
_NUMBERS = (
    select(practices.c.id)
    .join(members, members.c.seat == practices.c.seat)
    .where(members.c.class_id == bindparam("class_id"))
    .order_by(practices.c.id)
)
_PRACTICES = select(practices).where(practices.c.id.in_(bindparam("ids", expanding=True)))
# By the last place and the joined alone, so that a seat nobody has sat at costs nothing.
_last_place = select(func.max(members.c.place)).where(members.c.class_id == classes.c.id).scalar_subquery()
_joined = (
    select(func.count())
    .where(members.c.class_id == classes.c.id, members.c.joined.is_not(None))
    .scalar_subquery()
)
_SEATS_OF_ALL = select(classes.c.id, func.coalesce(_last_place, 0), _joined)
_SEATS_OF_ONE = _SEATS_OF_ALL.where(classes.c.id == bindparam("class_id"))
_PASSES = (
    select(func.min(trail.c.at).label("first"), trail.c.seat, trail.c.item)
    .join(members, members.c.seat == trail.c.seat)
    .where(members.c.class_id == bindparam("class_id"), trail.c.kind == "passed")
    .group_by(trail.c.seat, trail.c.item)
    .order_by("first")
)


class Goes(NamedTuple):
    """Practices of a seat that have ended in the same way.

    faults: mistakes in all of them. document: of one that counts by how far it got, b"" otherwise.
    """

    seat: str
    course: str
    mode: str
    outcome: str
    faults: int
    document: bytes


def standings(worlds: Worlds, class_id: int) -> list[tuple[Member, PracticeRow | None]]:
    """Return each member of a class with the latest practice, running or over, in the order of the seats."""
    width = len(members.c)
    with worlds.reading() as connection:
        rows = connection.execute(_STANDINGS, {"class_id": class_id}).all()
    return [
        (member_row(*row[:width]), practice_row(*row[width:]) if row[width] is not None else None)
        for row in rows
    ]


def goes(worlds: Worlds, seats: Sequence[str], unfinished: Collection[str]) -> Iterator[Goes]:
    """Return the ended practices of these seats, those of one kind together.

    unfinished: the courses of which one that did not come to its end counts by how far it got.
    """
    for start in range(0, len(seats), MOST_ASKED):
        asked = {"seats": list(seats[start : start + MOST_ASKED])}
        with worlds.reading() as connection:
            yield from (Goes(*row, b"") for row in connection.execute(_GOES, asked).all())
            parts = connection.execute(_UNFINISHED, {**asked, "courses": list(unfinished)})
            yield from (Goes(*row[:4], 0, row[4]) for row in parts.all())


def practices_in(worlds: Worlds, class_id: int) -> Iterator[PracticeRow]:
    """Yield every practice of a class, the oldest first, without holding the database or all of them."""
    with worlds.reading() as connection:
        numbers = list(connection.scalars(_NUMBERS, {"class_id": class_id}))
    for portion in portions(worlds, numbers):
        yield from portion


def portions(worlds: Worlds, numbers: Sequence[int]) -> Iterator[list[PracticeRow]]:
    """Yield the practices with these numbers, some at a time, each portion in its order."""
    for start in range(0, len(numbers), PORTION):
        with worlds.reading() as connection:
            rows = connection.execute(_PRACTICES, {"ids": numbers[start : start + PORTION]}).all()
        yield sorted((practice_row(*row) for row in rows), key=lambda row: row.id)


def count_practices(worlds: Worlds, class_id: int) -> int:
    """Return the number of practices of a class."""
    query = select(func.count()).select_from(_NUMBERS.order_by(None).subquery())
    with worlds.reading() as connection:
        return connection.scalar(query, {"class_id": class_id}) or 0


def seats_of_classes(worlds: Worlds) -> dict[int, tuple[int, int]]:
    """Return (seats, joined) of each class by its number."""
    with worlds.reading() as connection:
        return {class_id: (count, joined) for class_id, count, joined in connection.execute(_SEATS_OF_ALL)}


def seats_of_class(worlds: Worlds, class_id: int) -> tuple[int, int]:
    """Return (seats, joined) of a class; (0, 0) for none."""
    with worlds.reading() as connection:
        row = connection.execute(_SEATS_OF_ONE, {"class_id": class_id}).one_or_none()
    return (row[1], row[2]) if row else (0, 0)


def seats_alone(worlds: Worlds) -> int:
    """Return the number of seats of self-study."""
    with worlds.reading() as connection:
        return last_place_alone(connection)


def first_passes(connection: Connection, class_id: int) -> list[tuple[datetime, str, str]]:
    """Return (time, seat, step) of each step that a seat has passed for the first time; times in UTC."""
    rows = connection.execute(_PASSES, {"class_id": class_id})
    return [(utc(at), seat, item) for at, seat, item in rows]
