"""/healthz and /readyz, as what starts nodes and sends requests to them asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.screens.banks import Bank, open_bank
from tests.screens.visitor import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATHS = {"/healthz": "ok", "/readyz": "ready"}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """A server that others can reach, under one name."""
    app = open_bank(tmp_path_factory.mktemp("health") / "d.sqlite3", allow_hosts=("kenshu.example",))
    yield Bank(app)
    app.extensions["densai"].close()


@pytest.mark.parametrize(("path", "status"), PATHS.items())
@pytest.mark.parametrize("host", ["kenshu.example", "10.1.2.3:8000"])
def test_they_answer_to_every_name_and_leave_nothing_in_the_browser(
    bank: Bank, path: str, status: str, host: str
) -> None:
    answer = bank.app.test_client().get(path, headers={"Host": host})
    assert (answer.status_code, answer.get_json()) == (200, {"status": status})
    assert "Set-Cookie" not in answer.headers
    assert HEADERS.items() <= dict(answer.headers).items()


def test_without_a_table_it_is_alive_and_not_ready_and_does_not_say_which(tmp_path: Path) -> None:
    bank = Bank(open_bank(tmp_path / "d.sqlite3"))
    with bank.worlds.writing() as connection:
        connection.execute(text("DROP TABLE interrupted"))
    at = bank.app.test_client()
    answer = at.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json() == {"status": "not ready", "trouble": "other"}
    assert at.get("/healthz").status_code == 200
    bank.worlds.close()
