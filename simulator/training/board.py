"""The live board of a class: where every seat stands, and who is stuck. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from simulator.store.training import Member, PracticeRow, read
from simulator.training import progress_map
from simulator.training.lessons import courses
from simulator.training.model import MODES, Learner, Practice
from simulator.training.tracker import due_item

STUCK_SECONDS, STUCK_SOONER, STUCK_FAULTS = 360, 180, 2


@dataclass(frozen=True)
class BoardRow:
    """One seat on the board. cells: each procedure's state; seconds: on the step that is due."""

    member: Member
    course: str
    mode: str
    step: str
    sentence: str
    seconds: int | None
    faults: int
    helps: int
    stuck: str
    outcome: str
    cells: tuple[str, ...]
    mistakes: int


@lru_cache(maxsize=20_000)
def _kept(document: bytes) -> Practice:
    """A practice as it is kept, for reading alone: of most nothing has changed since the last look."""
    return read(document, Practice)


@lru_cache(maxsize=2_000)
def _learnt(document: bytes) -> Learner:
    return read(document, Learner)


def procedures_on_board() -> list[str]:
    """The ids of the columns."""
    return [course.id for course in courses().values() if course.kind == "procedure"]


def board(
    members: Sequence[Member], practices: Sequence[PracticeRow], now: datetime, paused_at: datetime | None
) -> list[BoardRow]:
    """A row for every seat, in the seats' order; practices oldest first."""
    by_seat: dict[str, list[PracticeRow]] = {}
    for row in practices:
        by_seat.setdefault(row.seat, []).append(row)
    return [_row(member, by_seat.get(member.seat, []), paused_at or now) for member in members]


def stuck_first(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Those who need somebody first, then the others in their order."""
    return sorted(rows, key=lambda row: (not row.stuck, -(row.seconds or 0) if row.stuck else 0))


def _row(member: Member, rows: Sequence[PracticeRow], now: datetime) -> BoardRow:
    cells = _cells(tuple((row.course, row.mode, row.outcome) for row in rows))
    faults_in_all = sum(_kept(row.document).faults_in_all for row in rows)
    asks = _learnt(member.document).asks_desk_since
    last = rows[-1] if rows else None
    course = courses().get(last.course) if last else None
    if last is None or course is None:
        stuck = "窓口に申し出ています" if asks else ""
        return BoardRow(member, "", "", "", "", None, 0, 0, stuck, "", cells, faults_in_all)
    practice = _kept(last.document)
    due = due_item(practice, course) if not last.outcome else None
    seconds = max(0, int((now - practice.step_since).total_seconds())) if due else None
    stuck = "窓口に申し出ています" if asks else _stuck(seconds, practice.faults)
    return BoardRow(
        member,
        course.title,
        MODES[practice.mode],
        due.label if due else "",
        due.sentence if due else "",
        seconds,
        practice.faults,
        practice.help,
        stuck,
        last.outcome,
        cells,
        faults_in_all,
    )


def _stuck(seconds: int | None, faults: int) -> str:
    if seconds is None:
        return ""
    if seconds >= STUCK_SECONDS or (seconds >= STUCK_SOONER and faults >= STUCK_FAULTS):
        return "止まっています"
    return ""


@lru_cache(maxsize=5_000)
def _cells(goes: tuple[tuple[str, str, str], ...]) -> tuple[str, ...]:
    """Each procedure's state after these goes: course, mode and outcome."""
    return tuple(
        max(
            (
                progress_map.state_of(*go)
                for course, *go in goes
                if progress_map.covers(course, courses()[id_])
            ),
            key=progress_map.STATES.index,
            default=progress_map.NEVER,
        )
        for id_ in procedures_on_board()
    )
