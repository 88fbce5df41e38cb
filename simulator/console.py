"""Printing, also where nothing listens: no console, a full disk, a reader that has gone."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def open_streams() -> None:
    """Give the program an output and an error output that take any text."""
    if sys.stdout is None:  # as under pythonw and in tasks without a console
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a letter that a Windows pipe cannot show must not end the program
            reconfigure(errors="replace", line_buffering=True)


def say(text: str) -> None:
    """Print a text; where the output takes nothing any more, go on without it."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError):
        _discard(sys.stdout)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  stands for a stream, to the end


def _discard(stream: TextIO) -> None:
    """Lead a stream to nowhere, or Python would complain at its end of what is still to be written."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())
