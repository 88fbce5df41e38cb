"""The guidance on one screen: the step to do here, or the way back to where it is done.

Pure: a practice and a screen in, plain data for the page out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.bank.people import GENERAL_ID, MASTER_ID, People, Persona
from simulator.domain.world import Kind, User, World
from simulator.manual.grammar import (
    Action,
    CloseWindow,
    Field,
    Fill,
    LeaveEmpty,
    Outside,
    Press,
    Review,
    Show,
    Tick,
    parse,
)
from simulator.manual.rules import sentences_for_step
from simulator.manual.wording import GENERAL, MASTER, fold, is_home_page, link_of, names_of
from simulator.training import tracker
from simulator.training.lessons import FIRST, LIST, LOGIN, LOGOUT, Course, Item, item_of
from simulator.training.model import Practice
from simulator.training.situations import OUTSIDE, outside_of
from simulator.training.values import Typist, UnknownWordError

HOME, SERVICE, GUIDE = tracker.SITE
USER_ADMIN = (
    "ユーザ管理",
    "ID 新規作成",
    "ユーザ名変更",
    "メールアドレス変更",
    "ログインパスワード管理",
    "ユーザ削除",
)
# Ways back for which the manual has no sentence, in its grammar.
TO_TOP = "「トップ」タブをクリックします。"
TO_LOGIN = "「ログインへ」ボタンをクリックします。"
TO_LEAVE = "「閉じる」ボタンをクリックします。"
TOP = "トップ"
OWN_SET = "ご自分で別のパスワードを設定したときは、そのパスワードを入力します。"
OWN_LOGIN = {"ログインパスワード", "現ログインパスワード"}
OWN_APPROVAL = {"承認パスワード", "現在の承認パスワード"}


@dataclass(frozen=True)
class Guidance:
    """The step for one screen. turn: item, prep, off or done; elsewhere: the screen of the due step."""

    turn: str
    item: Item | None = None
    actions: tuple[Action, ...] = ()
    elsewhere: str = ""
    place: int = -1  # which of the course's steps, for a turn of "item"


def guide(practice: Practice, course: Course, screen: str, login_id: str) -> Guidance:
    """Return the guidance for this screen and the user logged in on it."""
    due = tracker.due_item(practice, course)
    if due is None:
        return Guidance("done")
    if login_id and login_id != tracker.IDS[due.who] and screen not in (*tracker.SITE, LOGIN, LOGOUT):
        return _back(_way_out(screen, login_id), due)
    place = tracker.place_of(practice, course, screen)
    if place == len(course.items):
        return Guidance("done")
    if place is not None:
        return Guidance("item", course.items[place], course.items[place].actions, place=place)
    return _away(practice, due, screen)


def _away(practice: Practice, due: Item, screen: str) -> Guidance:
    """The guidance on a screen where no step near the due one is done."""
    if rest := _rest_of_shown(due, screen):
        return Guidance("item", due, rest, place=practice.position)
    if not due.screen:
        turn = "item" if screen in tracker.SITE else "off"
        return Guidance(turn, due, due.actions, HOME, place=practice.position)
    return _back(_way_in(screen, due), due)


def _rest_of_shown(due: Item, screen: str) -> tuple[Action, ...]:
    """The remaining actions of a step whose first half has led here, as by a link to 案内画面."""
    for place, action in enumerate(due.actions):
        if isinstance(action, Show) and (about := link_of(action.page)[1]) and fold(about) in fold(screen):
            return due.actions[place + 1 :]
    return ()


def _back(item: Item | None, due: Item) -> Guidance:
    if item is None:
        return Guidance("off", due, due.actions, due.screen)
    return Guidance("prep", item, item.actions, due.screen)


def _way_in(screen: str, due: Item) -> Item | None:
    """The step on the way from this screen to the one that is due, by the manual's own steps."""
    general = due.who == "general"
    known = {
        HOME: "1-1.2",
        SERVICE: "1-1.3",
        LOGIN: "3-1.4" if general else "1-1.4",
        FIRST: "3-2.1" if general else "1-2.1",
        LIST: "1-3.1",
        "承認パスワード変更": "3-3.2" if general else "1-3.2",
        "承認パスワード変更結果": "1-3.3",
        "ID 新規作成完了": "2-1.6",
    }
    if screen in known:
        return _for(item_of(known[screen]), due.who)
    if screen == GUIDE:
        return _for(item_of("1-1.3"), due.who, item_of("1-1.3").actions[-1:])
    if screen == "セッション終了":
        return _own(TO_LOGIN, due.who, screen)
    if screen.startswith(USER_ADMIN):
        return item_of("2-1.6")
    if screen in (LOGOUT, "利用できません") or (screen == TOP and _is_in_list_window(due.screen)):
        return None
    return _own(TO_TOP, due.who, screen)


def _is_in_list_window(screen: str) -> bool:
    """Whether a screen belongs to the window of サービス一覧, which トップ does not lead back to."""
    return screen == LIST or screen.startswith(USER_ADMIN)


def _way_out(screen: str, login_id: str) -> Item:
    """The step by which the wrong person leaves."""
    who: Kind = "master" if login_id == MASTER_ID else "general"
    if screen == FIRST:
        return _own(TO_LEAVE, who, screen)
    if _is_in_list_window(screen):
        return _for(item_of("4.4" if screen == LIST else "2-1.6"), who)
    return _for(item_of("4.1"), who)


def _for(item: Item, who: Kind, actions: tuple[Action, ...] = ()) -> Item:
    return _copy(item, who=who, actions=actions or item.actions)


def _own(sentence: str, who: Kind, screen: str) -> Item:
    return Item("", "", "準備", sentence, (), parse(sentence), who, screen, "", ())


def _copy(item: Item, who: Kind, actions: tuple[Action, ...]) -> Item:
    return Item(
        item.key,
        item.lesson,
        item.label,
        item.sentence,
        item.rows,
        actions,
        who,
        item.screen,
        item.next_screen,
        item.events,
    )


# As plain data --------------------------------------------------------------------------------


def as_data(
    guidance: Guidance, course: Course, world: World, people: People, home: str
) -> dict[str, Any] | None:
    """The step of a guidance as the coach in the page takes it; None when there is none."""
    item = guidance.item
    if item is None:
        return None
    typist = _typist(item.who, world, people)
    following = _following(course, item)
    asks = bool(following and any(isinstance(a, Press) and a.label == "OK" for a in following.actions))
    actions = [one for action in guidance.actions for one in _actions(action, typist, home, asks)]
    return {
        "key": item.key,
        "label": item.label,
        "sentence": item.sentence,
        "rows": [list(row) for row in item.rows],
        "who": f"{tracker.PEOPLE_WORDS[item.who]}（{typist.me.name}）",
        "screen": item.screen,
        "why": [
            *sentences_for_step(item.key),
            *_of_his_own(guidance.actions, world.users.get(typist.me.login_id)),
        ],
        "actions": actions,
        "next": {"label": following.label, "sentence": following.sentence} if following and asks else None,
        "unseen": item.unseen,
    }


def _of_his_own(actions: Sequence[Action], user: User | None) -> list[str]:
    """A word of warning where a password is asked for that its owner chose himself: it may be another."""
    words = {fold(field.word) for action in actions if isinstance(action, Fill) for field in action.fields}
    if user is None:
        return []
    asked = [(OWN_LOGIN, user.login_password), (OWN_APPROVAL, user.approval_password)]
    chosen = any(secret and not secret.seeded and words & names for names, secret in asked)
    return [OWN_SET] if chosen else []


def _following(course: Course, item: Item) -> Item | None:
    place = next((n for n, each in enumerate(course.items) if each.key == item.key), None)
    if place is not None and place + 1 < len(course.items):
        return course.items[place + 1]
    return item_of("4.2") if item.key == "4.1" else None


def _typist(who: Kind, world: World, people: People) -> Typist:
    def own(persona: Persona) -> tuple[bool, bool]:
        user = world.users.get(persona.login_id)
        if user is None:
            return False, False
        return not user.first_login, bool(user.approval_password) and not user.approval_initial

    return Typist(people, people.master if who == "master" else people.general, own)


def _actions(  # noqa: C901, PLR0911  one case for each kind of action
    action: Action, typist: Typist, home: str, asks: bool
) -> Sequence[dict[str, Any]]:
    match action:
        case Show(page):
            if is_home_page(page):
                return [{"do": "open", "url": home}]
            subject, about = link_of(page)
            return [{"do": "show", "names": [subject], "about": about}]
        case Fill(fields):
            return [one for field in fields for one in _fills(field, typist)]
        case Tick(_, boxes):
            return [
                {"do": "tick", "boxes": [list(box[:2]) for box in boxes]}
                if boxes
                else {"do": "tick", "all": True}
            ]
        case Review():
            general = typist.people.general
            return [{"do": "review", "texts": [general.login_id, general.name, general.mail]}]
        case LeaveEmpty():
            return [{"do": "leave_empty"}]
        case CloseWindow():
            return [{"do": "close"}]
        case Outside(what):
            slug = outside_of(what)
            return [{"do": "outside", "what": slug, "label": OUTSIDE[slug].label}]
        case Press():
            return [_press(action, asks)]


def _press(press: Press, asks: bool) -> dict[str, Any]:
    row = press.row
    rows = {MASTER: MASTER_ID, GENERAL: GENERAL_ID}
    return {
        "do": "press",
        "kind": press.kind,
        "label": press.label,
        "row": [rows.get(row, row)] if row else [],
        "field": press.field,
        "screen": press.screen,
        "only_if_shown": press.only_if_shown,
        "dialog": asks,
        "native": press.label == "OK",
    }


def _fills(field: Field, typist: Typist) -> list[dict[str, Any]]:
    try:
        value = typist.value(field)
    except UnknownWordError:
        value = ""
    names = list(names_of(field.word))
    one = {"do": "fill", "names": names, "again": False, "value": value, "word": field.word}
    return [one, {**one, "again": True}][: field.times]


def outsides(course: Course, *, locked: bool = False) -> list[dict[str, str]]:
    """Return what a course may need outside the bank's screens; the bank's desk too if a user is locked."""
    slugs = [outside_of(a.what) for item in course.items for a in item.actions if isinstance(a, Outside)]
    slugs += ["desk"] if locked else []
    return [{"what": slug, "label": OUTSIDE[slug].label} for slug in dict.fromkeys(slugs)]
