"""The text of a bar of progress, as wide as the terminal."""

from __future__ import annotations

import shutil
import unicodedata

WIDTH = 24


def bar(done: int, of: int, text: str) -> str:
    """Return a bar with the numbers and a text, cut to one line of the terminal."""
    full = WIDTH * done // of
    whole = f"[{'#' * full}{'-' * (WIDTH - full)}] {done}/{of} {text}"
    return cut(whole, shutil.get_terminal_size().columns - 1)


def cut(text: str, columns: int) -> str:
    """Return the beginning of a text that fits so many columns; most Japanese letters take two."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > columns:
            return text[:place]
    return text
