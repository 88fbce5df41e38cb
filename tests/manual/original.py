"""The manual's own file, manual.txt, as it compares with the text in the project.

It is the text of a PDF whose pictures are lost; what screen captures said was read by OCR and is not clean.
Those lines are listed here; everything else must be in the project word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# First line, last line, and where the capture stands. A capture includes its call-outs, as 初回ログイン
# パスワード beside a field, and the pictures of 当金庫ホームページ, which are only a name in a frame.
CAPTURES = (
    (37, 37, "1-1.1"),
    (43, 43, "1-1.2"),
    (49, 52, "1-1.3"),
    (58, 67, "1-1.4"),
    (85, 99, "1-2.1"),
    (120, 132, "1-3.1"),
    (144, 161, "1-3.2"),
    (173, 190, "1-3.3"),
    (373, 397, "2-2.6"),
    (401, 423, "2-2.7"),
    (437, 470, "2-3.1"),
    (474, 508, "2-3.2"),
    (512, 542, "2-3.3"),
    (546, 564, "2-3.4"),
    (568, 603, "2-3.5"),
    (688, 688, "3-1.1"),
    (694, 694, "3-1.2"),
    (700, 703, "3-1.3"),
    (709, 718, "3-1.4"),
    (736, 751, "3-2.1"),
    (772, 786, "3-3.1"),
    (809, 831, "3-3.2"),
    (843, 859, "3-3.3"),
)
# The table of contents: the project makes its own from the headings.
CONTENTS = (5, 8)

# Line -> what stands there, what the project has instead, and why. The noise that design notes list
# (嵯峨 for 碧海 and the like) is all inside the captures, so the prose needs no more than this.
BRACKETS = "the table of contents and every reference to the chapter have full-width brackets"
CORRECTIONS = {
    10: ("(マスターユーザの初期設定)", "（マスターユーザの初期設定）", BRACKETS),
    279: ("(一般ユーザの作成)", "（一般ユーザの作成）", BRACKETS),
    663: ("(一般ユーザの初期設定)", "（一般ユーザの初期設定）", BRACKETS),
}

# What the extraction from the PDF put before a bullet or around a heading.
_MARKUP = re.compile(r"^- (?:・ )?|\*\*")


def fold(text: str) -> str:
    """The text without white space: where lines break, and blanks beside Latin letters, are layout."""
    return "".join(text.split())


def prose(original: str) -> Iterator[tuple[int, str]]:
    """Every line that the project must have: its number and its words, folded and corrected."""
    left_out = {line for first, last, _ in (*CAPTURES, (*CONTENTS, "")) for line in range(first, last + 1)}
    for number, line in enumerate(original.splitlines(), 1):
        if number not in left_out and line.strip():
            wrong, right, _ = CORRECTIONS.get(number, ("", "", ""))
            yield number, fold(_MARKUP.sub("", line.replace(wrong, right)))


def contents(original: str) -> list[tuple[int, str]]:
    """Number and heading of each chapter, by the table of contents."""
    first, last = CONTENTS
    rows = [line.split("\t") for line in original.splitlines()[first - 1 : last]]
    return [(int(number), fold(heading)) for number, heading, _page in rows]
