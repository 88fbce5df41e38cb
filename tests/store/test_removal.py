"""A deleted class is gone at once; what it has left goes in portions, and nobody waits for them all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from simulator.store import SeatGoneError, training_removal
from simulator.store.training import NewEntry, Training
from simulator.training import classes
from simulator.training.lessons import courses
from simulator.training.model import ClassPlan, Practice, utc_now
from tests.store.databases import ON_EACH

if TYPE_CHECKING:
    from simulator.store import Seat, Worlds

TABLES = ("trail", "practices", "events", "members", "seats", "interrupted")


@pytest.fixture
def kept(worlds: Worlds) -> Training:
    return Training(worlds)


def practised(kept: Training, name: str, times: int) -> int:
    """A class of two seats, each with so many practices, trail entries and events."""
    id_ = classes.make_class(kept, ClassPlan(name, 3, list(courses()), ["learn"]), 2)
    with kept.changing() as change:
        for member in kept.members(id_):
            for _ in range(times):
                number = change.begin_practice(
                    member.seat, "1-1", "learn", utc_now(), Practice("1-1", "learn")
                )
                change.add_trail(number, member.seat, utc_now(), [NewEntry("began", "1-1.1", {})])
                with change.world(member.seat) as world:
                    world.record("login", "")
    return id_


def delete(kept: Training, id_: int) -> None:
    with kept.changing() as change:
        change.remove_class(id_)


def left(worlds: Worlds) -> dict[str, int]:
    with worlds.reading() as connection:
        return {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0  # noqa: S608
            for name in TABLES
        }


@ON_EACH
def test_what_a_deleted_class_has_left_goes_in_portions(
    kept: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = practised(kept, "五月", 2)
    before = left(kept.worlds)
    id_ = practised(kept, "四月", 7)
    monkeypatch.setattr(training_removal, "PORTION", 5)
    monkeypatch.setattr(
        training_removal,
        "_PORTIONS",
        tuple(training_removal._some(*each) for each in training_removal.SWEPT),
    )
    delete(kept, id_)
    sizes: list[int] = []
    event.listen(kept.worlds.engine, "after_cursor_execute", lambda *args: note(sizes, args[1], args[2]))
    assert training_removal.sweep(kept.worlds) == len(sizes)
    assert max(sizes) == 5
    assert sum(sizes) == 3 * 14 + 2
    assert left(kept.worlds) == before
    assert [row.id for row in kept.classes()] == [other]
    assert training_removal.sweep(kept.worlds) == 0


def note(sizes: list[int], cursor: object, statement: str) -> None:
    if statement.startswith("DELETE"):
        sizes.append(cursor.rowcount)  # type: ignore[attr-defined]


@ON_EACH
def test_it_is_gone_before_the_first_portion_and_nothing_more_is_written(kept: Training) -> None:
    id_ = practised(kept, "四月", 1)
    member = kept.members(id_)[0]
    seat = kept.worlds.seat(member.seat)
    assert seat
    delete(kept, id_)
    assert (kept.class_(id_), kept.member(member.seat), kept.current(member.seat)) == (None, None, None)
    assert kept.worlds.seat(member.seat) is None
    assert kept.worlds.seats() == []
    assert kept.at_work(member.seat) is None
    with pytest.raises(SeatGoneError):
        seat.read()
    with pytest.raises(SeatGoneError), seat.change():
        pass
    with pytest.raises(SeatGoneError), kept.changing(member.seat) as change:
        change.replace_world(member.seat, None)  # type: ignore[arg-type]
    training_removal.sweep(kept.worlds)
    assert set(left(kept.worlds).values()) == {0}


def test_between_two_portions_others_write(
    kept: Training, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete(kept, practised(kept, "四月", 3))
    paused: list[float] = []

    def others(seconds: float) -> None:
        with seat.change() as world:  # would wait for itself for ever inside a portion
            world.clock.offset += 1
        paused.append(seconds)

    monkeypatch.setattr(kept.worlds.closing, "wait", others)
    times = training_removal.sweep(kept.worlds)
    assert (len(paused), seat.read().clock.offset) == (times, times)
    assert min(paused) > 0


def test_a_broken_off_removal_is_gone_on_with(kept: Training, monkeypatch: pytest.MonkeyPatch) -> None:
    delete(kept, practised(kept, "四月", 3))

    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(kept.worlds.closing, "wait", killed)
        with pytest.raises(KeyboardInterrupt):
            training_removal.sweep(kept.worlds)
    assert left(kept.worlds)["trail"] == 0
    assert left(kept.worlds)["practices"] == 6
    training_removal.sweep(kept.worlds)
    assert set(left(kept.worlds).values()) == {0}


def test_a_removal_takes_so_long_at_most_before_the_answer_and_goes_on_after_it(
    kept: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete(kept, practised(kept, "四月", 3))
    may_go_on = threading.Event()
    monkeypatch.setattr(kept.worlds.closing, "wait", lambda _seconds: may_go_on.wait(30))
    training_removal.sweep_soon(kept.worlds, 0)
    assert left(kept.worlds)["practices"] == 6
    (sweeper,) = (each for each in threading.enumerate() if each.name == "densai-sweep")
    may_go_on.set()
    sweeper.join(30)
    assert set(left(kept.worlds).values()) == {0}


def test_a_server_that_stops_does_not_wait_for_it(kept: Training) -> None:
    delete(kept, practised(kept, "四月", 3))
    kept.worlds.closing.set()
    assert training_removal.sweep(kept.worlds) == 0
    assert left(kept.worlds)["trail"] == 6


@pytest.mark.usefixtures("seat")
def test_a_database_that_does_not_answer_is_told_on_the_console(
    kept: Training, caplog: pytest.LogCaptureFixture
) -> None:
    delete(kept, practised(kept, "四月", 1))
    with kept.worlds.writing() as connection:
        connection.execute(text("PRAGMA query_only=ON"))
    training_removal.sweep_soon(kept.worlds)
    assert "a deleted class is not swept away yet: attempt to write a readonly database" in caplog.text
