"""A class after its creation: other settings, more seats, put away and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from simulator.domain.world import Clock
from simulator.store.training import read
from simulator.training.model import ClassPlan, in_japan, utc_now
from tests.training.guests import Guest, code_of, training

if TYPE_CHECKING:
    from simulator.domain.world import World
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


def plan_of(bank: Bank, class_id: int) -> ClassPlan:
    row = training(bank).class_(class_id)
    assert row
    return read(row.document, ClassPlan)


def days_ahead(world: World) -> int:
    return round((world.now() - Clock().now()).total_seconds() / 86_400)


def change(desk: Guest, class_id: int, **typed: Any) -> Visitor:
    return desk.get(f"/desk/classes/{class_id}/settings").press("設定を変更する", **typed)


def test_the_form_has_the_settings_as_they_are(desk: Guest) -> None:
    class_id = desk.make_class("朝の 部", 2, minutes="25", courses=["1-1", "4"], modes=["learn"])
    page = desk.get(f"/desk/classes/{class_id}").follow("クラスの設定").page
    assert "練習中の内容は変わりません。次に始める練習から変わります。" in page.text
    values = {name: page.box(name).attrs["value"] for name in ("name", "seats", "minutes", "starts_on")}
    today = f"{in_japan(utc_now()):%Y-%m-%d}"
    assert values == {"name": "朝の 部", "seats": "2", "minutes": "25", "starts_on": today}
    ticked = {box.attrs["value"] for box in page.top.all("input") if "checked" in box.attrs}
    assert ticked == {"1", "learn", "1-1", "4"}
    assert "架空データのパターン番号" in page.text
    before = plan_of(desk.bank, class_id)
    desk.press("設定を変更する")
    assert "設定を変更しました" in desk.page.text
    assert plan_of(desk.bank, class_id) == before


def test_other_settings_hold_for_what_is_begun_next_and_not_for_what_runs(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1", "measure")
    running = training(densai).current(trainee.seat.code)
    change(
        desk, class_id, name="五月の研修", minutes="9", courses=["1-1"], modes=["measure"], manual_in_test=[]
    )
    plan = plan_of(densai, class_id)
    assert (plan.name, plan.minutes, plan.courses, plan.modes) == ("五月の研修", 9, ["1-1"], ["measure"])
    assert plan.manual_in_test is False
    assert training(densai).current(trainee.seat.code) == running
    assert trainee.start("2-1", "measure").status == 400
    trainee.start("1-1", "measure")
    assert trainee.another_window().get("/my/pulse").answer.body.count(b'"left":5')  # 539 or 540 seconds


def test_what_was_interrupted_goes_on_though_the_class_offers_it_no_longer(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1", "learn").start("1-1", "try")
    change(desk, class_id, courses=["1-1"], modes=["try"])
    trainee.get("/my").press("再開する").press("中断して切り替える")
    row = training(desk.bank).current(trainee.seat.code)
    assert row
    assert (row.course, row.mode, row.outcome) == ("2-1", "learn", "")


def test_the_manual_is_no_link_in_a_test_where_the_class_says_so(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    change(desk, class_id, manual_in_test=[])
    for path in ("/my", "/my/memo", "/my/brief?course=1-4&mode=measure"):
        assert "マニュアル" in trainee.get(path).page.links, path
    trainee.start("1-4", "measure")
    for path in ("/my", "/my/memo", "/my/submit"):
        assert "マニュアル" not in trainee.get(path).page.links, path
    trainee.hand_in()
    assert "マニュアル" in trainee.page.links
    change(desk, class_id, manual_in_test=["1"])
    trainee.start("1-4", "measure")
    assert "マニュアル" in trainee.get("/my").page.links


def test_seats_get_more_and_each_is_as_if_it_had_been_there_from_the_beginning(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    before = training(densai).members(class_id)
    change(desk, class_id, seats="5")
    members = training(densai).members(class_id)
    assert members[:3] == before
    assert [member.place for member in members] == [1, 2, 3, 4, 5]
    seeds = [seat.seed for member in members if (seat := densai.worlds.seat(member.seat))]
    assert seeds == list(range(seeds[0], seeds[0] + 5))
    assert len({member.code for member in members}) == 5
    for name in ("二", "三", "四", "五"):
        at = Guest(densai).join(code_of(densai, class_id), name)
        assert at.heading == "席コードをお控えください"
    assert trainee.get("/my").heading == "わたしの訓練"


REFUSED = {
    "fewer seats": ("seats", "2", "現在の3より少なくできません"),
    "no seats": ("seats", "0", "1から500まで"),
    "too many": ("seats", "501", "1から500まで"),
    "no name": ("name", "", "クラス名を入力してください"),
    "another's name": ("name", "五月の 研修", "同じ名前のクラスがあります"),
    "no day": ("starts_on", "2026-02-30", "日付を正しく"),
    "no time at all": ("minutes", "0", "1から600まで"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_settings_that_will_not_do_are_refused_at_the_field_and_nothing_changes(
    densai: Bank, desk: Guest, class_id: int, why: str
) -> None:
    desk.make_class("五月の 研修", 1)
    before = training(densai).class_(class_id)
    field, value, words = REFUSED[why]
    change(desk, class_id, **{field: value})
    assert (desk.status, words in desk.page.fault(field)) == (422, True)
    assert desk.page.box(field).attrs["value"] == value
    assert training(densai).class_(class_id) == before
    assert len(training(densai).members(class_id)) == 3


@pytest.mark.parametrize("nothing", ["courses", "modes"])
def test_a_class_still_needs_something_to_practise(desk: Guest, class_id: int, nothing: str) -> None:
    change(desk, class_id, **{nothing: []})
    assert (desk.status, "1つ以上選んでください" in desk.page.alert) == (422, True)


def test_another_date_holds_from_today_whenever_the_class_was_made(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    with training(densai).changing() as changing:  # the class was set up for a day a month ago
        row = changing.class_(class_id)
        assert row
        plan = read(row.document, ClassPlan)
        today = in_japan(utc_now()).date()
        plan.starts_on = plan.dated_on = today - timedelta(days=30)
        changing.save_class(class_id, plan)
    shown = desk.get(f"/desk/classes/{class_id}/settings").page.box("starts_on").attrs["value"]
    assert shown == f"{today}"  # its banks have gone on with the days
    change(desk, class_id, starts_on=f"{today + timedelta(days=100)}")
    trainee.start("2-1")
    assert days_ahead(trainee.seat.read()) == 100
    shown = desk.get(f"/desk/classes/{class_id}/settings").page.box("starts_on").attrs["value"]
    assert shown == f"{today + timedelta(days=100)}"


# Put away and taken back -----------------------------------------------------------------------


def test_a_class_is_put_away_after_a_question_and_taken_back(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1", "measure")
    desk.get(f"/desk/classes/{class_id}/actions").press("クラスを保管する")
    assert desk.heading == "クラスを保管しますか？"
    assert plan_of(densai, class_id).archived_at is None
    desk.press("保管する")
    assert "クラスを保管しました" in desk.page.text
    assert "保管したクラス（1）" in desk.page.text
    assert trainee.get(trainee.home).status == 423
    assert trainee.heading == "このクラスは終了しています"
    assert "このクラスは終了しています" in trainee.get("/my").page.text
    assert trainee.start("1-1").status == 423
    late = Guest(densai).join(code_of(densai, class_id), "佐藤 花子")
    assert (late.status, "終了しています" in late.page.fault("class_code")) == (422, True)
    assert "山田 太郎" in desk.get(f"/desk/classes/{class_id}/results").page.text
    assert "保管中のクラスです" in desk.get(f"/desk/classes/{class_id}").page.text
    desk.get(f"/desk/classes/{class_id}/actions").press("クラスを元に戻す")
    assert "クラスを元に戻しました" in desk.page.text
    assert plan_of(densai, class_id).archived_at is None
    desk.press("再開する")
    assert trainee.get(trainee.home).status == 200
    going = training(densai).current(trainee.seat.code)
    assert (going and going.outcome) == ""


def test_a_class_that_is_put_away_twice_keeps_the_first_moment(
    densai: Bank, desk: Guest, class_id: int
) -> None:
    desk.send_form(f"/desk/classes/{class_id}/archive", on="1")
    first = plan_of(densai, class_id).archived_at
    desk.send_form(f"/desk/classes/{class_id}/archive", on="1")
    assert plan_of(densai, class_id).archived_at == first
    desk.send_form(f"/desk/classes/{class_id}/archive", on="0")
    desk.send_form(f"/desk/classes/{class_id}/archive", on="0")
    assert plan_of(densai, class_id).archived_at is None


def test_nothing_is_put_away_or_deleted_by_a_look(densai: Bank, desk: Guest, class_id: int) -> None:
    before = training(densai).class_(class_id)
    for path, back in (("archive", "保管しない"), ("delete", "削除しない")):
        desk.get(f"/desk/classes/{class_id}/{path}")
        assert desk.press(back).heading == "その他の操作"
    assert training(densai).class_(class_id) == before
