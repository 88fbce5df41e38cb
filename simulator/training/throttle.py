"""Guessing is slow: so many wrong codes and passwords a minute, from one address and from all together."""

from __future__ import annotations

import math
import time

from flask import current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

FROM_ONE = parse("10/minute")
FROM_ALL = parse("100/minute")


class Throttle:
    """Counts failures in this process; a server has one."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def seconds_to_wait(self, what: str) -> int:
        """How long this visitor has to wait before another try; 0 when he may try now."""
        return max(self._wait(limit, what, who) for limit, who in self._counted())

    def failed(self, what: str) -> None:
        """Count one wrong try of this visitor."""
        for limit, who in self._counted():
            self._limiter.hit(limit, what, who)

    def _counted(self) -> tuple[tuple[RateLimitItem, str], ...]:
        return ((FROM_ONE, request.remote_addr or "?"), (FROM_ALL, "all"))

    def _wait(self, limit: RateLimitItem, what: str, who: str) -> int:
        if self._limiter.test(limit, what, who):
            return 0
        until = self._limiter.get_window_stats(limit, what, who).reset_time
        return max(1, math.ceil(until - time.time()))


def throttle() -> Throttle:
    """The application's one throttle."""
    found: Throttle = current_app.extensions["densai-throttle"]
    return found
