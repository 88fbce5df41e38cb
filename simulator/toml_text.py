"""Why the text of a TOML file cannot be read, in the ways that editors of Japanese Windows save it."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

SAVE_AS = (
    "「UTF-8」を選んで保存し直してください（メモ帳では、名前を付けて保存の「エンコード」）。 "
    "Save it as UTF-8."
)
# Signs of TOML in full width, which look right on the screen.
WIDE = "＝＃［］｛｝．，“”‘’＂＇　"
LINE = re.compile(r"at line (\d+)")


class TomlTextError(ValueError):
    """A text that is no TOML: one sentence with the reason and what to do."""


def table_of(content: bytes) -> dict[str, Any]:
    """Return the table of a TOML file. Raises TomlTextError."""
    text = _decoded(content)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlTextError(_reason(text, error)) from None


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise TomlTextError(f"文字コードが UTF-16 です。{SAVE_AS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TomlTextError(f"文字コードが UTF-8 ではありません（{_likely(content)}）。{SAVE_AS}") from None


def _likely(content: bytes) -> str:
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return "分かりません"
    return "Shift_JIS（ANSI）のようです"


def _reason(text: str, error: tomllib.TOMLDecodeError) -> str:
    """Return the parser's reason, and the sign in full width that is behind it, if one is."""
    found = LINE.search(str(error))
    if found:
        lines = text.splitlines()
        line = lines[int(found[1]) - 1] if int(found[1]) <= len(lines) else ""
        unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", line)
        if wide := next((sign for sign in unquoted if sign in WIDE), ""):
            name = "空白" if wide == "\u3000" else f"「{wide}」"
            return f"{found[1]} 行目に全角の{name}があります。半角で書いてください。 Not valid TOML."
    return f"{error} Not valid TOML."


def closest(word: str, known: Iterable[str]) -> str:
    """Return a sentence with the known word that was probably meant; where none is near, with all of them."""
    words = list(known)
    if near := get_close_matches(word, words, n=1):
        return f"「{near[0]}」のことですか。"
    return f"使えるのは {'、'.join(words)} です。"
