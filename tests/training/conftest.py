"""A bank with its training desk, whose list of seats holds one test's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.training import starts
from tests.screens.banks import Bank, open_bank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.store import Seat
    from tests.screens.visitor import Visitor

CODE = "unneisha"


@pytest.fixture(scope="session")
def _bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    app = open_bank(tmp_path_factory.mktemp("training") / "densai.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


@pytest.fixture(scope="session")
def _guarded_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    database = tmp_path_factory.mktemp("guarded") / "densai.sqlite3"
    app = open_bank(database, operator_code=CODE, allow_hosts=("kyoshitsu.example",))
    yield Bank(app)
    app.extensions["densai"].close()


def without_seats(bank: Bank) -> Bank:
    """As on the first day."""
    for seat in bank.worlds.seats():
        bank.worlds.remove(seat.code)
    return bank


@pytest.fixture
def densai(_bank: Bank) -> Bank:
    """A bank of which only this test has seats."""
    return without_seats(_bank)


@pytest.fixture
def guarded(_guarded_bank: Bank) -> Bank:
    """One that asks for an operator code, as where others can reach it."""
    return without_seats(_guarded_bank)


@pytest.fixture
def seat(densai: Bank) -> Seat:
    return starts.make_seats(densai.worlds, seed=11)[0]


@pytest.fixture
def at(densai: Bank, seat: Seat) -> Visitor:
    """Somebody at the page of seats."""
    return densai.visitor(seat).get("/")
