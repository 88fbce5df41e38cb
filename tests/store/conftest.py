"""A database of its own for every test of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.store import Worlds
from simulator.training import starts
from tests.store.commands import fill
from tests.store.databases import empty_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.store import Seat


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; of PostgreSQL where a test asks for it by this fixture's parameter."""
    return empty_database(request, tmp_path)


@pytest.fixture
def worlds(url: str) -> Iterator[Worlds]:
    opened = Worlds(url, "normal")
    yield opened
    opened.close()


@pytest.fixture
def seat(worlds: Worlds) -> Seat:
    return starts.make_seats(worlds, seed=7)[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A SQLite database with a class at work."""
    made = tmp_path / "研修 1.sqlite3"
    fill(f"sqlite:///{made}")
    return made
