"""Guessing the instructor's password is slow: so many tries a minute for each visitor, and for nobody else.

Class codes and seat codes are not counted: they are drawn from 31**8 and 31**10, and a class may share one
address, so that one trainee's typing errors would keep out the others.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque

from flask import current_app, request

from simulator.training import access

MOST_TRIES, WINDOW_SECONDS = 10, 60
MOST_VISITORS = 10_000  # remembered at once; the one who tried longest ago is forgotten first
IPV6_HOME = 64  # bits of an address of IPv6 that one visitor is given


class Throttle:
    """Counts tries in this process by a clock that nobody sets."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, visitor: str) -> int:
        """Count a try before it is evaluated, so that many at once gain nothing.

        Return 0, or the seconds to wait where it is one too many; that one is not counted.
        """
        now = time.monotonic()
        with self._lock:
            tries = self._tries.setdefault(visitor, deque())
            self._tries.move_to_end(visitor)
            if len(self._tries) > MOST_VISITORS:
                self._tries.popitem(last=False)
            while tries and tries[0] <= now - WINDOW_SECONDS:
                tries.popleft()
            if len(tries) >= MOST_TRIES:
                return max(1, math.ceil(tries[0] + WINDOW_SECONDS - now))
            tries.append(now)
            return 0


def seconds_to_wait() -> int:
    """Count a try of this request's visitor; return 0, or the seconds to wait first."""
    throttle: Throttle = current_app.extensions["densai-throttle"]
    return throttle.take(access.known_desk() or _home_of(request.remote_addr or ""))


def _home_of(address: str) -> str:
    """The address, or the part of it that one visitor cannot change."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, IPV6_HOME), strict=False)) if found.version == 6 else address  # noqa: PLR2004
