"""Somebody who uses the bank without a browser: he reads pages, fills forms and presses buttons.

Every answer he gets is checked: headers, valid HTML, one h1, 訓練用.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import urlencode, urljoin, urlsplit

from fixtures.page_check import faults_of, shape_of, syntax_faults_of
from simulator.bank.credentials import csrf_token, token_digest
from simulator.bank.web import real_now
from simulator.domain.world import Session
from tests.screens.pages import Page

if TYPE_CHECKING:
    from simulator.store import Seat

COOKIE = "__Secure-densai"
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
URLENCODED = "application/x-www-form-urlencoded"
Data = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


class Browser(Protocol):
    """Sends requests and keeps cookies: Flask's test client, or real HTTP."""

    def send(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        """The answer, redirects not followed."""

    def cookie(self, seat_code: str) -> str:
        """The token that a seat's pages gave."""

    def set_cookie(self, seat_code: str, token: str) -> None:
        """As if a seat's pages had given this token."""


@cache
def _syntax_faults(_shape: bytes, _html: _Unhashed) -> list[str]:
    return syntax_faults_of(_html.text)


class _Unhashed:
    """A page's text, of which every other counts as the same: its shape tells them apart."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)

    def __hash__(self) -> int:
        return 0


def check(answer: Answer) -> None:
    """Fail unless an answer is as every answer must be."""
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.status < 500, f"answered {answer.status}"
    if answer.is_html and not 300 <= answer.status < 400:  # nobody sees the page of a redirect
        html = answer.body.decode()
        faults = faults_of(html) or _syntax_faults(shape_of(html), _Unhashed(html))
        assert not faults, faults
        head, _, body = html.partition("<body")
        assert "｜訓練用" in head.partition("<title>")[2]
        assert "訓練用" in body


class Visitor:
    """One window at one seat's bank; ``page`` is what it shows."""

    def __init__(self, browser: Browser, seat: Seat) -> None:
        self.browser, self.seat = browser, seat
        self.home = f"/bank/{seat.code}/"
        self.sid = ""
        self.path = self.home
        self.answer = Answer(0, {}, b"")
        self._read: tuple[Answer, Page] | None = None

    def another_window(self) -> Visitor:
        """A second window of the same browser, on the same page."""
        made = Visitor(self.browser, self.seat)
        made.sid, made.path, made.answer = self.sid, self.path, self.answer
        return made

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def page(self) -> Page:
        if self._read is None or self._read[0] is not self.answer:
            self._read = (self.answer, Page(self.answer.body.decode()))
        return self._read[1]

    @property
    def heading(self) -> str:
        return self.page.heading

    # Going somewhere --------------------------------------------------------------------------

    def get(self, path: str) -> Self:
        """Open an address."""
        return self._request("GET", path, b"", "")

    def open(self, screen: str = "") -> Self:
        """Open an address of this seat, inside the session where there is one."""
        return self.get(f"{self.home}{self.sid}/{screen}" if self.sid else f"{self.home}{screen}")

    def follow(self, words: str) -> Self:
        """Click a link or a tab."""
        return self.get(self.page.links[words])

    def press(self, label: str, row: str = "", **filled: str | list[str]) -> Self:
        """Fill the form of a button and press it."""
        form = self.page.form(label, row)
        data = form.data(**filled)
        if form.method == "GET":
            return self.get(f"{form.action}?{urlencode(data)}" if data else form.action)
        return self.post(form.action, data)

    def post(self, path: str, data: Data) -> Self:
        """Send a form, whatever it holds."""
        return self._request("POST", path, urlencode(data).encode(), URLENCODED)

    def send(self, path: str, body: bytes, kind: str = URLENCODED) -> Self:
        """Send a body byte for byte."""
        return self._request("POST", path, body, kind)

    def _request(self, method: str, path: str, body: bytes, kind: str) -> Self:
        for _ in range(5):
            self.path = urljoin(self.path, path)
            self.answer = self.browser.send(method, self.path, body, kind)
            check(self.answer)
            if not 300 <= self.answer.status < 400:
                break
            where = urlsplit(self.answer.headers["Location"])
            assert not where.netloc, "sent out of the bank"
            method, path, body, kind = "GET", where.geturl(), b"", ""
        self._note_session()
        return self

    def _note_session(self) -> None:
        parts = self.path.removeprefix(self.home).partition("?")[0].split("/")
        if self.path.startswith(self.home) and len(parts[0]) == 16:
            self.sid = parts[0]

    # Being somebody ---------------------------------------------------------------------------

    def log_in(self, login_id: str, password: str) -> Self:
        """Through the screens, from S04."""
        self.get(f"{self.home}login")
        return self.press("ログイン", login_id=login_id, password=password)

    def sit_down(self, login_id: str, *, in_service: bool = False) -> Self:
        """As if this user had just logged in (and entered window C), without spending a password."""
        token, public_id = secrets.token_urlsafe(32), secrets.token_hex(8)
        with self.seat.change() as world:
            session = Session(public_id, token_digest(token), login_id, real_now(), in_service)
            world.sessions.append(session)
        self.browser.set_cookie(self.seat.code, token)
        self.sid = public_id
        return self

    @property
    def csrf(self) -> str:
        """The form token of the cookie at hand."""
        return csrf_token(self.browser.cookie(self.seat.code))
