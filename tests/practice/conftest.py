"""One application for the tests of a module, which has seats enough; a seat of its own for every test."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from tests.practice.trainees import Trainee, sit_down
from tests.screens.banks import Bank, open_bank

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def densai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    app = open_bank(tmp_path_factory.mktemp("practice") / "densai.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


@pytest.fixture
def trainee(densai: Bank, request: pytest.FixtureRequest) -> Trainee:
    """Somebody who practises by himself."""
    return sit_down(densai, seed=zlib.crc32(request.node.nodeid.encode()) % 100_000)
