"""The change that a step asks for, and what is wrong with one that was made.

Told from the course's own sentences: whose row, which boxes, whose data.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.bank.people import GENERAL_ID, MASTER_ID, People
from simulator.domain.rules import user_update
from simulator.domain.rules.rights import BUSINESSES, EVERY_RIGHT
from simulator.domain.world import Event, World
from simulator.manual.grammar import Fill, Press, Tick
from simulator.manual.wording import GENERAL, MASTER, fold
from simulator.training.boxes import box_rows, sentence
from simulator.training.lessons import Course, Item

OWNERS = {MASTER: MASTER_ID, GENERAL: GENERAL_ID}
Fault = tuple[str, str]  # the step where it went wrong, and how


def fault(course: Course, item: Item, event: Event, world: World, people: People) -> Fault | None:
    """Return what is wrong with the change that an event records; None for the one that the step asks for."""
    if event.kind == "rights_changed":
        return _fault_in_rights(course, item, event, world)
    if event.kind == "user_created":
        return _fault_in_user(course, item, event, world, people)
    if event.kind == "users_updated" and user_update.pending(world).login_ids:
        return (item.key, "更新されていないユーザが残っています。")
    target = event.data.get("user", "")
    if target and target != (wanted := target_of(course, item)):
        return _other_user(course, item, target, wanted)
    return None


def same_name(one: str, other: str) -> bool:
    """Whether two ユーザ名 are the same but for their blanks, of whichever width."""
    return "".join(one.split()) == "".join(other.split())


def target_of(course: Course, item: Item) -> str:
    """The ログインID of the user whom the lesson of this step is about."""
    for place in _before(course, item):
        for action in place.actions:
            if isinstance(action, Press) and action.row in OWNERS:
                return OWNERS[action.row]
    return MASTER_ID if item.who == "master" and item.lesson == "1-4" else GENERAL_ID


def _before(course: Course, item: Item) -> Iterable[Item]:
    """The steps of the same lesson up to this one, backwards."""
    end = course.items.index(item)
    for place in range(end, -1, -1):
        if course.items[place].lesson != item.lesson:
            return
        yield course.items[place]


def _step(course: Course, item: Item, kind: type[Tick | Fill], default: Item) -> Item:
    found = (
        each for each in _before(course, item) if any(isinstance(action, kind) for action in each.actions)
    )
    return next(found, default)


def _row_step(course: Course, item: Item) -> Item:
    found = (
        each
        for each in _before(course, item)
        if any(isinstance(a, Press) and (a.row in OWNERS or a.label == "変更") for a in each.actions)
        and each is not item
    )
    return next(found, item)


def _other_user(course: Course, item: Item, target: str, wanted: str) -> Fault:
    return (_row_step(course, item).key, f"{wanted} ではなく、{target} を変更しました。")


def _fault_in_rights(course: Course, item: Item, event: Event, world: World) -> Fault | None:
    wanted = target_of(course, item)
    if event.data["user"] != wanted:
        return _other_user(course, item, event.data["user"], wanted)
    ticks = tick_step(course, item)
    checked = event.data["rights"].split(), event.data["accounts"].split()
    rows = box_rows("", ticks.key, world.accounts, boxes_of(ticks, world), checked)
    words = "".join(sentence(row) for row in rows)
    return (ticks.key, words) if words else None


def tick_step(course: Course, item: Item) -> Item:
    """Return the step of the same lesson, up to this one, at which the boxes are checked; else this one."""
    return _step(course, item, Tick, item)


def form_step(course: Course, item: Item) -> Item:
    """Return the step of the same lesson, up to this one, at which the data are typed; else this one."""
    return _step(course, item, Fill, item)


def boxes_of(item: Item, world: World) -> tuple[set[str], set[str]]:
    """The rights and the account numbers that a step ticks: those of its table, else all of them."""
    every = {account.number for account in world.accounts}
    boxes = next((action.boxes for action in item.actions if isinstance(action, Tick)), ())
    if not boxes:
        return set(EVERY_RIGHT), every
    rights: set[str] = set()
    accounts: set[str] = set()
    for thing, label in (box[:2] for box in boxes):
        if fold(thing) == "口座":
            accounts |= {
                a.number for a in world.accounts if fold(label) in fold(f"{a.kind} {a.number}")
            } or every
            continue
        rights |= {
            right
            for business in BUSINESSES
            if fold(business.name) == fold(thing)
            for right, word in business.boxes
            if fold(word) == fold(label)
        }
    return rights, accounts


def _fault_in_user(course: Course, item: Item, event: Event, world: World, people: People) -> Fault | None:
    form = form_step(course, item)
    user = world.users.get(event.data["user"])
    if event.data["user"] != people.general.login_id or user is None:
        return (form.key, f"ユーザ ID が {people.general.login_id} ではありません。")
    if not same_name(user.name, people.general.name) or user.mail != people.general.mail:
        return (form.key, "ユーザ名またはメールアドレスが、課題の値ではありません。")
    return None
