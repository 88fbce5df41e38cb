"""How many seats are at work at this server, told by what their pages ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

AWAY_SECONDS = 30  # longer than any page waits before it asks again


class Askers:
    """The seats that have asked lately. clock: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[str, float] = {}  # the seat that asked longest ago is the first
        self._lock = threading.Lock()

    def note(self, seat: str) -> int:
        """Note that a seat asks, and return how many have asked within AWAY_SECONDS."""
        with self._lock:
            now = self._clock()
            self._asked.pop(seat, None)
            self._asked[seat] = now
            while (first := next(iter(self._asked))) and self._asked[first] < now - AWAY_SECONDS:
                del self._asked[first]
            return len(self._asked)
