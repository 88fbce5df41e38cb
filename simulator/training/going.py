"""A practice as it is kept, its time limit, and its end: outcome, verdict and what was compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulator.domain.world import Event, World
from simulator.store import Seat
from simulator.store.training import NewEntry, PracticeRow, Training, TrainingChange, read
from simulator.training import judge, tracker
from simulator.training.lessons import Course, courses
from simulator.training.model import Outcome, Practice

SHOWN_AFTERWARDS = timedelta(minutes=10)  # how long the coach still says that a course is over


@dataclass(frozen=True)
class Going:
    """A practice as it is kept, with its course."""

    row: PracticeRow
    practice: Practice
    course: Course

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.row.outcome == ""


def current(training: Training, seat: str) -> Going | None:
    """The latest practice of a seat; None when there was none, or its course is not there any more."""
    return going_of(training.current(seat))


def going_of(row: PracticeRow | None) -> Going | None:
    """A kept practice with its course; None where there is none."""
    course = courses().get(row.course) if row else None
    return Going(row, read(row.document, Practice), course) if row and course else None


def kept(row: PracticeRow) -> Practice:
    """A kept practice's document."""
    return read(row.document, Practice)


def shown(going: Going | None, now: datetime) -> bool:
    """Whether the coach has something to say: the practice runs, or has just come to its end."""
    if going is None or going.row.outcome == "stopped":
        return False
    return going.row.ended is None or now - going.row.ended < SHOWN_AFTERWARDS


# The time limit -----------------------------------------------------------------------------------


def is_late(going: Going, now: datetime) -> bool:
    """Whether the time limit of a テスト is over."""
    left = seconds_left(going, now)
    return left is not None and left <= 0


def limit_of(going: Going) -> datetime | None:
    """Return the moment at which the time limit is over, None without one; a paused class loses no time."""
    practice = going.practice
    if not practice.limit_seconds:
        return None
    return going.row.started + timedelta(seconds=practice.limit_seconds + practice.paused_seconds)


def seconds_left(going: Going, now: datetime) -> int | None:
    """Return the seconds left of the time limit, None without one."""
    until = limit_of(going)
    return max(0, int((until - (going.row.ended or now)).total_seconds())) if until else None


# The end ------------------------------------------------------------------------------------------


def end(change: TrainingChange, seat: Seat, going: Going, now: datetime) -> Going:
    """End a practice in this transaction, at its time limit where that is over, and return it."""
    world, events = seat.read(), [event for _, event in seat.events_after(0)]
    outcome, practice = _outcome(going, world, events, now), going.practice
    practice.compared = list(judge.compare(going.course, world, events))
    ended = min(now, limit_of(going) or now)
    change.save_practice(going.row.id, practice)
    change.end_practice(going.row.id, outcome, ended)
    wrong = practice.verdict.wrong if practice.verdict else ""
    what = " ".join(practice.verdict.reasons) if practice.verdict else ""
    entry = NewEntry("ended", wrong or going.course.items[-1].key, {"what": what, "outcome": outcome})
    change.add_trail(going.row.id, seat.code, ended, [entry])
    return replace(going, row=replace(going.row, outcome=outcome, ended=ended))


def _outcome(going: Going, world: World, events: Sequence[Event], now: datetime) -> Outcome:
    """The outcome of a practice; one that was shown or guided is never passed."""
    practice, course = going.practice, going.course
    if practice.mode == "measure":
        practice.verdict = judge.judge(practice, course, world, events, in_time=not is_late(going, now))
        return "passed" if practice.verdict.passed else "failed"
    if not tracker.is_over(practice, course):
        return "stopped"
    helped = practice.helps_in_all or practice.acted or practice.own_value_reset
    alone = practice.mode == "try" and not helped and not practice.faults_in_all
    return "passed" if alone and judge.is_reached(practice, course, world, events) else "done"
