"""A trainee's map: how far he is with each procedure and drill, and what to repeat. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.store.training import PracticeRow, TrailRow
from simulator.training.lessons import Course, courses

# From least to most; what was shown or guided is never more than 案内つきで完了.
STATES = ("未着手", "途中", "見本まで", "案内つきで完了", "自力で完了", "合格")
NEVER, BEGUN, SEEN, LEARNT, ALONE, PASSED = STATES


@dataclass(frozen=True)
class Place:
    """One procedure or drill on the map. seconds: of the last go that came to its end, None when none did."""

    course: Course
    state: str
    seconds: int | None
    goes: int
    mistakes: int
    last: datetime | None
    repeat: bool


def map_of(practices: Sequence[PracticeRow], trail: Iterable[TrailRow]) -> list[Place]:
    """Every procedure and drill in its order, as a seat's practices (oldest first) and trail tell."""
    mistakes = Counter(entry.item.partition(".")[0] for entry in trail if entry.kind == "mistake")
    return [
        _place(course, [row for row in practices if covers(row.course, course)], mistakes[course.id])
        for course in courses().values()
        if course.kind in ("procedure", "drill")
    ]


def covers(practised: str, course: Course) -> bool:
    """Whether a go at a course counts for this one: one at a chapter counts for each of its procedures."""
    done = courses().get(practised)
    if done is None:
        return False
    return practised == course.id or (done.kind in ("chapter", "all") and course.id in done.lessons)


def _place(course: Course, rows: Sequence[PracticeRow], mistakes: int) -> Place:
    state = max((state_of(row.mode, row.outcome) for row in rows), key=STATES.index, default=NEVER)
    own = [row for row in rows if row.course == course.id and row.ended and row.outcome in ("done", "passed")]
    seconds = int((own[-1].ended - own[-1].started).total_seconds()) if own and own[-1].ended else None
    last = max((row.ended or row.started for row in rows), default=None)
    failed = bool(rows) and rows[-1].outcome == "failed"
    repeat = failed or (mistakes > 0 and state not in (ALONE, PASSED))
    return Place(course, state, seconds, len(rows), mistakes, last, repeat)


def state_of(mode: str, outcome: str) -> str:
    """Return the state that one practice is worth, of STATES."""
    if outcome == "passed":
        return PASSED if mode == "measure" else ALONE
    if outcome == "done":
        return SEEN if mode == "show" else LEARNT
    return BEGUN


def result_of(mode: str, outcome: str) -> str:
    """How an ended practice came out, in the words of the states where it has earned one."""
    return {"failed": "不合格", "stopped": "中断"}.get(outcome) or state_of(mode, outcome)


def next_of(places: Sequence[Place]) -> Place | None:
    """Return what to practise next: what went wrong, else the first not yet done alone, else None."""
    waiting = [place for place in places if place.state not in (ALONE, PASSED)]
    return next((place for place in waiting if place.repeat), waiting[0] if waiting else None)
