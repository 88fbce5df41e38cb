"""The wording of the features' steps, each stated once.

steps/definitions binds these patterns to what is done in the browser; coaching and the plan of an acceptance
run read the same lines by the same patterns. So a line in a new wording is an unbound step, and never one
that is played in the browser but overlooked in the plan. A pattern matches the whole text of a step, without
its keyword.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from simulator.manual.wording import PEOPLE

# 前提: how far the story is, who works, on which screen, and what only a training bank can be told.
NOTHING_DONE = "まだ何も終わっていない"
DONE_UP_TO = re.compile(r"手順(?P<procedure>[\d-]+)まで終わっている")
_PERSON, _WORKS, _AT = (
    rf"(?P<person>{'|'.join(PEOPLE)})",
    "が操作する",
    "が「(?P<screen>.+)」画面を表示している",
)
WORKS = re.compile(_PERSON + _WORKS)
AT_SCREEN = re.compile(_PERSON + _AT)
SITS = re.compile(f"{_PERSON}(?:{_AT}|{_WORKS})")
EXPIRY_DAY = re.compile(r"承認パスワードの有効期限の ?(?P<when>当日|(?P<days>\d+) 日(?P<side>前|後))になる")
CLOSES_AT_ONCE = "ウィンドウを閉じる前に確認しない設定である"

# もし: a sentence of the manual or one made like it, a whole procedure, or one field of a sentence tried out.
_OUTSIDE_BANK = r"(?:申し出|離れ)(?:ます|る)"
NUMBERED = re.compile(r"(?P<number>\d+)\. (?P<sentence>.+)")
_ENDING = rf"(?:(?:クリック|入力|表示|確認|チェック)(?:します|する)|閉じ(?:ます|る)|{_OUTSIDE_BANK})"
SENTENCE = re.compile(rf"(?!.*(?:にして|間違えて))(?:(?P<number>\d+)\. )?(?P<sentence>.+{_ENDING})。?")
WHOLE_PROCEDURE = re.compile(r"手順(?P<procedure>[\d-]+)を行う")
GO_BACK = "前の画面に戻る"
_FIELD, _BUTTON = r"「(?P<word>.+?)」", r"「(?P<label>[^」]+)」ボタンをクリックする"
TRY_VALUES = re.compile(f"{_FIELD}を次の値にして{_BUTTON}")
TRY_VALUE = re.compile(f"{_FIELD}を「(?P<value>[^」]*)」にして{_BUTTON}")
TRY_SECOND = re.compile(f"{_FIELD}の 2 箇所目だけを「(?P<value>[^」]*)」にして{_BUTTON}")
MISTYPE = re.compile(rf"{_FIELD}を (?P<times>\d+) 回間違えて{_BUTTON}")

# ならば
SCREEN_SHOWN = re.compile(r"「(?P<screen>.+)」画面が表示される")

TrialKind = Literal["values", "value", "second", "mistype"]
_OUTSIDE = re.compile(rf".+{_OUTSIDE_BANK}。?")
_TRIALS: dict[TrialKind, re.Pattern[str]] = {
    "values": TRY_VALUES,
    "value": TRY_VALUE,
    "second": TRY_SECOND,
    "mistype": MISTYPE,
}


@dataclass(frozen=True)
class Trial:
    """A step that tries one field of the manual's own step with other input.

    kind: values (a table of them), value (one, typed twice where the manual does), second (another value in
    the second place alone) or mistype (a wrong password). word: the field. label: the button that sends the
    form. times: how often a password is mistyped, else 0.
    """

    kind: TrialKind
    word: str
    label: str
    times: int = 0


def trial_of(text: str) -> Trial | None:
    """Return the trial that a step asks for; None for a step of another sort."""
    for kind, pattern in _TRIALS.items():
        if found := pattern.fullmatch(text):
            return Trial(kind, found["word"], found["label"], int(found.groupdict().get("times") or 0))
    return None


def is_for_training_only(text: str) -> bool:
    """Return whether a step needs a training bank.

    No real bank moves its date or changes its settings for a test, and what is done away from its screens
    (窓口に申し出る) is not done by a test either.
    """
    return text == CLOSES_AT_ONCE or any(each.fullmatch(text) for each in (EXPIRY_DAY, _OUTSIDE))
