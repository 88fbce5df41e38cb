"""名簿 as a workbook: it goes out and comes back, has the same faults as CSV, and does no harm."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from simulator.training import classes
from tests.training.guests import Guest, member_of
from tests.training.test_roster import names, take

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens.banks import Bank


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_goes_out_and_comes_back_with_names(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    answer = desk.get(f"/desk/classes/{class_id}/actions").follow("名簿（Excel）をダウンロードする").answer
    assert answer.headers["Content-Disposition"] == f'attachment; filename="meibo-{class_id}.xlsx"'
    book = load_workbook(io.BytesIO(answer.body))
    sheet = book.worksheets[0]
    code = classes.shown_code(member_of(trainee).code)
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][:2] == [
        ["席番号", "氏名", "席コード", "参加"],
        [1, "山田 太郎", code, "済"],
    ]
    sheet["B3"], sheet["B4"] = "髙橋 花子", "=1+1"
    sheet["B4"].data_type = "s"
    sheet["F900"] = " "  # a cell once touched
    out = io.BytesIO()
    book.save(out)
    assert take(desk, class_id, out.getvalue()) == ""
    assert names(densai, class_id) == ["山田 太郎", "髙橋 花子", "=1+1"]


def test_a_workbook_has_the_same_faults_as_csv(densai: Bank, desk: Guest, class_id: int) -> None:
    rows: list[list[object]] = [
        ["席番号", "氏名"],
        [1, "一郎"],
        [41, "四郎"],
        [1.0, "五郎"],
        ["２", "あ" * 41],
        [None, "六郎"],
        [2.5, "七郎"],
    ]
    shown = take(desk, class_id, workbook(rows))
    for words in (
        "3行目：席番号41の席はありません。",
        "4行目：席番号1が2回あります。",
        "5行目：氏名：40文字以内",
        "6行目：席番号「」の席はありません。",
        "7行目：席番号「2.5」の席はありません。",
        "どの行も取り込んでいません。",
    ):
        assert words in shown
    assert names(densai, class_id) == ["", "", ""]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 25_000_000)
    return out.getvalue()


def emptied(data: bytes, part: str) -> bytes:
    """A workbook with one part of it broken."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == part else old.read(name))
    return out.getvalue()


NOT_READ: dict[str, Callable[[], bytes]] = {
    "no zip at all": lambda: b"PK\x03\x04 and no more",
    "a zip without a book": lambda: emptied(workbook([]), "[Content_Types].xml"),
    "a broken sheet": lambda: emptied(workbook([]), "xl/worksheets/sheet1.xml"),
    "a broken book": lambda: emptied(workbook([]), "xl/workbook.xml"),
    "one that would fill the memory": bomb,
}


@pytest.mark.parametrize("why", NOT_READ)
def test_a_workbook_that_cannot_be_read_says_so(densai: Bank, desk: Guest, class_id: int, why: str) -> None:
    shown = take(desk, class_id, NOT_READ[why]())
    assert (desk.status, "ファイルを読めません" in shown) == (422, True), shown
    assert names(densai, class_id) == ["", "", ""]


def test_a_workbook_without_a_heading_says_so(desk: Guest, class_id: int) -> None:
    assert "見出しの行がありません" in take(desk, class_id, workbook([["a", "b"], [1, "一郎"]]))
    assert "見出しの行がありません" in take(desk, class_id, workbook([]))
