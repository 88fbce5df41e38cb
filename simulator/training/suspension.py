"""Practices that are interrupted and go on later: one of each course, three in all, each with its bank.

What is put back is as it was, but nobody is logged in: the windows of before are not there any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.store import Seat
from simulator.store.training import Member, NewEntry, PracticeRow, Training, TrainingChange, read
from simulator.store.training_interrupted import find, forget, keep, put_back, renumber, rows_of
from simulator.training.lessons import Course, courses
from simulator.training.model import Learner, Practice

MOST_INTERRUPTED = 3


@dataclass(frozen=True)
class Waiting:
    """An interrupted practice in the list: its number, its course, how far it got, and since when."""

    id: int
    course: Course
    practice: Practice
    since: datetime


def suspend(change: TrainingChange, seat: Seat, row: PracticeRow, practice: Practice, now: datetime) -> None:
    """Interrupt a running practice; what was kept of the same course, and a fourth, is forgotten.

    Where the bank's desk was asked to release a lock, that is part of what is kept and waits no longer.
    """
    learner = _learner(change, seat.code)
    practice.days_moved = learner.days_moved if learner else 0
    change.save_practice(row.id, practice)
    change.end_practice(row.id, "stopped", now)
    keep(change.connection, row.id, seat.code, [event for _, event in seat.events_after(0)])
    earlier = [each for each in rows_of(change.connection, seat.code) if each.id != row.id]
    same = [each.id for each in earlier if each.course == row.course]
    others = [each.id for each in earlier if each.course != row.course]
    forget(change.connection, [*same, *others[MOST_INTERRUPTED - 1 :]])
    if learner and learner.asks_desk_since:
        learner.asks_desk_since = None
        change.save_member(seat.code, learner)


def waiting(training: Training, seat: str) -> list[Waiting]:
    """Return the interrupted practices of a seat, the last interrupted first."""
    with training.worlds.reading() as connection:
        rows = rows_of(connection, seat)
    return [
        Waiting(row.id, courses()[row.course], read(row.document, Practice), row.ended or row.started)
        for row in rows
        if row.course in courses()
    ]


def put_back_at(change: TrainingChange, seat: str, id_: int, now: datetime) -> bool:
    """Let an interrupted practice go on where it was left; whether there was one.

    Its time goes on as well: what lies between does not count. A date that the instructor has moved the seat
    by in between moves the bank's.
    """
    found = find(change.connection, seat, id_)
    if found is None or found.row.course not in courses():
        return False
    practice, learner = read(found.row.document, Practice), _learner(change, seat)
    found.world.sessions.clear()
    found.world.clock.move(days=(learner.days_moved if learner else 0) - practice.days_moved)
    practice.last_event = put_back(change.connection, found)
    practice.paused_seconds += int((now - (found.row.ended or now)).total_seconds())
    practice.step_since, practice.last_screen = now, ""
    practice.mistake = practice.refused_on = ""
    practice.resumed_from = id_
    number, course = renumber(change.connection, found.row, practice), courses()[found.row.course]
    due = course.items[min(practice.position, len(course.items) - 1)]
    entry = NewEntry("began", due.key, {"what": f"{course.title}　再開", "mode": practice.mode})
    change.add_trail(number, seat, now, [entry])
    return True


def _learner(change: TrainingChange, seat: str) -> Learner | None:
    member: Member | None = change.member(seat)
    return read(member.document, Learner) if member else None
