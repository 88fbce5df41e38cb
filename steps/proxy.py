"""The proxy on the way to a site, with its user name and password, and the mistakes of its address."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from steps.site_login import one_without_other

_ADDRESS = re.compile(r"(?P<kind>https?|socks5)://(\[[0-9a-fA-F:.]+\]|[^\s/@:\[\]]+)(:[0-9]{1,5})?/?")


@dataclass(frozen=True)
class Proxy:
    """The address of a proxy, and the user name and password that it asks for; all empty for none."""

    server: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments for a new context of the browser."""
        if not self.server:
            return {}
        login = {"username": self.user, "password": self.password} if self.user else {}
        return {"proxy": {"server": self.server, **login}}

    def headers(self) -> dict[str, str]:
        """Return the headers of the request for a tunnel."""
        if not self.user:
            return {}
        coded = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Proxy-Authorization": f"Basic {coded}"}


def address_mistake(server: str, ca_file: str = "", *, named: bool = False) -> str:
    """Return the mistake of a proxy's address, in a sentence; empty where there is none.

    named: whether a user name is given with it.
    """
    found = _ADDRESS.fullmatch(server)
    if "@" in server:
        return "名前とパスワードは書かないでください。site.proxy_user と site.proxy_password に書きます。"
    if found is None:
        return "http://ホスト名:ポート の形で書いてください。"
    if ca_file and found["kind"] != "http":
        return "ca_file と一緒に使えるのは http:// で始まるプロキシだけです。"
    if named and found["kind"] == "socks5":
        return "socks5 のプロキシには名前とパスワードを付けられません。"
    return ""


def proxy_mistakes(site: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and sentence of each mistake in a file's table ``site`` that concerns the proxy."""
    named = [key for key in ("proxy_user", "proxy_password") if key in site]
    yield from one_without_other(site, "proxy_user", "proxy_password")
    proxy = site.get("proxy", "")
    if named and not proxy:
        yield "proxy", f"{named[0]} を使うプロキシのアドレスを書いてください。"
    if proxy and isinstance(proxy, str):
        wrong = address_mistake(proxy, site.get("ca_file", ""), named=bool(named))
        yield from [("proxy", wrong)] * bool(wrong)
