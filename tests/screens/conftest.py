"""One application for all tests of screens; a seat of its own for every test."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import People
from simulator.bank.people import people as people_of
from simulator.training import starts
from tests.screens.banks import Bank, open_bank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.store import Seat
    from tests.screens.visitor import Visitor


@pytest.fixture(scope="session")
def densai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    app = open_bank(tmp_path_factory.mktemp("screens") / "densai.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


@pytest.fixture
def seat(densai: Bank, request: pytest.FixtureRequest) -> Seat:
    return starts.make_seats(densai.worlds, seed=zlib.crc32(request.node.nodeid.encode()) % 100_000)[0]


@pytest.fixture
def people(seat: Seat) -> People:
    return people_of(seat.seed)


@pytest.fixture
def visitor(densai: Bank, seat: Seat) -> Visitor:
    return densai.visitor(seat)
