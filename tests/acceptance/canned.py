"""A site of a few fixed pages, to go wrong in the ways that real ones do."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from tests.loopback import Silent, listening

Page = tuple[int, str]
HOME = "<title>信金</title><h1>当金庫ホームページ</h1><a href='/service'>へきしん電子記録債権サービス</a>"
SERVICE = "<h1>へきしん電子記録債権サービス</h1><a href='/guide'>「しんきん電子記録債権システム」案内画面</a>"
GUIDE = (
    "<h1>「しんきん電子記録債権システム」案内画面</h1>"
    "<button onclick=\"window.open('/login', 'b')\">ログイン</button>"
)
LOGIN = (
    "<h1>ログイン</h1><form action='/in' method='post'><label>お客様ID <input name='i'></label>"
    "<label>ログインパスワード <input name='p' type='password'></label><button>ログイン</button></form>"
)
PAGES: dict[str, Page] = {
    "/": (200, HOME),
    "/service": (200, SERVICE),
    "/guide": (200, GUIDE),
    "/login": (200, LOGIN),
}


@contextmanager
def served(
    pages: dict[str, Page],
    *,
    tls: bool = False,
    heard: Callable[[str], object] = len,
    login: tuple[str, str] | None = None,
) -> Iterator[str]:
    """The address of a site with these pages over the usual ones; heard is told of each that is asked for.

    login: the user name and password without which it answers nothing (Basic authentication).
    """
    every = {**PAGES, **pages}
    needed = "Basic " + base64.b64encode(":".join(login).encode()).decode() if login else None

    class Handler(Silent, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard(self.path)
            status, body = every.get(self.path, (404, ""))
            if asks := needed and self.headers.get("Authorization") != needed:
                status, body = 401, "<h1>Authorization Required</h1>"
            content = f"<!doctype html><meta charset=utf-8>{body}".encode()
            self.send_response(status)
            if asks:
                self.send_header("WWW-Authenticate", 'Basic realm="staging"')
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

    with listening(Handler, tls=tls) as address:
        yield f"{address}/"
