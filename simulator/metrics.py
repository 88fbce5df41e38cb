"""Metrics for Prometheus, on a port of their own. Needs the server extra."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, multiprocess, start_http_server

from simulator.store import pool_watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from simulator.observing import Seen

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SESSION_SECONDS = 15 * 60
ERROR = 400


class Metrics:
    """The metrics of one process.

    Several processes write theirs to the folder that the environment names (PROMETHEUS_MULTIPROC_DIR), and
    ``show_all`` adds them up.
    """

    def __init__(self, app: Flask) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "densai_requests",
            "Answered requests",
            ["endpoint", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "densai_request_seconds",
            "Time until the last byte was handed over",
            ["area"],
            registry=self.registry,
            buckets=BUCKETS,
        )
        self._sessions = self._gauge("densai_sessions", "Bank sessions used in the last 15 minutes")
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()
        hashing = self._gauge("densai_hashing", "Passwords being hashed or waiting for it")
        connections = self._gauge("densai_database_connections", "Connections to the database in use")
        app.extensions["densai-hasher"].watch = hashing.inc
        pool_watch.watch(app.extensions["densai"], connections.inc)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(name, text, registry=self.registry, multiprocess_mode="livesum")

    def __call__(self, seen: Seen) -> None:
        """Count one request."""
        endpoint = seen.endpoint or "none"
        self._requests.labels(endpoint, f"{seen.status // 100}xx").inc()
        self._seconds.labels(endpoint.partition(".")[0]).observe(seen.seconds)
        self._sessions.set(self._count_sessions(seen.session if seen.status < ERROR else ""))

    def _count_sessions(self, used: str) -> int:
        now = time.monotonic()
        with self._lock:
            if used:
                self._used.pop(used, None)
                self._used[used] = now
            while self._used and (first := next(iter(self._used.items())))[1] < now - SESSION_SECONDS:
                del self._used[first[0]]
            return len(self._used)

    def serve(self, host: str, port: int) -> None:
        """Answer from now on, in a thread. Raises OSError where the port is not free."""
        start_http_server(port, host, self.registry)


def show_all(host: str, port: int, goes_on: Callable[[], bool]) -> None:
    """Answer for all processes, until a signal or ``goes_on`` is no longer true."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    start_http_server(port, host, registry)
    while goes_on():
        time.sleep(1)


def forget(process: int) -> None:
    """Forget what a process that has ended was just doing; what it has counted stays counted."""
    multiprocess.mark_process_dead(process)  # type: ignore[no-untyped-call]
