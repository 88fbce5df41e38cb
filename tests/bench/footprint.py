"""The server's cost: time to the first answer, memory, and bytes a seat."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from simulator.store import Worlds
from tests.bench import servers
from tests.bench.table import Row, median_of
from tests.bench.visitors import FORM, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS, RESIDENT_MIB, SEAT_KB, THOUSAND_SECONDS = 1, 80, 50, 5
SEATS = 1000
MADE_BY_HAND = 100


def rows() -> Iterator[Row]:
    """The rows of the table on size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "densai.sqlite3"
        yield Row("start to first answer, first time", _start(database), "s", START_SECONDS)
        again = median_of(3, lambda: _start(database))
        yield Row("start to first answer, again (median of 3)", again, "s", START_SECONDS)
        yield from _memory(database)
        yield from _thousand(folder / "thousand.sqlite3")


def _start(database: Path) -> float:
    with servers.densai(database) as server:
        return server.start_seconds


def _memory(database: Path) -> Iterator[Row]:
    with servers.densai(database) as server:
        yield Row("memory at start", server.resident_kb() / 1024, "MiB", RESIDENT_MIB)
        desk = _Desk(server.port)
        desk.make_and_visit(1)  # what the first seat loads is not a seat's own
        before = server.resident_kb()
        desk.make_and_visit(MADE_BY_HAND)
        grown = server.resident_kb() - before
        yield Row(
            f"memory a seat, {MADE_BY_HAND} made at / and visited", grown / MADE_BY_HAND, "KiB", SEAT_KB
        )
        yield Row(f"memory with {MADE_BY_HAND} seats", server.resident_kb() / 1024, "MiB")


class _Desk:
    """The page at /, as a browser uses it."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        page, cookie = self._ask("GET", "/")
        self.cookie = cookie.partition(";")[0]
        page, _ = self._ask("GET", "/", cookie=self.cookie)
        found = TOKEN.search(page)
        assert found
        self.body = urlencode({"csrf": found[1]})

    def make_and_visit(self, count: int) -> None:
        """New seats, and one look at each."""
        for _ in range(count):
            self._ask("POST", "/seats", self.body, self.cookie)
        page, _ = self._ask("GET", "/", cookie=self.cookie)
        for part in page.split('href="/bank/')[1 : count + 1]:
            self._ask("GET", f"/bank/{part.partition('/')[0]}/")

    def _ask(self, method: str, path: str, body: str | None = None, cookie: str = "") -> tuple[str, str]:
        headers = {"Content-Type": FORM} if body else {}
        self.connection.request(method, path, body, headers | ({"Cookie": cookie} if cookie else {}))
        answer = self.connection.getresponse()
        page = answer.read().decode()
        if answer.status >= 400:
            message = f"{method} {path} answered {answer.status}"
            raise RuntimeError(message)
        return page, answer.getheader("Set-Cookie", "")


def _thousand(database: Path) -> Iterator[Row]:
    command = [sys.executable, "-m", "tests.bench.seats", str(database), str(SEATS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    seconds, grown_kb = map(float, done.stdout.split())
    yield Row(f"{SEATS} seats made", seconds, "s", THOUSAND_SECONDS)
    yield Row(f"memory a seat while {SEATS} are made at once", grown_kb / SEATS, "KiB", SEAT_KB)
    worlds = Worlds(f"sqlite:///{database}")
    with worlds.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    worlds.close()
    yield Row("database a seat", database.stat().st_size / 1024 / SEATS, "KiB", SEAT_KB)
