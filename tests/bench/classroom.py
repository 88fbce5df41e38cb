"""A class under load: so many trainees walk the manual with a coach while the instructor's desk is open.

Each has a seat in a class made at the desk, joins it, begins one of seven courses in one of three modes and
walks it page by page: thinking 0 to 20 s before each (uniform, 10 s on average), with every request that the
page's coach sends, the style sheets and scripts asked for as a browser asks, and up to three windows.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from simulator.store import Worlds
from simulator.store.training import Training
from simulator.training.lessons import courses
from simulator.training.model import MODES
from tests.bench import crowd, servers
from tests.bench.crowd import Plan, Room
from tests.bench.table import Row, quantile
from tests.bench.trainee import COACH, PASSWORD, SCREEN
from tests.bench.visitors import FORM, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.browser import Tally

P99_MS = {500: 150, 1000: 400}
THINK_SECONDS, MEASURED_SECONDS = 10, 75
# People come in at the same pace to a class of any size; measured is the class at work, once all have begun.
ARRIVALS_A_SECOND, SETTLING_SECONDS = 16, 2 * THINK_SECONDS
LARGEST_CLASS = 500
SMALL_CLASS, MADE_SECONDS = 40, 5
SEAT_KIB = 100
RESETS, RESET_MS = 40, 50
WARM_THINK_SECONDS, WARM_SECONDS = 1, 20
PASSWORD_OF_DESK = "kyoushitsu1"
SHOWN_ERRORS = 3


def rows() -> Iterator[Row]:
    """The rows of the table on a class."""
    for size, limit in P99_MS.items():
        yield from _class_of(size, limit)


def _class_of(size: int, limit: float) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "densai.sqlite3"
        with servers.densai(database) as server:
            desk = _Desk(server.port)
            seconds = desk.make_class(SMALL_CLASS)
            if size == min(P99_MS):
                yield Row(f"class of {SMALL_CLASS} made in one click", seconds, "s", MADE_SECONDS)
            # What the first trainees load is not a seat's own, nor what hashing keeps: quick ones go first.
            crowd.run(_plan(desk, database, SMALL_CLASS, WARM_THINK_SECONDS, 1, WARM_SECONDS))
            before = server.resident_kb()
            seconds = max(desk.make_class(LARGEST_CLASS) for _ in range(size // LARGEST_CLASS))
            if size == min(P99_MS):
                yield Row(f"class of {LARGEST_CLASS} made in one click", seconds, "s", MADE_SECONDS)
            arriving = size / ARRIVALS_A_SECOND
            plan = _plan(desk, database, size, THINK_SECONDS, arriving, MEASURED_SECONDS)
            tally = crowd.run(replace(plan, settling=SETTLING_SECONDS))
            grown = server.resident_kb() - before
            yield from _times(size, tally, limit)
            yield Row(f"{size} seats: memory a seat", grown / size, "KiB", SEAT_KIB)
            yield from _resets(size, desk, database)


def _plan(desk: _Desk, database: Path, trainees: int, think: float, arriving: float, measured: float) -> Plan:
    """The newest classes, filled in turn; seeds are looked up where the server keeps them."""
    worlds = Worlds(f"sqlite:///{database}")
    rooms, left = [], trainees
    for row in Training(worlds).classes():
        taken = min(left, len(Training(worlds).members(row.id)))
        if taken:
            rooms.append(Room(row.id, row.code, taken))
        left -= taken
    seeds = {seat.code: seat.seed for seat in worlds.seats()}
    worlds.close()
    return Plan(desk.port, rooms, seeds, desk.cookies, think, arriving, measured)


def _times(size: int, tally: Tally, limit: float) -> Iterator[Row]:
    what = f"{size} seats"
    screens = tally.milliseconds[SCREEN]
    asked = sum(len(times) for kind, times in tally.milliseconds.items() if kind != crowd.OWN_DELAY)
    rate = f"{asked / MEASURED_SECONDS:.0f} answers/s"
    yield Row(
        f"{what}: errors", len(tally.errors), "", 0, note="; ".join(tally.errors[:SHOWN_ERRORS]) or rate
    )
    yield Row(f"{what}: screens without a password: p50", quantile(screens, 0.5), "ms")
    yield Row(
        f"{what}: screens without a password: p99", quantile(screens, 0.99), "ms", limit, _count(screens)
    )
    for kind in (PASSWORD, COACH, crowd.BOARD, crowd.OWN_DELAY):
        times = tally.milliseconds[kind]
        yield Row(f"{what}: {kind}: p50", quantile(times, 0.5), "ms")
        yield Row(f"{what}: {kind}: p99", quantile(times, 0.99), "ms", note=_count(times))


def _count(times: list[float]) -> str:
    return f"of {len(times)}, slowest {max(times):.0f}"


def _resets(size: int, desk: _Desk, database: Path) -> Iterator[Row]:
    """The instructor puts seats, one after the other, to the start of a late procedure."""
    worlds = Worlds(f"sqlite:///{database}")
    codes = [seat.code for seat in worlds.seats()][-RESETS:]
    worlds.close()
    times = [desk.reset(code) for code in codes]
    note = f"slowest of {RESETS}: {max(times):.0f}"
    yield Row(f"{size} seats: reset of a seat to 2-3: p50", quantile(times, 0.5), "ms", RESET_MS, note)


class _Desk:
    """The instructor's browser, one request at a time."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.csrf = ""
        self._ask("GET", "/desk/login")
        self._ask("POST", "/desk/login", [("password", PASSWORD_OF_DESK), ("again", PASSWORD_OF_DESK)])

    def make_class(self, seats: int) -> float:
        """Seconds from the click to the page of the class."""
        today = time.strftime("%Y-%m-%d")
        sent = [("name", f"{seats}席のクラス {time.monotonic()}"), ("seats", str(seats)), ("seed", "1560")]
        sent += [("starts_on", today), ("minutes", "")]
        sent += [("courses", id_) for id_ in courses()] + [("modes", mode) for mode in MODES]
        self._ask("GET", "/desk")
        began = time.perf_counter()
        where = self._ask("POST", "/desk/classes", sent)
        self._ask("GET", where)
        return time.perf_counter() - began

    def reset(self, code: str) -> float:
        """Milliseconds of the one request that resets a seat."""
        began = time.perf_counter()
        self._ask("POST", f"/desk/seats/{code}/reset", [("procedure", "2-3")])
        return (time.perf_counter() - began) * 1000

    def _ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> str:
        """Where the answer leads; a form's token is the last page's."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode([*fields, ("csrf", self.csrf)]) if fields else None
        connection.request(method, path, body, {"Cookie": cookie} | ({"Content-Type": FORM} if body else {}))
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        if answer.status != (200 if method == "GET" else 303):
            message = f"{method} {path} answered {answer.status}"
            raise RuntimeError(message)
        for each in answer.headers.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = TOKEN.search(page)
        self.csrf = found[1] if found else self.csrf
        return answer.getheader("Location", "")
