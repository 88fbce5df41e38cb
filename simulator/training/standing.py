"""How every seat of a class stands: its latest practice, and the sum of all that have ended.

What has ended never changes, and which practices have is told by the latest: so the sum of a seat is kept in
this process for as long as its latest practice is the same, whichever node has changed it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from threading import Lock

from simulator.store.training import Member, PracticeRow, Training
from simulator.store.training_counts import Goes, goes, standings
from simulator.training import practice, progress_map
from simulator.training.last_made import LastMade
from simulator.training.lessons import courses
from simulator.training.progress_map import COMPLETE, NEVER, Go, rank

MOST_KEPT = 20_000  # seats
# The board asks it of every seat, every two seconds.
_running: LastMade[Go, dict[str, str]] = LastMade(progress_map.worth_of)


@dataclass
class Done:
    """The sum of a seat's ended practices. states: of each procedure and drill that was practised."""

    mistakes: int = 0
    states: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """A seat: its member, its latest practice, running or over, and what has ended."""

    member: Member
    latest: PracticeRow | None
    done: Done

    @property
    def running(self) -> PracticeRow | None:
        """The practice that has not ended."""
        return self.latest if self.latest and not self.latest.outcome else None

    @property
    def mistakes(self) -> int:
        """Mistakes in all practices."""
        return self.done.mistakes + (self.running.faults if self.running else 0)

    @property
    def states(self) -> dict[str, str]:
        """The best state of each procedure and drill that was practised."""
        if self.running is None:
            return self.done.states
        return best(self.done.states, _running.of(self.member.seat, progress_map.go_of(self.running)))


def best(states: dict[str, str], others: dict[str, str]) -> dict[str, str]:
    """Return of each procedure and drill the better of two states."""
    better = {id_: state for id_, state in others.items() if rank(state) > rank(states.get(id_, NEVER))}
    return {**states, **better} if better else states


def look(training: Training, class_id: int, now: datetime) -> list[Standing]:
    """Return every seat of a class; a テスト past its limit has ended by now, whoever looks.

    now: the moment at which the class stands, in UTC: that of the pause while it is paused.
    """
    found = standings(training.worlds, class_id)
    running = [row for _, row in found if row and not row.outcome]
    if practice.end_overdue(training, running, now):
        found = standings(training.worlds, class_id)
    return _with_sums(training, found)


def of_practices(member: Member, rows: Sequence[PracticeRow]) -> Standing:
    """Return the standing of a seat with these practices, the oldest first. Pure."""
    ended = [row for row in rows if row.outcome]
    made = _summed(
        Goes(row.seat, row.course, row.mode, row.outcome, row.faults, row.document) for row in ended
    )
    return Standing(member, rows[-1] if rows else None, made.get(member.seat, Done()))


# Sums ------------------------------------------------------------------------------------------

Key = tuple[int, str]  # the latest practice of a seat, and how it came out
_kept: OrderedDict[str, tuple[Key, Done]] = OrderedDict()
_lock = Lock()


def _with_sums(training: Training, found: Sequence[tuple[Member, PracticeRow | None]]) -> list[Standing]:
    keys = {member.seat: (row.id, row.outcome) for member, row in found if row}
    with _lock:
        known = {
            seat: _kept[seat][1] for seat, key in keys.items() if seat in _kept and _kept[seat][0] == key
        }
    missing = [seat for seat in keys if seat not in known]
    if missing:
        made = _summed(goes(training.worlds, missing, _in_parts()))
        known |= {seat: made.get(seat, Done()) for seat in missing}
        with _lock:
            for seat in missing:
                _kept[seat] = keys[seat], known[seat]
                _kept.move_to_end(seat)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return [Standing(member, row, known.get(member.seat) or Done()) for member, row in found]


@cache
def _in_parts() -> tuple[str, ...]:
    """The courses of several procedures: what was not finished counts by how far it got."""
    return tuple(course.id for course in courses().values() if course.kind in ("chapter", "all"))


def _summed(ended: Iterable[Goes]) -> dict[str, Done]:
    sums: dict[str, Done] = {}
    for each in ended:
        done = sums.setdefault(each.seat, Done())
        done.mistakes += each.faults
        in_parts = each.course in _in_parts() and each.outcome not in COMPLETE
        if not in_parts or each.document:
            document = each.document if in_parts else b""
            worth = progress_map.worth_of(Go(each.course, each.mode, each.outcome, document))
            done.states = best(done.states, worth)
    return sums
