"""Regular expressions for words as a person reads them, good in Python and in the browser."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from simulator.manual.wording import fold

if TYPE_CHECKING:
    from datetime import date

# What may stand between two letters of a word without being seen.
BLANK = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]*"


def exactly(*texts: str) -> re.Pattern[str]:
    """Return a pattern for the whole of a thing's words, any one of several texts."""
    return re.compile(rf"^{BLANK}(?:{'|'.join(_loose(text) for text in texts)}){BLANK}$")


def containing(text: str) -> re.Pattern[str]:
    """Return a pattern for words that have this text among them."""
    return re.compile(_loose(text))


def again(*texts: str) -> re.Pattern[str]:
    """Return a pattern for the label of the second field of what is typed twice."""
    word = f"(?:{'|'.join(_loose(text) for text in texts)})"
    return re.compile(rf"^\s*(?:{word}\s*{_loose('(再入力)')}|確認のため.*「\s*{word}\s*」.*)\s*$")


def dated(day: date) -> re.Pattern[str]:
    """Return a pattern for a date in folded words: 2026/03/09, 2026-3-9, 2026年3月9日, 令和8年3月9日."""
    era = day.year - 2018
    written = rf"(?:{day.year}|令和{era})年0?{day.month}月0?{day.day}日"
    return re.compile(rf"(?:{written}|(?:{day.year}|R{era})[/.-]0?{day.month}[/.-]0?{day.day}(?!\d))")


@cache
def _loose(text: str) -> str:
    """Return an expression that matches a text in any width and with any white space in it."""
    return BLANK.join(_variants().get(sign, _escaped(sign)) for sign in fold(text))


def _escaped(text: str) -> str:
    """Return an expression for a text in which no sign ends the browser's selector, as / and >> would."""
    return re.sub("[/>\"'`]", lambda sign: f"\\x{ord(sign[0]):02x}", re.escape(text))


@cache
def _variants() -> dict[str, str]:
    """Return, for each character that has a twin of another width, an expression for all of them."""
    found: dict[str, list[str]] = {}
    others = [chr(code) for code in range(0xFF01, 0xFFEF)]
    voiced = [kana + mark for kana in others for mark in "ﾞﾟ"]
    for other in [*others, *voiced]:
        plain = unicodedata.normalize("NFKC", other)
        if len(plain) == 1 and plain != other:
            found.setdefault(plain, [plain]).append(other)
    return {plain: f"(?:{'|'.join(map(_escaped, all_))})" for plain, all_ in found.items()}
