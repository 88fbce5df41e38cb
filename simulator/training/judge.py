"""Whether a course's goal is reached, and the verdict of a テスト.

Judged by the state of the bank and the events that led to it, whichever way was taken: the goal of a
procedure is the state that the next one starts from, so it is written nowhere twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.rules import lockout
from simulator.domain.world import Clock, Event, User, World
from simulator.manual.grammar import CloseWindow, Review
from simulator.manual.order import LOG_OUT, STARTS, following
from simulator.training import comparison, drill_rows, expected, starts
from simulator.training.boxes import Boxes, box_rows
from simulator.training.lessons import Course, Item
from simulator.training.model import Practice, Row, Verdict
from simulator.training.situations import GOALS

# Words of a verdict that the result tells in a sentence of its own.
LEFT_OUT = "この手順が行われていません。"
TIME_IS_UP = "制限時間内に終わりませんでした。"
# What the story has done to one user, each fact by its name; passwords themselves are his own business.
Facts = dict[str, object]
Fault = tuple[str, str]  # the step where it went wrong, and how


def facts(world: World) -> dict[str, Facts]:
    """Everybody in a bank as far as the story is concerned."""
    return {user.login_id: _facts(user, world.settings.lock_after) for user in world.users.values()}


def _facts(user: User, lock_after: int) -> Facts:
    own = "initial" if user.approval_initial else "own"
    return {
        "ユーザ名": "".join(user.name.split()),
        "メールアドレス": user.mail,
        "ユーザ更新": _registered(user),
        "ログインパスワード": user.first_login,
        "承認パスワード": own if user.approval_password else "none",
        "取引権限": frozenset(user.rights),
        "口座権限": frozenset(user.accounts),
        "ユーザ削除": user.deleted,
        "ロック": any(lockout.is_locked(user, which, lock_after) for which in ("login", "approval")),
    }


def _registered(user: User) -> tuple[str, str] | None:
    """The name, without its blanks, and the mail address that the service knows."""
    known = user.registered
    return ("".join(known.name.split()), known.mail) if known else None


def goal_of(course: Course, seed: int) -> dict[str, Facts]:
    """The facts at the start of whatever follows the course's last procedure."""
    return facts(goal_world(course, seed, Clock()))


def goal_world(course: Course, seed: int, clock: Clock) -> World:
    """Return the bank at the start of whatever follows the course's last procedure."""
    done = [id_ for id_ in course.lessons if id_ in STARTS and id_ != LOG_OUT] or [LOG_OUT]
    return starts.world_at(seed, following(done[-1]), clock)


def compare(course: Course, world: World, events: Sequence[Event] = ()) -> tuple[Row, ...]:
    """Return what the course asks for beside what stands in the bank, a row for each box, field and doing.

    events: of the bank since the course began, oldest first; they tell of logins and of a drill's conditions.
    The rows are in the order of the course; ``compare_boxes`` does the same for boxes not yet confirmed.
    """
    if course.drill:
        return tuple(drill_rows.rows_of_drill(course, world, events))
    base = starts.world_at(world.seed, course.base, world.clock)
    goal = goal_world(course, world.seed, world.clock)
    return (*comparison.goings(course, events), *comparison.users(course, base, goal, world))


def compare_boxes(course: Course, item: Item, world: World, checked: Boxes) -> tuple[Row, ...]:
    """Return a row for each box of 取引権限 and 口座 at a step, as the task asks and as ``checked`` has it.

    item: the step that confirms them, or that checks them. checked: (rights, numbers of accounts), as the
    form on the screen or its draft holds them. ``boxes.sentence`` says what is wrong with a row.
    """
    ticks = expected.tick_step(course, item)
    about = comparison.whose(expected.target_of(course, item), "権限")
    return tuple(box_rows(about, ticks.key, world.accounts, expected.boxes_of(ticks, world), checked))


def wrong_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that differ from the task."""
    return [row for row in rows if row.verdict != "right"]


def is_reached(practice: Practice, course: Course, world: World, events: Sequence[Event]) -> bool:
    """Whether the bank is as the course should leave it, and every change was made; events oldest first."""
    if any(item.events and place not in practice.passed for place, item in enumerate(course.items)):
        return False
    return not unreached(course, world, events)


def unreached(course: Course, world: World, events: Sequence[Event]) -> list[str]:
    """Return what is not yet as the course should leave it, in sentences; empty when all is."""
    if course.drill:
        unmet = [goal for goal in course.drill.goals if not GOALS[goal](world, events)]
        return [f"「{goal}」になっていません。" for goal in unmet]
    goal, now = goal_of(course, world.seed), facts(world)
    return [
        f"{login_id} の{'、'.join(names)}が、課題どおりではありません。"
        for login_id in dict.fromkeys([*goal, *now])
        if (names := _differences(goal.get(login_id), now.get(login_id)))
    ]


def _differences(goal: Facts | None, now: Facts | None) -> list[str]:
    if goal is None or now is None:
        return [] if goal is now else ["有無"]
    return [name for name in goal if goal[name] != now[name]]


def judge(
    practice: Practice, course: Course, world: World, events: Sequence[Event], *, in_time: bool = True
) -> Verdict:
    """The verdict of a テスト, with the first step of the manual where it went wrong."""
    faults: list[Fault] = list(practice.broken)
    if not is_reached(practice, course, world, events):
        faults += [*practice.uncalled, *_first_wrong(practice, course, unreached(course, world, events))]
    if not in_time:
        stood = course.items[min(practice.position, len(course.items) - 1)]
        faults.append((stood.key, TIME_IS_UP))
    if not faults:
        return Verdict(True)
    faults.sort(key=lambda fault: _place(course, fault[0]))
    return Verdict(False, faults[0][0], list(dict.fromkeys(how for _, how in faults)))


def _place(course: Course, key: str) -> int:
    return next((place for place, item in enumerate(course.items) if item.key == key), len(course.items))


def _first_wrong(practice: Practice, course: Course, lacking: Sequence[str]) -> list[Fault]:
    """The first step that went wrong or was left out; where none was, what is lacking in the end."""
    start = 0
    for place, item in enumerate(course.items):
        if not item.events:
            continue
        if place not in practice.passed:
            left_out = _left_out(practice, course.items[start : place + 1], start)
            return [practice.wrong.get(item.key, (left_out.key, LEFT_OUT))]
        start = place + 1
    return list(practice.wrong.values()) or [(course.items[-1].key, words) for words in lacking]


def _left_out(practice: Practice, leading: Sequence[Item], start: int) -> Item:
    """The first step of these that was not done; a look or a window closed leaves nothing to be seen."""
    for place, item in enumerate(leading, start):
        if place not in practice.passed and not isinstance(item.actions[-1], Review | CloseWindow):
            return item
    return leading[-1]
