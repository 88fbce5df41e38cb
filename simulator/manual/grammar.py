"""The grammar of the manual's sentences: from one of its 50 steps to the actions that it asks for.

A sentence is clauses joined by 「、」. Each clause ends in one of nine verbs, two of them the drills' own,
and yields one action. The same grammar reads the plain form that rule scenarios use (クリックする for
クリックします).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from simulator.manual.wording import PEOPLE

Row = Sequence[str]


@dataclass(frozen=True)
class Field:
    """A field to fill in, by the manual's word for it.

    times: 2 where the value is typed again in a second field beside it. owner: whose value it is
    (マスターユーザ or 一般ユーザ), "" where the sentence does not say. source: the paper that it is copied
    from, or "". value: the text to type, only where a rule scenario gives it.
    """

    word: str
    times: int = 1
    owner: str = ""
    source: str = ""
    value: str | None = None


@dataclass(frozen=True)
class Show:
    """Bring up a page, by the manual's words for it."""

    page: str


@dataclass(frozen=True)
class Fill:
    """Fill in fields, in this order."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Tick:
    """Tick boxes: those of the table (each row a business and its box), or all of them without a table."""

    what: str
    boxes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Review:
    """Look over a part of the screen, as ユーザ情報; nothing is operated."""

    what: str


@dataclass(frozen=True)
class LeaveEmpty:
    """Leave fields empty."""

    what: str


@dataclass(frozen=True)
class Press:
    """Press a button, a tab or a link with this label (kind: button, tab or link).

    row, field and screen say which one where several have the label, and so does number, from 1 in the page's
    order. only_if_shown: it is pressed only if it is there, as a question of the browser's own.
    """

    label: str
    kind: str
    row: str = ""
    field: str = ""
    screen: str = ""
    only_if_shown: bool = False
    number: int = 0


@dataclass(frozen=True)
class CloseWindow:
    """Close the window in front."""


@dataclass(frozen=True)
class Outside:
    """Do something away from the bank's screens, as a request at its counter; only drills ask for it."""

    what: str


Action = Show | Fill | Tick | Review | LeaveEmpty | Press | CloseWindow | Outside


class SentenceError(ValueError):
    """A sentence that the grammar does not know. The message quotes the clause."""


_OPENING, _CLOSING = "「（([『“", "」）)]』”"
_TIMES = re.compile(r"\s*[（(]\s*(\d+)\s*箇所\s*[）)]$")
_OWNER = re.compile(rf"^({'|'.join(PEOPLE)})(?:の|が.+?する)(?=.)")
_SOURCE = re.compile(r"^.*?([^ぁ-ん]+書面)に記載の")
_LISTED = re.compile(r"^以下の(?:.+の)?(?:項目|基本情報)$")
_QUOTED = r"[「\[](?P<{0}>[^」\]]+)[」\]]"
_PRESS = re.compile(
    r"^(?:そのまま)?(?P<place>.*?)" + _QUOTED.format("label") + r"\s*(?P<kind>ボタン|タブ|リンク)をクリック$"
)
_PLACES = (
    re.compile(r"^「(?P<screen>.+)」画面の$"),
    re.compile(r"^「(?P<row>[^」]+)」の行の$"),
    re.compile(r"^「(?P<field>[^」]+)」欄の$"),
    re.compile(rf"^(?:.+する)?(?P<row>{'|'.join(PEOPLE)})の$"),
    re.compile(r"^(?P<number>\d) つ目の$"),
    re.compile(r"^画面右上の$"),
    re.compile(r"^$"),
)
_KINDS = {"ボタン": "button", "タブ": "tab", "リンク": "link"}


def parse(sentence: str, rows: Sequence[Row] = ()) -> tuple[Action, ...]:
    """Return the actions of one sentence, in their order; rows: the table under it. Raises SentenceError."""
    actions: list[Action] = []
    only_if_shown = False
    for clause in _clauses(sentence):
        if clause.endswith("表示された場合は"):
            only_if_shown = True
            continue
        action = _action(clause, rows)
        if only_if_shown and isinstance(action, Press):
            action = replace(action, only_if_shown=True)
        actions.append(action)
    return tuple(actions)


def _clauses(sentence: str) -> list[str]:
    """The clauses without their endings; a comma inside quotation marks or brackets does not part them."""
    clauses, depth, start = [], 0, 0
    text = sentence.strip().removesuffix("。")
    for place, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == "、" and depth == 0:
            clauses.append(text[start:place])
            start = place + 1
    clauses.append(text[start:])
    return [_stem(clause.strip()) for clause in clauses]


def _stem(clause: str) -> str:
    clause = re.sub(r"(閉じ|申し出|離れ)(?:ます|る|て)?$", r"\1", clause)
    return re.sub(r"(?<=[^\s」])(?:します|する|し|して)$", "", clause)


def _action(clause: str, rows: Sequence[Row]) -> Action:
    if pressed := _PRESS.match(clause):
        return _press(pressed)
    if clause.endswith("ウィンドウを閉じ"):
        return CloseWindow()
    for ending, make in _VERBS:
        if clause.endswith(ending):
            return make(clause.removesuffix(ending), rows)
    raise SentenceError(f"読めない文です: {clause}")


def _press(pressed: re.Match[str]) -> Press:
    for place in _PLACES:
        if found := place.match(pressed["place"]):
            row, field, screen = (found.groupdict().get(name, "") for name in ("row", "field", "screen"))
            number = int(found.groupdict().get("number", 0))
            return Press(pressed["label"], _KINDS[pressed["kind"]], row, field, screen, number=number)
    raise SentenceError(f"どの{pressed['kind']}か読めません: {pressed['place']}")


def _fill(what: str, rows: Sequence[Row]) -> Fill:
    times = 1
    if again := re.search(r"を\s*(\d+)\s*回$", what):
        what, times = what[: again.start()], int(again[1])
    what = what.removesuffix("を")
    if _LISTED.match(what):
        return Fill(tuple(_listed(row) for row in rows))
    source = _SOURCE.match(what)
    words = re.split(r"と(?=[^ぁ-ん])", what[source.end() if source else 0 :])
    return Fill(tuple(_field(word, times, source[1] if source else "") for word in words))


def _field(word: str, times: int, source: str) -> Field:
    owner = _OWNER.match(word)
    return Field(word[owner.end() if owner else 0 :], times, owner[1] if owner else "", source)


def _listed(row: Row) -> Field:
    """One bullet; its second cell is the manual's ※ note, or the value that a rule scenario types."""
    word, note = row[0], row[1] if len(row) > 1 else None
    times = _TIMES.search(word)
    value = None if note is None or note == "" or note.startswith("※") else note
    return Field(word[: times.start()] if times else word, int(times[1]) if times else 1, value=value)


def _tick(what: str, rows: Sequence[Row]) -> Tick:
    return Tick(what, tuple(tuple(row) for row in rows))


_VERBS: tuple[tuple[str, Callable[[str, Sequence[Row]], Action]], ...] = (
    ("は入力せずに", lambda what, _: LeaveEmpty(what)),
    ("入力", _fill),
    ("を表示", lambda what, _: Show(what)),
    ("をチェック", _tick),
    ("を確認", lambda what, _: Review(what)),
    ("を申し出", lambda what, _: Outside(what)),
    ("離れ", lambda what, _: Outside(what)),
)
