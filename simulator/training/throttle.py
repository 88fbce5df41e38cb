"""Guessing the instructor's password is slow: so many tries a minute for each visitor, and for nobody else.

Class codes and seat codes are not counted: they are drawn from 31**8 and 31**10, and a class may share one
address, so that one trainee's typing errors would keep out the others.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress

from flask import request

from simulator.store import tries
from simulator.training import access

MOST_TRIES, WINDOW_SECONDS = 10, 60
IPV6_HOME = 64  # bits of an address of IPv6 that one visitor is given


def seconds_to_wait() -> int:
    """Count a try of this request's visitor; return 0, or the seconds to wait first."""
    visitor = access.known_desk() or _home_of(request.remote_addr or "")
    # The database keeps no address of anybody.
    name = hmac.new(access.server_key(), visitor.encode(), hashlib.sha256).hexdigest()
    return -(-tries.take(access.training().worlds, name, MOST_TRIES, WINDOW_SECONDS) // 1000)


def _home_of(address: str) -> str:
    """The address, or the part of it that one visitor cannot change."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, IPV6_HOME), strict=False)) if found.version == 6 else address  # noqa: PLR2004
