"""How long a run will still take: by what each scenario took on this site before, else by the pace so far."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from steps.evidence.disk import EvidenceError, write_file

FILE = "pace.json"
FEWEST_LINES = 8  # before so many lines have been played nobody knows a new site's pace
MINUTE = 60


class Pace:
    """Counts the lines and the time of one run. now: the clock, in seconds."""

    def __init__(self, path: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._path, self._now = path, now
        # What each scenario took when it was last played to its end, in seconds, by node id.
        self._took = _read(path)
        self._left: dict[str, int] = {}
        self._lines, self._seconds = 0, 0.0
        self._began: tuple[str, float] = ("", 0.0)

    @property
    def lines(self) -> int:
        """How many lines are still to be played."""
        return sum(self._left.values())

    def plan(self, lines: Mapping[str, int]) -> None:
        """Note the scenarios to be played, with the number of their lines."""
        self._left = dict(lines)

    def begin(self, nodeid: str) -> None:
        """Note that a scenario begins."""
        self._began = nodeid, self._now()

    def line(self) -> None:
        """Note that a line of the present scenario has been played."""
        self._lines += 1

    def end(self, nodeid: str, *, whole: bool) -> None:
        """Note that a scenario has ended. whole: to its end, so its time is kept for the next run."""
        began, at = self._began
        self._left.pop(nodeid, None)
        if began != nodeid:
            return
        self._began = "", 0.0
        self._seconds += self._now() - at
        if whole:
            self._took[nodeid] = round(self._now() - at, 1)
            with suppress(EvidenceError):  # an estimate is not worth ending a run for
                write_file(self._path, json.dumps(self._took, indent=0).encode())

    def left(self) -> float | None:
        """Return about how many seconds the rest will take; None where nobody can know."""
        pace = self._per_line()
        if pace is None and not all(nodeid in self._took for nodeid in self._left):
            return None
        began, at = self._began
        whole = sum(self._took.get(nodeid, lines * (pace or 0)) for nodeid, lines in self._left.items())
        return max(0.0, whole - (self._now() - at if began in self._left else 0))

    def _per_line(self) -> float | None:
        began, at = self._began
        spent = self._seconds + (self._now() - at if began else 0)
        return spent / self._lines if self._lines >= FEWEST_LINES else None


def in_words(seconds: float) -> str:
    """Return a time as a person would tell it: to ten seconds, from a minute and a half on to the minute."""
    if seconds < 1.5 * MINUTE:
        return f"約 {max(10, round(seconds / 10) * 10)} 秒"
    return f"約 {round(seconds / MINUTE)} 分"


def _read(path: Path) -> dict[str, float]:
    """Return what the file holds; nothing where there is none, or another thing."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: float(took) for key, took in found.items() if isinstance(took, int | float)}
