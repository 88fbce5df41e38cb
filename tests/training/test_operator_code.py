"""Where others can reach the server: the operator code stands before seats and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fixtures.bank_data import people as people_of
from simulator.training import starts
from tests.training.conftest import CODE

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


@pytest.fixture
def seat(guarded: Bank) -> Seat:
    return starts.make_seats(guarded.worlds, seed=11)[0]


@pytest.fixture
def at(guarded: Bank, seat: Seat) -> Visitor:
    return guarded.visitor(seat).get("/")


def pages(seat: Seat) -> list[str]:
    return ["/", "/letters", f"/seats/{seat.code}/letter", f"/seats/{seat.code}/memo"]


def test_before_it_nothing_shows(at: Visitor, seat: Seat) -> None:
    for path in pages(seat):
        at.get(path)
        assert (at.status, at.heading) == (403, "運営者の確認")
        assert seat.code not in at.page.html
        assert people_of(seat.seed).master.issued_password not in at.page.html


def test_before_it_nothing_is_done(guarded: Bank, at: Visitor, seat: Seat) -> None:
    before = seat.read()
    token = at.page.box("csrf").attrs["value"]
    for path in ("/seats", f"/seats/{seat.code}/reset", f"/seats/{seat.code}/release"):
        at.post(path, [("csrf", token), ("procedure", "end")])
        assert at.status == 403
    assert seat.read() == before
    assert len(guarded.worlds.seats()) == 1


@pytest.mark.parametrize(
    "wrong", ["", "machigai", CODE.upper(), f"{CODE}x", CODE[:-1], "訓練", "\x00", "a" * 9999]
)
def test_a_wrong_code_opens_nothing(at: Visitor, seat: Seat, wrong: str) -> None:
    at.press("確認", code=wrong)
    assert at.status == 403
    assert "運営者コードが正しくありません" in at.page.alert
    assert at.get("/").status == 403
    assert seat.code not in at.page.html


def test_the_right_code_opens_everything_for_this_browser_alone(
    guarded: Bank, at: Visitor, seat: Seat
) -> None:
    assert at.press("確認", code=CODE).heading == "訓練用の席と通知書面"
    for path in pages(seat):
        assert at.get(path).status == 200
    assert guarded.visitor(seat).get("/").status == 403


def test_a_cookie_made_up_without_the_code_opens_nothing(guarded: Bank, at: Visitor) -> None:
    client = guarded.app.test_client()
    for value in ("x.", "x.x", "x", ".", "訓練.訓練", f"x.{CODE}"):
        client.set_cookie("__Secure-densai-desk", value)
        assert client.get("/").status_code == 403
    assert at.get("/").status == 403


def test_a_seat_whose_address_is_known_needs_no_code(guarded: Bank, at: Visitor, seat: Seat) -> None:
    assert at.open("").heading == "当金庫ホームページ"
    assert at.log_in("d-1560heki", people_of(seat.seed).master.issued_password).status == 200
    assert guarded.worlds.seats() == [seat]


@pytest.mark.parametrize(
    ("host", "status"), [("kyoshitsu.example", 200), ("kyoshitsu.example:8000", 200), ("other.example", 421)]
)
def test_only_the_names_that_were_given_are_answered(
    guarded: Bank, seat: Seat, host: str, status: int
) -> None:
    answer = guarded.app.test_client().get(f"/bank/{seat.code}/", headers={"Host": host})
    assert answer.status_code == status
    assert "訓練用" in answer.get_data(as_text=True)


def test_the_code_is_in_no_page_and_no_cookie(at: Visitor) -> None:
    at.press("確認", code=CODE)
    assert CODE not in at.page.html
    assert CODE not in str(at.answer.headers)
