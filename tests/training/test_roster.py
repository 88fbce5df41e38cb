"""名簿: names go out to Excel and come back; where a row is bad, each is named and nothing is taken in."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from simulator.training import classes, roster, roster_file
from simulator.training import names as name_rules
from tests.training.guests import Guest, code_of, member_of, table_of, training

if TYPE_CHECKING:
    from tests.screens.banks import Bank

HEAD = "番号,氏名\r\n"


def take(desk: Guest, class_id: int, text: str | bytes) -> str:
    """Return the page's message after a file was sent."""
    data = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    desk.upload(f"/desk/classes/{class_id}/roster", data)
    return desk.page.alert


def names(bank: Bank, class_id: int) -> list[str]:
    return [member.name for member in training(bank).members(class_id)]


ENCODINGS = {
    "Excel's UTF-8": "utf-8-sig",
    "plain UTF-8": "utf-8",
    "Excel's Shift_JIS": "cp932",
    "Excel's Unicode text": "utf-16",
}


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_names_come_in_as_excel_saves_them(
    densai: Bank, desk: Guest, class_id: int, encoding: str, end: str
) -> None:
    text = end.join(["番号,氏名,席コード", "2,髙橋　花子,x", "", ' 1 ,"山田, 太郎"', ",", ""])
    assert take(desk, class_id, text.encode(encoding)) == ""
    assert "名簿を取り込みました" in desk.page.text
    assert names(densai, class_id) == ["山田, 太郎", "髙橋 花子", ""]
    assert member_of(Guest(densai).join(code_of(densai, class_id), "髙橋 花子")).place == 2


BAD = {
    "a number without a seat": ("4,四郎", "2行目：席番号4の席はありません。"),
    "no number": (",四郎", "2行目：席番号「」の席はありません"),
    "a number in words": ("一,四郎", "2行目：席番号「一」の席はありません"),
    "an endless number": (f"{'9' * 6000},四郎", "2行目：席番号「99999999999999999999」の席はありません"),
    "a number twice": ("2,二郎\r\n2,三郎", "3行目：席番号2が2回あります"),
    "a long name": (f"2,{'あ' * 41}", "2行目：氏名：40文字以内"),
    "a control character": ("2,二\x07郎", "制御文字"),
    "no name for who is there": ("1,", "2行目：席番号1の方は参加しています"),
    "the same name twice": ("2,二郎\r\n3,　二郎", "氏名「二郎」が2回あります（席番号2、3）"),
    "a name that is there": ("2,山田 太郎", "氏名「山田 太郎」が2回あります（席番号1、2）"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_row_is_named_and_nothing_is_taken_in(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, why: str
) -> None:
    rows, words = BAD[why]
    before = training(densai).members(class_id)
    shown = take(desk, class_id, f"{HEAD}{rows}\r\n3,三太")
    assert (desk.status, words in shown) == (422, True), shown
    assert "どの行も取り込んでいません。" in shown
    assert training(densai).members(class_id) == before
    assert trainee.shown_name() == "山田 太郎"


def test_every_bad_row_is_named_at_once(desk: Guest, class_id: int) -> None:
    shown = take(desk, class_id, f"{HEAD}7,七郎\r\n1,一郎\r\n8,八郎\r\n1,二郎\r\n2,{'あ' * 41}")
    assert [f"{line}行目" in shown for line in range(2, 7)] == [True, False, True, True, True]


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "見出しの行がありません"),
    "no heading": ("山田,1\r\n鈴木,2".encode(), "見出しの行がありません"),
    "a workbook": (b"PK\x03\x04\x00\x00\x00\xff\xfe", "ファイルを読めません"),
    "UTF-16 without its mark": (f"{HEAD}1,山田".encode("utf-16-le"), "ファイルを読めません"),
    "half of UTF-16": (f"{HEAD}1,山田".encode("utf-16")[:-1], "ファイルを読めません"),
    "no encoding at all": (b"\x81", "ファイルを読めません"),
    "an open quotation mark": (f'{HEAD}1,"山田'.encode(), "引用符"),
    "too many people": (HEAD.encode() + b"1,x\n" * 501, "500人を超えています"),
    "far too big": (HEAD.encode() + b"1,x" + b" " * 300_000, "ファイルを読めません"),
}


@pytest.mark.parametrize("why", BROKEN)
def test_a_file_that_is_no_roster_says_so(densai: Bank, desk: Guest, class_id: int, why: str) -> None:
    data, words = BROKEN[why]
    shown = take(desk, class_id, data)
    assert (desk.status, words in shown) == (422, True), shown
    assert names(densai, class_id) == ["", "", ""]


def test_without_a_file_the_page_says_to_choose_one(desk: Guest, class_id: int) -> None:
    desk.upload(f"/desk/classes/{class_id}/roster", b"", "")
    assert (desk.status, "ファイルを選んでください" in desk.page.alert) == (422, True)
    desk.send_form(f"/desk/classes/{class_id}/roster")
    assert (desk.status, "ファイルを選んでください" in desk.page.alert) == (422, True)


def test_a_class_of_500_with_the_longest_names_comes_in(densai: Bank, desk: Guest) -> None:
    class_id = desk.make_class(seats=500)
    longest = [f"{place:03}{'山' * (name_rules.LONGEST_NAME - 3)}" for place in range(1, 501)]
    rows = "".join(f"{place},{name}\r\n" for place, name in enumerate(longest, 1))
    assert len((HEAD + rows).encode()) < roster_file.MOST_BYTES
    assert take(desk, class_id, HEAD + rows) == ""
    assert names(densai, class_id) == longest


FORMULAS = ["=1+1", "+81", "-x", "@SUM(A1)", "'=1+1", "'山田", "''"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_goes_out_as_text_and_comes_back_as_it_was(
    densai: Bank, desk: Guest, class_id: int, name: str
) -> None:
    Guest(densai).join(code_of(densai, class_id), name)
    data = desk.get(f"/desk/classes/{class_id}/roster.csv").answer.body
    cell = table_of(data)[1][1]
    assert cell[0] not in "=+-@"
    assert cell.removeprefix("'") in (name, name.removeprefix("'"))
    assert take(desk, class_id, data) == ""
    assert names(densai, class_id) == [name, "", ""]


def test_the_roster_goes_out_with_a_heading_that_excel_reads(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    answer = desk.get(f"/desk/classes/{class_id}/actions").follow("CSVでダウンロードする").answer
    assert answer.body.startswith("\ufeff席番号,氏名,席コード,参加\r\n".encode())
    assert answer.headers["Content-Disposition"] == f'attachment; filename="meibo-{class_id}.csv"'
    members = training(densai).members(class_id)
    code = classes.shown_code(member_of(trainee).code)
    assert table_of(answer.body)[1] == ["1", "山田 太郎", code, "済"]
    assert [row[0] for row in table_of(answer.body)[1:]] == [str(member.place) for member in members]


def test_two_may_swap_their_names(densai: Bank, desk: Guest, class_id: int) -> None:
    take(desk, class_id, f"{HEAD}1,一郎\r\n2,二郎")
    assert take(desk, class_id, f"{HEAD}1,二郎\r\n2,一郎") == ""
    assert names(densai, class_id) == ["二郎", "一郎", ""]


def test_whoever_has_sat_down_keeps_his_seat_when_he_gets_another_name(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    before = trainee.seat.read()
    assert take(desk, class_id, f"{HEAD}1,山田 太朗") == ""
    assert trainee.shown_name() == "山田 太朗"
    assert member_of(trainee).joined
    assert trainee.seat.read() == before


def test_a_file_is_read_as_csv_is_written() -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["番号", "氏名"], [1, 'ミスター"X"']])
    assert roster.parse(text.getvalue().encode(), []).faults == ["2行目：席番号1の席はありません。"]


# As Excel really leaves it ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [",,,\r\n" * 600, "\r\n" * 600, "　,\u3000\r\n" * 600])
def test_rows_without_anything_count_for_nothing_wherever_they_are(
    densai: Bank, desk: Guest, class_id: int, rows: str
) -> None:
    assert take(desk, class_id, f"{rows}{HEAD}{rows}1,一郎\r\n{rows}2,二郎\r\n{rows}") == ""
    assert names(densai, class_id) == ["一郎", "二郎", ""]
    shown = take(desk, class_id, f"{HEAD}{rows}9,九郎\r\n")
    assert "602行目：席番号9の席はありません。" in shown  # by its number in the file


@pytest.mark.parametrize("number", ["２", "002", "2.0", "２．０", " 2 ", "2.00"])
def test_a_number_is_read_however_it_is_written(
    densai: Bank, desk: Guest, class_id: int, number: str
) -> None:
    assert take(desk, class_id, f"{HEAD}{number},二郎") == ""
    assert names(densai, class_id) == ["", "二郎", ""]


@pytest.mark.parametrize("number", ["2.5", "2.", "-2", "2,0", "2番", "00", "0"])
def test_what_is_no_number_of_a_seat_is_named(desk: Guest, class_id: int, number: str) -> None:
    assert "2行目：席番号" in take(desk, class_id, f'{HEAD}"{number}",二郎')


FORMS = {
    "tabs": "番号\t氏名\n1\t一郎\n2\t二郎\n",
    "semicolons": "番号;氏名\r\n1;一郎\r\n2;二郎\r\n",
    "a separator's line": "sep=,\r\n番号,氏名\r\n1,一郎\r\n2,二郎\r\n",
    "a title above": "四月の研修　名簿,,\r\n,,\r\n席番号,氏名,備考\r\n1,一郎,\r\n2,二郎,欠席\r\n",
    "other columns first": "所属,氏名,席番号\r\n本店,一郎,1\r\n支店,二郎,2\r\n",
    "full-width heading": "席番号　,お名前\r\n1,一郎\r\n2,二郎\r\n",
    "quotation marks": '"番号","氏名"\r\n"1","一郎"\r\n"2","二郎"\r\n',
}


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_is_found_wherever_it_stands(densai: Bank, desk: Guest, class_id: int, form: str) -> None:
    assert take(desk, class_id, FORMS[form]) == ""
    assert names(densai, class_id) == ["一郎", "二郎", ""]


def test_letters_that_excel_has_lost_are_refused_by_row(densai: Bank, desk: Guest, class_id: int) -> None:
    for name in ("𠮷田 花子", "山田 太郎"):
        Guest(densai).join(code_of(densai, class_id), name)
    for lost in ("?田 花子", "??田 花子"):
        shown = take(desk, class_id, f"{HEAD}1,{lost}\r\n2,山田 次郎".encode("cp932"))
        assert "2行目：氏名に「?」があります" in shown
        assert "現在の氏名：𠮷田 花子" in shown
    assert names(densai, class_id) == ["𠮷田 花子", "山田 太郎", ""]
    assert take(desk, class_id, f"{HEAD}1,吉田 花子") == ""
    assert names(densai, class_id)[0] == "吉田 花子"


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u00ad", "\u2800"], ids=ascii)
def test_a_name_that_nobody_sees_is_none(densai: Bank, desk: Guest, class_id: int, name: str) -> None:
    assert "2行目：氏名：見える文字がありません。" in take(desk, class_id, f"{HEAD}1,{name}")
    assert "2行目：氏名：使用できない文字" in take(desk, class_id, f"{HEAD}1,\u202e中田")
    assert names(densai, class_id) == ["", "", ""]


def test_unseen_letters_and_spaces_make_no_second_person(desk: Guest, class_id: int) -> None:
    shown = take(desk, class_id, f"{HEAD}1,田中\r\n2,田\u200b中")
    assert "氏名「田中」が2回あります（席番号1、2）" in shown
    shown = take(desk, class_id, f"{HEAD}1,山田 太郎\r\n2,山田太郎")
    assert "氏名「山田 太郎」が2回あります（席番号1、2）" in shown
    assert take(desk, class_id, f"{HEAD}1,渡邉 花子\r\n2,渡邊 花子") == ""  # two people


def test_a_person_keeps_the_letters_of_the_name(densai: Bank, desk: Guest, class_id: int) -> None:
    assert take(desk, class_id, f"{HEAD}1,\ufa19保 \ufa10田\r\n2,葛\U000e0100城 髙") == ""
    assert names(densai, class_id) == ["\ufa19保 \ufa10田", "葛\U000e0100城 髙", ""]
