"""講師用画面: classes made in one click, and what can be done to a whole class."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.domain.world import Clock
from simulator.manual.order import STARTS
from simulator.manual.procedures import titles
from simulator.store.training import read
from simulator.training import classes, starts
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan, utc_now
from tests.screens.test_hostile import CONTROL, HOSTILE
from tests.screens.visitor import URLENCODED
from tests.training.guests import Guest, code_of, member_of, training

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.domain.world import World
    from tests.screens.banks import Bank


def worlds_of(bank: Bank, class_id: int) -> list[World]:
    seats = [bank.worlds.seat(member.seat) for member in training(bank).members(class_id)]
    return [seat.read() for seat in seats if seat]


def plan_of(bank: Bank, class_id: int) -> ClassPlan:
    row = training(bank).class_(class_id)
    assert row
    return read(row.document, ClassPlan)


# Making a class --------------------------------------------------------------------------------


@pytest.mark.parametrize("seats", [1, 40, 500])
def test_a_class_is_made_in_one_click_each_seat_a_bank_of_its_own(
    densai: Bank, desk: Guest, seats: int
) -> None:
    class_id = desk.make_class(seats=seats)
    members = training(densai).members(class_id)
    assert [member.place for member in members] == list(range(1, seats + 1))
    for distinct in ("seat", "code"):
        assert len({getattr(member, distinct) for member in members}) == seats
    assert len({world.seed for world in worlds_of(densai, class_id)}) == seats
    assert desk.page.html.count("seat absent") == seats
    last = Guest(densai).come_back(members[-1].code)
    assert last.start().heading == "当金庫ホームページ"
    assert (
        last.log_in(MASTER_ID, people_of(last.seat.seed).master.issued_password).heading
        == "ログインパスワード変更"
    )


def test_a_class_is_as_its_form_said(densai: Bank, desk: Guest) -> None:
    day = (utc_now() + timedelta(days=40)).date()
    class_id = desk.make_class(
        "朝の 部", 2, seed="77", starts_on=f"{day}", minutes="25", courses=["1-1", "4"], modes=["learn"]
    )
    assert plan_of(densai, class_id) == ClassPlan("朝の 部", 77, ["1-1", "4"], ["learn"], day, 25)
    assert [world.seed for world in worlds_of(densai, class_id)] == [77, 78]
    for world in worlds_of(densai, class_id):
        assert abs((world.now() - Clock().now()) - timedelta(days=40)) < timedelta(days=1, minutes=1)
    at = Guest(densai).join(code_of(densai, class_id), "山田").get("/my")
    offered = {form.element.attrs["action"]: form for form in at.page.forms}
    assert "/my/start" in offered
    assert not any(words in button for words in ("見本", "自力", "テスト") for button in at.page.buttons)
    assert at.start("1-2").status == at.start("1-1", "measure").status == 400
    assert at.start("1-1").heading == "当金庫ホームページ"


BAD = {
    "no name": ("name", "", "クラス名を入力してください"),
    "a name too long": ("name", "あ" * 41, "40文字以内"),
    "a name that is there": ("name", "　昨日の  研修 ", "同じ名前のクラスがあります"),
    "0 seats": ("seats", "0", "1から500まで"),
    "501 seats": ("seats", "501", "1から500まで"),
    "-1 seats": ("seats", "-1", "1から500まで"),
    "no seats": ("seats", "", "1から500まで"),
    "words for seats": ("seats", "たくさん", "1から500まで"),
    "half seats": ("seats", "1.5", "1から500まで"),
    "astronomical seats": ("seats", "9" * 5000, "1から500まで"),
    "seed too big": ("seed", str(10**9 + 1), "10億まで"),
    "no day": ("starts_on", "2026-02-30", "日付を正しく"),
    "a far day": ("starts_on", "2099-01-01", "前後10年以内"),
    "no time at all": ("minutes", "0", "1から600まで"),
    "too much time": ("minutes", "601", "1から600まで"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_class_that_cannot_be_made_is_refused_at_the_field_and_the_input_kept(
    densai: Bank, desk: Guest, why: str
) -> None:
    desk.make_class("昨日の 研修", 1)
    field, value, words = BAD[why]
    typed: dict[str, Any] = {"name": "四月の研修", "seats": "12", "seed": "99", "minutes": "30"} | {
        field: value
    }
    chosen: dict[str, Any] = {"courses": ["1-2", "4"], "modes": ["try", "measure"]}
    desk.get("/desk").press("クラスを作成する", **typed, **chosen)
    assert (desk.status, words in desk.page.fault(field)) == (422, True)
    assert words in desk.page.alert
    for name, text in typed.items():
        assert desk.page.box(name).attrs["value"] == text.strip()
    boxes = [box for box in desk.page.top.all("input") if box.attrs.get("name") in ("courses", "modes")]
    assert {box.attrs["value"] for box in boxes if "checked" in box.attrs} == {"1-2", "4", "try", "measure"}
    assert len(training(densai).classes()) == 1


@pytest.mark.parametrize(
    ("nothing", "words"), [("courses", "練習できる内容を"), ("modes", "使える練習方法を")]
)
def test_a_class_needs_something_to_practise(densai: Bank, desk: Guest, nothing: str, words: str) -> None:
    none: dict[str, Any] = {nothing: []}
    desk.get("/desk").press("クラスを作成する", name="四月", **none)
    assert (desk.status, words in desk.page.alert) == (422, True)
    assert training(densai).classes() == []


def test_a_double_click_makes_one_class(densai: Bank, desk: Guest) -> None:
    form = desk.get("/desk").page.form("クラスを作成する")
    data = urlencode(form.data(name="四月", seats="40"))
    together = threading.Barrier(4)

    def click(_number: int) -> int:
        client = densai.app.test_client()
        client._cookies = desk.client._cookies
        together.wait()
        return client.post(form.action, data=data, content_type=URLENCODED).status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(click, range(4))) == [303, 422, 422, 422]
    assert len(training(densai).classes()) == 1


def test_every_course_and_mode_is_offered_and_ticked_at_first(desk: Guest) -> None:
    boxes = [box.attrs for box in desk.get("/desk").page.top.all("input") if box.attrs["type"] == "checkbox"]
    assert [box["value"] for box in boxes] == ["1", *MODES, *courses()]
    assert all("checked" in box for box in boxes)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_every_field_takes_whatever_comes(densai: Bank, desk: Guest, class_id: int, value: str) -> None:
    seat = training(densai).members(class_id)[0].seat
    of_class = ("", "/actions", "/settings", "/message", "/delete", "/archive")
    for page in ("/desk", *(f"/desk/classes/{class_id}{each}" for each in of_class), f"/desk/seats/{seat}"):
        for form in desk.get(page).page.forms:
            if form.method == "POST" and not form.action.endswith(("/logout", "/recode")):
                desk.post(form.action, form.data(**dict.fromkeys(form.typed, value)))
                assert desk.status in (200, 409, 413, 422), form.action
                html = desk.page.html
                assert "<b id=main>" not in html
                assert "<script>alert" not in html
                assert not CONTROL & set(html)


# A whole class ---------------------------------------------------------------------------------


@pytest.mark.parametrize("procedure", STARTS)
def test_a_class_is_put_to_the_start_of_any_procedure(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, procedure: str
) -> None:
    alone = Guest(densai).begin_alone()
    before = alone.seat.read()
    trainee.start("2-2")
    desk.get(f"/desk/classes/{class_id}/actions").press("全席を戻す", procedure=procedure)
    assert "選んだ手順の開始時点に戻しました" in desk.page.text
    for world in worlds_of(densai, class_id):
        assert world.users == starts.world_at(world.seed, procedure, world.clock).users
    going = training(densai).current(trainee.seat.code)
    assert (going and going.outcome) == "stopped"
    assert alone.seat.read() == before


def test_every_procedure_of_the_manual_can_be_chosen_by_its_heading_and_is_asked_for_first(
    desk: Guest, class_id: int, trainee: Guest
) -> None:
    for page, button in (
        (f"/desk/classes/{class_id}/actions", "全席を戻す"),
        (f"/desk/seats/{trainee.seat.code}", "戻す"),
    ):
        form = desk.get(page).page.form(button)
        assert "よろしいですか" in form.element.attrs["data-confirm"]
        select = next(form.element.all("select"))
        options = {option.attrs["value"]: option.text for option in select.all("option")}
        assert set(options) == set(STARTS)
        for procedure, title in titles().items():
            assert options[procedure] == f"{procedure} {title}"


@pytest.mark.parametrize("procedure", ["", "5-1", "1-1 ", "<b>", "x" * 10_000])
def test_an_unknown_procedure_resets_nothing(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, procedure: str
) -> None:
    before = worlds_of(densai, class_id)
    for page in (f"/desk/classes/{class_id}", f"/desk/seats/{trainee.seat.code}"):
        assert desk.send_form(f"{page}/reset", procedure=procedure).status == 400
    assert worlds_of(densai, class_id) == before


def days_ahead(world: World) -> int:
    return round((world.now() - Clock().now()).total_seconds() / 86_400)


def test_a_class_is_moved_to_another_date_and_stays_there(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    for days, ahead in (("80", 80), ("+10", 90), ("-30", 60)):
        desk.get(f"/desk/classes/{class_id}/actions").press("全席の日付を変える", days=days)
        assert "訓練の日付を変えました" in desk.page.text
        assert {days_ahead(world) for world in worlds_of(densai, class_id)} == {ahead}
    trainee.start("2-1")
    assert days_ahead(trainee.seat.read()) == 60
    desk.send_form(f"/desk/seats/{trainee.seat.code}/reset", procedure="end")
    assert days_ahead(trainee.seat.read()) == 60


@pytest.mark.parametrize("days", ["", "0", "-0", "3651", "-3651", "1.5", "一", "１", "--1", "9" * 400, "1e3"])
def test_a_date_that_cannot_be_moved_so_is_refused_and_the_input_kept(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, days: str
) -> None:
    before = worlds_of(densai, class_id)
    pages = {
        f"/desk/classes/{class_id}/actions": "全席の日付を変える",
        f"/desk/seats/{trainee.seat.code}": "変える",
    }
    for page, button in pages.items():
        desk.get(page).press(button, days=days)
        assert (desk.status, "日数を入力してください" in desk.page.fault("days")) == (422, True)
        assert desk.page.box("days").attrs["value"] == days
    assert worlds_of(densai, class_id) == before


def test_a_date_never_leaves_the_calendar(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    for page in (f"/desk/seats/{trainee.seat.code}", f"/desk/classes/{class_id}"):
        desk.send_form(f"{page}/date", days="3650")
        desk.send_form(f"{page}/date", days="3650")
        assert (desk.status, "10年まで" in desk.page.fault("days")) == (422, True)
        desk.send_form(f"{page}/date", days="-3650")
    assert {days_ahead(world) for world in worlds_of(densai, class_id)} <= {0, -3650}


def test_a_class_is_deleted_with_everything_once_its_name_is_typed(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    other = desk.make_class("五月の研修", 1)
    trainee.start()
    desk.get(f"/desk/classes/{class_id}/settings").follow("クラスを削除する")
    assert desk.heading == "クラスを削除しますか？"
    for words in ("元に戻せません", "席 3（参加した受講者 1名）", "練習の記録 1件"):
        assert words in desk.page.text
    desk.press("削除する", name="五月の研修")
    assert (desk.status, desk.page.fault("name")) == (422, "クラス名が一致しません。")
    assert desk.page.box("name").attrs["value"] == "五月の研修"
    code = code_of(densai, class_id)
    assert desk.press("削除する", name=" 四月の 研修 ").heading == "クラス一覧"
    assert "クラスを削除しました" in desk.page.text
    assert [row.id for row in training(densai).classes()] == [other]
    assert [seat.label for seat in densai.worlds.seats()] == ["席1"]
    assert training(densai).practices_of(trainee.seat.code) == []
    assert training(densai).trail_of(trainee.seat.code) == []
    assert trainee.get("/my").path == "/"
    assert trainee.get(trainee.home).status == 404
    assert "クラスはありません" in trainee.join(code, "山田").page.fault("class_code")


def test_the_list_shows_every_class_and_how_many_have_come(densai: Bank, desk: Guest, trainee: Guest) -> None:
    desk.make_class("五月の研修", 2)
    Guest(densai).begin_alone()
    rows = {row[0]: row for row in desk.get("/desk").page.rows[1:]}
    assert [rows["四月の研修"][2], rows["五月の研修"][2]] == ["1／3", "0／2"]
    code = code_of(densai, member_of(trainee).class_id or 0)
    assert rows["四月の研修"][1] == classes.shown_code(code)
    assert "ひとりで練習している席が1あります" in desk.page.text


def test_cards_are_printed_one_a_seat_with_what_the_bank_hands_over_and_no_more(
    densai: Bank, desk: Guest, class_id: int
) -> None:
    Guest(densai).join(code_of(densai, class_id), "山田 太郎")
    page = desk.get(f"/desk/classes/{class_id}").press("通知書面を印刷する").page
    sheets = [each for each in page.top.all("section") if each.attrs.get("class") == "sheet"]
    members = training(densai).members(class_id)
    assert len(sheets) == len(members) == 3
    for sheet, member in zip(sheets, members, strict=True):
        seat = densai.worlds.seat(member.seat)
        assert seat
        people = people_of(seat.seed)
        for words in (MASTER_ID, people.master.issued_password, classes.shown_code(member.code), "訓練用"):
            assert words in sheet.text
        for secret in (people.master.password, people.master.approval_password, GENERAL_ID, member.seat):
            assert secret not in page.html
    assert "山田 太郎 様" in sheets[0].text
    assert desk.press("戻る").heading == "四月の研修"


@pytest.mark.parametrize("done", ["nonsense", "<script>", "told&done=reset"])
def test_the_pages_say_only_what_they_know(desk: Guest, trainee: Guest, class_id: int, done: str) -> None:
    for path in (f"/desk/classes/{class_id}", f"/desk/seats/{trainee.seat.code}"):
        desk.get(f"{path}?done={done}&order={done}")
        assert desk.status == 200
        assert "<script>" not in desk.page.html.partition("</head>")[2]


CHANGES: dict[str, Callable[[Guest, int], object]] = {
    "pause": lambda desk, id_: desk.send_form(f"/desk/classes/{id_}/pause", on="1"),
    "message": lambda desk, id_: desk.send_form(f"/desk/classes/{id_}/message", message="あと5分です"),
    "date": lambda desk, id_: desk.send_form(f"/desk/classes/{id_}/date", days="9"),
    "reset": lambda desk, id_: desk.send_form(f"/desk/classes/{id_}/reset", procedure="end"),
    "delete": lambda desk, id_: desk.send_form(f"/desk/classes/{id_}/delete", name="四月の研修"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_done_to_one_class_touches_no_other(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, change: Callable[[Guest, int], object]
) -> None:
    other = desk.make_class("五月の研修", 2)
    at = Guest(densai).join(code_of(densai, other), "鈴木").start()
    worlds, plan, mine = worlds_of(densai, other), plan_of(densai, other), worlds_of(densai, class_id)
    going = training(densai).current(at.seat.code)
    before = training(densai).class_(class_id)
    trainee.start()
    change(desk, class_id)
    assert desk.status == 200
    assert (worlds_of(densai, other), plan_of(densai, other)) == (worlds, plan)
    assert training(densai).current(at.seat.code) == going
    assert training(densai).class_(class_id) != before or worlds_of(densai, class_id) != mine
