"""A cache of one value a seat, valid while the source that it was made of is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")

MOST_SEATS = 2_000


class LastMade(Generic[S, T]):
    """Makes values of sources and caches the last one of each seat."""

    def __init__(self, make: Callable[[S], T], most: int = MOST_SEATS) -> None:
        self._make, self._most, self._lock = make, most, Lock()
        self._kept: OrderedDict[str, tuple[S, T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, seat: str, source: S) -> T:
        """Return the value made of this source, cached while the source is equal; it must not be changed."""
        known = self._kept.get(seat)
        if known is not None and known[0] == source:
            return known[1]
        made = self._make(source)
        with self._lock:
            self._kept[seat] = source, made
            self._kept.move_to_end(seat)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
