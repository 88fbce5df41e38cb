"""Reading of classes, members, practices and trails, and the transaction that changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from simulator.store import training_counts
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
)
from simulator.store.training_tables import classes, members, practices, trail
from simulator.store.worlds import NUL, Worlds

T = TypeVar("T")

_CLASS_BY_CODE = select(classes).where(classes.c.code == bindparam("code"))
_MEMBER_BY_CODE = select(members).where(members.c.code == bindparam("code"))


class Training:
    """Training in one database: questions about it, and ``changing`` to change it."""

    def __init__(self, worlds: Worlds) -> None:
        self.worlds = worlds

    @contextmanager
    def changing(self, seat: str = "") -> Iterator[TrainingChange]:
        """Open one transaction: all of it is kept, or none on an error.

        seat: the code of the only seat that it changes, "" where it may change anything.
        """
        with self.worlds.writing(seat) as connection:
            yield TrainingChange(connection)

    # Keys -------------------------------------------------------------------------------------

    def key(self, name: str) -> str:
        """Return the value kept under a name; "" when there is none."""
        with self.worlds.reading() as connection:
            return connection.scalar(KEY, {"name": name}) or ""

    # Classes and members ----------------------------------------------------------------------

    def classes(self) -> list[ClassRow]:
        """Return every class, the newest first."""
        return self._all(select(classes).order_by(classes.c.id.desc()), class_row)

    def class_(self, id_: int) -> ClassRow | None:
        """Return the class with this number; None when there is none."""
        return self._one(CLASS, class_row, id=id_)

    def class_by_code(self, code: str) -> ClassRow | None:
        """Return the class with this join code; None when there is none."""
        return self._one(_CLASS_BY_CODE, class_row, code=code)

    def member(self, seat: str) -> Member | None:
        """Return the member of a seat; None for a seat that does not belong to training."""
        return self._one(MEMBER, member_row, seat=seat)

    def at_work(self, seat: str) -> AtWork | None:
        """Return the same with the class and the latest practice, by one query."""
        return self._one(AT_WORK, at_work, seat=seat)

    def member_by_code(self, code: str) -> Member | None:
        """Return the member with this return code; None when there is none."""
        return self._one(_MEMBER_BY_CODE, member_row, code=code)

    def members(self, class_id: int | None) -> list[Member]:
        """Return the members of a class in the order of their seats; of self-study for class_id None."""
        with self.worlds.reading() as connection:
            return [member_row(*row) for row in members_in(connection, class_id)]

    def count_members(self, class_id: int) -> int:
        """How many seats a class has."""
        query = select(func.count()).select_from(members).where(members.c.class_id == class_id)
        with self.worlds.reading() as connection:
            return connection.scalar(query) or 0

    # Practices and trails ---------------------------------------------------------------------

    def current(self, seat: str) -> PracticeRow | None:
        """Return the latest practice of a seat, running or over; None when there was none."""
        return self._one(CURRENT, practice_row, seat=seat)

    def practice(self, id_: int) -> PracticeRow | None:
        """Return the practice with this number; None when there is none."""
        return self._one(select(practices).where(practices.c.id == id_), practice_row)

    def practices_of(self, seat: str) -> list[PracticeRow]:
        """Return every practice of a seat, the oldest first."""
        return self._all(
            select(practices).where(practices.c.seat == seat).order_by(practices.c.id), practice_row
        )

    def practices_in(self, class_id: int) -> Iterator[PracticeRow]:
        """Yield every practice of a class, the oldest first, some at a time."""
        return training_counts.practices_in(self.worlds, class_id)

    def trail_of(self, seat: str, practice: int | None = None, limit: int = 500) -> list[TrailRow]:
        """Return the trail of a seat, or of one practice at it, the newest entries first."""
        query = select(trail).where(trail.c.seat == seat)
        if practice is not None:
            query = query.where(trail.c.practice == practice)
        return self._all(query.order_by(trail.c.id.desc()).limit(limit), trail_row)

    def counts(self, class_id: int, kind: str) -> dict[tuple[str, str], int]:
        """Return the number of a class's trail entries of one kind by (step as 2-1.4, mode)."""
        query = (
            select(trail.c.item, practices.c.mode, func.count())
            .join(practices, practices.c.id == trail.c.practice)
            .join(members, members.c.seat == trail.c.seat)
            .where(members.c.class_id == class_id, trail.c.kind == kind)
            .group_by(trail.c.item, practices.c.mode)
        )
        with self.worlds.reading() as connection:
            return {(item, mode): count for item, mode, count in connection.execute(query)}

    def first_passes(self, class_id: int) -> list[tuple[datetime, str, str]]:
        """Return (time, seat, step) of each step that a seat has passed for the first time, the oldest first.

        Times are in UTC.
        """
        with self.worlds.reading() as connection:
            return training_counts.first_passes(connection, class_id)

    def _one(self, query: Select[Any], make: Callable[..., T], **values: object) -> T | None:
        if any(NUL in value for value in values.values() if isinstance(value, str)):
            return None
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
