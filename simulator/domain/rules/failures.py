"""The result of every rule: all failures that it found, each a code tied to a form field."""

from __future__ import annotations

from typing import NamedTuple


class Failure(NamedTuple):
    """One fault: the form field it belongs to ("" for the whole form) and its code in messages.py.

    What its words name besides: the ``position`` (from 1) of a character and the ``letter`` itself, which are
    never told of a password, and the ``length`` of what was typed, in characters.
    """

    field: str
    code: str
    position: int = 0
    letter: str = ""
    length: int = 0
