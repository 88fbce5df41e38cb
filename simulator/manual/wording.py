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


def link_of(page: str) -> tuple[str, str]:
    """How a link to a page reads: its subject, and, for a page about something, the part of its title."""
    subject = page.removesuffix("画面")
    whole, _, part = subject.rpartition("の")
    return subject, f"{part}画面" if whole else ""


def is_home_page(page: str) -> bool:
    """Whether a page is opened by its address: nothing leads to a home page."""
    return fold(page).endswith("ホームページ")
