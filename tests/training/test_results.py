"""Results as CSV and as a workbook, read back by openpyxl; nothing in them runs as a formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store.training import NewEntry
from simulator.training import classes
from simulator.training.lessons import courses
from simulator.training.model import utc_now
from simulator.training.results import harmless, unguarded
from tests.training.guests import Guest, code_of, member_of, table_of, training

if TYPE_CHECKING:
    from openpyxl import Workbook

    from tests.screens.banks import Bank

SHEETS = ["受講者一覧", "練習の記録", "間違い"]


@pytest.fixture
def practised(trainee: Guest) -> Guest:
    """A trainee who has logged in at the second try while learning, and failed a test."""
    trainee.start("1-1")
    trainee.log_in(MASTER_ID, "machigai")
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password)
    trainee.start("1-3", "measure")
    trainee.hand_in()
    assert "不合格" in trainee.page.text
    return trainee


def workbook(desk: Guest, class_id: int) -> Workbook:
    answer = desk.get(f"/desk/classes/{class_id}/results").follow("Excelで保存する").answer
    assert answer.headers["Content-Disposition"] == f'attachment; filename="kekka-{class_id}.xlsx"'
    return load_workbook(io.BytesIO(answer.body))


def cells(book: Workbook, title: str) -> list[list[object]]:
    return [list(row) for row in book[title].iter_rows(values_only=True)]


def test_the_workbook_holds_who_has_done_what(desk: Guest, practised: Guest, class_id: int) -> None:
    book = workbook(desk, class_id)
    assert book.sheetnames == SHEETS
    for title in SHEETS:
        assert "訓練用" in str(book[title]["A1"].value)
        assert book[title]["A2"].font.bold
        assert book[title].freeze_panes == "C3"
    people = cells(book, "受講者一覧")
    states = dict(zip(people[1], people[2], strict=True))
    code = classes.shown_code(member_of(practised).code)
    assert people[2][:4] == [1, "山田 太郎", code, "済"]
    assert states["間違い"] == 1
    assert states[courses()["1-1"].title] == "案内つきで完了"
    assert states[courses()["1-3"].title] == "途中"
    assert states[courses()["2-1"].title] == "未着手"
    assert people[3][:4] == [2, None, classes.shown_code(training(desk.bank).members(class_id)[1].code), "－"]


def test_workbook_and_csv_tell_the_same_of_every_practice(
    desk: Guest, practised: Guest, class_id: int
) -> None:
    answer = desk.get(f"/desk/classes/{class_id}/results").follow("CSVで保存する").answer
    assert answer.body.startswith("\ufeff席番号,氏名,内容".encode())
    rows = table_of(answer.body)
    book = cells(workbook(desk, class_id), "練習の記録")[1:]
    assert [["" if cell is None else str(cell) for cell in row] for row in book] == rows
    learnt, measured = (dict(zip(rows[0], row, strict=True)) for row in rows[1:])
    assert (learnt["練習方法"], learnt["結果"], learnt["間違い"]) == ("案内つき", "案内つきで完了", "1")
    assert (measured["練習方法"], measured["結果"]) == ("テスト", "不合格")
    assert "1-3" in measured["最初に違っていた手順"]
    assert member_of(practised).name == learnt["氏名"]


def test_mistakes_are_counted_at_the_manuals_steps(desk: Guest, practised: Guest, class_id: int) -> None:
    head, row = cells(workbook(desk, class_id), "間違い")[1:3]
    assert head == ["手順", "手順の文", "案内つき", "自力", "テスト", "計"]
    assert row[2:] == [1, 0, 0, 1]
    assert "手順1-1" in str(row[0])
    table = desk.get(f"/desk/classes/{class_id}/results").page.rows
    assert table[1] == [" ".join(str(cell).split()) for cell in row]
    assert "案内つきで完了" in practised.get("/my").page.text


def test_an_empty_class_has_its_results_too(desk: Guest, class_id: int) -> None:
    book = workbook(desk, class_id)
    assert [len(cells(book, title)) for title in SHEETS] == [2 + 3, 2, 2]
    assert "間違いはまだありません" in desk.get(f"/desk/classes/{class_id}/results").page.text


def test_a_step_that_is_in_the_features_no_more_is_still_counted(
    densai: Bank, desk: Guest, practised: Guest, class_id: int
) -> None:
    going = training(densai).current(practised.seat.code)
    assert going
    gone = NewEntry("mistake", "9-9.9", {"what": ""})
    with training(densai).changing() as change:
        change.add_trail(going.id, practised.seat.code, utc_now(), [gone])
    assert "9-9.9" in [row[0] for row in cells(workbook(desk, class_id), "間違い")]
    for path in (f"/desk/classes/{class_id}/results", f"/desk/seats/{practised.seat.code}"):
        assert "9-9.9" in desk.get(path).page.text


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x", "'=1"])
def test_no_cell_is_a_formula(densai: Bank, desk: Guest, class_id: int, name: str) -> None:
    Guest(densai).join(code_of(densai, class_id), name).start()
    book = workbook(desk, class_id)
    for title in SHEETS:
        assert all(cell.data_type != "f" for row in book[title].iter_rows() for cell in row)
    assert cells(book, "受講者一覧")[2][1] == f"'{name}"
    table = table_of(desk.get(f"/desk/classes/{class_id}/results.csv").answer.body)
    assert table[1][1] == f"'{name}"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in table for cell in row)


@pytest.mark.parametrize("text", ["", "=1", "+1", "-1", "@", "\t1", "\r1", "'", "''=1", "'a", "a=1", "山田"])
def test_a_guarded_text_comes_back_as_it_was(text: str) -> None:
    guarded = harmless(text)
    assert isinstance(guarded, str)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded) == text


def test_numbers_stay_numbers() -> None:
    assert [harmless(cell) for cell in (-1, 0, None)] == [-1, 0, None]


# On the page -----------------------------------------------------------------------------------


def test_the_page_has_a_line_for_each_seat_with_its_states_in_words(
    desk: Guest, practised: Guest, class_id: int
) -> None:
    page = desk.get(f"/desk/classes/{class_id}/results").page
    assert practised.seat.code in page.html
    lines = [row for row in page.top.all("tr") if "山田 太郎" in row.text]
    told = [cell.attrs["aria-label"] for cell in lines[0].all("span") if cell.attrs.get("role") == "img"]
    assert told[:3] == ["案内つきで完了", "未着手", "途中"]
    assert len(told) == 11
    assert "－未参加" in page.text
    for words in ("進捗の推移", "手順ごとの間違い", "受講者一覧"):
        assert words in page.text


def test_what_the_coach_was_refused_is_no_mistake_of_the_trainees(
    densai: Bank, desk: Guest, practised: Guest, class_id: int
) -> None:
    before = cells(workbook(desk, class_id), "間違い")
    picture = desk.get(f"/desk/classes/{class_id}/mistakes.svg").answer.body
    going = training(densai).current(practised.seat.code)
    assert going
    with training(densai).changing() as change:
        entry = NewEntry("coach", "1-1.4", {"what": "拒否されました"})
        change.add_trail(going.id, practised.seat.code, utc_now(), [entry])
    assert cells(workbook(desk, class_id), "間違い") == before
    assert desk.get(f"/desk/classes/{class_id}/mistakes.svg").answer.body == picture
    assert "案内の操作" in desk.get(f"/desk/seats/{practised.seat.code}").page.text
