"""The live board: every seat, where it stands, and which seats need the instructor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store.training import Member, PracticeRow
from simulator.training import board, standing
from simulator.training.lessons import courses
from simulator.training.model import Learner, Mode, Outcome, Practice, utc_now
from tests.training.guests import Guest, code_of, raise_hand

if TYPE_CHECKING:
    from tests.screens.banks import Bank

NOW = utc_now()


def minutes_ago(number: float) -> datetime:
    return NOW - timedelta(minutes=number)


def member(place: int = 1, **learner: datetime) -> Member:
    kept = Learner()
    for name, moment in learner.items():
        setattr(kept, name, moment)
    return Member(f"s{place}", 1, place, f"c{place}", "山田", NOW, msgspec.json.encode(kept))


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
    return PracticeRow(1, seat, course, mode, since, ended, outcome, msgspec.json.encode(kept), faults)


def row_of(*rows: PracticeRow, paused_at: datetime | None = None, **learner: datetime) -> board.BoardRow:
    return board.board([standing.of_practices(member(1, **learner), rows)], paused_at or NOW)[0]


@pytest.mark.parametrize(
    ("seconds", "faults", "need"),
    [
        (0, 0, None),
        (179, 9, None),
        (180, 1, None),
        (180, 2, "slow"),
        (359, 1, None),
        (360, 0, "slow"),
    ],
)
def test_no_progress_is_told_by_time_and_mistakes(seconds: int, faults: int, need: str | None) -> None:
    row = row_of(practice(seconds=seconds, faults=faults))
    assert (row.need, row.seconds, row.mistakes, row.mistakes_in_all) == (need, seconds, faults, faults)


def test_who_asks_the_banks_desk_needs_it_whatever_is_done_meanwhile() -> None:
    asks = minutes_ago(2)
    for row in (row_of(asks_desk_since=asks), row_of(practice(seconds=900), asks_desk_since=asks)):
        assert (row.need, row.need_seconds) == ("desk", 120)


def test_a_call_needs_the_instructor_until_it_is_answered() -> None:
    row = row_of(practice(), hand_since=minutes_ago(3))
    assert (row.need, row.need_seconds) == ("hand", 180)
    assert row_of(practice(), hand_since=minutes_ago(3), hand_seen_at=minutes_ago(1)).need is None


def test_a_pause_stops_the_clock() -> None:
    paused = row_of(practice(seconds=900), paused_at=NOW - timedelta(seconds=600))
    assert (paused.seconds, paused.need) == (300, None)


RESULTS: list[tuple[Mode, Outcome, str]] = [
    ("show", "done", "見本まで"),
    ("learn", "done", "案内つきで完了"),
    ("try", "passed", "自力で完了"),
    ("try", "done", "案内つきで完了"),
    ("measure", "passed", "合格"),
    ("measure", "failed", "不合格"),
    ("learn", "stopped", "中断"),
]


@pytest.mark.parametrize(("mode", "outcome", "result"), RESULTS)
def test_a_practice_that_has_ended_has_no_step_and_says_how_it_came_out(
    mode: Mode, outcome: Outcome, result: str
) -> None:
    row = row_of(practice(mode=mode, outcome=outcome, seconds=9_000))
    assert (row.at, row.sentence, row.seconds, row.need, row.result) == ("1-2", "", None, None, result)


STATES: list[tuple[Mode, Outcome, str]] = [
    ("learn", "", "途中"),
    ("measure", "failed", "途中"),
    ("show", "done", "見本まで"),
    ("learn", "done", "案内つきで完了"),
    ("try", "passed", "自力で完了"),
    ("measure", "passed", "合格"),
]


@pytest.mark.parametrize(("mode", "outcome", "state"), STATES)
def test_a_cell_says_what_was_reached(mode: Mode, outcome: Outcome, state: str) -> None:
    columns = board.procedures_on_board()
    row = row_of(practice("1-2", mode, outcome))
    cells = dict(zip(columns, row.cells, strict=True))
    assert cells.pop("1-2") == state
    assert set(cells.values()) == {"未着手"}
    assert row.told == f"1-2 {state}"


def test_the_best_of_several_goes_stays() -> None:
    cells = row_of(practice("1-2", "measure", "passed"), practice("1-2", "learn", "stopped")).cells
    assert "合格" in cells


def test_a_course_that_is_there_no_more_is_no_harm() -> None:
    row = row_of(practice("gone"))
    assert (row.course, row.seconds, row.at, row.told) == ("", None, "", "すべて未着手")


@pytest.mark.parametrize(
    ("course", "at"), [("2-3", "2-3　1."), ("ch2", "2-1　1."), ("all", "1-1　1."), ("d-02", "対応　1.")]
)
def test_a_tile_names_the_place_in_few_letters(course: str, at: str) -> None:
    assert row_of(practice(course)).at == at


@pytest.mark.parametrize(
    ("course", "at"), [("2-3", "2-3"), ("ch2", "2章"), ("all", "すべて"), ("d-02", "対応")]
)
def test_a_tile_names_what_has_ended(course: str, at: str) -> None:
    assert row_of(practice(course, outcome="done")).at == at


def test_locks_come_first_then_calls_then_no_progress_the_longest_of_each_before_the_others() -> None:
    seats = [
        member(1),
        member(2, hand_since=minutes_ago(1)),
        member(3, asks_desk_since=minutes_ago(1)),
        member(4),
        member(5, asks_desk_since=minutes_ago(2)),
        member(6),
    ]
    rows = [
        practice(seconds=s, seat=f"s{place}") for place, s in ((1, 400), (2, 10), (3, 50), (4, 800), (6, 5))
    ]
    made = board.board(
        [standing.of_practices(each, [row for row in rows if row.seat == each.seat]) for each in seats], NOW
    )
    assert [row.member.place for row in made] == [1, 2, 3, 4, 5, 6]
    assert [row.member.place for row in board.in_need(made)] == [5, 3, 2, 4, 1]
    assert [row.member.place for row in board.needs_first(made)] == [5, 3, 2, 4, 1, 6]


# On the page -----------------------------------------------------------------------------------


def tiles(desk: Guest) -> list[str]:
    seats = next(each for each in desk.page.top.all("ol") if each.attrs.get("class") == "seats")
    return [seat.text for seat in seats.all("li")]


def test_the_board_follows_a_trainee_from_step_to_step(desk: Guest, trainee: Guest, class_id: int) -> None:
    page = f"/desk/classes/{class_id}/board?view=table"
    trainee.start("1-1")
    before = desk.get(page).page.rows
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password)
    after = desk.get(page).page.rows
    assert before[0][:6] == ["席番号", "氏名", "練習の内容", "現在の手順", "経過", "間違い"]
    assert before[0][6:] == [course.id for course in courses().values() if course.kind == "procedure"]
    assert before[1][:3] == ["1", "山田 太郎", "手順1-1 マスターユーザがログインする（案内つき）"]
    assert [row[1] for row in before[2:]] == ["－未参加"] * 2
    assert before[1] != after[1]
    assert "参加 1／3" in desk.page.text


def test_a_tile_says_who_where_how_and_how_many_mistakes(desk: Guest, trainee: Guest, class_id: int) -> None:
    trainee.start("1-1", "try")
    trainee.log_in("wrong", "wrong-too")
    assert tiles(desk.get(f"/desk/classes/{class_id}"))[0] == "1山田 太郎0分 1-1 4. 自力誤1"
    assert tiles(desk)[1:] == ["2－ 未参加", "3－ 未参加"]
    images = [
        each.attrs["aria-label"] for each in desk.page.top.all("span") if each.attrs.get("role") == "img"
    ]
    assert images == ["1-1 途中"]


def test_who_asks_again_without_news_is_told_so_in_a_word(desk: Guest, trainee: Guest, class_id: int) -> None:
    for page in (
        f"/desk/classes/{class_id}/board",
        f"/desk/classes/{class_id}/projection",
        f"/desk/seats/{trainee.seat.code}/now",
    ):
        tag = desk.get(page).answer.headers["ETag"]
        same = desk.client.get(page, headers={"If-None-Match": tag})
        assert (same.status_code, same.get_data()) == (304, b""), page
    tag = desk.get(f"/desk/classes/{class_id}/board").answer.headers["ETag"]
    trainee.start()
    answer = desk.client.get(f"/desk/classes/{class_id}/board", headers={"If-None-Match": tag})
    assert answer.status_code == 200


def test_the_order_and_the_view_stay_while_the_board_asks_for_itself_and_after_a_form(
    densai: Bank, desk: Guest, class_id: int
) -> None:
    for name in ("一", "二"):
        at = Guest(densai).join(code_of(densai, class_id), name)
    at.start().send_form("/my/outside", what="desk")
    asked = "order=need&view=table"
    for path in (f"/desk/classes/{class_id}", f"/desk/classes/{class_id}/board"):
        rows = desk.get(f"{path}?{asked}").page.rows
        assert [row[0] for row in rows[1:4]] == ["2", "1", "3"]
    desk.get(f"/desk/classes/{class_id}?{asked}")
    live = next(each for each in desk.page.top.all("div") if each.attrs.get("id") == "board")
    assert live.attrs["data-live"] == f"/desk/classes/{class_id}/board?{asked}"
    desk.press("ロックを解除する")
    assert [row[0] for row in desk.page.rows[1:4]] == ["1", "2", "3"]
    assert "table" in desk.page.html
    assert "ロックを解除しました" in desk.page.text


def test_the_list_names_each_seat_in_need_with_its_reason(densai: Bank, desk: Guest, class_id: int) -> None:
    for name in ("一郎", "二郎"):
        at = Guest(densai).join(code_of(densai, class_id), name).start("2-1")
        at.send_form("/my/outside", what="desk") if name == "一郎" else raise_hand(at)
    need = next(each for each in desk.get(f"/desk/classes/{class_id}").page.top.all("section"))
    lines = [each.text for each in need.all("li")]
    assert lines[0].startswith("1 一郎")
    assert "窓口に申し出（ロック）" in lines[0]
    assert lines[1].startswith("2 二郎")
    assert "講師を呼んでいます" in lines[1]
    assert "対応が必要な席2" in need.text


def test_a_list_too_long_for_the_screen_says_how_many_more_there_are(densai: Bank, desk: Guest) -> None:
    class_id = desk.make_class("大きなクラス", 12)
    for number in range(10):
        raise_hand(Guest(densai).join(code_of(densai, class_id), f"受講者{number}").start("2-1"))
    need = next(each for each in desk.get(f"/desk/classes/{class_id}").page.top.all("section"))
    assert len(list(need.all("li"))) == 8
    assert "ほか2席" in need.text
