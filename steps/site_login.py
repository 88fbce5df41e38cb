"""The user name and password without which a site answers nothing (Basic and other HTTP authentication).

They stand in site.user and site.password of a deployment file, or in its address before the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

BEFORE_HOST = re.compile(r"(?<=://)[^/?#\s\"<>]*@")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# A shorter name, as "test" or "dev", is a part of ordinary words: to hide it would spoil every text.
SHORTEST_SECRET_NAME = 6


@dataclass(frozen=True)
class SiteLogin:
    """A user name and a password; both empty for a site that asks for none."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.password)

    def options(self, address: str) -> dict[str, Any]:
        """Return the keyword arguments for a new context of the browser that opens this address.

        They are told to the address's own origin, where it asks for them, and to no other.
        """
        if not self:
            return {}
        given = {"username": self.user, "password": self.password, "origin": _origin(address)}
        return {"http_credentials": given}


def secret_name(name: str) -> str:
    """Return a user name that is to be hidden in texts; "" for one that is too short for that."""
    return name if len(name) >= SHORTEST_SECRET_NAME else ""


def without_login(text: str) -> str:
    """Return a text, or an address, without what stands before the host of the addresses in it."""
    return BEFORE_HOST.sub("", text)


def split_address(address: str) -> tuple[str, SiteLogin]:
    """Return an address without a user name and password in it, and these."""
    found = BEFORE_HOST.search(address)
    user, _, password = found[0][:-1].partition(":") if found else ("", "", "")
    return without_login(address), SiteLogin(unquote(user), unquote(password))


def one_without_other(table: Mapping[str, Any], *pair: str) -> Iterator[tuple[str, str]]:
    """Yield key and sentence of the one of two keys that a file's table lacks while it has the other."""
    given = [key for key in pair if key in table]
    if len(given) == 1:
        (missing,) = set(pair) - set(given)
        yield missing, f"{given[0]} と一緒に書いてください。"


def _origin(address: str) -> str:
    """Return scheme, host and port as a browser writes them: no default port, a Japanese host in ASCII."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(DEFAULT_PORTS.get(parts.scheme, ":"))
    if not host.isascii():
        name, colon, port = host.partition(":")
        host = name.encode("idna").decode() + colon + port
    return f"{parts.scheme}://{host}"
