"""A trainee's map: how far each procedure and drill has been practised, in whichever course. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from simulator.store.training import PracticeRow, TrailRow, read
from simulator.training.lessons import Course, courses
from simulator.training.model import Mode, Practice

# From least to most; what was shown or guided is never more than 案内つきで完了.
STATES = ("未着手", "途中", "見本まで", "案内つきで完了", "自力で完了", "合格")
NEVER, BEGUN, SEEN, LEARNT, ALONE, PASSED = STATES
COMPLETE = ("done", "passed")  # outcomes of a practice that came to its end
# The most that a practice in a mode can be worth.
EARNS: dict[Mode, str] = {"show": SEEN, "learn": LEARNT, "try": ALONE, "measure": PASSED}


@dataclass(frozen=True)
class Place:
    """One procedure or drill on the map.

    seconds: of the last go that came to its end, None when none did. goes: practices that cover it.
    """

    course: Course
    state: str
    seconds: int | None
    goes: int
    mistakes: int
    last: datetime | None


def rank(state: str) -> int:
    """Return how much a state is worth, 0 for 未着手."""
    return STATES.index(state)


def map_of(practices: Sequence[PracticeRow], trail: Iterable[TrailRow]) -> list[Place]:
    """Return every procedure and drill in its order, as a seat's practices (oldest first) and trail tell."""
    entries = list(trail)
    mistakes = Counter(lesson_of(entry.item) for entry in entries if entry.kind == "mistake")
    times = seconds_by_lesson(entries)
    return [
        _place(course, practices, mistakes[course.id], times)
        for course in courses().values()
        if course.kind in ("procedure", "drill")
    ]


def lesson_of(key: str) -> str:
    """Return the procedure or drill of a step, as 2-1 of 2-1.4."""
    return key.partition(".")[0]


def covers(practised: str, course: Course) -> bool:
    """Whether a go at a course counts for this one: one at a chapter counts for each of its procedures."""
    done = courses().get(practised)
    if done is None:
        return False
    return practised == course.id or (done.kind in ("chapter", "all") and course.id in done.lessons)


def _place(
    course: Course, practices: Sequence[PracticeRow], mistakes: int, times: dict[tuple[int, str], int]
) -> Place:
    rows = [row for row in practices if covers(row.course, course)]
    state = best_state(rows, course)
    ended = [row for row in rows if rank(worth(row).get(course.id, NEVER)) > rank(BEGUN)]
    spent = (_seconds(row, course, times) for row in reversed(ended))
    seconds = next((each for each in spent if each is not None), None)
    last = max((row.ended or row.started for row in rows), default=None)
    return Place(course, state, seconds, len(rows), mistakes, last)


def _seconds(row: PracticeRow, course: Course, times: dict[tuple[int, str], int]) -> int | None:
    if row.course == course.id:
        return seconds_taken(row)
    return times.get((row.id, course.id))


def seconds_taken(row: PracticeRow) -> int | None:
    """Return how long a practice took, without pauses and interruptions; None while it runs."""
    return seconds_between(row, read(row.document, Practice).paused_seconds if row.document else 0)


def seconds_between(row: PracticeRow, paused_seconds: int) -> int | None:
    """Return the same where the time in which it stood still is known."""
    if row.ended is None:
        return None
    return max(0, int((row.ended - row.started).total_seconds()) - paused_seconds)


def minutes(seconds: int) -> str:
    """Return a length of time as 1分05秒, or 12秒."""
    whole, rest = divmod(seconds, 60)
    return f"{whole}分{rest:02}秒" if whole else f"{rest}秒"


def seconds_by_lesson(trail: Sequence[TrailRow]) -> dict[tuple[int, str], int]:
    """Return (practice, lesson) -> the seconds that its steps took. trail: newest first."""
    found: Counter[tuple[int, str]] = Counter()
    since: dict[int, datetime] = {}
    for entry in reversed(trail):
        if entry.kind == "passed" and entry.practice in since:
            spent = (entry.at - since[entry.practice]).total_seconds()
            found[entry.practice, lesson_of(entry.item)] += int(spent)
        if entry.kind in ("began", "passed"):
            since[entry.practice] = entry.at
    return dict(found)


# What a practice is worth ----------------------------------------------------------------------


def best_state(rows: Iterable[PracticeRow], course: Course) -> str:
    """Return the best that these practices are worth for a procedure or drill."""
    return max((worth(row).get(course.id, NEVER) for row in rows), key=rank, default=NEVER)


class Go(NamedTuple):
    """The facts by which a practice is valued.

    document: of one that counts by how far it got, b"" for any other.
    """

    course: str
    mode: str
    outcome: str
    document: bytes


def go_of(row: PracticeRow) -> Go:
    """Return what a kept practice is worth by."""
    course = courses().get(row.course)
    in_parts = course is not None and course.kind in ("chapter", "all") and row.outcome not in COMPLETE
    return Go(row.course, row.mode, row.outcome, row.document if in_parts else b"")


def worth(row: PracticeRow) -> dict[str, str]:
    """Return procedure or drill -> the state that one practice is worth for it.

    A chapter or the whole that did not come to its end counts for the procedures done in it.
    """
    return worth_of(go_of(row))


def worth_of(go: Go) -> dict[str, str]:
    """Return the same for what a practice is worth by; nobody changes the answer."""
    if go.document and go.course in courses():
        return _worth_so_far(go.course, go.document)
    return _worth(go.course, go.mode, go.outcome)


@cache
def _worth(course_id: str, mode: str, outcome: str) -> dict[str, str]:
    course = courses().get(course_id)
    if course is None:
        return {}
    if course.kind in ("procedure", "drill"):
        return {course.id: state_of(mode, outcome)}
    return dict.fromkeys(course.lessons, state_of(mode, outcome) if outcome in COMPLETE else BEGUN)


@lru_cache(maxsize=200)  # a trainee's map asks it of the same practices for each course
def _worth_so_far(course_id: str, document: bytes) -> dict[str, str]:
    course, practice = courses()[course_id], read(document, Practice)
    earned = {"show": SEEN, "learn": LEARNT, "try": LEARNT}.get(practice.mode, BEGUN)
    done = set(practice.passed)
    due = course.items[practice.position].lesson if practice.position < len(course.items) else ""
    found: dict[str, str] = {}
    for lesson in dict.fromkeys(course.lessons):
        places = {place for place, item in enumerate(course.items) if item.lesson == lesson}
        if {place for place in places if course.items[place].events} <= done:
            found[lesson] = earned
        elif places & done or lesson == due:
            found[lesson] = BEGUN
    return found


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
