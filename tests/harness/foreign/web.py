"""What the sites share of HTTP: one bank a run, one visit a cookie, and a free loopback port."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from http.server import ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.harness.foreign.core import Bank
from tests.harness.foreign.visit import Form, Visit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"
COOKIE = "visit"
# What Python calls an encoding -> what browsers call it.
CHARSETS = {"utf-8": "utf-8", "cp932": "Shift_JIS"}


@dataclass
class Request:
    """What a browser asks for, and the visit it belongs to."""

    path: str
    query: Form
    form: Form
    visit: Visit

    @property
    def about(self) -> str:
        return self.query.get("about", "")


@dataclass
class Answer:
    """A page, or with location the way to another."""

    body: str = ""
    kind: str = "text/html"
    location: str = ""


@dataclass
class Site:
    """A WSGI application: a bank, its visitors, and how requests are answered in this site's markup."""

    bank: Bank
    answer: Callable[[Request], Answer]
    encoding: str = "utf-8"
    visits: dict[str, Visit] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        token = cookie[COOKIE].value if COOKIE in cookie else ""
        with self.lock:
            if token not in self.visits:
                token = secrets.token_hex(8)
                self.visits[token] = Visit(self.bank)
            answer = self.answer(self._request(environ, self.visits[token]))
        headers = [
            ("Content-Type", f"{answer.kind}; charset={CHARSETS[self.encoding]}"),
            ("Cache-Control", "no-store"),
            ("Set-Cookie", f"{COOKIE}={token}; Path=/; HttpOnly"),
        ]
        if answer.location:
            start_response("303 See Other", [*headers, ("Location", answer.location)])
            return [b""]
        start_response("200 OK", headers)
        return [answer.body.encode(self.encoding, "xmlcharrefreplace")]

    def _request(self, environ: WSGIEnvironment, visit: Visit) -> Request:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode("ascii")
        return Request(
            environ["PATH_INFO"].strip("/"),
            self._fields(environ.get("QUERY_STRING", "")),
            self._fields(body),
            visit,
        )

    def _fields(self, text: str) -> Form:
        """Browsers write what the page's encoding lacks as &#…; in forms."""
        pairs = parse_qsl(text, keep_blank_values=True, encoding=self.encoding)
        return {name: unescape(value) if self.encoding != "utf-8" else value for name, value in pairs}


class _Server(ThreadingHTTPServer, WSGIServer):
    """A thread for each request: a frameset asks for all of its frames at once."""


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """The tests' own output stays readable."""


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """The address of the site, for as long as it is needed."""
    server = make_server(HOST, 0, site, server_class=_Server, handler_class=_Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
