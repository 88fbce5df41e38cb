"""Known secrets in all the spellings in which a file could hold them."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote, quote_plus

import msgspec

MASK = "●●●●"
T = TypeVar("T")


def hidden(text: str, secrets: Iterable[str]) -> str:
    """The text without any of these secrets."""
    for spelling in _spelled(frozenset(secrets)):
        text = text.replace(spelling, MASK)
    return text


@lru_cache(maxsize=8)
def _spelled(secrets: frozenset[str]) -> Sequence[str]:
    """All that hides them, what is longest first."""
    return [
        spelling
        for secret in sorted(filter(None, secrets), key=len, reverse=True)
        for spelling in {secret, quote(secret, safe=""), quote_plus(secret), html.escape(secret)}
    ]


def hidden_in(struct: T, secrets: Iterable[str]) -> T:
    """The same struct with every text in it hidden."""
    known = [each for each in secrets if each]
    if not known:
        return struct
    return msgspec.convert(_walk(msgspec.to_builtins(struct), known), type(struct))


def _walk(value: object, secrets: list[str]) -> object:
    if isinstance(value, str):
        return hidden(value, secrets)
    if isinstance(value, dict):
        return {name: _walk(each, secrets) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(each, secrets) for each in value]
    return value


def spellings(secret: str) -> frozenset[bytes]:
    """The bytes of a secret in the encodings, escapes and alignments in which files hold text."""
    plain = secret.encode()
    texts = {secret, quote(secret, safe=""), quote_plus(secret), html.escape(secret), _as_json(secret)}
    texts |= {html.escape(secret, quote=False), quote(secret, safe="").lower(), _numeric(secret)}
    found = {text.encode() for text in texts} | {plain.hex().encode(), plain.hex().upper().encode()}
    for encoding in ("utf-16-le", "utf-16-be", "shift_jis", "euc-jp"):
        found.add(secret.encode(encoding, errors="replace"))
    for whole in (plain, secret.encode("utf-16-le")):
        found.update(_in_base64(whole))
    return frozenset(found)


def _as_json(secret: str) -> str:
    return secret.encode("unicode_escape").decode()


def _numeric(secret: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in secret)


def _in_base64(content: bytes) -> Iterator[bytes]:
    """What never changes of it in base64, whatever stands before and after it."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + content)
        first = -(-before * 8 // 6)
        last = (before + len(content)) * 8 // 6
        yield coded[first:last]
        yield coded[first:last].replace(b"+", b"-").replace(b"/", b"_")
