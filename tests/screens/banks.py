"""A bank for tests of its screens: the whole application, with passwords that are cheap to hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from simulator.app import create_app
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.settings import Settings
from simulator.training import starts
from tests.screens.browsers import ClientBrowser
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from simulator.store import Seat, Worlds


def open_bank(database: Path | str, **settings: object) -> Flask:
    """The application on a database, a file or a URL.

    Its hashing is real but light (its strength has its own test).
    """
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    # No test pulls the plug: waiting for the disk would only take time.
    app = create_app(Settings(database=url, **{"durability": "normal", **settings}))  # type: ignore[arg-type]
    app.extensions["densai-hasher"]._argon2 = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return app


class Bank:
    """The application, and people at its seats."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.worlds: Worlds = app.extensions["densai"]

    def visitor(self, seat: Seat) -> Visitor:
        """Somebody at a browser of his own."""
        return Visitor(ClientBrowser(self.app), seat)

    def at(self, seat: Seat, procedure: str, who: str = MASTER_ID, *, in_service: bool = False) -> Visitor:
        """Somebody logged in at the start of a procedure."""
        starts.reset(seat, procedure)
        return self.visitor(seat).sit_down(who, in_service=in_service)

    def master(self, seat: Seat, procedure: str = "end", *, in_service: bool = True) -> Visitor:
        """The master user, in the service, at the start of a procedure."""
        return self.at(seat, procedure, MASTER_ID, in_service=in_service)

    def general(self, seat: Seat, procedure: str = "end", *, in_service: bool = True) -> Visitor:
        """The general user, in the service, at the start of a procedure."""
        return self.at(seat, procedure, GENERAL_ID, in_service=in_service)
