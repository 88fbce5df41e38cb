"""Patterns for words as a person reads them, on whichever side of the browser they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from simulator.manual.wording import fold


def exactly(*texts: str) -> re.Pattern[str]:
    """A pattern for the whole of a thing's words; any one of several will do."""
    return re.compile(rf"^\s*(?:{'|'.join(_loose(text) for text in texts)})\s*$")


def containing(text: str) -> re.Pattern[str]:
    """A pattern for a thing's words that have this among them."""
    return re.compile(_loose(text))


def again(*texts: str) -> re.Pattern[str]:
    """A pattern for the second place of what is typed twice."""
    word = f"(?:{'|'.join(_loose(text) for text in texts)})"
    return re.compile(rf"^\s*(?:{word}\s*{_loose('(再入力)')}|確認のため.*「\s*{word}\s*」.*)\s*$")


@cache
def _loose(text: str) -> str:
    """A regular expression, good in Python and JavaScript, that folds the other side."""
    return r"\s*".join(_variants().get(sign, re.escape(sign)) for sign in fold(text))


@cache
def _variants() -> dict[str, str]:
    """Each character that has a twin of another width -> an expression for all of them."""
    found: dict[str, list[str]] = {}
    others = [chr(code) for code in range(0xFF01, 0xFFEF)]
    voiced = [kana + mark for kana in others for mark in "ﾞﾟ"]
    for other in [*others, *voiced]:
        plain = unicodedata.normalize("NFKC", other)
        if len(plain) == 1 and plain != other:
            found.setdefault(plain, [plain]).append(other)
    return {plain: f"(?:{'|'.join(map(re.escape, all_))})" for plain, all_ in found.items()}
