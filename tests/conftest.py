"""The markers of the tests, their order, and how one starts the program itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.tiers import marker_of, place_of


@pytest.fixture(scope="session")
def program() -> tuple[str, ...]:
    """The beginning of a command that starts a module of this project in a process of its own."""
    return (sys.executable, "-m")


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
