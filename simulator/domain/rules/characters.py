"""Characters that a half-width field cannot hold, and the refusals that name them at their place."""

from __future__ import annotations

import unicodedata
from typing import Literal

from simulator.domain.rules.failures import Failure

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset("0123456789")
ALPHANUMERICS = LETTERS | DIGITS
PRINTABLE_ASCII = frozenset(map(chr, range(0x21, 0x7F)))
_NONCHARACTER = 0xFFFE  # and 0xFFFF, in every plane
# Letters and signs by their category that nobody can see: fillers, joiners, variation selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0").union(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
# What a Japanese computer writes in two bytes; Python's table has both codes of signs such as the minus.
_JAPANESE, _TWO_BYTES = "cp932", 2

Kind = Literal["blank", "control", "full_width", "unusable"]


def is_control(char: str) -> bool:
    """Whether a character has no place in a line of text: control characters, separators, noncharacters."""
    if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return True
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == _NONCHARACTER


def is_invisible(char: str) -> bool:
    """Whether nobody can see a character: white space, control and format characters, fillers."""
    return unicodedata.category(char)[0] in "ZC" or char in _UNSEEN


def is_blank(char: str) -> bool:
    """Whether a character is white space, or looks like it or like nothing, and can be removed as such."""
    return char.isspace() or unicodedata.category(char) == "Cf" or char in _UNSEEN


def is_full_width(char: str) -> bool:
    """Whether a character is 全角: one that a Japanese computer writes in two bytes."""
    return len(char.encode(_JAPANESE, "ignore")) == _TWO_BYTES


def without_blanks(value: str) -> str:
    """The text as it is when the blanks in it have been removed."""
    return "".join(char for char in value if not is_blank(char))


def name_characters(field: str, value: str, allowed: frozenset[str]) -> list[Failure]:
    """One failure for each kind of character outside ``allowed``, with its first place and the character."""
    return [
        _named(field, kind, place + 1, value[place])
        for kind, place in _first_of_each_kind(value, allowed).items()
    ]


def hint_at_characters(field: str, value: str) -> list[Failure]:
    """The same for a password, whose characters are never told."""
    return [_hinted(field, kind) for kind in _first_of_each_kind(value, ALPHANUMERICS)]


def _first_of_each_kind(value: str, allowed: frozenset[str]) -> dict[Kind, int]:
    """The kinds of characters outside ``allowed`` in the order of the text, with the place of each."""
    found: dict[Kind, int] = {}
    for place, char in enumerate(value):
        if char not in allowed:
            found.setdefault(_kind(char), place)
    return found


def _kind(char: str) -> Kind:
    if is_blank(char):
        return "blank"
    if is_control(char):
        return "control"
    return "full_width" if is_full_width(char) else "unusable"


def _named(field: str, kind: Kind, position: int, char: str) -> Failure:
    if kind == "full_width":
        return Failure(field, "full_width", position=position, letter=char)
    if kind == "unusable":
        return Failure(field, "unusable", letter=char)
    return _hinted(field, kind)


def _hinted(field: str, kind: Kind) -> Failure:
    codes = {
        "blank": "blank",
        "control": "control_characters",
        "full_width": "full_width_somewhere",
        "unusable": "unusable_somewhere",
    }
    return Failure(field, codes[kind])
