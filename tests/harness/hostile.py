"""A site that means harm or is badly broken: each address keeps a browser busy, or lies, in its own way."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from threading import Event

from tests.loopback import Silent, listening

HOME = "<title>当金庫ホームページ</title><h1>当金庫ホームページ</h1>"
ENDLESS = "for (;;) {}"
SIZE = 50 * 1024 * 1024
PAGES = {
    "/loop": f"<script>{ENDLESS}</script>{HOME}",
    "/loop-late": f"{HOME}<script>setTimeout(() => {{ {ENDLESS} }}, 300)</script>",
    "/refresh": "<script>location.reload()</script>",
    "/alerts": f"{HOME}<script>for (;;) alert('お知らせ')</script>",
    "/alert-interval": f"{HOME}<script>setInterval(() => alert('お知らせ'), 1)</script>",
    "/windows": f"{HOME}<script>setInterval(() => open('/windows'), 1)</script>",
    "/signs": f"{HOME}<a href='#'>\x1b]0;mine\x07 \x9b2J</a><script>document.links[0].append('\\ud800')"
    "</script>",
}
STATUSES = (401, 500, 503)


class Hostile(Silent, BaseHTTPRequestHandler):
    """The pages above, and those that need more than a text."""

    def do_GET(self) -> None:
        """Answer as the address says."""
        path = self.path.partition("?")[0]
        with suppress(OSError):  # the browser was ended meanwhile
            if path in PAGES:
                self._page(PAGES[path].encode())
            elif path[1:].isdigit() and int(path[1:]) in STATUSES:
                self._page(b"<h1>error</h1>", int(path[1:]))
            else:
                MORE.get(path, Hostile.nothing)(self)

    def _page(self, content: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def nothing(self) -> None:
        self._page(b"", 404)

    def redirect(self) -> None:
        self.send_response(302)
        self.send_header("Location", f"/redirect?{time.monotonic()}")
        self.end_headers()

    def frames(self) -> None:
        """Two frames of the same kind in each, under an address of its own: a browser lets that pass."""
        frame = f"<iframe src='/frames?{time.monotonic()}'></iframe>"
        self._page(f"{HOME}{frame}{frame.replace('?', '?b')}".encode())

    def big(self) -> None:
        line = "<p>残高 <a href='#'>明細</a> <b>1,000</b> 円</p>".encode()
        self._page(HOME.encode() + line * (SIZE // len(line)))

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        for letter in HOME * 1000:
            self.wfile.write(letter.encode())
            self.wfile.flush()
            Event().wait(0.05)  # that nobody sets

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def garbage(self) -> None:
        self._page(HOME.encode() + bytes(range(128, 256)) * 1000 + b"\xff\xfe\x00\xc0\xaf")


MORE: dict[str, Callable[[Hostile], None]] = {
    "/redirect": Hostile.redirect,
    "/frames": Hostile.frames,
    "/big": Hostile.big,
    "/drip": Hostile.drip,
    "/reset": Hostile.reset,
    "/garbage": Hostile.garbage,
}


@contextmanager
def served() -> Iterator[str]:
    """Return the address of the site, without the slash at its end."""
    with listening(Hostile) as address:
        yield address
