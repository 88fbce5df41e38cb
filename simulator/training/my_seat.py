"""The trainee's seat as a request of わたしの訓練 finds it, and what the class offers to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import abort, request

from simulator.bank.people import People, people
from simulator.store import Seat
from simulator.store.training import Member, PracticeRow, TrailRow, read
from simulator.training import access, next_step, practice, progress_map
from simulator.training.access import training
from simulator.training.lessons import Course, courses
from simulator.training.model import MODES, ClassPlan, Mode, Practice, utc_now

MOST_TRAIL = 5_000
LONGEST_NUMBER = 12


@dataclass(frozen=True)
class MySeat:
    """A member with the seat, as of this request."""

    member: Member
    seat: Seat

    @property
    def plan(self) -> ClassPlan | None:
        """The plan of the class; None for self-study."""
        return access.plan_of(self.member)

    @property
    def people(self) -> People:
        """The two people of this seat's bank."""
        return people(self.seat.seed)

    @cached_property
    def going(self) -> practice.Going | None:
        """The latest practice."""
        return practice.current(training(), self.seat.code)

    @property
    def latest(self) -> int:
        """The number of the latest practice, 0 for none: what a form is about that follows it."""
        row = training().current(self.seat.code)
        return row.id if row else 0

    @property
    def now(self) -> datetime:
        """The moment at which the class stands: while it is paused, that of the pause."""
        plan = self.plan
        return plan.paused_at if plan and plan.paused_at else utc_now()

    @property
    def courses(self) -> list[Course]:
        """The courses that the class offers; all of them without a class."""
        every, plan = courses().values(), self.plan
        return [course for course in every if plan is None or course.id in plan.courses]

    @property
    def modes(self) -> dict[Mode, str]:
        """The modes that the class offers, with their names."""
        plan = self.plan
        return {mode: words for mode, words in MODES.items() if plan is None or mode in plan.modes}

    @cached_property
    def rows(self) -> list[PracticeRow]:
        """Every practice of the seat, oldest first."""
        return training().practices_of(self.seat.code)

    @cached_property
    def trail(self) -> list[TrailRow]:
        """The trail, newest first, without that of a テスト that runs: what is right shows later."""
        trail = training().trail_of(self.seat.code, limit=MOST_TRAIL)
        going = self.going
        if going and going.is_running and going.practice.mode == "measure":
            return [entry for entry in trail if entry.practice != going.row.id]
        return trail

    @cached_property
    def places(self) -> list[progress_map.Place]:
        """The map."""
        return progress_map.map_of(self.rows, self.trail)

    def next(self) -> next_step.Next:
        """Return the recommendation of what to do next."""
        return next_step.next_step(
            next_step.Record(
                self.rows,
                {place.course.id: place.state for place in self.places},
                mistakes_of_last(self.rows, self.trail),
                first_wrong(self.rows),
                [course.id for course in self.courses],
                list(self.modes),
            )
        )


def mistakes_of_last(rows: Iterable[PracticeRow], trail: Iterable[TrailRow]) -> dict[str, int]:
    """Return lesson -> own mistakes in the last practice that came to its end."""
    last = max((row.id for row in rows if row.outcome in ("done", "passed", "failed")), default=0)
    found: dict[str, int] = {}
    for entry in trail:
        if entry.practice == last and entry.kind == "mistake":
            lesson = progress_map.lesson_of(entry.item)
            found[lesson] = found.get(lesson, 0) + 1
    return found


def first_wrong(rows: Iterable[PracticeRow]) -> str:
    """Return the first wrong step of the last テスト, "" for none."""
    tests = [row for row in rows if row.mode == "measure" and row.outcome]
    verdict = read(tests[-1].document, Practice).verdict if tests else None
    return verdict.wrong if verdict else ""


def my_seat() -> MySeat:
    """Return this browser's seat; aborts with 403 where it has joined none, 404 where the seat is gone.

    A テスト past its limit has ended by now, whatever is asked.
    """
    member = access.learner() or abort(403)
    mine = MySeat(member, training().worlds.seat(member.seat) or abort(404))
    if row := training().current(mine.seat.code):
        practice.end_overdue(training(), [row], mine.now)
    return mine


def chosen(mine: MySeat) -> tuple[Course, Mode]:
    """Return the course and mode that a form or an address names; 400 for what the class does not offer."""
    course = next((one for one in mine.courses if one.id == request.values.get("course")), None)
    mode = next((each for each in mine.modes if each == request.values.get("mode")), None)
    if course is None or mode is None:
        abort(400)
    return course, mode


def has_manual() -> bool:
    """Return whether the manual is offered on this page: in a テスト the class may say no."""
    member = access.learner()
    plan = access.plan_of(member) if member else None
    if member is None or plan is None or plan.manual_in_test:
        return True
    row = training().current(member.seat)
    return row is None or row.outcome != "" or row.mode != "measure"


def number(name: str) -> int | None:
    """Return a number of a practice from the form; None where it is left out. 400 for anything else."""
    text = request.form.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        abort(400)
    return int(text)
