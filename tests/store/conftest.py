"""A database of its own for every test of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.store import Worlds
from simulator.training import starts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.store import Seat


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'worlds.sqlite3'}"


@pytest.fixture
def worlds(url: str) -> Iterator[Worlds]:
    opened = Worlds(url)
    yield opened
    opened.close()


@pytest.fixture
def seat(worlds: Worlds) -> Seat:
    return starts.make_seats(worlds, seed=7)[0]
