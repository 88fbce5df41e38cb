"""The settings of one running server; what belongs to one bank lives in its world."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Literal

# A seed fits into the integers of every database, and into a form.
MOST_SEED = 1_000_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach a host name or address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in LOOPBACK


@dataclass(frozen=True)
class Settings:
    """The options of one running server.

    database: SQLAlchemy URL. allow_hosts: further Host names that are answered, besides loopback.
    plain_http: cookies without Secure, for a class over plain http on a LAN (docs/dev/security.md).
    operator_code: when set, it is asked for before the instructor's password is first set. proxy: the IP
    address of the proxy whose X-Forwarded-* are believed, "" for none. workers: processes on one socket.
    access_log: a file, "-" for the output, "" for none. metrics: host and port of their own, None for none.
    durability: whether an answered change outlives a power cut ("full"), or only the end of the program
    ("normal").
    """

    database: str = "sqlite:///densai.sqlite3"
    seed: int = 1560
    host: str = "127.0.0.1"
    port: int = 8000
    allow_hosts: tuple[str, ...] = ()
    plain_http: bool = False
    operator_code: str = ""
    proxy: str = ""
    workers: int = 1
    access_log: str = ""
    metrics: tuple[str, int] | None = None
    durability: Literal["full", "normal"] = "full"

    @property
    def is_behind_https(self) -> bool:
        """Whether an https proxy is expected in front."""
        return bool(self.allow_hosts) and not self.plain_http

    @property
    def hosts(self) -> frozenset[str]:
        """Every host name that a request may carry."""
        own = (self.host,) if is_loopback(self.host) else ()
        return frozenset(name.lower() for name in (*LOOPBACK, "[::1]", *own, *self.allow_hosts))
