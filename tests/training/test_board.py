"""The live board: every seat, where it stands, and who is stuck."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store.training import Member, PracticeRow
from simulator.training import board
from simulator.training.lessons import courses
from simulator.training.model import Learner, Mode, Outcome, Practice, utc_now
from tests.training.guests import Guest, code_of

if TYPE_CHECKING:
    from datetime import datetime

    from tests.screens.banks import Bank

NOW = utc_now()
STUCK, ASKS = "止まっています", "窓口に申し出ています"


def member(place: int = 1, *, asks: bool = False) -> Member:
    learner = Learner(asks_desk_since=NOW if asks else None)
    return Member(f"s{place}", 1, place, f"c{place}", "山田", NOW, msgspec.json.encode(learner))


def practice(
    course: str = "1-2",
    mode: Mode = "learn",
    outcome: Outcome = "",
    seconds: int = 0,
    faults: int = 0,
    seat: str = "s1",
) -> PracticeRow:
    since = NOW - timedelta(seconds=seconds)
    kept = Practice(course, mode, faults=faults, faults_in_all=faults, step_since=since)
    ended = NOW if outcome else None
    return PracticeRow(1, seat, course, mode, since, ended, outcome, msgspec.json.encode(kept))


def row_of(*rows: PracticeRow, asks: bool = False, paused_at: datetime | None = None) -> board.BoardRow:
    return board.board([member(asks=asks)], rows, NOW, paused_at)[0]


@pytest.mark.parametrize(
    ("seconds", "faults", "stuck"),
    [
        (0, 0, ""),
        (179, 9, ""),
        (180, 1, ""),
        (180, 2, STUCK),
        (359, 1, ""),
        (360, 0, STUCK),
    ],
)
def test_who_is_stuck_is_told_by_time_and_mistakes(seconds: int, faults: int, stuck: str) -> None:
    row = row_of(practice(seconds=seconds, faults=faults))
    assert (row.stuck, row.seconds, row.faults, row.mistakes) == (stuck, seconds, faults, faults)


def test_who_asks_the_banks_desk_waits_for_it_whatever_he_does() -> None:
    assert row_of(asks=True).stuck == row_of(practice(), asks=True).stuck == ASKS


def test_a_pause_stops_the_clock() -> None:
    paused = row_of(practice(seconds=900), paused_at=NOW - timedelta(seconds=600))
    assert (paused.seconds, paused.stuck) == (300, "")


@pytest.mark.parametrize("outcome", ["done", "passed", "failed", "stopped"])
def test_a_practice_that_has_ended_has_no_step_and_nobody_is_stuck_in_it(outcome: Outcome) -> None:
    row = row_of(practice(outcome=outcome, seconds=9_000))
    assert (row.step, row.seconds, row.stuck, row.outcome) == ("", None, "", outcome)


STATES: list[tuple[Mode, Outcome, str]] = [
    ("learn", "", "途中"),
    ("measure", "failed", "途中"),
    ("show", "done", "見た"),
    ("learn", "done", "習った"),
    ("try", "passed", "できた"),
    ("measure", "passed", "合格"),
]


@pytest.mark.parametrize(("mode", "outcome", "state"), STATES)
def test_a_cell_says_what_was_reached(mode: Mode, outcome: Outcome, state: str) -> None:
    columns = board.procedures_on_board()
    cells = dict(zip(columns, row_of(practice("1-2", mode, outcome)).cells, strict=True))
    assert cells.pop("1-2") == state
    assert set(cells.values()) == {"未"}


def test_the_best_of_several_goes_stays() -> None:
    cells = row_of(practice("1-2", "measure", "passed"), practice("1-2", "learn", "stopped")).cells
    assert "合格" in cells


def test_a_course_that_is_there_no_more_is_no_harm() -> None:
    row = row_of(practice("gone"))
    assert (row.course, row.seconds) == ("", None)


def test_those_who_need_somebody_come_first_the_longest_waiting_before_all() -> None:
    seats = [member(place) for place in range(1, 5)]
    rows = [practice(seconds=s, seat=f"s{place}") for place, s in ((1, 10), (2, 400), (3, 50), (4, 800))]
    made = board.board(seats, rows, NOW, None)
    assert [row.member.place for row in made] == [1, 2, 3, 4]
    assert [row.member.place for row in board.stuck_first(made)] == [4, 2, 1, 3]


# On the page -----------------------------------------------------------------------------------


def test_the_board_follows_a_trainee_from_step_to_step(desk: Guest, trainee: Guest, class_id: int) -> None:
    page = f"/desk/classes/{class_id}/board"
    trainee.start("1-1")
    before = desk.get(page).page.rows
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password)
    after = desk.get(page).page.rows
    assert before[0][:6] == ["席", "氏名", "いまの練習", "いまの手順", "経過", "間違い"]
    assert before[0][6:] == [course.id for course in courses().values() if course.kind == "procedure"]
    assert before[1][:3] == ["1", "山田 太郎", "手順1-1 マスターユーザがログインする（習う）"]
    assert [row[1] for row in before[2:]] == ["－未参加"] * 2
    assert before[1][6] == "途中"
    assert before[1] != after[1]
    assert "1／3席" in desk.page.text


def test_who_asks_again_without_news_is_told_so_in_a_word(desk: Guest, trainee: Guest, class_id: int) -> None:
    page = f"/desk/classes/{class_id}/board"
    tag = desk.get(page).answer.headers["ETag"]
    same = desk.client.get(page, headers={"If-None-Match": tag})
    assert (same.status_code, same.get_data()) == (304, b"")
    trainee.start()
    assert desk.client.get(page, headers={"If-None-Match": tag}).status_code == 200


def test_the_order_stays_while_the_board_asks_for_itself(densai: Bank, desk: Guest, class_id: int) -> None:
    for name in ("一", "二"):
        at = Guest(densai).join(code_of(densai, class_id), name)
    at.start().send_form("/my/outside", what="desk")
    for path in (f"/desk/classes/{class_id}", f"/desk/classes/{class_id}/board"):
        rows = desk.get(f"{path}?order=stuck").page.rows
        assert [row[0] for row in rows[1:4]] == ["2", "1", "3"]
        asks = next(each for each in desk.page.top.all("div") if each.attrs.get("id") == "board")
        assert asks.attrs["data-board"] == f"/desk/classes/{class_id}/board?order=stuck"
