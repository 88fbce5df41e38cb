"""Each start of a procedure: the passwords of the seed open it, and the story so far is there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.codes import new_code
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.manual.order import STARTS
from simulator.manual.procedures import titles
from simulator.training import starts
from tests.screens.doings import approval_of, choose_rights

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank


class Found(NamedTuple):
    """Return the state at a start: the master's first screens and tabs, and how far the general user is."""

    after_login: str
    after_entering: str
    tabs: int
    general: str  # "": none yet; created, updated, granted, logged in, ready


FIRST, LIST, APPROVAL, TOP = "ログインパスワード変更", "サービス一覧", "承認パスワード変更", "トップ"
FOUND_AT = {
    "1-1": Found(FIRST, "", 0, ""),
    "1-2": Found(FIRST, "", 0, ""),
    "1-3": Found(LIST, APPROVAL, 0, ""),
    "1-4": Found(LIST, TOP, 2, ""),
    "2-1": Found(LIST, TOP, 7, ""),
    "2-2": Found(LIST, TOP, 7, "created"),
    "2-3": Found(LIST, TOP, 7, "updated"),
    "4": Found(LIST, TOP, 7, "granted"),
    "3-1": Found(LIST, TOP, 7, "granted"),
    "3-2": Found(LIST, TOP, 7, "granted"),
    "3-3": Found(LIST, TOP, 7, "logged in"),
    "end": Found(LIST, TOP, 7, "ready"),
}
# The general user's first screens: after logging in, and after entering the service.
GENERAL = {
    "created": (FIRST, ""),
    "updated": (FIRST, ""),
    "granted": (FIRST, ""),
    "logged in": (LIST, APPROVAL),
    "ready": (LIST, TOP),
}


def test_the_starts_are_the_manuals_procedures_and_the_end() -> None:
    assert set(FOUND_AT) == set(STARTS) == {*titles(), "end"}


@pytest.mark.parametrize("procedure", FOUND_AT)
def test_the_master_finds_what_should_be_there(densai: Bank, seat: Seat, procedure: str) -> None:
    starts.reset(seat, procedure)
    found, master = FOUND_AT[procedure], people_of(seat.seed).master
    assert seat.read().sessions == []
    at = densai.visitor(seat)
    at.log_in(MASTER_ID, master.issued_password if found.after_login == FIRST else master.password)
    assert at.heading == found.after_login
    if not found.after_entering:
        return
    assert at.press("しんきん電子記録債権サービス").heading == found.after_entering
    assert len(at.page.tabs) == found.tabs
    rights = list(EVERY_RIGHT) if found.tabs == 7 else []
    assert seat.read().master().rights == rights


@pytest.mark.parametrize("procedure", FOUND_AT)
def test_the_general_user_is_as_far_as_the_story(densai: Bank, seat: Seat, procedure: str) -> None:
    starts.reset(seat, procedure)
    how_far, person = FOUND_AT[procedure].general, people_of(seat.seed).general
    user = seat.read().users.get(GENERAL_ID)
    assert (user is None) is (how_far == "")
    if user is None:
        return
    assert (user.registered is not None) is (how_far != "created")
    assert bool(user.rights) is (how_far in ("granted", "logged in", "ready"))
    assert user.approval_initial is (how_far in ("granted", "logged in"))
    at = densai.visitor(seat)
    after_login, after_entering = GENERAL[how_far]
    at.log_in(GENERAL_ID, person.issued_password if after_login == FIRST else person.password)
    assert at.heading == after_login
    if after_entering:
        assert at.press("しんきん電子記録債権サービス").heading == after_entering
    if after_entering == APPROVAL:
        new = person.approval_password
        at.press("実行", current=person.initial_approval_password, new=new, again=new)
        assert at.heading == "承認パスワード変更結果"


@pytest.mark.parametrize("procedure", ["2-1", "2-3", "end"])
def test_the_masters_approval_password_is_the_one_of_the_memo(
    densai: Bank, seat: Seat, procedure: str
) -> None:
    at = densai.master(seat, procedure)
    choose_rights(at, ["densai"], [], row=MASTER_ID).press("変更", approval=approval_of(at))
    assert at.heading == "ユーザ情報変更完了"


@pytest.mark.parametrize(
    ("procedure", "who", "has_used"),
    [
        ("1-4", MASTER_ID, True),
        ("2-3", MASTER_ID, True),
        ("2-3", GENERAL_ID, False),
        ("end", GENERAL_ID, True),
    ],
)
def test_the_last_use_of_the_service_is_shown_to_whoever_has_used_it(
    densai: Bank, seat: Seat, procedure: str, who: str, *, has_used: bool
) -> None:
    at = densai.at(seat, procedure, who)
    with seat.change() as world:
        world.users[who].first_login = False
        day = world.now().date() - timedelta(days=1)
    assert at.open("list").press("しんきん電子記録債権サービス").heading == TOP
    assert at.page.fact("前回ご利用日時") == (f"{day:%Y/%m/%d} 15:16:51" if has_used else "－")


def test_the_passwords_of_a_start_are_those_of_its_own_seat(densai: Bank, seat: Seat) -> None:
    other = starts.make_seats(densai.worlds, seed=seat.seed + 1)[0]
    starts.reset(seat, "end")
    at = densai.visitor(seat)
    assert at.log_in(MASTER_ID, people_of(other.seed).master.password).status == 422


def test_a_seat_code_is_long_and_easy_to_copy() -> None:
    codes = {new_code(starts.SEAT_CODE_LENGTH) for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == starts.SEAT_CODE_LENGTH and not set(code) & set("il1o0") for code in codes)
