"""A change is saved with its events or not at all, and stays at its seat."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from simulator.domain.world import Registration, Secret, User
from simulator.manual.order import STARTS
from simulator.store import NewSeat, Seat, Wanted, Worlds
from simulator.training import starts
from tests.store.databases import ON_EACH

if TYPE_CHECKING:
    from simulator.domain.world import Event

pytestmark = ON_EACH

EVERYTHING = Wanted()


class PowerCutError(Exception):
    """An error that stops a change in the middle."""


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


def test_a_change_is_saved_together_with_its_events(seat: Seat) -> None:
    with seat.change() as world:
        world.master().name = "碧海 次郎"
        world.record("user_renamed", "d-1560heki", user="d-1560heki")
    assert seat.read().master().name == "碧海 次郎"
    assert kinds(seat.events(EVERYTHING)) == ["user_renamed"]
    assert seat.events(EVERYTHING)[0].data == {"user": "d-1560heki"}


def test_an_error_inside_a_change_saves_neither(seat: Seat) -> None:
    before = seat.read()
    with pytest.raises(PowerCutError):
        _rename_and_stop(seat)
    assert seat.read() == before
    assert seat.events(EVERYTHING) == []


def _rename_and_stop(seat: Seat) -> None:
    with seat.change() as world:
        world.master().name = "碧海 次郎"
        world.record("user_renamed", "d-1560heki")
        raise PowerCutError


def test_the_lock_is_free_again_after_an_error(seat: Seat) -> None:
    with pytest.raises(PowerCutError), seat.change():
        raise PowerCutError
    with seat.change() as world:
        world.clock.offset = 5
    assert seat.read().clock.offset == 5


def test_what_was_read_changes_nothing(seat: Seat) -> None:
    seat.read().users.clear()
    assert seat.read().users


def test_a_world_comes_back_as_it_was_saved(seat: Seat) -> None:
    with seat.change() as world:
        world.users["d-hostile"] = User(
            "d-hostile", "髙﨑😀\x00\"'<>", "ａ\n", "general", Secret("hash", "seed"), rights=["densai"]
        )
        world.users["d-hostile"].registered = Registration("\u2028", "~")
        world.users["d-hostile"].approval_expires = date(2026, 2, 5)
        world.users["d-hostile"].this_used = world.now()
        world.clock.set(datetime(2026, 1, 2, 3, 4, 5))  # noqa: DTZ001  a moment without a zone is Japan's
        saved = world.users["d-hostile"]
    read = seat.read()
    assert read.users["d-hostile"] == saved
    assert f"{read.now():%Y/%m/%d}" == "2026/01/02"


def test_two_seats_never_meet(worlds: Worlds) -> None:
    first, second = starts.make_seats(worlds, count=2, seed=20)
    assert first.code != second.code
    untouched = second.read()
    with first.change() as world:
        world.users.clear()
        world.record("cleared", "")
    assert second.read() == untouched
    assert second.events(EVERYTHING) == []
    assert (first.read().seed, untouched.seed) == (20, 21)


def test_seats_of_one_call_are_stored_all_or_none(worlds: Worlds, seat: Seat) -> None:
    fresh = NewSeat("unused", "新しい席", starts.new_world(1))
    taken = NewSeat(seat.code, "同じ席", starts.new_world(2))
    with pytest.raises(Exception, match=r"(?i)unique"):
        worlds.add([fresh, taken])
    assert [each.code for each in worlds.seats()] == [seat.code]


def test_a_removed_seat_is_gone_with_all_that_happened_at_it(worlds: Worlds, seat: Seat) -> None:
    other = starts.make_seats(worlds, seed=8)[0]
    for each in (seat, other):
        with each.change() as world:
            world.record("login", "d-1560heki")
    worlds.remove(seat.code)
    assert worlds.seat(seat.code) is None
    assert seat.count_events(EVERYTHING) == 0
    assert other.count_events(EVERYTHING) == 1


@pytest.mark.parametrize("code", ["", "nobody", "'; DROP TABLE seats; --", "\x00", "x" * 10_000, "席"])
def test_an_unknown_code_opens_no_seat(worlds: Worlds, seat: Seat, code: str) -> None:
    assert worlds.open(code) is None
    assert worlds.seat(seat.code) is not None


@pytest.mark.parametrize("procedure", STARTS)
def test_a_reset_makes_the_same_bank_again_with_a_new_history(seat: Seat, procedure: str) -> None:
    with seat.change() as world:
        world.users.clear()
        world.clock.offset = 1e6
        world.record("login", "d-1560heki")
    starts.reset(seat, procedure)
    world, wanted = seat.read(), starts.world_at(seat.seed, procedure)
    assert seat.count_events(EVERYTHING) == 0
    assert (world.sessions, world.ended) == ([], [])
    for each in (world, wanted):  # what was put up now bears the moment
        each.notices = []
    assert world == wanted
    assert world.now().date() == datetime.now(world.now().tzinfo).date()


def test_an_unknown_procedure_resets_nothing(seat: Seat) -> None:
    before = seat.read()
    with pytest.raises(KeyError):
        starts.reset(seat, "5-1")
    assert seat.read() == before


def test_events_are_found_by_kind_user_and_day_newest_first(seat: Seat) -> None:
    for day in (6, 7, 8):
        with seat.change() as world:
            world.clock.set(datetime(2025, 11, day, 23, 59, 58))  # noqa: DTZ001  Japan's
            world.record("login", "d-1560heki", number=str(day))
            world.record("logged_out", "d-other")
    on_the_7th = Wanted(since=date(2025, 11, 7), until=date(2025, 11, 7))
    assert kinds(seat.events(on_the_7th)) == ["logged_out", "login"]
    assert kinds(seat.events(Wanted(kinds=("login",)))) == ["login"] * 3
    assert kinds(seat.events(Wanted(login_id="d-other", since=date(2025, 11, 8)))) == ["logged_out"]
    assert seat.count_events(Wanted(until=date(2025, 11, 6))) == 2
    assert [event.data["number"] for event in seat.events(Wanted(kinds=("login",)), limit=1, offset=1)] == [
        "7"
    ]
    assert f"{seat.events(on_the_7th)[0].at:%Y/%m/%d %H:%M %Z}" == "2025/11/07 23:59 JST"


def test_a_change_inside_a_change_is_a_fault_and_no_endless_wait(worlds: Worlds, seat: Seat) -> None:
    with seat.change(), pytest.raises(RuntimeError, match="inside a change"), worlds.writing():
        pass
    with worlds.writing():
        pass
