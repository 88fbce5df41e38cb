"""The databases on which the store is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# One worker has the server.
POSTGRES = pytest.mark.xdist_group("postgresql")
ON_EACH = pytest.mark.parametrize(
    "url", ["sqlite", pytest.param("postgresql", marks=POSTGRES)], indirect=True
)


def empty_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """The URL of an empty database, for a fixture ``url``: SQLite, or what ON_EACH asks for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{folder / 'worlds.sqlite3'}"
    new: Callable[[], str] = request.getfixturevalue("new_postgres")
    return new()
