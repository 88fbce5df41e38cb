"""The drills by the situation that they are for, and the chapter of the manual after which each comes."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """A situation. after: the chapter after which it is practised, as ch1. reason: why then."""

    title: str
    drills: tuple[str, ...]
    after: str
    reason: str


def _after(chapter: int) -> tuple[str, str]:
    return f"ch{chapter}", f"{chapter}章を終えました。実際に起こりやすいことを練習します。"


LAST = "すべての章を終えました。実際に起こりやすいことを練習します。"
# In the order of わたしの訓練.
GROUPS = (
    Group("ログインできない・ロックされた", ("d-06", "d-01", "d-02"), *_after(1)),
    Group("利用できない・権限が足りない", ("d-03", "d-04", "d-07"), *_after(2)),
    Group("承認パスワードの期限・取り違え", ("d-05", "d-08", "d-09"), *_after(3)),
    Group("ユーザの変更・退職", ("d-10", "d-11"), "", LAST),
    Group("席を離れた・ログアウトを忘れた", ("d-12", "d-13"), *_after(4)),
)
# In the order in which they are recommended: what no chapter leads to comes last.
BY_CHAPTER = (*(group for group in GROUPS if group.after), *(group for group in GROUPS if not group.after))
