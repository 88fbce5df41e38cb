"""The markers of the tests, their order, and how one starts the program itself."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pytest
import sqlalchemy

from fixtures import postgres
from simulator.banks.chosen import is_default
from tests.tiers import marker_of, place_of


def pytest_ignore_collect() -> bool | None:
    """Leave out all of these tests for another bank: their names and numbers are the default one's."""
    return None if is_default() else True


def pytest_configure() -> None:
    """Let the programs that tests start hear Ctrl+C, also where a shell began the tests in the background.

    Such a shell has them ignore it, and a program hands that on to those that it starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def program() -> tuple[str, ...]:
    """The beginning of a command that starts a module of this project in a process of its own."""
    return (sys.executable, "-m")


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty database on a PostgreSQL server of the tests' own, and returns its URL."""
    try:
        with postgres.running() as server:
            numbers = count(1)

            def new() -> str:
                name = f"d{next(numbers)}"
                engine = sqlalchemy.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
                with engine.connect() as connection:
                    connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
                engine.dispose()
                return f"{server}/{name}"

            yield new
    except postgres.NoServerError as error:
        pytest.skip(str(error))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark every test before any is chosen by its markers; begin with what takes long.

    Otherwise one worker would be at it when all the others have ended. The order is made last of all, because
    pytest itself puts tests with a parameter of the session together.
    """
    for item in items:
        if marker := marker_of(item):
            item.add_marker(marker)
    yield
    items.sort(key=place_of)
