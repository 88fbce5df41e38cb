"""The one table that the bench prints: what, figure, target."""

from __future__ import annotations

import statistics
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True)
class Row:
    """One measurement; `limit` is the most it may be, where the project promises one."""

    what: str
    figure: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool:
        """Whether what was promised holds."""
        return self.limit is None or self.figure <= self.limit


def quantile(values: Sequence[float], part: float) -> float:
    """The value that this part of all values does not pass (0.5: the median)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def median_of(runs: int, measure: Callable[[], float]) -> float:
    """The median of several runs of one measurement."""
    return statistics.median(measure() for _ in range(runs))


def show(rows: Iterable[Row]) -> bool:
    """Print the table; True when every promise was kept."""
    kept = True
    print(f"{_pad('what', 58)} {'figure':>10} {'':8} {'target':>10}  ok   note")
    for row in rows:
        target = "" if row.limit is None else f"<= {row.limit:g}"
        mark = "" if row.limit is None else "yes" if row.kept else "NO"
        line = f"{_pad(row.what, 58)} {row.figure:>10.2f} {row.unit:8} {target:>10}  {mark:4} {row.note}"
        print(line.rstrip(), flush=True)
        kept = kept and row.kept
    return kept


def _pad(text: str, width: int) -> str:
    """Japanese letters take two columns."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(0, width - taken)
