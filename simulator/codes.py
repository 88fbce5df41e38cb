"""Codes that people read aloud and copy from paper: class codes, seat codes and the operator code."""

from __future__ import annotations

import secrets

# No look-alikes: neither i, l and 1 nor o and 0.
LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"
ALPHABET = LETTERS + DIGITS


def new_code(length: int) -> str:
    """Return a random code of this many characters; there are 31**length of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
