"""A database that does not answer: the kind is told from the driver, and nothing of the statement is."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from simulator.store import Trouble, Worlds, trouble_of
from simulator.training import starts

NOT_A_DATABASE = b"no database at all, whatever its name says" * 100


def failure_of(worlds: Worlds, *pragmas: str) -> Trouble:
    """Return the trouble told of a change that fails under these settings of its connection."""
    for pragma in pragmas:
        with worlds.writing() as connection:
            connection.execute(text(f"PRAGMA {pragma}"))
    with pytest.raises(SQLAlchemyError) as failed:
        starts.make_seats(worlds, count=200, seed=7)
    assert "INSERT" not in trouble_of(failed.value).reason
    assert not worlds.seats()
    return trouble_of(failed.value)


@pytest.mark.parametrize(
    ("pragma", "trouble"),
    [
        ("max_page_count=1", Trouble("full", "database or disk is full")),
        ("query_only=ON", Trouble("read_only", "attempt to write a readonly database")),
    ],
)
def test_a_change_that_cannot_be_kept(worlds: Worlds, pragma: str, trouble: Trouble) -> None:
    assert failure_of(worlds, pragma) == trouble


def test_one_that_another_program_holds(url: str, worlds: Worlds) -> None:
    with worlds.writing() as connection:
        connection.execute(text("PRAGMA busy_timeout=1"))
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert failure_of(worlds).kind == "busy"
    other.execute("ROLLBACK")
    other.close()


def opening(file: Path, options: str = "") -> Trouble:
    with pytest.raises(SQLAlchemyError) as failed:
        Worlds(f"sqlite:///{options and 'file:'}{file}{options}")
    return trouble_of(failed.value)


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_that_is_only_for_reading_is_told_at_once(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "d.sqlite3"
    if content is None:  # a database without a log beside it
        with sqlite3.connect(file) as made:
            made.execute("CREATE TABLE seats (code)")
        made.close()
    else:
        file.write_bytes(content)
    assert opening(file, "?mode=ro&uri=true").kind == "read_only"


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite3"
    file.write_bytes(NOT_A_DATABASE)
    assert opening(file) == Trouble("unreadable", "file is not a database")
    assert opening(tmp_path / "no" / "folder.sqlite3").kind == "unreadable"


def test_a_server_that_is_not_there_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(SQLAlchemyError) as failed:
        Worlds(f"postgresql+psycopg://densai:tanuki9@127.0.0.1:{port}/densai")
    trouble = trouble_of(failed.value)
    assert (trouble.kind, str(port) in trouble.reason, "tanuki9" in trouble.reason) == ("away", True, False)
