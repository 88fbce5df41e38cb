"""A テスト that is over is over for everybody, whoever looks first; its end is its limit."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store.training_rows import naive
from simulator.store.training_tables import practices
from simulator.training import class_control, practice
from simulator.training.classes import plan_of
from simulator.training.model import utc_now
from tests.training.guests import Guest, table_of, training

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.store.training import PracticeRow
    from tests.screens.banks import Bank

LIMIT = 5  # minutes, as for every course as short as 手順1-1


def move_start(bank: Bank, seat: str, minutes: float) -> None:
    row = training(bank).current(seat)
    assert row
    started = naive(row.started - timedelta(minutes=minutes))
    with bank.worlds.writing() as connection:
        connection.execute(update(practices).where(practices.c.id == row.id).values(started=started))


def let_pass(bank: Bank, seat: str, minutes: float) -> datetime:
    """Put the beginning of the present practice back; when its limit was."""
    move_start(bank, seat, minutes)
    going = practice.current(training(bank), seat)
    limit = practice.limit_of(going) if going else None
    assert limit
    return limit


def current(bank: Bank, at: Guest) -> PracticeRow:
    row = training(bank).current(at.seat.code)
    assert row
    return row


LOOKS: dict[str, Callable[[Guest, Guest, str], object]] = {
    "the board": lambda desk, _at, page: desk.get(page),
    "the board that asks for itself": lambda desk, _at, page: desk.get(f"{page}/board"),
    "results": lambda desk, _at, page: desk.get(f"{page}/results"),
    "CSV": lambda desk, _at, page: desk.get(f"{page}/results.csv"),
    "Excel": lambda desk, _at, page: desk.get(f"{page}/results.xlsx"),
    "the seat's page": lambda desk, at, _page: desk.get(f"/desk/seats/{at.seat.code}"),
    "the trainee's pulse": lambda _desk, at, _page: at.another_window().get("/my/pulse"),
    "the trainee's bank": lambda _desk, at, _page: at.open(""),
    "わたしの訓練": lambda _desk, at, _page: at.another_window().get("/my"),
    "the question before handing in": lambda _desk, at, _page: at.another_window().get("/my/submit"),
    "another practice's form": lambda _desk, at, _page: at.send_form("/my/start", course="1-1", mode="x"),
    "the trainee's form": lambda _desk, at, _page: at.hand_in(),
}


@pytest.mark.parametrize("who", LOOKS)
def test_whoever_looks_first_finds_it_over_with_the_limit_as_its_end(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, who: str
) -> None:
    trainee.start("1-1", "measure")
    limit = let_pass(densai, trainee.seat.code, LIMIT + 30)
    LOOKS[who](desk, trainee, f"/desk/classes/{class_id}")
    row = current(densai, trainee)
    assert (row.outcome, row.ended) == ("failed", limit)
    table = table_of(desk.get(f"/desk/classes/{class_id}/results.csv").answer.body)
    told = dict(zip(table[0], table[1], strict=True))
    assert (told["結果"], told["分"]) == ("不合格", str(LIMIT))


def test_board_csv_and_excel_tell_the_same(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    trainee.start("1-1", "measure")
    let_pass(densai, trainee.seat.code, LIMIT)
    page = f"/desk/classes/{class_id}"
    assert "1-1 不合格" in desk.get(page).page.text
    assert "不合格" in desk.get(f"{page}/results.csv").answer.body.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(desk.get(f"{page}/results.xlsx").answer.body))
    assert "不合格" in [cell.value for row in book["練習の記録"].iter_rows() for cell in row]


def test_one_second_before_its_limit_it_runs(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("1-1", "measure")
    let_pass(densai, trainee.seat.code, LIMIT - 0.5)
    desk.get(f"/desk/classes/{class_id}")
    assert current(densai, trainee).outcome == ""


def test_a_paused_class_loses_no_time_however_often_it_is_looked_at(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("1-1", "measure")
    class_control.pause(training(densai), class_id, on=True)
    move_start(densai, trainee.seat.code, 11)
    with training(densai).changing() as change:  # the pause began ten minutes ago, a minute after the test
        class_row = change.class_(class_id)
        assert class_row
        plan = plan_of(class_row)
        plan.paused_at = utc_now() - timedelta(minutes=10)
        change.save_class(class_id, plan)
    desk.get(f"/desk/classes/{class_id}")
    assert current(densai, trainee).outcome == ""
    class_control.pause(training(densai), class_id, on=False)
    desk.get(f"/desk/classes/{class_id}/results.csv")
    assert current(densai, trainee).outcome == ""
    let_pass(densai, trainee.seat.code, LIMIT)
    table = table_of(desk.get(f"/desk/classes/{class_id}/results.csv").answer.body)
    assert dict(zip(table[0], table[1], strict=True))["分"] == str(LIMIT)


def test_what_is_done_after_the_limit_is_not_judged(densai: Bank, desk: Guest, trainee: Guest) -> None:
    trainee.start("1-1", "measure")
    trainee.open("login")
    let_pass(densai, trainee.seat.code, LIMIT)
    trainee.press(
        "ログイン", login_id=MASTER_ID, password=people_of(trainee.seat.seed).master.issued_password
    )
    going = practice.current(training(densai), trainee.seat.code)
    assert going
    assert going.row.outcome == "failed"
    assert going.practice.passed == [0, 1, 2]  # the way to ログイン, and no login
    trail = training(densai).trail_of(trainee.seat.code)
    assert trail[0].kind == "ended"
    assert desk.get(f"/desk/seats/{trainee.seat.code}").status == 200


def test_it_ends_once_whoever_comes_together(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("1-1", "measure")
    let_pass(densai, trainee.seat.code, LIMIT)
    rows = list(training(densai).practices_in(class_id))
    assert practice.end_overdue(training(densai), rows, utc_now()) is True
    assert practice.end_overdue(training(densai), rows, utc_now()) is False  # the same old rows again
    ended = [entry for entry in training(densai).trail_of(trainee.seat.code) if entry.kind == "ended"]
    assert len(ended) == 1
    assert desk.get(f"/desk/classes/{class_id}").status == 200
