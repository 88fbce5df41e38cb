"""The boxes and buttons of the coach, a part of the contract that ``coach_state`` is."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

WindowId = Literal["a", "b", "c"]  # わたしの訓練 and the home page; login and サービス一覧; the service
Tone = Literal["wait", "bad", "good", "teacher"]  # yellow, red, green, purple
# What a button does. A page does "act", "submit", "continue", "front", "copy" itself; the others are POSTs.
ButtonId = Literal[
    "act",  # 案内に操作を任せる
    "call",  # 講師を呼ぶ: urls.hand call=on
    "uncall",  # 呼び出しを取り消す: urls.hand call=off
    "continue",  # 操作を続ける, 次の手順へ進む within a course: closes the box
    "desk",  # 窓口に申し出る: urls.outside what=desk
    "desk_back",  # 申し出を取り消す: urls.outside what=desk_back
    "away",  # 30分間、席を離れたことにする: urls.outside what=away
    "front",  # bring the window ``window`` to the front; the state closed if it is none of ours
    "help",  # the next hint: urls.help
    "home",  # the link urls.home
    "login",  # ログイン画面を開く: the link urls.login, in window b
    "next",  # 次の手順へ進む with the course of its own: a form POST to urls.start with ``fields``
    "passed",  # 確認しました: urls.passed key=step.key
    "read",  # 読みました: urls.read with ``fields``
    "restore",  # 忘れたので、控えの値に戻す: urls.restore with ``fields``
    "result",  # 結果を見る: the link urls.result
    "submit",  # 提出する: shows test.submit
    "submit_now",  # 提出して採点する: a form POST to urls.submit with ``fields``
]


class Button(TypedDict):
    """A button, or a link that looks like one. main: the blue one. fields: what its POST sends besides."""

    id: ButtonId
    label: str
    main: bool
    fields: NotRequired[dict[str, str]]
    window: NotRequired[WindowId]


class Fault(TypedDict):
    """One fault of the form that was refused.

    field: the HTML name of the field, "" for the whole form. label: its words on the page. text: the cause,
    which the coach knows better than the bank. cause: one word for it (coach_refusals.CAUSES), for tests.
    sample: the value as it should be, "" where it is not to be shown; typed: what was typed, "" for a
    password. Both are given from the second refusal on, for 入力／見本 and the chips 直すところ／見本.
    """

    field: str
    label: str
    text: str
    cause: str
    sample: str
    typed: str


class Fact(TypedDict):
    """A figure in a box: 時間 3分12秒."""

    label: str
    value: str


class Box(TypedDict):
    """A coloured box, drawn in this order: title, faults, lines, items, facts, spell, buttons, small, left.

    id: the state of section 7 that it is. lines: paragraphs. items: a list. spell: a value letter by letter,
    digits tinted, "" for none. small: fine print. left: 「あと3回間違えると、ロックされます。」, red, or "".
    key: another one for every new thing of this kind, so that it is announced once.
    """

    id: str
    tone: Tone
    title: str
    key: str
    lines: list[str]
    items: list[str]
    faults: list[Fault]
    facts: list[Fact]
    spell: str
    buttons: list[Button]
    small: list[str]
    left: str
