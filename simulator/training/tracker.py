"""The position of a practice, told from the events that the bank recorded and the pages that it showed.

Pure: values in, entries for the trail out; the practice is changed in place. A step that changes something is
done when the bank's event says so; one that only leads somewhere, when its next screen is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.bank.messages import OPERATIONS
from simulator.bank.people import GENERAL_ID, MASTER_ID, People
from simulator.domain.world import Event, World
from simulator.manual.wording import WHO
from simulator.store.training import NewEntry
from simulator.training import expected
from simulator.training.lessons import LIST, LOGIN, LOGOUT, Course, Item
from simulator.training.model import Practice, RefusedField
from simulator.training.rule_hints import rule_broken
from simulator.training.situations import NEVER
from simulator.training.step_marks import (
    advance,
    forget_refusal,
    note_coach_refusal,
    note_mistake,
    note_once,
    step_entry,
)

IDS = {"master": MASTER_ID, "general": GENERAL_ID}
PEOPLE_WORDS = {who: word for word, who in WHO.items()}
CHANGES = (
    "rights_changed",
    "user_created",
    "users_updated",
    "user_renamed",
    "user_mail_changed",
    "user_password_reset",
    "user_deleted",
)
LOCKS = ("login_password_locked", "approval_password_locked")
SITE = ("当金庫ホームページ", "へきしん電子記録債権サービス", "「しんきん電子記録債権システム」案内画面")
OUTSIDE_BANK = ("", *SITE, LOGIN, LOGOUT, "セッション終了")
TOO_EARLY = "「ユーザ更新」を行う前に、権限を設定しました。"
# Screens on the way back to a step, or beside it: to stand there is no mistake.
BESIDE = (
    *SITE,
    LOGIN,
    LIST,
    LOGOUT,
    "トップ",
    "承認パスワード変更",
    "承認パスワード変更結果",
    "ログインパスワード変更",
    "セッション終了",
    "ソフトウェアキーボードの使用方法",
    "お知らせ（通知）",
    "もう一度操作してください",
)


@dataclass(frozen=True)
class Seen:
    """One page as it is shown: its title, to whom, the refusals on it, and what happened since the last.

    screen: "" where no page is shown and only the events count. words: the refusals as the page has them;
    refused: with their causes.
    """

    screen: str
    login_id: str = ""
    failures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    events: Sequence[tuple[int, Event]] = ()
    refused: tuple[RefusedField, ...] = ()


def observe(
    practice: Practice, course: Course, seen: Seen, world: World, people: People, now: datetime
) -> list[NewEntry]:
    """Bring a practice up to date with a page; what is worth keeping of it."""
    entries: list[NewEntry] = []
    before = practice.position
    for number, event in seen.events:
        practice.last_event = max(practice.last_event, number)
        entries += _take_event(practice, course, event, world, people)
    if seen.screen:
        forget_refusal(practice)
    if seen.failures:
        entries += _refused(practice, course, seen)
    elif seen.screen and not any(entry.kind == "mistake" for entry in entries):
        entries += _take_page(practice, course, seen)
    if seen.screen:
        practice.acting = False
    practice.last_screen = seen.screen or practice.last_screen
    if practice.position != before:
        practice.step_since = now
    return entries


def is_over(practice: Practice, course: Course) -> bool:
    """Whether nothing is left that the bank could see."""
    return all(item.unseen for item in course.items[practice.position :])


def pass_unseen(practice: Practice, course: Course, key: str, now: datetime) -> list[NewEntry]:
    """A step that the bank can't see, done in the page."""
    due = due_item(practice, course)
    if due is None or due.key != key or not due.unseen:
        return []
    practice.step_since = now
    return list(advance(practice, course, practice.position + 1))


def due_item(practice: Practice, course: Course) -> Item | None:
    """The step that is due; None when all are done."""
    return course.items[practice.position] if practice.position < len(course.items) else None


# Events ----------------------------------------------------------------------------------------


def _take_event(
    practice: Practice, course: Course, event: Event, world: World, people: People
) -> list[NewEntry]:
    if event.kind in LOCKS:
        practice.broken.append((_due_key(practice, course), f"{OPERATIONS[event.kind]}がかかりました。"))
        return note_mistake(practice, course, practice.broken[-1][1], "R05")
    _spoil(practice, course, event)
    places = _matching(practice, course, event)
    if not places:
        return _uncalled(practice, course, event)
    faults = [expected.fault(course, course.items[place], event, world, people) for place in places]
    right = next((place for place, fault in zip(places, faults, strict=True) if not fault), None)
    if right is None:
        return _wrongly(practice, course, course.items[places[0]], faults[0], world)
    practice.wrong.pop(course.items[right].key, None)
    return [] if right in practice.passed else _proven(practice, course, right)


def _spoil(practice: Practice, course: Course, event: Event) -> None:
    """Note an event that a drill's goal forbids; the page that refused it says so."""
    goals = course.drill.goals if course.drill and not practice.acting else ()
    if event.kind in [NEVER[goal] for goal in goals if goal in NEVER]:
        practice.broken.append((_due_key(practice, course), f"{OPERATIONS[event.kind]}がありました。"))


def _matching(practice: Practice, course: Course, event: Event) -> list[int]:
    """The steps that this event may prove: of changes any, those not yet made first; else the due one."""
    places = [place for place, item in enumerate(course.items) if item.events]
    open_ = [place for place in places if place not in practice.passed]
    if event.kind in CHANGES:
        places = [*open_, *(place for place in places if place in practice.passed)]
    else:
        places = [place for place in open_[:1] if _is_its_turn(practice, course, place)]
    return [
        place
        for place in places
        if event.kind in course.items[place].events and event.login_id == IDS[course.items[place].who]
    ]


def _wrongly(
    practice: Practice, course: Course, item: Item, fault: expected.Fault | None, world: World
) -> list[NewEntry]:
    """A change that a step asks for, made wrongly: at the wrong time, to the wrong user, with wrong data."""
    target = world.users.get(expected.target_of(course, item))
    if "rights_changed" in item.events and (target is None or target.registered is None):
        fault = (_due_key(practice, course), TOO_EARLY)
    if fault is None:
        return []
    practice.wrong[item.key] = fault
    return note_mistake(practice, course, fault[1], "R15" if fault[1] == TOO_EARLY else "", at=fault[0])


def _uncalled(practice: Practice, course: Course, event: Event) -> list[NewEntry]:
    """A change that no step asks for is a mistake, which can be undone; coming and going is none."""
    if event.kind not in CHANGES:
        return []
    words = f"課題にない変更（{OPERATIONS[event.kind]}）を行いました。"
    practice.uncalled.append((_due_key(practice, course), words))
    return note_mistake(practice, course, words, "")


def _proven(practice: Practice, course: Course, place: int) -> list[NewEntry]:
    """A step is done, and with it those that led to it."""
    first = next(
        (n for n, item in enumerate(course.items) if item.events and n not in practice.passed), place
    )
    if first == place:
        return list(advance(practice, course, place + 1))
    practice.passed.append(place)  # out of its order, where that does not matter
    return [step_entry("passed", course.items[place], clean="")]


def _due_key(practice: Practice, course: Course) -> str:
    due = due_item(practice, course) or course.items[-1]
    return due.key


# Pages -----------------------------------------------------------------------------------------


def _take_page(practice: Practice, course: Course, seen: Seen) -> list[NewEntry]:
    due = due_item(practice, course)
    if due is None:
        return []
    _calm(practice, seen)
    if seen.login_id and seen.login_id != IDS[due.who] and seen.screen not in (*SITE, LOGIN, LOGOUT):
        words = f"{PEOPLE_WORDS[due.who]}が操作する手順です。"
        return [] if _is_leaving(practice, course, seen) else note_once(practice, course, words)
    place = place_of(practice, course, seen.screen)
    if place is None:
        if seen.screen in BESIDE or _is_astray(practice, course):
            return []
        words = f"「{seen.screen}」画面を開きました。この手順では使いません。"
        return note_mistake(practice, course, words, "")
    if place > practice.position:
        return list(advance(practice, course, place))
    practice.position = place
    return []


def _calm(practice: Practice, seen: Seen) -> None:
    """A refusal on the way to the due step is over when that way goes on."""
    if practice.refused_on and practice.refused_on != seen.screen:
        practice.refused_on = practice.mistake = ""
        practice.help = practice.refusals = 0


def _is_astray(practice: Practice, course: Course) -> bool:
    """Whether the page before was off the way already: however far it leads, that is one mistake."""
    last = practice.last_screen
    return last != "" and last not in BESIDE and place_of(practice, course, last) is None


def _is_leaving(practice: Practice, course: Course, seen: Seen) -> bool:
    """Whether somebody whose part is done is on his way out, before the next person sits down."""
    before = course.items[practice.position - 1] if practice.position else None
    return before is not None and seen.login_id == IDS[before.who] and seen.screen in BESIDE


def place_of(practice: Practice, course: Course, screen: str) -> int | None:
    """Which step is due on this screen; None when none near the position is done there."""
    items, position = course.items, practice.position
    if position == len(items) or items[position].screen == screen:
        return position
    if not items[position].events and items[position].next_screen == screen != items[position].screen:
        return position + 1
    ahead = _ahead(practice, course, screen)
    return ahead if ahead is not None else _behind(practice, course, screen)


def _ahead(practice: Practice, course: Course, screen: str) -> int | None:
    """The nearest later step done on this screen, with no change due before it."""
    items = course.items
    for place in range(practice.position, len(items)):
        is_later = place > practice.position and items[place].screen == screen
        if is_later and _is_its_turn(practice, course, place):
            return place
        if items[place].events and place not in practice.passed:
            return None
    return len(items) if items[-1].next_screen == screen else None


def _is_its_turn(practice: Practice, course: Course, place: int) -> bool:
    """Whether a step is no way into the bank, or one before which nothing has to be done inside."""
    way_in = course.items[place].screen in (*SITE, LOGIN)
    return not way_in or all(item.screen in OUTSIDE_BANK for item in course.items[practice.position : place])


def _behind(practice: Practice, course: Course, screen: str) -> int | None:
    """The nearest earlier step done on this screen, with no change made since."""
    for place in range(practice.position - 1, -1, -1):
        if course.items[place].events:
            return None
        if course.items[place].screen == screen:
            return place
    return None


def _refused(practice: Practice, course: Course, seen: Seen) -> list[NewEntry]:
    due = due_item(practice, course)
    is_lock = any(code.endswith("_locked") for code in seen.failures)
    if due and is_lock and due.screen == seen.screen and due.wants_refusal:
        return list(advance(practice, course, practice.position + 1))
    practice.refused = list(seen.refused)
    if practice.acting:
        return [note_coach_refusal(practice, course, seen.words)]
    practice.refusals += 1
    practice.refused_on = seen.screen if due and due.screen != seen.screen else ""
    rules = [rule for code in seen.failures if (rule := rule_broken(code, seen.screen))]
    words = " ".join(dict.fromkeys(seen.words))
    entries = note_mistake(practice, course, words, rules[0] if rules else "")
    if not seen.refused:
        practice.mistake = ""  # a lock, which has a box of its own as long as it lasts
    return entries
