"""The simulator in this process, with one seat that needs no seat code, for as long as it is used.

A seat of a class or of self-study answers to its own browser alone. The seat made here belongs to nobody; the
server listens on loopback only, and the bank goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from waitress import create_server
from waitress.server import BaseWSGIServer

from simulator.app import create_app
from simulator.serving import tune
from simulator.settings import Settings
from simulator.store import Seat, Worlds
from simulator.training import starts

HOST = "127.0.0.1"


@dataclass(frozen=True)
class OpenBank:
    """A bank that is ready to be served. home: the address of its home page."""

    seat: Seat
    server: BaseWSGIServer
    home: str


@contextmanager
def open_bank(*, port: int = 0, seed: int = Settings.seed) -> Iterator[OpenBank]:
    """Return a new bank, which its server's run() serves. port: 0 for a free one. Raises OSError."""
    tune()
    # A database that is still open on Windows must not hide why the work was stopped.
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = f"sqlite:///{(Path(folder) / 'densai.sqlite3').as_posix()}"
        app = create_app(Settings(database=database, host=HOST, port=port))
        worlds: Worlds = app.extensions["densai"]
        seat = starts.make_seats(worlds, seed=seed)[0]
        server = create_server(app, host=HOST, port=port)
        assert isinstance(server, BaseWSGIServer)
        try:
            yield OpenBank(seat, server, f"http://{HOST}:{server.effective_port}/bank/{seat.code}/")
        finally:
            server.close()
            worlds.close()
