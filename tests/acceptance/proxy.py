"""A forward proxy on loopback: plain requests, tunnels, what went through it, and whom it lets through."""

from __future__ import annotations

import base64
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tests.loopback import Silent, listening

HOP = ("connection", "proxy-connection", "proxy-authorization", "keep-alive", "transfer-encoding")
REALM = 'Basic realm="proxy"'
CHUNK = 65536
SECONDS = 30


@dataclass
class Proxied:
    """The requests that came by, as `GET http://…` or `CONNECT host:port`, and the number refused.

    who: the user name and password that are asked for. refuses: the status of a proxy that lets nobody out.
    """

    who: tuple[str, str] | None = None
    refuses: int = 0
    address: str = ""
    went: list[str] = field(default_factory=list)
    sent_away: int = 0

    @property
    def wanted(self) -> str:
        """The header that lets one through; empty where anybody may go."""
        return f"Basic {base64.b64encode(':'.join(self.who).encode()).decode()}" if self.who else ""


class Handler(Silent, BaseHTTPRequestHandler):
    """One connection to the proxy."""

    protocol_version = "HTTP/1.1"
    seen: Proxied

    def do_CONNECT(self) -> None:
        if not self._lets_through():
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=SECONDS) as far:
            self.send_response(200, "Connection established")
            self.end_headers()
            pump(self.connection, far)
        self.close_connection = True

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._lets_through():
            return
        parts = urlsplit(self.path)
        link = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=SECONDS)
        kept = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        link.request(self.command, f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}", body, kept)
        answer = link.getresponse()
        content = answer.read()
        self.send_response(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in (*HOP, "content-length", "server", "date"):
                self.send_header(name, value)
        self._end_with(content)
        link.close()

    def do_POST(self) -> None:
        self.do_GET()

    def _lets_through(self) -> bool:
        seen = self.seen
        if seen.refuses or (seen.wanted and self.headers.get("Proxy-Authorization") != seen.wanted):
            seen.sent_away += 1
            self.send_response(seen.refuses or 407)
            if not seen.refuses:
                self.send_header("Proxy-Authenticate", REALM)
            self._end_with(b"<title>proxy</title>no")
            return False
        seen.went.append(f"{self.command} {self.path}")
        return True

    def _end_with(self, content: bytes) -> None:
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def pump(near: socket.socket, far: socket.socket) -> None:
    """Carry bytes both ways until one side has no more."""
    other = {near: far, far: near}
    with suppress(OSError):
        while ready := select.select(list(other), [], [], SECONDS)[0]:
            for side in ready:
                if not (content := side.recv(CHUNK)):
                    return
                other[side].sendall(content)


@contextmanager
def proxied(who: tuple[str, str] | None = None, refuses: int = 0) -> Iterator[Proxied]:
    """A proxy while it runs."""
    seen = Proxied(who, refuses)
    with listening(type("Handling", (Handler,), {"seen": seen})) as seen.address:
        yield seen
