"""Master users who are logged in, one in each seat, and the requests they send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from simulator.bank.people import Persona, people
from simulator.store import Worlds
from simulator.training import starts

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class NewVisitor:
    """A seat at the start of ユーザ更新, and its master user."""

    code: str
    master: Persona


@dataclass(frozen=True)
class Visitor:
    """A master user in window C."""

    port: int
    bank: str
    inside: str
    cookie: str
    csrf: str

    def static(self) -> bytes:
        """S03: the same for everybody."""
        return self._get(f"{self.bank}guide")

    def read(self) -> bytes:
        """S12 ユーザ情報検索: a list from the seat's world."""
        return self._get(f"{self.inside}/company-users/search/change")

    def post(self) -> bytes:
        """S21 ユーザ検索条件: looks for pending users and saves them as a draft for S22."""
        return self.request(
            "POST", f"{self.inside}/user-update", {"csrf": self.csrf, "login_id": "", "name": ""}
        )

    def _get(self, path: str) -> bytes:
        return self.request("GET", path, {})

    def request(self, method: str, path: str, fields: dict[str, str]) -> bytes:
        """A whole HTTP request, ready to send many times."""
        return raw(method, path, fields, self.port, f"Cookie: {self.cookie}\r\n")


def raw(method: str, path: str, fields: dict[str, str], port: int, headers: str = "") -> bytes:
    """A whole HTTP request of these parts."""
    body = urlencode(fields).encode() if fields else b""
    kind = f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}{kind}\r\n"
    return head.encode() + body


def make(database: Path, count: int) -> list[NewVisitor]:
    """Seats where a user waits for ユーザ更新."""
    worlds = Worlds(f"sqlite:///{database}")
    made = []
    for seat in starts.make_seats(worlds, count):
        starts.reset(seat, "2-2")
        made.append(NewVisitor(seat.code, people(seat.seed).master))
    worlds.close()
    return made


def document_bytes(database: Path) -> int:
    """How large one seat's stored document is."""
    worlds = Worlds(f"sqlite:///{database}")
    with worlds.reading() as connection:
        size = connection.exec_driver_sql("SELECT length(document) FROM seats LIMIT 1").scalar_one()
    worlds.close()
    return int(size)


def log_in(port: int, visitor: NewVisitor) -> Visitor:
    """The visitor through ログイン and サービス一覧, in the service."""
    walk = _Walk(port)
    bank = f"/bank/{visitor.code}/"
    page = walk.get(f"{bank}login")
    fields = {"login_id": visitor.master.login_id, "password": visitor.master.password}
    inside = walk.post(f"{bank}login", fields, page).rpartition("/")[0]
    page = walk.get(f"{inside}/list")
    walk.post(f"{inside}/enter", {}, page)
    walk.connection.close()
    return Visitor(port, bank, inside, walk.cookie, _token(page))


class _Walk:
    """One browser's worth of cookies."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""

    def get(self, path: str) -> str:
        self.connection.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
        return self._answer(200)[0]

    def post(self, path: str, fields: dict[str, str], page: str) -> str:
        """Where the answer leads."""
        body = urlencode({**fields, "csrf": _token(page)})
        self.connection.request("POST", path, body, {"Content-Type": FORM, "Cookie": self.cookie})
        return self._answer(303)[1]

    def _answer(self, expected: int) -> tuple[str, str]:
        answer = self.connection.getresponse()
        page = answer.read().decode()
        if answer.status != expected:
            message = f"expected {expected}, came {answer.status}"
            raise RuntimeError(message)
        cookie = answer.getheader("Set-Cookie")
        self.cookie = cookie.partition(";")[0] if cookie else self.cookie
        return page, answer.getheader("Location", "")


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found, "a page without a form token"
    return found[1]
