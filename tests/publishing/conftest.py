"""One procedure, captured once for every test that only reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.training import starts
from steps.publishing.capture import SEED, capture

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from fixtures.server import Server
    from simulator.store import Worlds
    from steps.publishing.book import Book

COURSE = "1-1"


def taken(browser: Browser, server: Server, worlds: Worlds, told: list[str]) -> Book:
    """Capture a short procedure on a seat of its own. told: the labels of the steps are added to it."""
    seat = starts.make_seats(worlds, seed=SEED)[0]
    return capture(browser, seat, server.address(seat.code), lambda *step: told.append(step[2]), COURSE)


@pytest.fixture(scope="session")
def captured(browser: Browser, bank_server: Server, worlds: Worlds) -> Book:
    return taken(browser, bank_server, worlds, [])
