"""What every rule returns: the failures found, all of them, as codes tied to form fields."""

from __future__ import annotations

from typing import NamedTuple


class Failure(NamedTuple):
    """One fault: the form field it belongs to ("" for the whole form) and its code in messages.py."""

    field: str
    code: str
