"""Many at once: no change is lost between threads, between processes, or for want of room."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.store import Seat, Wanted, Worlds, engine
from simulator.training import starts
from tests.store.databases import ON_EACH, POSTGRES
from tests.store.increment import count_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
TIMES = 150
MOST_BYTES = 50 * 1024


def run_together(*commands: Sequence[str]) -> None:
    """Run Python modules at the same time, each in a process of its own, and see all of them succeed."""
    running = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for command in commands
    ]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


def numbers(seat: Seat) -> list[int]:
    return sorted(int(event.data["number"]) for event in seat.events(Wanted(("counted",)), limit=10_000))


@ON_EACH
def test_many_threads_lose_no_increment(worlds: Worlds, seat: Seat) -> None:
    count_up(worlds, seat.code, TIMES)
    assert seat.read().clock.offset == TIMES
    assert numbers(seat) == list(range(1, TIMES + 1))


@ON_EACH
def test_two_processes_lose_no_increment(url: str, seat: Seat) -> None:
    run_together(*[("tests.store.increment", url, seat.code, str(TIMES))] * 2)
    assert seat.read().clock.offset == 2 * TIMES
    assert numbers(seat) == list(range(1, 2 * TIMES + 1))


@ON_EACH
def test_two_stores_on_one_file_see_each_other_at_once(url: str, worlds: Worlds, seat: Seat) -> None:
    other = Worlds(url)
    there = other.seat(seat.code)
    assert there is not None
    with there.change() as world:
        world.clock.offset = 3
    assert seat.read().clock.offset == 3
    with seat.change() as world:
        world.clock.offset += 1
    assert there.read().clock.offset == 4
    assert [each.code for each in other.seats()] == [each.code for each in worlds.seats()]
    other.close()


def open_together(url: str) -> None:
    """See four servers open one new database at the same moment."""
    together = threading.Barrier(4)

    def open_it(_: int) -> int:
        together.wait()
        opened = Worlds(url)
        count = len(opened.seats())
        opened.close()
        return count

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(open_it, range(4))) == [0] * 4


def test_several_servers_may_open_a_new_database_at_the_same_moment(tmp_path: Path) -> None:
    for attempt in range(10):
        open_together(f"sqlite:///{tmp_path / f'{attempt}.sqlite3'}")


@POSTGRES
def test_several_nodes_may_open_a_new_database_at_the_same_moment(new_postgres: Callable[[], str]) -> None:
    for _ in range(10):
        open_together(new_postgres())


@ON_EACH
def test_changes_of_one_seat_wait_for_each_other_and_of_all_for_every_one(url: str, seat: Seat) -> None:
    """Each on a connection of its own, as two nodes have."""
    other = Worlds(url)
    done: list[str] = []

    def later(name: str, code: str) -> None:
        with other.writing(code):
            done.append(name)

    with ThreadPoolExecutor(2) as threads:
        with seat.worlds.writing(seat.code):
            waiting = [threads.submit(later, "same", seat.code), threads.submit(later, "all", "")]
            assert not any(each.done() for each in waiting)
            assert done == []
        for each in waiting:
            each.result(30)
    assert sorted(done) == ["all", "same"]
    other.close()


def test_while_another_server_switches_the_file_to_its_log_this_one_waits() -> None:
    done: list[str] = []

    class Cursor:
        """One whose first statement finds the file locked."""

        def execute(self, statement: str) -> None:
            done.append(statement)
            if len(done) == 1:
                raise refused(sqlite3.SQLITE_BUSY)

    engine._use_wal(Cursor(), 30)
    assert done == ["PRAGMA journal_mode=WAL", "BEGIN EXCLUSIVE", "COMMIT", "PRAGMA journal_mode=WAL"]


@pytest.mark.parametrize(("code", "seconds"), [(sqlite3.SQLITE_READONLY, 30), (sqlite3.SQLITE_BUSY, -1)])
def test_only_a_lock_is_waited_for_and_not_for_ever(code: int, seconds: float) -> None:
    class Cursor:
        """One that is always refused."""

        def execute(self, statement: str) -> None:
            if statement == "PRAGMA journal_mode=WAL":
                raise refused(code)

    with pytest.raises(sqlite3.OperationalError):
        engine._use_wal(Cursor(), seconds)


def refused(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("in words")
    error.sqlite_errorcode = code
    return error


def test_a_thousand_seats_take_at_most_50_kilobytes_each(worlds: Worlds, url: str) -> None:
    made = starts.make_seats(worlds, count=1000, seed=0)
    assert len({seat.code for seat in made}) == len(worlds.seats()) == 1000
    worlds.close()
    file = Path(url.removeprefix("sqlite:///"))
    used = sum(each.stat().st_size for each in file.parent.glob(f"{file.name}*"))
    assert used / 1000 <= MOST_BYTES


def test_a_seat_that_was_used_to_the_end_still_takes_at_most_50_kilobytes(
    worlds: Worlds, seat: Seat, url: str
) -> None:
    file = Path(url.removeprefix("sqlite:///"))
    worlds.close()  # folds the write-ahead log into the file
    before = file.stat().st_size
    starts.reset(seat, "end")
    for number in range(100):  # a journey leaves about 20
        with seat.change() as world:
            world.record("rights_changed", "d-1560heki", user="d-1560hekishin", rights=str(number))
    worlds.close()
    assert file.stat().st_size - before <= MOST_BYTES
