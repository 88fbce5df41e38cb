"""The check of a cluster: the journey scattered over its nodes, then nodes killed while people work."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from fixtures import postgres
from simulator.bank.people import MASTER_ID, people
from simulator.store import Wanted, Worlds
from simulator.training import starts
from tests.cluster import plugin
from tests.cluster.nginx import NAME, ROOT
from tests.cluster.nodes import Node
from tests.screens.browsers import HttpBrowser
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from simulator.store import Seat
    from tests.cluster.running import Cluster

TURNS, WORKERS = 10, 4
ALONE_SECONDS = 1.0  # people work on with one node before the other is started anew


class HttpsBrowser(HttpBrowser):
    """Over https through the proxy, one connection a request; name and certificate are checked."""

    def __init__(self, port: int, trust: ssl.SSLContext) -> None:
        super().__init__(port)
        self._trust = trust

    def connect(self) -> http.client.HTTPConnection:
        """A connection for one request."""
        return http.client.HTTPSConnection(NAME, self.port, timeout=20, context=self._trust)


@dataclass
class Worker:
    """Somebody who logs in again and again; counts what was acknowledged and what was not answered."""

    cluster: Cluster
    seat: Seat
    ended: threading.Event
    logins: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def work(self) -> None:
        """Log in until told to end."""
        password = people(self.seat.seed).master.password
        while not self.ended.is_set():
            at = Visitor(HttpsBrowser(self.cluster.port, self.cluster.trust()), self.seat)
            try:
                at.log_in(MASTER_ID, password)
            except (AssertionError, OSError, http.client.HTTPException) as error:
                broken = not isinstance(error, AssertionError)
                self.refused[f"{error}" if broken else f"HTTP {at.status}"] += 1
                continue
            assert at.heading == "サービス一覧", at.heading
            self.logins += 1


def check(cluster: Cluster) -> int:
    """Print what was seen; return 0, or 1 where something is not as it should be."""
    faults = [*_journey(cluster), *_one_cookie(cluster), *_kill(cluster), *_renew(cluster), *_crash(cluster)]
    for fault in faults:
        print(f"NG  {fault}")
    return 1 if faults else 0


def _journey(cluster: Cluster) -> list[str]:
    """The manual's 50 steps in a browser, through the proxy."""
    environ = {**os.environ, plugin.PORT: str(cluster.port), plugin.DATABASE: cluster.database}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.cluster.plugin", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, "steps/test_journey.py"], cwd=ROOT, env=environ, check=False)
    answered = {node.name: len(_log(node.log)) for node in cluster.nodes}
    went = "成功" if done.returncode == 0 else "失敗"
    print(f"50 手順の通し: {went}  ノードごとの要求数 {answered}", flush=True)
    faults = ["the journey failed"] if done.returncode else []
    return faults if min(answered.values()) else [*faults, "one node answered nothing"]


def _log(file: os.PathLike[str]) -> list[dict[str, object]]:
    with open(file, encoding="utf-8") as lines:  # noqa: PTH123
        return [json.loads(line) for line in lines]


def _one_cookie(cluster: Cluster) -> list[str]:
    """Each node is killed in the middle of one visit, which goes on at the other with the same cookie."""
    worlds = Worlds(cluster.database)
    seat = starts.make_seats(worlds, seed=11)[0]
    starts.reset(seat, "end")
    at = Visitor(HttpsBrowser(cluster.port, cluster.trust()), seat)
    at.log_in(MASTER_ID, people(seat.seed).master.password)
    cookie, faults = at.browser.cookie(seat.code), []
    for node in cluster.nodes:
        node.kill()
        for _ in range(4):
            try:
                at.open("list")
            except AssertionError:
                faults.append(f"with {node.name} killed: {at.status}")
                continue
            if (at.status, at.heading, at.browser.cookie(seat.code)) != (200, "サービス一覧", cookie):
                faults.append(f"with {node.name} killed: {at.status} {at.heading}")
        node.start()
        _until_asked(cluster, node)
    worlds.close()
    print(f"ノードを順に kill -9: 同じ Cookie で{'続いた' if not faults else '続かなかった'}", flush=True)
    return faults


def _kill(cluster: Cluster) -> list[str]:
    """Nodes are killed in turn while people log in: every login that was acknowledged is kept."""
    lost, workers = _at_work(cluster, lambda number: _end(cluster, number, Node.kill))
    _tell(f"作業中にノードの kill -9 を {TURNS} 回", lost, workers)
    return lost


def _crash(cluster: Cluster) -> list[str]:
    """The database is killed and started anew while people log in: what was acknowledged is kept."""
    engine = create_engine(cluster.database)
    with engine.connect() as connection:
        data = Path(connection.scalar(text("SHOW data_directory")))
    engine.dispose()
    lost, workers = _at_work(cluster, lambda _number: postgres.crash(data))
    _tell(f"作業中に PostgreSQL の kill -9 を {TURNS} 回", lost, workers)
    return lost


def _renew(cluster: Cluster) -> list[str]:
    """Nodes are stopped and started in turn, as for a new version: nobody notices."""
    lost, workers = _at_work(cluster, lambda number: _end(cluster, number, Node.stop))
    _tell(f"作業中に正常な終了と起動を {TURNS} 回", lost, workers)
    unanswered = sum(worker.refused.total() for worker in workers)
    return [*lost, *([f"{unanswered} requests were not answered"] if unanswered else [])]


def _end(cluster: Cluster, number: int, how: Callable[[Node], object]) -> None:
    """One node is ended; a little later it is started anew and asked again."""
    node = cluster.nodes[number % len(cluster.nodes)]
    how(node)
    threading.Event().wait(ALONE_SECONDS)
    node.start()
    _until_asked(cluster, node)


def _at_work(cluster: Cluster, disturb: Callable[[int], object]) -> tuple[list[str], list[Worker]]:
    """People log in while they are disturbed TURNS times; return what was lost, and them."""
    worlds, ended = Worlds(cluster.database), threading.Event()
    seats = starts.make_seats(worlds, count=WORKERS, seed=21)
    for seat in seats:
        starts.reset(seat, "end")
    workers = [Worker(cluster, seat, ended) for seat in seats]
    threads = [threading.Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    for number in range(TURNS):
        ended.wait(ALONE_SECONDS)
        disturb(number)
    ended.set()
    for thread in threads:
        thread.join()
    lost = [
        f"{worker.seat.label}: {worker.logins} acknowledged, {kept} kept"
        for worker in workers
        if (kept := worker.seat.count_events(Wanted(("login",)))) < worker.logins
    ]
    worlds.close()
    return lost if any(worker.logins for worker in workers) else ["nobody could log in"], workers


def _until_asked(cluster: Cluster, node: Node) -> None:
    """Wait until the proxy, which has missed a node, asks it again."""
    before, at = node.log.stat().st_size, HttpsBrowser(cluster.port, cluster.trust())
    while node.log.stat().st_size == before:
        at.send("GET", "/healthz", b"", "")


def _tell(what: str, lost: list[str], workers: list[Worker]) -> None:
    done = sum(worker.logins for worker in workers)
    print(f"{what}: ログイン {done} 回、失われた記録 {len(lost)} 件")
    for refusal, count in sum((worker.refused for worker in workers), Counter[str]()).most_common():
        print(f"  答えられなかった要求 {count} 件: {refusal}", flush=True)
