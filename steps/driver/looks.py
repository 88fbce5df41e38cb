"""The looks for something that may come: how often there is a look, and which of them is the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True)
class Look:
    """One look. waited: seconds since the first one. is_last: it was begun when the time was over."""

    waited: float
    is_last: bool


class Looks:
    """All looks within some seconds, to be iterated over.

    The last one is begun at the end of the time or after it: on a slow computer one look may take longer than
    the time for all of them, and what came meanwhile is still seen. wait: called between two looks.
    """

    def __init__(self, seconds: float, wait: Callable[[], None]) -> None:
        self._seconds, self._wait = seconds, wait
        self._end = 0.0

    def __iter__(self) -> Iterator[Look]:
        """Yield each look before it is done; the time begins with the first one."""
        start = monotonic()
        self._end = start + self._seconds
        while True:
            now = monotonic()
            look = Look(now - start, now >= self._end)
            yield look
            if look.is_last:
                return
            self._wait()

    def end_in(self, seconds: float) -> None:
        """Let the time be over after so many seconds from now, if it is not before."""
        self._end = min(self._end, monotonic() + seconds)

    def until(self, is_there: Callable[[], object]) -> bool:
        """Return whether it is there at one of the looks."""
        return any(is_there() for _ in self)
