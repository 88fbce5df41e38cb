"""A database that fails while people work: a page that says what helps, and the reason on the console."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from tests.screens.banks import Bank, open_bank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

AGAIN = "もう一度操作してください"
HTTPS = "https://127.0.0.1"
MOST_TRIES = 50


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Bank]:
    """A bank with a database of its own, which may be spoilt."""
    app = open_bank(tmp_path / "d.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


def begin(bank: Bank, browser: FlaskClient | None = None) -> TestResponse:
    """Press ひとりで始める, which writes."""
    browser = browser or bank.app.test_client()
    page = browser.get("/", base_url=HTTPS).get_data(as_text=True)
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    return browser.post("/alone", data={"csrf": token}, base_url=HTTPS)


def told(answer: TestResponse, code: int) -> str:
    page = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert "訓練用" in page
    assert "Traceback" not in page
    assert "INSERT" not in page
    return page


@pytest.mark.parametrize(
    ("pragma", "code", "words", "reason"),
    [
        ("max_page_count=1", 500, "空きがないため", "database or disk is full"),
        ("query_only=ON", 500, "書き込めないため", "attempt to write a readonly database"),
    ],
)
def test_what_cannot_be_kept_is_told_with_its_reason(
    alone: Bank, caplog: pytest.LogCaptureFixture, pragma: str, code: int, words: str, reason: str
) -> None:
    begin(alone)  # what a database writes once is written
    with alone.worlds.writing() as connection:
        connection.execute(text(f"PRAGMA {pragma}"))
    answers = (begin(alone) for _ in range(MOST_TRIES))  # there may be room for a few more
    page = told(next(answer for answer in answers if answer.status_code != 303), code)
    assert words in page
    assert AGAIN not in page
    assert reason in caplog.text
    assert "INSERT" not in caplog.text


def test_where_others_write_trying_again_helps(alone: Bank, tmp_path: Path) -> None:
    begin(alone)
    with alone.worlds.writing() as connection:
        connection.execute(text("PRAGMA busy_timeout=1"))
    other = sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert AGAIN in told(begin(alone), 503)
    other.execute("ROLLBACK")
    other.close()
    assert begin(alone).status_code == 303


@pytest.mark.parametrize("path", ["/bank/{}/", "/bank/{}/login", "/my", "/my/letter"])
def test_a_database_that_cannot_be_read_is_told_on_every_page(alone: Bank, path: str) -> None:
    browser = alone.app.test_client()
    begin(alone, browser)
    (seat,) = alone.worlds.seats()

    def refuse(*_: object) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    event.listen(alone.worlds.engine, "before_cursor_execute", refuse)
    page = told(browser.get(path.format(seat.code), base_url=HTTPS), 500)
    assert "記録を読めないため" in page
    assert AGAIN not in page
