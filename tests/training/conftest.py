"""A bank with its training, which holds one test's classes and seats alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from simulator.store.database import metadata
from simulator.store.training_tables import keys
from simulator.training import starts
from tests.screens.banks import Bank, open_bank
from tests.training.guests import Guest, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.store import Seat

CODE, HOST = "unneisha", "kyoshitsu.example"


@pytest.fixture(scope="session")
def _bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    app = open_bank(tmp_path_factory.mktemp("training") / "densai.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


@pytest.fixture(scope="session")
def _guarded_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    database = tmp_path_factory.mktemp("guarded") / "densai.sqlite3"
    app = open_bank(database, operator_code=CODE, allow_hosts=(HOST,))
    yield Bank(app)
    app.extensions["densai"].close()


def as_on_the_first_day(bank: Bank) -> Bank:
    """Nothing is kept but the secret that the application knows, and nobody has guessed anything."""
    with bank.worlds.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(
                delete(table).where(table.c.name != "server") if table is keys else delete(table)
            )
    return bank


@pytest.fixture
def densai(_bank: Bank) -> Bank:
    """A bank that only this test uses."""
    return as_on_the_first_day(_bank)


@pytest.fixture
def guarded(_guarded_bank: Bank) -> Bank:
    """One that others can reach, with an operator code."""
    return as_on_the_first_day(_guarded_bank)


@pytest.fixture
def seat(densai: Bank) -> Seat:
    """A seat that is nobody's in training."""
    return starts.make_seats(densai.worlds, seed=11)[0]


@pytest.fixture
def desk(densai: Bank) -> Guest:
    """The instructor, at his desk."""
    return Guest(densai).open_desk()


@pytest.fixture
def class_id(desk: Guest) -> int:
    """A class of three seats."""
    return desk.make_class()


@pytest.fixture
def trainee(densai: Bank, class_id: int) -> Guest:
    """Who has joined that class, at its first seat."""
    return Guest(densai).join(code_of(densai, class_id), "山田 太郎")
