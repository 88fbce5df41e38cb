"""The windows of a seat: where each screen stands, which window leads on, what the others say. Pure."""

from __future__ import annotations

from simulator.training.coach_box_state import Box, Button, WindowId
from simulator.training.coach_parts import box, button
from simulator.training.coach_state import Windows
from simulator.training.goals import name_of
from simulator.training.lessons import FIRST, LIST, LOGIN, LOGOUT, Course, Item
from simulator.training.tracker import IDS, SITE

USER_ADMIN = (
    "ユーザ管理",
    "ID 新規作成",
    "ユーザ名変更",
    "メールアドレス変更",
    "ログインパスワード管理",
    "ユーザ削除",
)
KEYBOARD_HELP = "ソフトウェアキーボードの使用方法"
TITLES: dict[WindowId, str] = {"a": "ホームページ", "b": "サービス一覧", "c": "電子記録債権サービス"}
# From the window of the due step back to the one that every way begins in.
ORDER: dict[WindowId, list[WindowId]] = {"a": ["a"], "b": ["b", "a"], "c": ["c", "b", "a"]}
TASKBAR = "前に出ないときは、画面下のタスクバーから選んでください。"


def in_list_window(screen: str) -> bool:
    """Whether a screen belongs to サービス一覧 and what opens there, which トップ does not lead back to."""
    return screen == LIST or screen.startswith(USER_ADMIN)


def window_of(screen: str, otherwise: WindowId = "c") -> WindowId:
    """Return the window of a screen. otherwise: that of one which stands in two, as ログアウト."""
    if screen in SITE or not screen:
        return "a"
    if screen in (LOGIN, FIRST, KEYBOARD_HELP) or in_list_window(screen):
        return "b"
    return otherwise if screen == LOGOUT else "c"


def due_window(course: Course, due: Item) -> WindowId:
    """Return the window in which a step is done; a logout stays in the window that it was done in."""
    if due.screen != LOGOUT:
        return window_of(due.screen)
    before = [item.screen for item in course.items[: course.items.index(due)] if item.screen != LOGOUT]
    return window_of(before[-1]) if before else "b"


def windows(seat: str, here: WindowId, due: Item | None, course: Course, *, leaves: bool = False) -> Windows:
    """Return the windows for a page. leaves: somebody else has to log out first, in every window."""
    goal: WindowId = due_window(course, due) if due else here
    titles = {**TITLES, "b": "ログイン" if due and due.screen in (LOGIN, FIRST) else TITLES["b"]}
    words = f"{due.label}　{due.sentence}" if due else ""
    person = name_of(IDS[due.who]) if due else ""
    return {
        "here": here,
        "due": goal,
        "order": ORDER["c"] if leaves else ORDER[goal],
        "titles": titles,
        "names": {id_: f"densai-{seat}-{id_}" for id_ in TITLES},
        "elsewhere": {
            id_: box(
                "window",
                "wait",
                f"次は「{title}」のウィンドウで操作します",
                words,
                buttons=[_front(id_, title)],
                small=[TASKBAR],
            )
            for id_, title in titles.items()
            if id_ != here
        },
        "closed": _closed(goal, titles[goal], person),
    }


def _closed(goal: WindowId, title: str, person: str) -> Box:
    """The box where the window of the due step is closed, and nothing else leads there."""
    if goal == "a":  # before any login
        again, opens = "わたしの訓練から、続きを始めます。", button("home", "わたしの訓練に戻る", main=True)
    else:
        again = f"ログイン画面を開き、{person}としてログインし直します。"
        opens = button("login", "ログイン画面を開く", main=True)
    words = f"{again}手順は途中から続けられます。"
    return box("closed", "wait", f"「{title}」のウィンドウが閉じられています", words, buttons=[opens])


def _front(id_: WindowId, title: str) -> Button:
    return {"id": "front", "label": f"「{title}」を前に出す", "main": True, "window": id_}
