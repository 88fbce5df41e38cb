"""The live board of a class: the place of every seat, and the seats that need the instructor. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from simulator.store.training import Member, read
from simulator.training import progress_map
from simulator.training.last_made import LastMade
from simulator.training.lessons import Course, Item, courses
from simulator.training.model import MODES, Learner, Practice
from simulator.training.progress_map import NEVER
from simulator.training.standing import Standing
from simulator.training.tracker import due_item

SLOW_SECONDS, SLOW_SOONER, SLOW_FAULTS = 360, 180, 2
# Why a seat needs the instructor, the most pressing first: a lock, a call, no progress.
Need = Literal["desk", "hand", "slow"]
TAGS: dict[Need, str] = {"desk": "窓口", "hand": "挙手", "slow": "進まず"}
DRILL = "対応"  # stands for 手順 where a drill is practised: the tile has no room for its title


@dataclass(frozen=True)
class BoardRow:
    """One seat on the board.

    at: the course, and while it runs its due step, as 「2-3 5.」; sentence: that step's. seconds: on the due
    step, None while nothing runs. mistakes: in the present practice; mistakes_in_all: in every one. result:
    how the latest practice came out, in words, "" while it runs. need_seconds: for how long the need has been
    there. asked, raised, released: the moments that the forms of a need name. cells: each procedure's state.
    """

    member: Member
    course: str
    mode: str
    at: str
    sentence: str
    seconds: int | None
    mistakes: int
    result: str
    need: Need | None
    need_seconds: int
    raised: datetime | None
    released: datetime | None
    cells: tuple[str, ...]
    mistakes_in_all: int

    @property
    def told(self) -> str:
        """The procedures' states in words, for a screen reader."""
        states = zip(procedures_on_board(), self.cells, strict=True)
        return "、".join(f"{id_} {state}" for id_, state in states if state != NEVER) or f"すべて{NEVER}"


# The documents for reading alone: most have not changed since the last look.
_practices: LastMade[bytes, Practice] = LastMade(lambda document: read(document, Practice))
_learners: LastMade[bytes, Learner] = LastMade(lambda document: read(document, Learner))


@cache
def procedures_on_board() -> list[str]:
    """Return the ids of the procedures, one a column."""
    return [course.id for course in courses().values() if course.kind == "procedure"]


def board(seats: Sequence[Standing], now: datetime) -> list[BoardRow]:
    """Return a row for every seat, in their order. now: the moment at which the class stands, in UTC."""
    return [_row(seat, now) for seat in seats]


def in_need(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Return the rows in need of the instructor: locks, calls, no progress, the longest of each first."""
    order: list[Need | None] = list(TAGS)
    return sorted(
        (row for row in rows if row.need), key=lambda row: (order.index(row.need), -row.need_seconds)
    )


def needs_first(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Return the rows in need first, then the others in their order."""
    return [*in_need(rows), *(row for row in rows if not row.need)]


def _row(seat: Standing, now: datetime) -> BoardRow:
    member, last, states = seat.member, seat.latest, seat.states
    learner = _learners.of(member.seat, member.document)
    course = courses().get(last.course) if last else None
    practice = _practices.of(member.seat, last.document) if last and course else None
    due = due_item(practice, course) if last and practice and course and not last.outcome else None
    seconds = _since(practice.step_since, now) if practice and due else None
    need, need_seconds = _need(learner, seconds, practice.faults if practice else 0, now)
    return BoardRow(
        member,
        course.title if course else "",
        MODES[practice.mode] if practice else "",
        place_words(course, due) if course else "",
        due.sentence if due else "",
        seconds,
        practice.faults_in_all if practice else 0,
        progress_map.result_of(last.mode, last.outcome) if last and last.outcome else "",
        need,
        need_seconds,
        learner.hand_since,
        learner.released_at,
        tuple(states.get(id_, NEVER) for id_ in procedures_on_board()),
        seat.mistakes,
    )


def place_words(course: Course, due: Item | None) -> str:
    """Return the place in a course, short enough for a tile: 「2-3　5.」, 「対応　2.」, or 「2-3」."""
    number = due.label.rpartition("　")[2] if due else ""
    if course.kind == "drill":
        return f"{DRILL}　{number}".rstrip("　")
    lesson = due.lesson if due else course.id
    if lesson == "all":
        return "すべて"
    return f"{lesson}　{number}".rstrip("　") if course.kind == "procedure" or due else f"{lesson[2:]}章"


def _since(moment: datetime, now: datetime) -> int:
    return max(0, int((now - moment).total_seconds()))


def _need(learner: Learner, seconds: int | None, faults: int, now: datetime) -> tuple[Need | None, int]:
    """The most pressing need of a seat, None for none, and the seconds since it began."""
    if learner.asks_desk_since:
        return "desk", _since(learner.asks_desk_since, now)
    if learner.hand_since and not learner.hand_seen_at:
        return "hand", _since(learner.hand_since, now)
    if seconds is not None and (
        seconds >= SLOW_SECONDS or (seconds >= SLOW_SOONER and faults >= SLOW_FAULTS)
    ):
        return "slow", seconds
    return None, 0
