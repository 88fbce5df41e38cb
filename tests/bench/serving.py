"""Server time per screen with 1, 16 and 64 clients, beside the bare application; and a steady load."""

from __future__ import annotations

import socket
import tempfile
from http import HTTPStatus
from http.client import HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import load, servers, visitors
from tests.bench.table import Row, quantile
from tests.bench.visitors import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTING = "S21 ユーザ検索条件 POST, S22"
CLIENTS = (1, 16, 64)
ROUNDS = 3
SCREENS = {
    "S03 案内画面": Visitor.static,
    "S12 ユーザ情報検索": Visitor.read,
    POSTING: Visitor.post,
}
# Requests a client sends in one round: bounded, about two seconds at most.
EACH = {1: 300, 16: 60, 64: 20}
P50_MS, P99_RATIO, STEADY_P99_MS, STEADY_RATE, STEADY_SECONDS = 10, 1.5, 60, 100, 10


def rows() -> Iterator[Row]:
    """The rows of the table on server time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = visitors.make(folder / "densai.sqlite3", max(CLIENTS))
        document = visitors.document_bytes(folder / "densai.sqlite3")
        with servers.densai(folder / "densai.sqlite3") as ours:
            there = [visitors.log_in(ours.port, visitor) for visitor in made]
            pages = {screen: _page_bytes(ours.port, SCREENS[screen](there[0])) for screen in SCREENS}
            for number, screen in enumerate(SCREENS):
                database = folder / f"bare-{number}.sqlite3"
                with servers.bare(database, pages[screen], document) as other:
                    for clients in CLIENTS:
                        yield from _compared(screen, clients, there, other.port)
            yield from _steady(ours.port, there)


def _compared(screen: str, clients: int, there: list[Visitor], bare_port: int) -> Iterator[Row]:
    """Ours and the bare application in turns, so that a busy moment of the machine meets both."""
    own = [SCREENS[screen](visitor) for visitor in there[:clients]]
    others = [_bare_click(screen, number, bare_port) for number in range(clients)]
    ours, bare = load.Times(), load.Times()
    for _ in range(ROUNDS):
        ours.add(load.closed(there[0].port, own, EACH[clients]))
        bare.add(load.closed(bare_port, others, EACH[clients]))
    what = f"{screen}, {clients} clients"
    p50, p99 = quantile(ours.milliseconds, 0.5), quantile(ours.milliseconds, 0.99)
    bare_p99 = quantile(bare.milliseconds, 0.99)
    yield Row(f"{what}: p50", p50, "ms", P50_MS if clients == 1 else None)
    yield Row(
        f"{what}: p99", p99, "ms", note=f"bare p50 {quantile(bare.milliseconds, 0.5):.1f}, p99 {bare_p99:.1f}"
    )
    yield Row(f"{what}: p99 to bare", p99 / bare_p99, "x", P99_RATIO if clients > 1 else None)
    yield Row(f"{what}: errors", ours.errors, "", 0, note=f"of {len(ours.milliseconds)}")


def _bare_click(screen: str, number: int, port: int) -> load.Click:
    """The same kind of click in the bare application: a page, or a form and the page it leads to."""
    page = visitors.raw("GET", f"/{number}", {}, port)
    return (
        (visitors.raw("POST", f"/{number}", {"what": "something"}, port), page)
        if screen == "post"
        else (page,)
    )


def _steady(port: int, there: list[Visitor]) -> Iterator[Row]:
    clicks = [SCREENS[screen](visitor) for visitor in there for screen in SCREENS]
    times = load.steady(port, clicks, STEADY_RATE, STEADY_SECONDS)
    what = f"open load, {STEADY_RATE} requests/s for {STEADY_SECONDS} s"
    yield Row(f"{what}: p50", quantile(times.milliseconds, 0.5), "ms")
    yield Row(f"{what}: p99", quantile(times.milliseconds, 0.99), "ms", STEADY_P99_MS)
    yield Row(f"{what}: errors", times.errors, "", 0, note=f"of {len(times.milliseconds)}")


def _page_bytes(port: int, click: load.Click) -> int:
    """How large the page is that a click leads to: the bare application has to match it."""
    with socket.create_connection((load.HOST, port), timeout=30) as line:
        for request in click:
            line.sendall(request)
            answer = HTTPResponse(line)
            answer.begin()
            size = len(answer.read())
    if answer.status != HTTPStatus.OK:
        message = f"a click ended in {answer.status}"
        raise RuntimeError(message)
    return size
