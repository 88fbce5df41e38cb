"""The result of every rule: all failures that it found, each a code tied to a form field."""

from __future__ import annotations

from typing import NamedTuple


class Failure(NamedTuple):
    """One failure: the name of its form field ("" for the whole form) and its code in messages.py."""

    field: str
    code: str
