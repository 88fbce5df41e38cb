"""The application served by waitress in a process of its own, which a test may kill at any moment.

`python -m tests.screens.served DATABASE EVALUATIONS` prints its port and ends with its standard input.
Every password that it really evaluates leaves one byte in the file EVALUATIONS.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.bank.credentials import Hasher
    from simulator.domain.world import Secret

ROOT = Path(__file__).parents[2]
THREADS = 8


class Served:
    """A running server: its port, and the means to end it."""

    def __init__(self, database: str, evaluations: Path) -> None:
        command = [sys.executable, "-m", "tests.screens.served", database, str(evaluations)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        """End it as it should end."""
        self._process.communicate(timeout=20)

    def kill(self) -> None:
        """End it as a power cut does (SIGKILL), in whatever it is just doing."""
        self._process.kill()
        self._process.communicate(timeout=20)


@contextmanager
def serving(database: str, evaluations: Path, count: int = 1) -> Iterator[list[Served]]:
    """So many servers over one database, ended afterwards."""
    servers = [Served(database, evaluations) for _ in range(count)]
    yield servers
    for server in servers:
        server.stop()


def count_evaluations(hasher: Hasher, file: Path) -> None:
    """Note every password that is looked at before it is."""
    check = hasher.check

    def noted(seed: int, secret: Secret, password: str) -> tuple[Secret, bool]:
        with file.open("ab") as opened:  # appending one byte is never torn, between processes either
            opened.write(b".")
        return check(seed, secret, password)

    hasher.check = noted  # type: ignore[method-assign]


def main() -> None:
    """Serve until standard input ends."""
    from waitress import create_server  # noqa: PLC0415  the tests' own process needs neither
    from waitress.server import BaseWSGIServer  # noqa: PLC0415

    from simulator.app import create_app  # noqa: PLC0415
    from simulator.settings import Settings  # noqa: PLC0415

    app = create_app(Settings(database=sys.argv[1], port=0, durability="normal"))
    count_evaluations(app.extensions["densai-hasher"], Path(sys.argv[2]))
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, connection_limit=400)
    assert isinstance(server, BaseWSGIServer)
    Thread(target=server.run, daemon=True).start()
    print(server.effective_port, flush=True)  # noqa: T201  the one line that is waited for
    sys.stdin.read()


if __name__ == "__main__":
    main()
