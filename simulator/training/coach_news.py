"""The pulse of a page with the coach: the class's news as boxes, the pause, the time left. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from simulator.training.class_news import Message, News
from simulator.training.coach_box_state import Box
from simulator.training.coach_parts import box, button
from simulator.training.coach_state import Pulse
from simulator.training.model import Learner, Mode
from simulator.training.practice import Going

RESUMED = "再開しました。続けてください。"
WAITS = "そのままお待ちください。操作を続けてもかまいません。"


def pulse(
    news: News, name: str, learner: Learner, going: Going | None, left: int | None, every: int
) -> Pulse:
    """Return the pulse. name: of the trainee. left: seconds of a テスト. every: milliseconds to the next."""
    return {
        "practice": going.row.id if going else 0,
        "outcome": going.row.outcome if going else "",
        "version": _version(learner, going),
        "every": every,
        "left": left,
        "paused": _paused(going.practice.mode if going else "learn") if news["paused"] else None,
        "resumed": RESUMED,
        "news": list(_boxes(news, name)),
    }


def _version(learner: Learner, going: Going | None) -> str:
    """One word for everything that a page's state is made of and that may change while it stands."""
    parts: list[object] = [learner.asks_desk_since, learner.released_at, learner.hand_since]
    if going:
        parts += [going.row.id, going.row.outcome]
    if going and going.practice.mode != "measure":  # in a テスト it would tell whether a step was right
        practice = going.practice
        parts += [practice.position, practice.help, practice.refusals, practice.coach_faults]
        parts += [practice.faults_in_all, practice.own_value_reset, practice.acted]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _paused(mode: Mode) -> Box:
    words = "再開されるまで、そのままお待ちください。入力した内容は残っています。"
    small = ["テストの制限時間も止まっています。"] if mode == "measure" else []
    return box("paused", "wait", "講師が一時停止しています", words, small=small)


def _boxes(news: News, name: str) -> Iterator[Box]:
    for to, message, whom in (("class", news["message"], "全員"), ("me", news["own_message"], f"{name}さん")):
        if message:
            yield _message(to, message, whom.replace(" ", "\u00a0"))
    if call := news["call"]:
        if call["seen"]:
            yield box("hand", "teacher", f"講師が確認しました（{call['seen']}）", key=f"seen {call['seen']}")
        else:
            title, back = f"講師を呼びました（{call['since']}）", button("uncall", "呼び出しを取り消す")
            yield box("hand", "teacher", title, WAITS, key=f"hand {call['since']}", buttons=[back])


def _message(to: str, message: Message, whom: str) -> Box:
    number = str(message["number"])
    read = button("read", "読みました", to=to, number=number)
    key = f"message {to} {number}"
    return box("message", "teacher", f"講師から（{whom}へ）", message["text"], key=key, buttons=[read])
