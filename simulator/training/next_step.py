"""The choice of the next practice: eight rules, of which the first that fits decides. Pure.

Only what the class offers is recommended; refusals of what the coach did are no mistakes and never count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.manual.order import CHAPTERS
from simulator.store.training import PracticeRow
from simulator.training.drill_groups import BY_CHAPTER
from simulator.training.lessons import Course, courses
from simulator.training.model import MODES, Mode
from simulator.training.progress_map import (
    ALONE,
    BEGUN,
    EARNS,
    LEARNT,
    NEVER,
    PASSED,
    covers,
    lesson_of,
    rank,
)

MANY_MISTAKES = 2  # in one practice at one procedure
# Where the class does not offer a mode, what comes nearest.
INSTEAD: dict[Mode, tuple[Mode, ...]] = {
    "show": ("show", "learn", "try", "measure"),
    "learn": ("learn", "try", "measure", "show"),
    "try": ("try", "measure"),
    "measure": ("measure",),
}


@dataclass(frozen=True)
class Next:
    """A recommendation. rule: of the eight. course: None where there is none."""

    rule: int
    course: Course | None
    mode: Mode
    reason: str


@dataclass(frozen=True)
class Record:
    """The facts that the rules look at.

    rows: the practices, oldest first. states: procedure or drill -> state. mistakes: lesson -> own mistakes
    in the last practice that came to its end. wrong: the first wrong step of the last テスト, "" for none.
    offered: ids of courses; modes: those of the class.
    """

    rows: Sequence[PracticeRow]
    states: Mapping[str, str]
    mistakes: Mapping[str, int] = field(default_factory=dict)
    wrong: str = ""
    offered: Sequence[str] = field(default_factory=lambda: tuple(courses()))
    modes: Sequence[Mode] = tuple(MODES)


def next_step(record: Record) -> Next:
    """Return what to do next; rule 1 is the running practice itself."""
    latest = record.rows[-1] if record.rows else None
    if latest and not latest.outcome and latest.course in courses():
        return Next(1, courses()[latest.course], _mode(latest.mode), "")
    return next(_found(record))


def _mode(name: str) -> Mode:
    return next(mode for mode in MODES if mode == name)


def _found(record: Record) -> Iterator[Next]:
    """Every recommendation in the order of the rules; the last one always fits."""
    yield from _after_failure(record)
    yield from _after_mistakes(record)
    yield from _not_learnt(record)
    yield from _drills(record)
    yield from _not_alone(record)
    yield from _chapters(record)
    if not all(_reached(record, id_, PASSED) for id_ in _procedures()):
        yield from _whatever_is_left(record)
    yield _end(record)


def _after_failure(record: Record) -> Iterator[Next]:
    """Rule 2, until that procedure has been practised to its end since."""
    tests = [place for place, row in enumerate(record.rows) if row.mode == "measure" and row.outcome]
    if not tests or record.rows[tests[-1]].outcome != "failed" or not record.wrong:
        return
    wanted = lesson_of(record.wrong)
    course = courses().get(wanted)
    since = record.rows[tests[-1] + 1 :]
    if course and not any(row.outcome in ("done", "passed") and covers(row.course, course) for row in since):
        yield from _offer(record, 2, wanted, "learn", "テストで違っていた手順です。", again=True)


def _after_mistakes(record: Record) -> Iterator[Next]:
    """Rule 3: the procedure with the most mistakes of the last practice."""
    lesson = max(record.mistakes, key=lambda each: record.mistakes[each], default="")
    count = record.mistakes.get(lesson, 0)
    if count >= MANY_MISTAKES:
        mode: Mode = "try" if _reached(record, lesson, LEARNT) else "learn"
        yield from _offer(record, 3, lesson, mode, f"間違いが{count}回ありました。", again=True)


def _not_learnt(record: Record) -> Iterator[Next]:
    """Rule 4; the very first procedure is shown first."""
    for place, id_ in enumerate(_procedures()):
        if not _reached(record, id_, LEARNT):
            state = record.states.get(id_, NEVER)
            reason = "途中の手順です。" if state == BEGUN else "まだ練習していない手順です。"
            mode: Mode = "show" if place == 0 and state == NEVER else "learn"
            yield from _offer(record, 4, id_, mode, reason)


def _drills(record: Record) -> Iterator[Next]:
    """Rule 5: the drills of a chapter that is complete; those that belong to none, after all others."""
    for group in BY_CHAPTER:
        chapters = [group.after] if group.after else list(CHAPTERS)
        is_complete = all(_reached(record, id_, LEARNT) for ch in chapters for id_ in CHAPTERS[ch][1])
        is_untouched = all(record.states.get(id_, NEVER) == NEVER for id_ in group.drills)
        if is_complete and is_untouched:
            for id_ in group.drills:
                yield from _offer(record, 5, id_, "learn", group.reason)


def _not_alone(record: Record) -> Iterator[Next]:
    """Rule 6."""
    for id_ in _procedures():
        if not _reached(record, id_, ALONE):
            yield from _offer(record, 6, id_, "try", "案内つきで完了した手順です。")


def _chapters(record: Record) -> Iterator[Next]:
    """Rule 7."""
    for id_, (_, parts) in CHAPTERS.items():
        if not all(_reached(record, part, PASSED) for part in parts):
            yield from _offer(record, 7, id_, "measure", "手順ごとの練習を終えた章です。")


def _whatever_is_left(record: Record) -> Iterator[Next]:
    """Yield the chapters and drills that the class offers and that still earn something."""
    for id_ in courses():
        yield from _offer(record, 8, id_, "learn", "まだ終えていない練習です。")


def _end(record: Record) -> Next:
    """Rule 8."""
    if not all(_reached(record, id_, PASSED) for id_ in _procedures()):
        return Next(8, None, "learn", "このクラスの練習は、すべて終えています。")
    whole = any(
        row.course == "all" and row.mode == "measure" and row.outcome == "passed" for row in record.rows
    )
    if not whole and "all" in record.offered and "measure" in record.modes:
        return Next(8, courses()["all"], "measure", "すべての章に合格しています。")
    return Next(8, None, "learn", "すべて合格しています。")


def _offer(
    record: Record, rule: int, id_: str, mode: Mode, reason: str, *, again: bool = False
) -> Iterator[Next]:
    """The course in this mode or the nearest that the class offers; nothing that can earn no more.

    again: it is repeated whatever it has earned.
    """
    state = _state(record, id_)
    for each in INSTEAD[mode]:
        if each in record.modes and id_ in record.offered and (again or rank(EARNS[each]) > rank(state)):
            yield Next(rule, courses()[id_], each, reason)
            return


def _state(record: Record, id_: str) -> str:
    """The state of a procedure or drill; of a chapter or the whole, that of its least procedure."""
    course = courses()[id_]
    parts = course.lessons if course.kind in ("chapter", "all") else (id_,)
    return min((record.states.get(part, NEVER) for part in parts), key=rank)


def _procedures() -> tuple[str, ...]:
    return tuple(part for _, parts in CHAPTERS.values() for part in parts)


def _reached(record: Record, id_: str, state: str) -> bool:
    return rank(record.states.get(id_, NEVER)) >= rank(state)
