"""The guidance on one screen: the step to do here, or the way back to where it is done. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.bank.people import MASTER_ID
from simulator.domain.world import Kind
from simulator.manual.grammar import Action, Show, parse
from simulator.manual.wording import fold, link_of
from simulator.training import tracker
from simulator.training.coach_state import Turn
from simulator.training.coach_windows import in_list_window, window_of
from simulator.training.lessons import FIRST, LIST, LOGIN, LOGOUT, Course, Item, item_of
from simulator.training.model import Practice

HOME, SERVICE, GUIDE = tracker.SITE
SESSION_OVER = "セッション終了"
# Ways back for which the manual has no sentence, in its grammar.
TO_TOP = "「トップ」タブをクリックします。"
TO_LOGIN = "「ログインへ」ボタンをクリックします。"
TO_LEAVE = "「閉じる」ボタンをクリックします。"
NOBODYS = (LOGOUT, SESSION_OVER)  # where nobody is logged in any more


@dataclass(frozen=True)
class Guidance:
    """The step for one screen. elsewhere: the screen of the due step; due: that step.

    is_leaving: somebody else is logged in, and has to log out first.
    """

    turn: Turn
    item: Item | None = None
    actions: tuple[Action, ...] = ()
    elsewhere: str = ""
    place: int = -1  # which of the course's steps, for a turn of "item"
    due: Item | None = None
    is_leaving: bool = False


def guide(practice: Practice, course: Course, screen: str, login_id: str) -> Guidance:
    """Return the guidance for this screen and the user logged in on it."""
    due = tracker.due_item(practice, course)
    if due is None:
        return Guidance("done")
    if login_id and login_id != tracker.IDS[due.who] and screen not in (*tracker.SITE, LOGIN, *NOBODYS):
        return replace(_back(_way_out(screen, login_id), due), is_leaving=True)
    place = tracker.place_of(practice, course, screen)
    if place == len(course.items):
        return Guidance("done")
    if place is not None:
        item = course.items[place]
        return Guidance("item", item, item.actions, place=place, due=item)
    if screen == SESSION_OVER and login_id:  # of an old window; another one is logged in
        return _back(None, due)
    return _away(practice, due, screen)


def _away(practice: Practice, due: Item, screen: str) -> Guidance:
    """The guidance on a screen where no step near the due one is done."""
    if rest := _rest_of_shown(due, screen):
        return Guidance("item", due, rest, place=practice.position, due=due)
    if not due.screen:
        turn: Turn = "item" if screen in tracker.SITE else "off"
        return Guidance(turn, due, due.actions, HOME, practice.position, due)
    return _back(_way_in(screen, due), due)


def _rest_of_shown(due: Item, screen: str) -> tuple[Action, ...]:
    """The remaining actions of a step whose first half has led here, as by a link to 案内画面."""
    for place, action in enumerate(due.actions):
        if isinstance(action, Show) and (about := link_of(action.page)[1]) and fold(about) in fold(screen):
            return due.actions[place + 1 :]
    return ()


def _back(item: Item | None, due: Item) -> Guidance:
    if item is None:
        return Guidance("off", due, due.actions, due.screen, due=due)
    return Guidance("prep", item, item.actions, due.screen, due=due)


def _way_in(screen: str, due: Item) -> Item | None:
    """The step on the way from this screen to the one that is due, by the manual's own steps."""
    general = due.who == "general"
    if in_list_window(due.screen) and window_of(screen) == "c" and screen != SESSION_OVER:
        return None  # トップ does not lead back to サービス一覧
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
    if screen == SESSION_OVER:
        return _own(TO_LOGIN, due.who, screen)
    if in_list_window(screen):
        return item_of("2-1.6")
    leads_nowhere = screen in (LOGOUT, "利用できません") or window_of(screen) != "c"
    return None if leads_nowhere else _own(TO_TOP, due.who, screen)


def _way_out(screen: str, login_id: str) -> Item:
    """The step by which the wrong person leaves."""
    who: Kind = "master" if login_id == MASTER_ID else "general"
    if screen == FIRST:
        return _own(TO_LEAVE, who, screen)
    if in_list_window(screen):
        return _for(item_of("4.4" if screen == LIST else "2-1.6"), who)
    return _for(item_of("4.1"), who)


def _for(item: Item, who: Kind, actions: tuple[Action, ...] = ()) -> Item:
    return replace(item, who=who, actions=actions or item.actions)


def _own(sentence: str, who: Kind, screen: str) -> Item:
    return Item("", "", "", sentence, (), parse(sentence), who, screen, "", ())
