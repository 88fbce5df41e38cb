"""The instructor acts on a seat in the middle of its trainee's request: nothing is lost, nothing fails.

A request is stopped at each moment at which it is about to write, and the desk acts then.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.domain.world import Clock
from simulator.store.training import read
from simulator.training.model import ClassPlan
from tests.screens.doings import choose_rights
from tests.training.guests import Guest, code_of, member_of, training

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from simulator.store.training import Member
    from tests.screens.banks import Bank

NEW_NAME = "鈴木 一郎"


class Doing(NamedTuple):
    """The trainee's part: the way there, and the request that is stopped."""

    course: str
    go: Callable[[Guest], object]
    send: Callable[[Guest], object]


def press_login(at: Guest) -> None:
    at.press("ログイン", login_id=MASTER_ID, password=people_of(at.seat.seed).master.password)


def press_change(at: Guest) -> None:
    at.press("変更", approval=people_of(at.seat.seed).master.approval_password)


def to_confirmation(at: Guest) -> None:
    at.sit_down(MASTER_ID, in_service=True)
    choose_rights(at, ["densai"], [], row=MASTER_ID)


def in_service(at: Guest) -> None:
    at.sit_down(MASTER_ID, in_service=True)


DOINGS = {
    "opens a page": Doing("2-1", in_service, lambda at: at.open("top")),
    "logs in": Doing("2-1", lambda at: at.open("login"), press_login),
    "confirms rights": Doing("2-1", to_confirmation, press_change),
    "begins a course": Doing("1-1", lambda _at: None, lambda at: at.start("2-2", "try")),
    "goes on in the same bank": Doing(
        "1-1", lambda _at: None, lambda at: at.send_form("/my/start", course="1-1", mode="learn", keep="1")
    ),
    "asks for help": Doing("2-1", lambda _at: None, lambda at: at.send_form("/my/help")),
    "asks the bank's desk": Doing(
        "2-1", lambda _at: None, lambda at: at.send_form("/my/outside", what="desk")
    ),
    "submits": Doing("2-1", lambda _at: None, lambda at: at.hand_in()),
    "stops": Doing("2-1", lambda _at: None, lambda at: at.send_form("/my/stop")),
    "comes back": Doing("2-1", lambda _at: None, lambda at: at.come_back(member_code(at))),
}


def member_code(at: Guest) -> str:
    member = training(at.bank).member(at.seat.code)
    return member.code if member else ""


class Act(NamedTuple):
    """The instructor's part, and whether it holds afterwards."""

    path: str
    values: dict[str, str]
    holds: Callable[[Guest, Member], bool]


def is_moved(at: Guest, _before: Member) -> bool:
    days = (at.seat.read().now() - Clock().now()).total_seconds() / 86_400
    return round(days) == 9


def is_gone(at: Guest, before: Member) -> bool:
    kept = training(at.bank)
    return not (kept.worlds.open(before.seat) or kept.member(before.seat) or kept.practices_of(before.seat))


def is_recoded(at: Guest, before: Member) -> bool:
    now = training(at.bank).member(before.seat)
    return bool(now and now.code != before.code and now.name == before.name and now.joined == before.joined)


def is_renamed(at: Guest, before: Member) -> bool:
    now = training(at.bank).member(before.seat)
    return bool(now and now.name == NEW_NAME and now.joined == before.joined)


def is_paused(at: Guest, before: Member) -> bool:
    row = training(at.bank).class_(before.class_id or 0)
    return bool(row and read(row.document, ClassPlan).paused_at)


def is_released(at: Guest, _before: Member) -> bool:
    return at.seat.read().master().approval_failures == 0


def is_reset(at: Guest, before: Member) -> bool:
    # To its end, or to the start of what the trainee began a moment later; never a mixture.
    users, going = at.seat.read().users, training(at.bank).current(before.seat)
    assert going
    ended = going.outcome == "stopped" and GENERAL_ID in users and users[GENERAL_ID].rights != []
    begun = going.outcome == "" and users[MASTER_ID].rights == []
    return ended or begun or (going.course == "2-2" and GENERAL_ID in users)


ACTS = {
    "reset": Act("/desk/seats/{seat}/reset", {"procedure": "end"}, is_reset),
    "release": Act("/desk/seats/{seat}/release", {"after": ""}, is_released),
    "date": Act("/desk/seats/{seat}/date", {"days": "9"}, is_moved),
    "new code": Act("/desk/seats/{seat}/recode", {}, is_recoded),
    "new name": Act("/desk/seats/{seat}/name", {"name": NEW_NAME}, is_renamed),
    "class reset": Act("/desk/classes/{id}/reset", {"procedure": "end"}, is_reset),
    "class date": Act("/desk/classes/{id}/date", {"days": "9"}, is_moved),
    "pause": Act("/desk/classes/{id}/pause", {"on": "1"}, is_paused),
    "delete": Act("/desk/classes/{id}/delete", {"name": "研修{nth}"}, is_gone),
}


class Stopper:
    """Lets something happen once, just before a request takes the write lock for the nth time."""

    def __init__(self, bank: Bank, nth: int, act: Callable[[], object]) -> None:
        self.writing = bank.worlds.writing
        self.left, self.act, self.happened = nth, act, False

    def __call__(self, seat: str = "") -> AbstractContextManager[Connection]:
        self.left -= 1
        if self.left == 0:
            self.happened = True
            self.act()
        return self.writing(seat)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_whenever_the_instructor_acts_it_holds_and_the_trainee_gets_a_page(
    densai: Bank,
    desk: Guest,
    doing: Doing,
    act: Act,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for nth in (1, 2, 3):
        class_id = desk.make_class(f"研修{nth}", 1)
        at = Guest(densai).join(code_of(densai, class_id), "山田 太郎").start(doing.course)
        with at.seat.change() as world:
            world.master().approval_failures = 2
        doing.go(at)
        before = member_of(at)
        values = {name: value.format(nth=nth) for name, value in act.values.items()}
        path, data = act.path.format(seat=at.seat.code, id=class_id), [("csrf", desk.token), *values.items()]
        stopper = Stopper(densai, nth, partial(desk.post, path, data))
        with monkeypatch.context() as patched:
            patched.setattr(densai.worlds, "writing", stopper)
            doing.send(at)
        if not stopper.happened:  # so often it does not write
            desk.post(path, data)
        assert desk.status == 200
        assert at.status in (200, 403, 404, 409, 422, 423), at.page.text
        assert act.holds(at, before), nth
        is_his = training(densai).member(before.seat) is not None and "recode" not in path
        assert (at.get("/my").path == "/my") is is_his
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_a_class_at_work_and_a_desk_at_work_do_not_disturb_each_other(
    densai: Bank, desk: Guest, caplog: pytest.LogCaptureFixture
) -> None:
    class_id, rounds = desk.make_class(seats=4), 12
    trainees = [Guest(densai).join(code_of(densai, class_id), f"受講者{number}") for number in range(4)]
    together = threading.Barrier(5)

    def practise(at: Guest) -> None:
        together.wait()
        for _ in range(rounds):
            at.start("2-1")
            at.get(f"{at.home}login")
            if at.heading == "ログイン":
                press_login(at)
            at.get("/my/pulse")

    def disturb() -> None:
        together.wait()
        for number in range(rounds):
            seat = trainees[number % 4].seat.code
            for name in ("reset", "release", "date", "new name", "class reset", "class date"):
                act = ACTS[name]
                desk.send_form(act.path.format(seat=seat, id=class_id), **act.values)
                assert desk.status in (200, 422)
        desk.send_form(f"/desk/classes/{class_id}/delete", name="四月の研修")

    with ThreadPoolExecutor(5) as threads:
        for done in [*(threads.submit(practise, at) for at in trainees), threads.submit(disturb)]:
            done.result()
    assert densai.worlds.seats() == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
