"""Whether a course's goal is reached, and the verdict of a 測る.

Judged by the state of the bank and the events that led to it, whichever way was taken: the goal of a
procedure is the state that the next one starts from, so it is written nowhere twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.bank.rules import lockout
from simulator.bank.world import Clock, Event, Registration, User, World
from simulator.training import starts
from simulator.training.lessons import Course, Item
from simulator.training.model import Practice, Verdict
from simulator.training.situations import GOALS

LEFT_OUT = "この手順が行われていません。"
TIME_IS_UP = "制限時間内に終わりませんでした。"


class Facts(NamedTuple):
    """What the story has done to one user; passwords themselves are his own business."""

    name: str
    mail: str
    registered: Registration | None
    first_login: bool
    approval: str  # none, initial or own
    rights: frozenset[str]
    accounts: frozenset[str]
    deleted: bool
    locked: bool


def facts(world: World) -> dict[str, Facts]:
    """Everybody in a bank as far as the story is concerned."""
    return {user.login_id: _facts(user, world.settings.lock_after) for user in world.users.values()}


def _facts(user: User, lock_after: int) -> Facts:
    own = "initial" if user.approval_initial else "own"
    return Facts(
        user.name,
        user.mail,
        user.registered,
        user.first_login,
        own if user.approval_password else "none",
        frozenset(user.rights),
        frozenset(user.accounts),
        user.deleted,
        any(lockout.is_locked(user, which, lock_after) for which in ("login", "approval")),
    )


def goal_of(course: Course, seed: int) -> dict[str, Facts]:
    """The facts at the start of whatever follows the course's last procedure."""
    story = list(starts.STORY)
    last = (
        next(id_ for id_ in reversed(course.lessons) if id_ in story and id_ != "4")
        if any(id_ != "4" for id_ in course.lessons)
        else "4"
    )
    following = story[story.index(last) + 1]
    return facts(starts.world_at(seed, following, Clock()))


def is_reached(practice: Practice, course: Course, world: World, events: Sequence[Event]) -> bool:
    """Whether the bank is as the course should leave it, and every change was made; events oldest first."""
    if any(item.events and place not in practice.passed for place, item in enumerate(course.items)):
        return False
    if course.drill:
        return all(GOALS[goal](world, events) for goal in course.drill.goals)
    return facts(world) == goal_of(course, world.seed)


def judge(
    practice: Practice, course: Course, world: World, events: Sequence[Event], *, in_time: bool = True
) -> Verdict:
    """The verdict of a 測る, with the first step of the manual where it went wrong."""
    reached = is_reached(practice, course, world, events)
    reasons = [words for _, words in practice.broken]
    if reached and not practice.broken and in_time:
        return Verdict(True)
    wrong, how = _first_wrong(practice, course, reached)
    if practice.broken and (reached or _place(course, practice.broken[0][0]) < _place(course, wrong)):
        wrong, how = practice.broken[0][0], ""
    if not in_time:
        reasons.append(TIME_IS_UP)
    return Verdict(False, wrong, list(dict.fromkeys([*([how] if how else []), *reasons])))


def _place(course: Course, key: str) -> int:
    return next((place for place, item in enumerate(course.items) if item.key == key), len(course.items))


def _first_wrong(practice: Practice, course: Course, reached: bool) -> tuple[str, str]:
    """The key of the first step that went wrong or was left out, and how."""
    start = 0
    for place, item in enumerate(course.items):
        if not item.events:
            continue
        if place not in practice.passed:
            if item.key in practice.wrong:
                return practice.wrong[item.key]
            return _left_out(practice, course.items[start : place + 1], start).key, LEFT_OUT
        start = place + 1
    return (course.items[-1].key, "" if reached else "手順を終えたときの状態が、課題と違います。")


def _left_out(practice: Practice, leading: Sequence[Item], start: int) -> Item:
    """The first step of these that was not done; one that the bank can't see counts as done."""
    for place, item in enumerate(leading, start):
        if place not in practice.passed and not (item.unseen and item is not leading[0]):
            return item
    return leading[-1]
