"""Changes that wait for one another: one commit for several, each undone alone, none answered before it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import QueuePool

from simulator.store import group_commit
from simulator.store.group_commit import GroupCommit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

WAIT_SECONDS = 30
INSERT, ALL = text("INSERT INTO t VALUES (:n)"), text("SELECT n FROM t ORDER BY n")


def begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file of one table without equal numbers, opened as the store opens it."""
    made = create_engine(
        f"sqlite:///{tmp_path / 'x.sqlite3'}",
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    with made.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER UNIQUE)")
    event.listen(made, "begin", begin)
    yield made
    made.dispose()


@pytest.fixture
def commits(engine: Engine) -> list[object]:
    """Every commit of the engine so far."""
    seen: list[object] = []
    event.listen(engine, "commit", seen.append)
    return seen


@pytest.fixture
def writer(engine: Engine) -> Iterator[GroupCommit]:
    """A writer of the file."""
    made = GroupCommit(lambda: engine.connect().execution_options(writes=True))
    yield made
    made.close()


def kept(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(ALL))


Work = Callable[["Connection"], None]


def insert(number: int, error: Exception | None = None) -> Work:
    """Return a change that keeps a number and then fails, or does not."""

    def work(connection: Connection) -> None:
        connection.execute(INSERT, {"n": number})
        if error:
            raise error

    return work


def change(writer: GroupCommit, work: Work) -> None:
    with writer.transaction() as connection:
        work(connection)


def together(writer: GroupCommit, *works: Work) -> list[Future[None]]:
    """Return the changes, done: all but the first began to wait while that was under way."""
    begun, go_on = threading.Event(), threading.Event()

    def first(connection: Connection) -> None:
        works[0](connection)
        begun.set()
        assert go_on.wait(WAIT_SECONDS)

    with ThreadPoolExecutor(len(works)) as threads:
        running = [threads.submit(change, writer, first)]
        assert begun.wait(WAIT_SECONDS)
        running += [threads.submit(change, writer, work) for work in works[1:]]
        for _ in range(WAIT_SECONDS * 1000):
            if writer._waiting == len(works) - 1:
                break
            go_on.wait(0.001)
        go_on.set()
    return running


def test_a_change_alone_is_committed_at_once(
    engine: Engine, writer: GroupCommit, commits: list[object]
) -> None:
    change(writer, insert(1))
    assert (kept(engine), len(commits)) == ([1], 1)


def test_an_error_undoes_a_change_alone(engine: Engine, writer: GroupCommit, commits: list[object]) -> None:
    with pytest.raises(ValueError, match="no"):
        change(writer, insert(1, ValueError("no")))
    change(writer, insert(2))
    assert (kept(engine), len(commits)) == ([2], 1)


def test_changes_that_wait_share_a_commit(engine: Engine, writer: GroupCommit, commits: list[object]) -> None:
    for each in together(writer, *map(insert, range(6))):
        each.result()
    assert (kept(engine), len(commits)) == ([0, 1, 2, 3, 4, 5], 1)


def test_of_changes_together_one_is_undone_without_the_others(
    engine: Engine, writer: GroupCommit, commits: list[object]
) -> None:
    error = ValueError("no")
    running = together(writer, insert(0), insert(1), insert(2, error), insert(3))
    assert [each.exception() for each in running] == [None, None, error, None]
    assert (kept(engine), len(commits)) == ([0, 1, 3], 1)


def test_the_last_of_those_together_commits_also_where_it_fails(engine: Engine, writer: GroupCommit) -> None:
    running = together(writer, insert(0), insert(1, ValueError("no")))
    assert [str(each.exception()) for each in running] == ["None", "no"]
    assert kept(engine) == [0]


def test_no_more_than_a_few_are_together(
    engine: Engine, writer: GroupCommit, commits: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MOST_TOGETHER", 2)
    for each in together(writer, *map(insert, range(5))):
        each.result()
    assert (kept(engine), len(commits)) == ([0, 1, 2, 3, 4], 3)


def test_nobody_goes_on_before_the_commit(engine: Engine, writer: GroupCommit) -> None:
    gone_on: list[int] = []
    seen: list[tuple[list[int], list[int]]] = []
    event.listen(engine, "commit", lambda _connection: seen.append((kept(engine), [*gone_on])))

    def go(number: int) -> None:
        change(writer, insert(number))
        gone_on.append(number)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(go, range(40)))
    assert all(set(already) <= set(durable) for durable, already in seen)
    assert (kept(engine), sorted(gone_on)) == ([*range(40)], [*range(40)])


def test_a_commit_that_fails_is_told_to_each_and_the_next_works(engine: Engine, writer: GroupCommit) -> None:
    fails = [OSError("disk")]

    def fail(_connection: Connection) -> None:
        if fails:
            raise fails.pop()

    event.listen(engine, "commit", fail)
    running = together(writer, *map(insert, range(3)))
    assert [str(each.exception()) for each in running] == ["disk"] * 3
    change(writer, insert(3))
    assert kept(engine) == [3]


def test_where_the_database_gives_up_the_transaction_each_is_told(
    engine: Engine, writer: GroupCommit
) -> None:
    def give_up(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT OR ROLLBACK INTO t VALUES (0)")

    running = together(writer, insert(0), give_up)
    assert ["UNIQUE" in str(each.exception()) for each in running] == [True, True]
    change(writer, insert(3))
    assert kept(engine) == [3]
