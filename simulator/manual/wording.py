"""Words of the manual: how they are compared, and what the manual calls its two people.

White space, the width of characters and letters that nobody sees make no difference: the manual writes
ログイン ID where a screen has ログインID, and （再入力） with and without a space.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Who = Literal["master", "general"]
MASTER, GENERAL = "マスターユーザ", "一般ユーザ"
PEOPLE = (MASTER, GENERAL)
# White space, and the soft hyphen, the joiners and the marks of zero width that tools put into words.
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
WHO: dict[str, Who] = {MASTER: "master", GENERAL: "general"}


def fold(text: str) -> str:
    """Return the text in NFKC without anything blank; two texts that read alike fold to the same."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def names_of(word: str) -> tuple[str, ...]:
    """Return the labels a field may have: for ログイン ID（お客様 ID） the whole and its two parts."""
    parts = re.fullmatch(r"\s*(.+?)\s*[（(](.+)[）)]\s*", word)
    return (word, parts[1], parts[2]) if parts else (word,)


def link_of(page: str) -> tuple[str, str]:
    """Return how a link to a page reads.

    The first value is the words of the link. The second is the part of the target's title that tells two such
    links apart, as 案内画面 in サービスの案内画面; empty where the manual names no part.
    """
    subject = page.removesuffix("画面")
    whole, _, part = subject.rpartition("の")
    return subject, f"{part}画面" if whole else ""


def is_home_page(page: str) -> bool:
    """Return whether a page is opened by its address, because no link leads to a home page."""
    return fold(page).endswith("ホームページ")
