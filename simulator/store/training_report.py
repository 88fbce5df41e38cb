"""Queries for reporting a class: its new practices, when each began, and which of them are interrupted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from simulator.store.training_rows import PracticeRow, utc
from simulator.store.training_tables import interrupted, members, practices, trail
from simulator.store.worlds import Worlds

_TOP_PRACTICE = (
    select(func.max(practices.c.id))
    .join(members, members.c.seat == practices.c.seat)
    .where(members.c.class_id == bindparam("class_id"))
)
_TOP_TRAIL = (
    select(func.max(trail.c.id))
    .join(members, members.c.seat == trail.c.seat)
    .where(members.c.class_id == bindparam("class_id"))
)
_NEW = (
    select(practices.c.id)
    .join(members, members.c.seat == practices.c.seat)
    .where(
        members.c.class_id == bindparam("class_id"),
        practices.c.id > bindparam("after"),
        practices.c.id <= bindparam("top"),
    )
    .order_by(practices.c.id)
)
_BEGAN = (
    select(trail.c.practice, trail.c.id, trail.c.at)
    .where(trail.c.practice.in_(bindparam("ids", expanding=True)), trail.c.kind == "began")
    .order_by(trail.c.id)
)
_WAITING = select(interrupted.c.practice).where(interrupted.c.practice.in_(bindparam("ids", expanding=True)))


class Tops(NamedTuple):
    """The highest numbers that a class has: of a practice, and of an entry of its trail. 0 for none."""

    practice: int
    trail: int


class Began(NamedTuple):
    """An entry of the trail that says that a practice began, or went on. at: UTC."""

    id: int
    at: datetime


class History(NamedTuple):
    """How a practice began, the first entry first, and whether it is kept to go on later."""

    began: Sequence[Began] = ()
    waits: bool = False


def tops(connection: Connection, class_id: int) -> Tops:
    """Return the highest numbers of a class.

    Asked in a transaction that excludes every other, or a lower number could still appear afterwards.
    """
    asked = {"class_id": class_id}
    return Tops(connection.scalar(_TOP_PRACTICE, asked) or 0, connection.scalar(_TOP_TRAIL, asked) or 0)


def new_practices(worlds: Worlds, class_id: int, after: int, top: int) -> list[int]:
    """Return the numbers of a class's practices above one and up to another, in their order."""
    with worlds.reading() as connection:
        return list(connection.scalars(_NEW, {"class_id": class_id, "after": after, "top": top}))


def histories(worlds: Worlds, rows: Collection[PracticeRow]) -> dict[int, History]:
    """Return the history of each of these practices by its number."""
    asked = {"ids": [row.id for row in rows]}
    with worlds.reading() as connection:
        waiting = set(connection.scalars(_WAITING, asked))
        began: dict[int, list[Began]] = {}
        for practice, id_, at in connection.execute(_BEGAN, asked):
            began.setdefault(practice, []).append(Began(id_, utc(at)))
    return {row.id: History(began.get(row.id, ()), row.id in waiting) for row in rows}
