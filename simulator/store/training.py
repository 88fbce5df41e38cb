"""Classes, their members, practices and trails in the database, beside the seats they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from simulator.store.training_change import TrainingChange
from simulator.store.training_rows import (
    AT_WORK,
    CLASS,
    CURRENT,
    KEY,
    MEMBER,
    AtWork,
    ClassRow,
    Member,
    NewEntry,
    PracticeRow,
    TrailRow,
    at_work,
    class_row,
    member_row,
    members_in,
    practice_row,
    read,
    trail_row,
    utc,
)
from simulator.store.training_tables import classes, members, practices, trail
from simulator.store.worlds import Worlds

T = TypeVar("T")

_PRACTICES_IN = (
    select(practices)
    .join(members, members.c.seat == practices.c.seat)
    .where(members.c.class_id == bindparam("class_id"))
    .order_by(practices.c.id)
)


class Training:
    """Everything of training in one database."""

    def __init__(self, worlds: Worlds) -> None:
        self.worlds = worlds

    @contextmanager
    def changing(self) -> Iterator[TrainingChange]:
        """One transaction that holds the write lock: all of it is kept, or none."""
        with self.worlds.writing() as connection:
            yield TrainingChange(connection)

    # Keys -------------------------------------------------------------------------------------

    def key(self, name: str) -> str:
        """A kept value; "" when there is none."""
        with self.worlds.reading() as connection:
            return connection.scalar(KEY, {"name": name}) or ""

    # Classes and members ----------------------------------------------------------------------

    def classes(self) -> list[ClassRow]:
        """Every class, the newest first."""
        return self._all(select(classes).order_by(classes.c.id.desc()), class_row)

    def class_(self, id_: int) -> ClassRow | None:
        """The class with this number."""
        return self._one(CLASS, class_row, id=id_)

    def class_by_code(self, code: str) -> ClassRow | None:
        """The class that this join code opens."""
        return self._one(select(classes).where(classes.c.code == code), class_row)

    def member(self, seat: str) -> Member | None:
        """Who sits at this seat; None for a seat that is nobody's in training."""
        return self._one(MEMBER, member_row, seat=seat)

    def at_work(self, seat: str) -> AtWork | None:
        """The same with his class and his latest practice, by one question."""
        return self._one(AT_WORK, at_work, seat=seat)

    def member_by_code(self, code: str) -> Member | None:
        """The member whom this return code names."""
        return self._one(select(members).where(members.c.code == code), member_row)

    def members(self, class_id: int | None) -> list[Member]:
        """A class's seats in their order; None: those of self-study."""
        with self.worlds.reading() as connection:
            return [member_row(*row) for row in members_in(connection, class_id)]

    def count_members(self, class_id: int) -> int:
        """How many seats a class has."""
        query = select(func.count()).select_from(members).where(members.c.class_id == class_id)
        with self.worlds.reading() as connection:
            return connection.scalar(query) or 0

    # Practices and trails ---------------------------------------------------------------------

    def current(self, seat: str) -> PracticeRow | None:
        """The latest practice of a seat, running or over."""
        return self._one(CURRENT, practice_row, seat=seat)

    def practice(self, id_: int) -> PracticeRow | None:
        """The practice with this number."""
        return self._one(select(practices).where(practices.c.id == id_), practice_row)

    def practices_of(self, seat: str) -> list[PracticeRow]:
        """Every practice of a seat, oldest first."""
        return self._all(
            select(practices).where(practices.c.seat == seat).order_by(practices.c.id), practice_row
        )

    def practices_in(self, class_id: int) -> list[PracticeRow]:
        """Every practice of a class, oldest first."""
        return self._all(_PRACTICES_IN, practice_row, class_id=class_id)

    def trail_of(self, seat: str, practice: int | None = None, limit: int = 500) -> list[TrailRow]:
        """What happened at a seat, newest first."""
        query = select(trail).where(trail.c.seat == seat)
        if practice is not None:
            query = query.where(trail.c.practice == practice)
        return self._all(query.order_by(trail.c.id.desc()).limit(limit), trail_row)

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
            return [(utc(at), seat, item) for at, seat, item in connection.execute(query)]

    def _one(self, query: Select[Any], make: Callable[..., T], **values: object) -> T | None:
        with self.worlds.reading() as connection:
            row = connection.execute(query, values).one_or_none()
        return make(*row) if row else None

    def _all(self, query: Select[Any], make: Callable[..., T], **values: object) -> list[T]:
        with self.worlds.reading() as connection:
            return [make(*row) for row in connection.execute(query, values)]


__all__ = [
    "AtWork",
    "ClassRow",
    "IntegrityError",
    "Member",
    "NewEntry",
    "PracticeRow",
    "TrailRow",
    "Training",
    "TrainingChange",
    "read",
]
