"""Starts the measured servers as the separate processes they are, and reads their size."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = re.compile(r"127\.0\.0\.1:(\d+)")
STOP_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """A running server: its port, its process and how long it took to its first answer."""

    port: int
    pid: int
    start_seconds: float

    def resident_kb(self) -> int:
        """Resident memory now, in KiB."""
        return resident_kb(self.pid)


def resident_kb(pid: int) -> int:
    """Resident memory of a process, in KiB."""
    with Path(f"/proc/{pid}/status").open(encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


@contextmanager
def densai(database: Path, *options: str) -> Iterator[Server]:
    """The real command on a free port."""
    with _running("simulator", "serve", "--port", "0", "--database", str(database), *options) as server:
        yield server


@contextmanager
def bare(database: Path, document_bytes: int) -> Iterator[Server]:
    """The store-and-page application that ours is compared with."""
    with _running("tests.bench.bare", str(database), str(document_bytes)) as server:
        yield server


@contextmanager
def _running(module: str, *arguments: str) -> Iterator[Server]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        port = _announced_port(process)
        _first_answer(port)
        yield Server(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.communicate(timeout=STOP_SECONDS)


def _announced_port(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    for line in process.stdout:
        if found := ADDRESS.search(line):
            return int(found[1])
    message = "the server ended before it gave an address"
    raise RuntimeError(message)


def _first_answer(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=STOP_SECONDS)
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()
