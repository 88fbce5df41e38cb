"""Known secrets in texts and files: masked in every text that is kept or told, searched for afterwards.

One rule for both: whatever spelling of a secret the gate of the evidence finds in a text (as typed, in a URL,
in HTML, in JSON, as hexadecimal digits or base64), ``masked`` has replaced before. What a site says may hold
control characters too, which a terminal would obey: the same functions make them visible.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote, quote_plus

import msgspec

MASK = "●●●●"
ENCODINGS = ("utf-16-le", "utf-16-be", "shift_jis", "euc-jp")
T = TypeVar("T")
# Colours of a terminal, which libraries put into their messages: left out.
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# Characters by which a text could do more than be read: control characters but for tabulators and line ends,
# signs that turn the direction of a text, halves of a character.
ACTING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)")
PICTURES, DELETE = 0x2400, 0x7F  # U+2400 is the picture of NUL, and so on


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return the text as it may be kept and told: every spelling of these secrets replaced by ``MASK``.

    Control characters are made visible, so that no site acts on the terminal or in the files of a tester.
    """
    text = visible(text)
    for spelling in _spellings_of(frozenset(secrets)):
        text = text.replace(spelling, MASK)
    return text


def visible(text: str) -> str:
    """Return the text with a picture, or U+FFFD, for every character that would act instead of being read."""
    return ACTING.sub(_picture, COLOURS.sub("", text))


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < ord(" "):
        return chr(PICTURES + code)
    return "\u2421" if code == DELETE else "\ufffd"


def masked_struct(struct: T, secrets: Iterable[str]) -> T:
    """Return a copy of a msgspec struct with every text in it masked."""
    known = frozenset(filter(None, secrets))
    return msgspec.convert(_walk(msgspec.to_builtins(struct), known), type(struct))


def text_spellings(secret: str) -> frozenset[str]:
    """Return the spellings in which a text may hold a secret; none of them is empty."""
    in_url = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    in_html = {html.escape(secret), html.escape(secret, quote=False), _numeric_entities(secret)}
    content = secret.encode()
    coded = {content.hex(), content.hex().upper(), *_in_base64(content)}
    lower_case = {each.lower() for each in in_url if "%" in each}
    return frozenset({secret, _json_escaped(secret), *in_url, *lower_case, *in_html, *coded} - {""})


def byte_spellings(secret: str) -> frozenset[bytes]:
    """Return the bytes by which a file may hold a secret: every text spelling, and other encodings of it."""
    found = {text.encode() for text in text_spellings(secret)}
    found |= {secret.encode(encoding, errors="replace") for encoding in ENCODINGS}
    found |= {text.encode() for text in _in_base64(secret.encode("utf-16-le"))}
    return frozenset(found - {b""})


@lru_cache(maxsize=8)
def _spellings_of(secrets: frozenset[str]) -> tuple[str, ...]:
    """Return all text spellings, the longest first: a shorter one may be a part of a longer one."""
    found = {spelling for secret in secrets for spelling in text_spellings(secret)}
    return tuple(sorted(found, key=lambda spelling: (-len(spelling), spelling)))


def _walk(value: object, secrets: frozenset[str]) -> object:
    if isinstance(value, str):
        return masked(value, secrets)
    if isinstance(value, dict):
        return {name: _walk(each, secrets) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(each, secrets) for each in value]
    return value


def _json_escaped(secret: str) -> str:
    return secret.encode("unicode_escape").decode()


def _numeric_entities(secret: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in secret)


def _in_base64(content: bytes) -> Iterator[str]:
    """Yield the part of a content's base64 that is the same whatever stands before and after the content."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + content).decode()
        first = -(-before * 8 // 6)
        last = (before + len(content)) * 8 // 6
        # A part shorter than the content tells too little of it: it stands in innocent texts too.
        if last - first >= len(content):
            yield coded[first:last]
            yield coded[first:last].replace("+", "-").replace("/", "_")
