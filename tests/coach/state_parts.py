"""The parts that the example states are put together from."""

from __future__ import annotations

from typing import Any

from simulator.training.coach_box_state import Box, Button, ButtonId, Fact, Fault, Tone, WindowId
from simulator.training.coach_state import (
    Action,
    CoachState,
    Knowledge,
    ManualNote,
    Pulse,
    Step,
    Urls,
    Value,
    Windows,
)

SEAT = "abcdefghjkmn"
TARO, HANAKO = "碧海\u00a0太郎", "碧海\u00a0花子"
URLS: Urls = {
    "state": "/my/coach",
    "pulse": "/my/pulse",
    "help": "/my/help",
    "passed": "/my/passed",
    "outside": "/my/outside",
    "act": "/my/act",
    "restore": "/my/restore",
    "hand": "/my/hand",
    "read": "/my/read",
    "submit": "/my/submit",
    "start": "/my/start",
    "result": "/my/result/7",
    "home": "/my",
    "login": f"/s/{SEAT}/login",
    "manual": "/manual#2-1-4",
}
PAGE = {"practice": "7", "screen": "ID 新規作成", "login": "d-1560heki", "window": "b", "subject": ""}
ORDER: dict[WindowId, list[WindowId]] = {"a": ["a"], "b": ["b", "a"], "c": ["c", "b", "a"]}
TITLES: dict[WindowId, str] = {"a": "ホームページ", "b": "サービス一覧", "c": "電子記録債権サービス"}
IN_FRONT = "前に出ないときは、画面下のタスクバーから選んでください。"


def button(id_: ButtonId, label: str, *, main: bool = False, **fields: str) -> Button:
    """A button; fields: what it sends besides."""
    made: Button = {"id": id_, "label": label, "main": main}
    if fields:
        made["fields"] = fields
    return made


ACT, CALL = button("act", "案内に操作を任せる"), button("call", "講師を呼ぶ")


def box(id_: str, tone: Tone, title: str, *lines: str, **more: Any) -> Box:
    """A box; more: the other parts of it."""
    made: Box = {
        "id": id_,
        "tone": tone,
        "title": title,
        "key": f"{id_} 1",
        "lines": list(lines),
        "items": [],
        "faults": [],
        "facts": [],
        "spell": "",
        "buttons": [],
        "small": [],
        "left": "",
    }
    return {**made, **more}  # type: ignore[typeddict-item]


def fact(label: str, value: str) -> Fact:
    """A figure."""
    return {"label": label, "value": value}


def fault(field: str, label: str, text: str, cause: str, sample: str = "", typed: str = "") -> Fault:
    """One fault of a form."""
    return {"field": field, "label": label, "text": text, "cause": cause, "sample": sample, "typed": typed}


def value(
    word: str,
    value: str,
    *,
    names: list[str],
    times: int = 1,
    secret: bool = False,
    kind: Knowledge = "known",
) -> Value:
    """One thing to type."""
    tags = {"known": "この値を入力", "choose": "例", "own": "ご自分で決めた値を入力"}
    choose = "別の値にするときは、控えてください。案内には、その値が分かりません。"
    return {
        "word": word,
        "names": names,
        "times": times,
        "secret": secret,
        "kind": kind,
        "value": value,
        "tag": tags[kind],
        "tag_again": "もう一度入力",
        "note": choose if kind == "choose" else "",
        "fix": "",
    }


def fills(place: int, name: str, times: int = 1) -> list[Action]:
    """The typing of the value at this place."""
    first: Action = {"do": "fill", "of": place, "names": [name], "again": False}
    again: Action = {"do": "fill", "of": place, "names": [name], "again": True}
    return [first, again][:times]


def press(label: str) -> Action:
    """A click on a button."""
    return {
        "do": "press",
        "kind": "button",
        "label": label,
        "row": "",
        "field": "",
        "only_if_shown": False,
        "asks": False,
        "native": False,
    }


def note(title: str, *lines: str) -> ManualNote:
    """A note of the manual."""
    return {"title": title, "blocks": [{"mark": "", "lines": [line], "is_item": False} for line in lines]}


def step(key: str, label: str, sentence: str, **more: Any) -> Step:
    """A step in 案内つき."""
    made: Step = {
        "key": key,
        "label": label,
        "heading": "",
        "sentence": sentence,
        "then": "",
        "follows": "",
        "who": f"{TARO}（マスターユーザ）",
        "values": [],
        "checks": [],
        "compared": [],
        "say": [],
        "actions": [],
        "manual": [],
        "buttons": [],
        "shown": {"sentence": True, "values": True, "marker": True},
        "reads": False,
        "unseen": False,
    }
    return {**made, **more}  # type: ignore[typeddict-item]


def _elsewhere(title: str, id_: WindowId, words: str) -> Box:
    front: Button = {"id": "front", "label": f"「{title}」を前に出す", "main": True, "window": id_}
    return box(
        "window", "wait", f"次は「{title}」のウィンドウで操作します", words, buttons=[front], small=[IN_FRONT]
    )


def windows(here: WindowId = "b", due: WindowId = "b") -> Windows:
    """The three windows of a seat."""
    words = "手順2-1　1.　[ユーザ管理業務] ボタンをクリックします。"
    return {
        "here": here,
        "due": due,
        "order": ORDER[due],
        "titles": TITLES,
        "names": {"a": f"densai-{SEAT}-a", "b": f"densai-{SEAT}-b", "c": f"densai-{SEAT}-c"},
        "elsewhere": {id_: _elsewhere(title, id_, words) for id_, title in TITLES.items()},
        "closed": box(
            "closed",
            "wait",
            f"「{TITLES[due]}」のウィンドウが閉じられています",
            f"ログイン画面を開き、{TARO}さんとしてログインし直します。手順は途中から続けられます。",
            buttons=[button("login", "ログイン画面を開く", main=True)],
        ),
    }


def pulse(**more: Any) -> Pulse:
    """A pulse with nothing new."""
    made: Pulse = {
        "practice": 7,
        "outcome": "",
        "version": "v1",
        "every": 2500,
        "left": None,
        "paused": None,
        "resumed": "再開しました。続けてください。",
        "news": [],
    }
    return {**made, **more}  # type: ignore[typeddict-item]


def state(name: str, shown: Step | None, *boxes: Box, **more: Any) -> CoachState:
    """A state in 案内つき, in a class, at 手順2-1."""
    made: CoachState = {
        "state": name,
        "mode": "learn",
        "mode_name": "案内つき",
        "in_class": True,
        "seat": SEAT,
        "practice": 7,
        "csrf": "token",
        "page": {
            "practice": "7",
            "screen": "ID 新規作成",
            "login": "d-1560heki",
            "window": "b",
            "subject": "",
        },
        "turn": "item",
        "place": 3,
        "position": 3,
        "where": {"title": "手順2-1　新しく一般ユーザを作成する", "steps": 6, "at": 4, "whole": ""},
        "boxes": list(boxes),
        "step": shown,
        "task_html": "",
        "task_open": False,
        "foot": [ACT, CALL],
        "note": "",
        "acts": True,
        "manual": True,
        "windows": windows(),
        "test": None,
        "pulse": pulse(),
        "urls": URLS,
    }
    return {**made, **more}  # type: ignore[typeddict-item]
