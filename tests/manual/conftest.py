"""The page /manual as the application answers it to somebody who has no seat and no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.banks import open_bank
from tests.screens.browsers import ClientBrowser
from tests.screens.pages import Page

if TYPE_CHECKING:
    from tests.screens.visitor import Answer

HOST = "kyoshitsu.example"


@pytest.fixture(scope="session")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """The answer of a server that a class reaches."""
    app = open_bank(tmp_path_factory.mktemp("manual") / "densai.sqlite3", allow_hosts=(HOST,))
    found = ClientBrowser(app, HOST).send("GET", "/manual", b"", "")
    app.extensions["densai"].close()
    return found


@pytest.fixture(scope="session")
def shown(answer: Answer) -> Page:
    """The page in it."""
    return Page(answer.body.decode())
