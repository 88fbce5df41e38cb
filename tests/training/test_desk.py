"""The page at ``/``: seats, notice letters, memos, reset, release, new seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fixtures.bank_data import GENERAL_ID, MASTER_ID
from fixtures.bank_data import people as people_of
from simulator.procedures import titles
from simulator.store import Wanted
from simulator.training import desk, starts

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


def test_every_seat_is_listed_with_its_bank_and_letter(densai: Bank, seat: Seat) -> None:
    others = starts.make_seats(densai.worlds, count=2, seed=20, first_label=2)
    page = densai.visitor(seat).get("/").page
    assert page.heading == "訓練用の席と通知書面"
    actions = [form.action for form in page.forms]
    for each in (seat, *others):
        assert each.label in page.text
        assert f"/bank/{each.code}/" in actions
        assert f"/seats/{each.code}/letter" in actions


def test_without_a_seat_the_page_says_how_to_get_one(densai: Bank, seat: Seat) -> None:
    densai.worlds.remove(seat.code)
    at = densai.visitor(seat).get("/")
    assert "席がまだありません" in at.page.text
    at.press("席を追加する")
    assert "席を追加しました" in at.page.text
    assert len(densai.worlds.seats()) == 1


def test_the_letter_holds_what_the_bank_hands_over_and_no_more(at: Visitor, seat: Seat) -> None:
    people = people_of(seat.seed)
    at.press("通知書面")
    assert at.heading == "通知書面"
    assert at.page.fact("ログインID（お客様ID）") == MASTER_ID
    assert at.page.fact("ログインパスワード") == people.master.issued_password
    assert seat.read().company.name in at.page.text
    assert at.home in at.page.text
    assert people.master.password not in at.page.html
    assert people.master.approval_password not in at.page.html
    assert GENERAL_ID not in at.page.html


def test_every_letter_is_printed_at_once(densai: Bank, seat: Seat) -> None:
    others = starts.make_seats(densai.worlds, count=2, seed=20, first_label=2)
    at = densai.visitor(seat).get("/").press("すべての通知書面を印刷する")
    for each in (seat, *others):
        assert people_of(each.seed).master.issued_password in at.page.text
    assert "印刷" in at.page.buttons


def test_the_memo_holds_everybodys_passwords(at: Visitor, seat: Seat) -> None:
    people = people_of(seat.seed)
    at.press("訓練用の控え")
    values = {row[0]: row[1] for row in at.page.rows}
    assert values["初期承認パスワード"] == people.general.initial_approval_password
    for person in (people.master, people.general):
        for password in (person.issued_password, person.password, person.approval_password):
            assert password in at.page.text


@pytest.mark.parametrize("procedure", starts.STORY)
def test_a_seat_is_put_to_the_start_of_any_procedure(at: Visitor, seat: Seat, procedure: str) -> None:
    with seat.change() as world:
        world.users.clear()
    at.press("この手順のはじめに戻す", procedure=procedure)
    assert "選んだ手順のはじめに戻しました" in at.page.text
    assert seat.read().users == starts.world_at(seat.seed, procedure).users
    assert at.page.heading == "訓練用の席と通知書面"


def test_every_procedure_of_the_manual_can_be_chosen_by_its_heading(at: Visitor) -> None:
    select = next(at.page.top.all("select"))
    options = {option.attrs["value"]: option.text for option in select.all("option")}
    assert set(options) == set(starts.STORY)
    for procedure, title in titles().items():
        assert options[procedure] == f"{procedure} {title}"


def test_a_reset_asks_first_and_touches_one_seat(densai: Bank, seat: Seat) -> None:
    other = starts.make_seats(densai.worlds, seed=20)[0]
    before = other.read()
    at = densai.visitor(seat).get("/")
    assert "よろしいですか" in at.page.form("この手順のはじめに戻す").element.attrs["data-confirm"]
    at.press("この手順のはじめに戻す", procedure="end")
    assert other.read() == before
    assert GENERAL_ID in seat.read().users


@pytest.mark.parametrize("procedure", ["", "5-1", "1-1 ", "<b>", "x" * 10_000])
def test_an_unknown_procedure_resets_nothing(at: Visitor, seat: Seat, procedure: str) -> None:
    before = seat.read()
    at.press("この手順のはじめに戻す", procedure=procedure)
    assert at.status == 400
    assert seat.read() == before


def test_the_banks_desk_releases_every_lock_a_masters_too(densai: Bank, at: Visitor, seat: Seat) -> None:
    starts.reset(seat, "end")
    people = people_of(seat.seed)
    with seat.change() as world:
        world.master().login_failures = world.master().approval_failures = 6
        world.users[GENERAL_ID].login_failures = 6
    master = densai.visitor(seat)
    assert master.log_in(MASTER_ID, people.master.password).status == 422
    at.press("ロックを解除する（金庫の窓口）")
    assert "ロックを解除しました" in at.page.text
    assert master.log_in(MASTER_ID, people.master.password).heading == "サービス一覧"
    assert densai.visitor(seat).log_in(GENERAL_ID, people.general.password).heading == "サービス一覧"
    assert seat.read().master().approval_failures == 0
    assert seat.count_events(Wanted(("lock_released",))) == 3  # both of the master's, one of the other's


def test_the_history_tells_of_no_release_where_nobody_was_locked(at: Visitor, seat: Seat) -> None:
    with seat.change() as world:
        world.master().login_failures = 5
    at.press("ロックを解除する（金庫の窓口）")
    assert seat.read().master().login_failures == 0
    assert seat.count_events(Wanted(("lock_released",))) == 0


def test_seats_can_be_added_up_to_a_number(
    densai: Bank, at: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_SEATS", 3)
    for _ in range(2):
        at.press("席を追加する")
        assert "席を追加しました" in at.page.text
    assert at.press("席を追加する").page.text.count("これ以上追加できません") == 1
    seats = densai.worlds.seats()
    assert [seat.label for seat in seats] == ["席1", "席2", "席3"]
    assert len({seat.seed for seat in seats}) == len({seat.code for seat in seats}) == 3


@pytest.mark.parametrize("done", ["nonsense", "<script>", "added&done=reset"])
def test_the_page_says_only_what_it_knows(at: Visitor, done: str) -> None:
    at.get(f"/?done={done}")
    assert at.status == 200
    assert "<script>" not in at.page.html.partition("</head>")[2]


@pytest.mark.parametrize("path", ["letter", "memo"])
def test_a_seat_that_is_not_there_has_no_papers(at: Visitor, path: str) -> None:
    assert at.get(f"/seats/nobody/{path}").status == 404


@pytest.mark.parametrize("token", [[], [("csrf", "")], [("csrf", "stale")], [("csrf", "a"), ("csrf", "a")]])
def test_a_form_without_its_token_does_nothing(
    densai: Bank, at: Visitor, seat: Seat, token: list[tuple[str, str]]
) -> None:
    before = seat.read()
    for path in ("/seats", f"/seats/{seat.code}/reset", f"/seats/{seat.code}/release", "/code"):
        at.post(path, [*token, ("procedure", "end")])
        assert at.status == 409
    assert seat.read() == before
    assert len(densai.worlds.seats()) == 1


def test_a_seats_code_is_found_nowhere_but_here(densai: Bank, seat: Seat) -> None:
    other = starts.make_seats(densai.worlds, seed=20)[0]
    at = densai.visitor(seat)
    for path in (
        at.home,
        f"{at.home}login",
        f"{at.home}left",
        "/robots.txt",
        "/bank/",
        "/nothing",
    ):
        at.get(path)
        assert other.code not in at.answer.body.decode()
        assert at.seat.label not in at.answer.body.decode()


def test_robots_are_kept_out(at: Visitor) -> None:
    assert at.get("/robots.txt").answer.body.decode() == "User-agent: *\nDisallow: /\n"
