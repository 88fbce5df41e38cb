"""A database of its own for every test of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.store import Worlds
from simulator.training import starts
from tests.store.commands import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from simulator.store import Seat


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; of PostgreSQL where a test asks for it by this fixture's parameter."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'worlds.sqlite3'}"
    new: Callable[[], str] = request.getfixturevalue("new_postgres")
    return new()


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
