"""Guessing is slow: so many wrong codes and passwords a minute, from one address and from all together."""

from __future__ import annotations

import math
import time

from flask import current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# A code has 31**8 values and a class may share one address (a proxy's), so its typing errors get more room.
PASSWORD_FROM_ONE = parse("10/minute")
CODE_FROM_ONE = parse("60/minute")
FROM_ALL = parse("100/minute")


class Throttle:
    """Counts tries in this process; a server has one."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def seconds_to_wait(self, what: str) -> int:
        """Return the seconds until this visitor may try again; 0 for now."""
        waits = (self._left(*each) for each in self._counted(what) if not self._limiter.test(*each))
        return max(waits, default=0)

    def failed(self, what: str) -> None:
        """Count one wrong try of this visitor."""
        for each in self._counted(what):
            self._limiter.hit(*each)

    def take(self, what: str) -> int:
        """Count a try before it is evaluated, so that many at once gain nothing; how long to wait for it."""
        for each in self._counted(what):
            if not self._limiter.hit(*each):
                return self._left(*each)
        return 0

    def _counted(self, what: str) -> tuple[tuple[RateLimitItem, str, str], ...]:
        from_one = PASSWORD_FROM_ONE if what == "desk" else CODE_FROM_ONE
        return ((from_one, what, request.remote_addr or "?"), (FROM_ALL, what, "all"))

    def _left(self, limit: RateLimitItem, what: str, who: str) -> int:
        until = self._limiter.get_window_stats(limit, what, who).reset_time
        return max(1, math.ceil(until - time.time()))


def throttle() -> Throttle:
    """The application's one throttle."""
    found: Throttle = current_app.extensions["densai-throttle"]
    return found
