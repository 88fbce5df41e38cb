"""The contract between the server and the coach on a page: the state as the JSON data that it becomes.

The server decides everything that is true and makes every sentence that depends on it alone; a page adds only
what a browser can know (open windows, what is typed just now, no server). ``tests/coach/states.py`` has an
example of every state. Texts are plain text; ``task_html`` alone is markup, made by a template.

Every POST carries csrf and every value of ``page``, and ``acting=1`` while the coach acts. Those to
``urls.help``, ``passed``, ``outside``, ``hand``, ``act``, ``restore`` answer with a new CoachState; 423 in a
pause, 409 where the csrf token is not this browser's any more (GET urls.state for a new one), 404 where the
practice is over.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from simulator.training.coach_box_state import Box, Button, WindowId
from simulator.training.model import Mode

# What can be done on this page: the due step; one on the way back to it; nothing; the course is over.
Turn = Literal["item", "prep", "off", "done"]
PressKind = Literal["button", "tab", "link"]
Do = Literal["open", "show", "fill", "tick", "review", "leave_empty", "close", "outside", "press"]
Knowledge = Literal["known", "choose", "own"]


class Value(TypedDict):
    """One thing to type, in a row of 入力する内容 and in the chip at its field.

    word: as the manual writes it, メールアドレス (2 箇所). names: labels that the field may have on the page.
    times: 2 where it is typed again. secret: a password. value: "" for own, and while it is not to be shown.
    tag: この値を入力, 例 or ご自分で決めた値を入力; tag_again: the same for the second field. note: the
    sentence under an example, or "". fix: 直す, 入力し直す or "", behind the word after a refusal.
    """

    word: str
    names: list[str]
    times: int
    secret: bool
    kind: Knowledge
    value: str
    tag: str
    tag_again: str
    note: str
    fix: str


class CheckBox(TypedDict):
    """One box to tick: the form's name and value of it, and its words for a sentence."""

    name: Literal["rights", "accounts"]
    value: str
    words: str


class CheckGroup(TypedDict):
    """Boxes under one heading of the page. mark: ①; title: its row in the dock; heading: the page's own."""

    mark: str
    title: str
    heading: str
    boxes: list[CheckBox]


class Compared(TypedDict):
    """A row of 画面と見比べる内容."""

    label: str
    value: str


class ManualBlock(TypedDict):
    """A paragraph (mark "") or an item of a list, line by line; list items follow each other."""

    mark: str
    lines: list[str]
    is_item: bool


class ManualNote(TypedDict):
    """A note of the manual, verbatim; title may be ""."""

    title: str
    blocks: list[ManualBlock]


class Action(TypedDict):
    """One thing to do on the page, in the order of Step.actions; the first that is not done is the target.

    do: open (url), show (a link: names, about), fill (of: which of Step.values; again: the second field),
    tick (Step.checks), review, leave_empty, close (the window), outside, press. For press: kind button, tab
    or link; row: the words of its row, or ""; field: of a button beside a field; only_if_shown; asks: it
    opens a question; native: it is the OK of the browser's own.
    """

    do: Do
    url: NotRequired[str]
    names: NotRequired[list[str]]
    about: NotRequired[str]
    of: NotRequired[int]
    again: NotRequired[bool]
    kind: NotRequired[PressKind]
    label: NotRequired[str]
    row: NotRequired[str]
    field: NotRequired[str]
    only_if_shown: NotRequired[bool]
    asks: NotRequired[bool]
    native: NotRequired[bool]


class Shown(TypedDict):
    """The parts of this step that the mode and the hints used allow to be shown."""

    sentence: bool
    values: bool  # in the dock and at the field
    marker: bool  # marker and strip


class Step(TypedDict):
    """The step to do on this page, or on the way back to it.

    key: 2-1.4, "" for a way of our own. label: 手順2-1　4.
    heading: この手順の前に：「トップ」画面へ移動します, or ""; then: 移動した後の手順：手順2-1　1., or "".
    follows: the step that answers a question, 「続けて …」, or "". who: 碧海 太郎（マスターユーザ）.
    compared: 画面と見比べる内容. say: sentences of the coach under the values. reads: a screen to be read
    (確認, 完了), which does not scroll by itself. unseen: only the page sees it done; it POSTs urls.passed.
    """

    key: str
    label: str
    heading: str
    sentence: str
    then: str
    follows: str
    who: str
    values: list[Value]
    checks: list[CheckGroup]
    compared: list[Compared]
    say: list[str]
    actions: list[Action]
    manual: list[ManualNote]
    buttons: list[Button]
    shown: Shown
    reads: bool
    unseen: bool


class Where(TypedDict):
    """Where the practice stands. at: from 1 within the procedure; whole: 全手順 19／56, or ""."""

    title: str
    steps: int
    at: int
    whole: str


class Windows(TypedDict):
    """The windows of this seat.

    here: this page's, as far as the server can tell (window.name says it for certain). order: the windows
    that can lead on, the best first: the first of them that is open, and whose own turn is not "off", speaks.
    titles, names: the window's words and its name for window.open. elsewhere: the box for a page when that
    window speaks; closed: when no other speaks and the turn of this page is "off".
    """

    here: WindowId
    due: WindowId
    order: list[WindowId]
    titles: dict[WindowId, str]
    names: dict[WindowId, str]
    elsewhere: dict[WindowId, Box]
    closed: Box


class Test(TypedDict):
    """A running テスト: the box that asks before it is submitted, and the words of its last minute."""

    submit: Box
    last_minute: str


class Pulse(TypedDict):
    """The parts that may change while a page stands; 304 where nothing has. left changes by itself.

    version: another one as soon as the page's state is no longer right: ask for it at urls.state. every: ms
    to the next question. left: seconds of a テスト, null without one. paused: the dialog, null while nothing
    is paused; resumed: the sentence after it, for 5 s. news: boxes that stand above all others in every mode.
    """

    practice: int
    outcome: str  # "" while it runs; done, passed, failed or stopped
    version: str
    every: int
    left: int | None
    paused: Box | None
    resumed: str
    news: list[Box]


class Urls(TypedDict):
    """The addresses. help, passed, outside, act, restore, hand, read, submit, start take a POST."""

    state: str
    pulse: str
    help: str
    passed: str
    outside: str
    act: str
    restore: str
    hand: str
    read: str
    submit: str
    start: str
    result: str
    home: str
    login: str
    manual: str


class CoachState(TypedDict):
    """The whole state for one page.

    state: which of the states of section 7 this page is in, for tests and styles. page: what every request
    sends back. boxes: above the step, in this order (below pulse.news). task_html: 課題を見る, or "";
    task_open: whether it is open at first. foot: buttons. note: a sentence above them, or "". manual:
    whether マニュアルを開く is offered. acts: whether the coach may act at this step (見本,
    案内に操作を任せる).
    """

    state: str
    mode: Mode
    mode_name: str
    in_class: bool
    seat: str
    practice: int
    csrf: str
    page: dict[str, str]
    turn: Turn
    place: int
    position: int
    where: Where
    boxes: list[Box]
    step: Step | None
    task_html: str
    task_open: bool
    foot: list[Button]
    note: str
    acts: bool
    manual: bool
    windows: Windows
    test: Test | None
    pulse: Pulse
    urls: Urls
