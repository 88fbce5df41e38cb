"""Server time per screen with 1, 16 and 64 clients, beside the bare application; and a steady load."""

from __future__ import annotations

import itertools
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import load, servers, visitors
from tests.bench.table import Row, quantile
from tests.bench.visitors import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = (1, 16, 64)
ROUNDS = 5
SCREENS = {
    "S03 案内画面": Visitor.static,
    "S12 ユーザ情報検索": Visitor.read,
    "S21 ユーザ検索条件 (POST)": Visitor.post,
}
# Requests a client sends in one round: bounded, about two seconds at most.
EACH = {1: 300, 16: 50, 64: 15}
P50_MS, P99_RATIO, STEADY_P99_MS, STEADY_RATE, STEADY_SECONDS = 10, 1.5, 60, 100, 10


def rows() -> Iterator[Row]:
    """The rows of the table on server time."""
    with tempfile.TemporaryDirectory() as name:
        database, other = Path(name) / "densai.sqlite3", Path(name) / "bare.sqlite3"
        made = visitors.make(database, max(CLIENTS))
        size = visitors.document_bytes(database)
        with servers.densai(database) as ours, servers.bare(other, size) as bare:
            there = [visitors.log_in(ours.port, visitor) for visitor in made]
            for screen, clients in itertools.product(SCREENS, CLIENTS):
                yield from _compared(screen, there[:clients], bare.port)
            yield from _steady(ours.port, there)


def _compared(screen: str, there: list[Visitor], bare_port: int) -> Iterator[Row]:
    """Ours and the bare application in turns, so that a busy moment of the machine meets both."""
    clients = len(there)
    own = [SCREENS[screen](visitor) for visitor in there]
    others = [visitors.raw("GET", f"/{number}", {}, bare_port) for number in range(clients)]
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(load.closed(there[0].port, own, EACH[clients]))
        bare.append(load.closed(bare_port, others, EACH[clients]))
    if any(times.errors for times in bare):
        raise RuntimeError("the bare application answered errors: it measures nothing")
    what = f"{screen}, {clients} clients"
    p99, bare_p99 = _median(ours, 0.99), _median(bare, 0.99)
    note = f"bare p50 {_median(bare, 0.5):.1f}, p99 {bare_p99:.1f}"
    yield Row(f"{what}: p50", _median(ours, 0.5), "ms", P50_MS if clients == 1 else None)
    yield Row(f"{what}: p99", p99, "ms", note=note)
    yield Row(f"{what}: p99 to bare", p99 / bare_p99, "x", P99_RATIO if clients > 1 else None)
    asked = sum(len(times.milliseconds) for times in ours)
    yield Row(f"{what}: errors", sum(times.errors for times in ours), "", 0, note=f"of {asked}")


def _median(rounds: list[load.Times], part: float) -> float:
    """The median over the rounds: one busy moment of the machine does not decide."""
    return statistics.median(quantile(times.milliseconds, part) for times in rounds)


def _steady(port: int, there: list[Visitor]) -> Iterator[Row]:
    requests = [SCREENS[screen](visitor) for visitor in there for screen in SCREENS]
    times = load.steady(port, requests, STEADY_RATE, STEADY_SECONDS)
    what = f"open load, {STEADY_RATE} requests/s for {STEADY_SECONDS} s"
    yield Row(f"{what}: p50", quantile(times.milliseconds, 0.5), "ms")
    yield Row(f"{what}: p99", quantile(times.milliseconds, 0.99), "ms", STEADY_P99_MS)
    yield Row(f"{what}: errors", times.errors, "", 0, note=f"of {len(times.milliseconds)}")
