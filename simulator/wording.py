"""Words as a person reads them: white space and the width of characters make no difference.

The manual writes ログイン ID where a screen has ログインID, and （再入力） with and without a space.
"""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """The text in one width and without white space; equal for what a person reads as equal."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def names_of(word: str) -> tuple[str, ...]:
    """What a word may be called on a screen: ログイン ID（お客様 ID） whole, before or in parentheses."""
    parts = re.fullmatch(r"\s*(.+?)\s*[（(](.+)[）)]\s*", word)
    return (word, parts[1], parts[2]) if parts else (word,)
