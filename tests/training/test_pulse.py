"""What the instructor does reaches the trainee: with his next page, and when the page asks for itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.domain.world import Clock
from simulator.store.training import read
from simulator.training import classes, practice
from simulator.training.class_control import moment_key
from simulator.training.model import ClassPlan, utc_now
from tests.screens.addresses import bank_addresses
from tests.training.addresses import addresses
from tests.training.guests import Guest, code_of, learner_of, member_of, raise_hand, training

if TYPE_CHECKING:
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


def pulse(at: Guest) -> dict[str, Any]:
    """What the page hears when it asks."""
    answer = at.another_window().get("/my/pulse").answer
    assert answer.headers["Content-Type"] == "application/json"
    heard: dict[str, Any] = json.loads(answer.body)
    return heard


def coach_of(at: Visitor) -> dict[str, Any]:
    """The state that the page gives the coach."""
    (coach,) = at.page.top.all("densai-coach")
    state: dict[str, Any] = json.loads(coach.attrs["data-state"])
    return state


def test_a_message_reaches_the_next_page_and_the_asking_one(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1")
    assert pulse(trainee)["message"] is None
    page = f"/desk/classes/{class_id}/message"
    words = "休憩は<b>15時</b>です"
    desk.get(page).press("全員に送る", message=words)
    assert "メッセージを送りました" in desk.page.text
    first = pulse(trainee)["message"]
    assert first["text"] == words
    assert coach_of(trainee.open(""))["message"] == first
    assert f"講師から（全員へ） {words}" in trainee.get("/my").page.text
    desk.get(page).press("全員に送る", message=words)
    assert pulse(trainee)["message"]["number"] > first["number"]  # said again, it is shown again
    desk.get(page).press("全員に送る", message="  ")
    assert "取り消しました" in desk.page.text
    assert pulse(trainee)["message"] is None
    assert words not in trainee.get("/my").page.text


def test_a_message_that_was_read_is_gone_for_this_seat_alone(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    other = Guest(densai).join(code_of(densai, class_id), "佐藤 花子")
    page = f"/desk/classes/{class_id}/message"
    desk.get(page).press("全員に送る", message="休憩です")
    trainee.get("/my").press("読みました")
    assert pulse(trainee)["message"] is None
    assert pulse(other)["message"]["text"] == "休憩です"
    desk.get(page).press("全員に送る", message="再開します")
    assert pulse(trainee)["message"]["text"] == "再開します"


@pytest.mark.parametrize("number", ["", "x", "-1", "１", "9" * 30])
def test_what_is_no_number_of_a_message_marks_nothing(
    desk: Guest, trainee: Guest, class_id: int, number: str
) -> None:
    desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message="休憩です")
    assert trainee.get("/my").send_form("/my/read", to="class", number=number).status == 400
    trainee.get("/my").send_form("/my/read", to="me", number="999")
    assert pulse(trainee)["message"]["text"] == "休憩です"


@pytest.mark.parametrize("message", ["あ" * 201, "一行目\r\n二行目", "a\x07b"])
def test_a_message_that_will_not_do_is_refused_and_the_input_kept(
    desk: Guest, trainee: Guest, class_id: int, message: str
) -> None:
    desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message=message)
    assert (desk.status, "200文字以内" in desk.page.fault("message")) == (422, True)
    assert desk.page.box("message").attrs["value"] == classes.printable(message)
    assert pulse(trainee)["message"] is None


def test_the_longest_message_is_sent(desk: Guest, trainee: Guest, class_id: int) -> None:
    desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message="あ" * 200)
    assert pulse(trainee)["message"]["text"] == "あ" * 200


def test_a_pause_stops_every_screen_of_the_bank_and_loses_nothing(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1").sit_down(MASTER_ID, in_service=True)
    before = trainee.seat.read()
    alone = Guest(densai).begin_alone()
    desk.get(f"/desk/classes/{class_id}").press("全員を一時停止する")
    assert "一時停止中（" in desk.page.text
    assert pulse(trainee)["paused"] is True
    for address in bank_addresses(densai.app):
        path = address.within(trainee.home, trainee.sid)
        trainee.get(path) if address.method == "GET" else trainee.post(path, [("csrf", trainee.csrf)])
        assert (trainee.status, trainee.heading) == (423, "講師が一時停止しています"), address
    assert trainee.start("1-1").status == 423
    assert trainee.seat.read() == before
    assert "講師が一時停止しています" in trainee.get("/my").page.text
    assert alone.get(alone.home).status == 200
    assert desk.get(trainee.home).status == 200  # the instructor may look
    desk.get(f"/desk/classes/{class_id}").press("再開する")
    assert "再開しました" in desk.page.text
    assert pulse(trainee)["paused"] is False
    assert trainee.open("top").heading == "トップ"


def test_a_limit_loses_nothing_by_a_pause(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    trainee.start("2-1", "measure")
    whole = pulse(trainee)["left"]
    page = f"/desk/classes/{class_id}"
    desk.get(page).press("全員を一時停止する")
    kept = training(densai)
    with kept.changing() as change:  # as if ten minutes had gone by
        row, going = change.class_(class_id), change.current(trainee.seat.code)
        assert row
        assert going
        plan = read(row.document, ClassPlan)
        plan.paused_at = utc_now() - timedelta(minutes=10)
        change.save_class(class_id, plan)
    desk.get(page).press("再開する")
    assert 600 <= paused_seconds(trainee) <= 660
    assert pulse(trainee)["left"] >= whole + 540
    before = paused_seconds(trainee)
    desk.send_form(f"{page}/pause", on="0")  # resumed twice gives nothing twice
    assert paused_seconds(trainee) == before


def paused_seconds(at: Guest) -> int:
    row = training(at.bank).current(at.seat.code)
    assert row
    return practice.kept(row).paused_seconds


def test_another_date_is_on_the_next_page(desk: Guest, trainee: Guest) -> None:
    trainee.start("2-1")
    desk.get(f"/desk/seats/{trainee.seat.code}").press("変える", days="100")
    day = Clock().now() + timedelta(days=100)
    assert f"{day:%Y/%m/%d}" in desk.page.text
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.password)
    trainee.press("しんきん電子記録債権サービス")
    assert trainee.heading == "承認パスワード変更"  # which expired 90 days on


def test_the_instructors_release_reaches_the_next_try(desk: Guest, trainee: Guest) -> None:
    trainee.start("2-1")
    with trainee.seat.change() as world:
        world.master().login_failures = 6
    password = people_of(trainee.seat.seed).master.password
    assert trainee.log_in(MASTER_ID, password).status == 422
    desk.get(f"/desk/seats/{trainee.seat.code}").press("ロックを解除する")
    assert trainee.log_in(MASTER_ID, password).heading == "サービス一覧"


# No trace of the coach where nobody practises --------------------------------------------------

TRACES = ("densai-coach", "coach.js")


def assert_plain(at: Visitor) -> None:
    assert not any(trace.encode() in at.answer.body for trace in TRACES), at.path


@pytest.mark.parametrize("whose", ["nobody's", "before a start", "after a stop", "the instructor's look"])
def test_the_coach_leaves_no_trace_where_nobody_practises(
    densai: Bank, seat: object, desk: Guest, trainee: Guest, whose: str
) -> None:
    at: Visitor = trainee
    if whose == "nobody's":
        at = densai.visitor(densai.worlds.seats()[0])
        assert at.seat == seat
    elif whose == "after a stop":
        trainee.start("2-1")
        assert "densai-coach" in trainee.page.html
        trainee.send_form("/my/stop")
    elif whose == "the instructor's look":
        trainee.start("2-1")
        desk.seat, desk.home = trainee.seat, trainee.home
        at = desk
    at.sit_down(MASTER_ID, in_service=True)
    for address in bank_addresses(densai.app):
        if address.method == "GET":
            assert_plain(at.get(address.within(at.home, at.sid)))


def test_trainings_own_pages_have_no_coach(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    trainee.start("2-1")
    for at in (desk, trainee):
        for address in addresses(densai.app, class_id, member_of(trainee).seat):
            if address.method == "GET":
                assert_plain(at.get(address.path))


def test_a_paused_class_makes_no_mistakes_and_is_not_judged(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1", "measure")
    page = f"/desk/classes/{class_id}"
    desk.get(page).press("全員を一時停止する")
    trainee.get(trainee.home)
    assert trainee.status == 423
    for path in ("/my/submit", "/my/stop", "/my/help", "/my/passed", "/my/outside"):
        assert trainee.get("/my").send_form(path, what="desk", key="2-1.1").status == 423, path
    desk.get(page).press("再開する")
    row = training(trainee.bank).current(trainee.seat.code)
    assert row
    assert (row.outcome, practice.kept(row).faults_in_all) == ("", 0)


def test_during_a_measure_nothing_tells_how_far_it_is(trainee: Guest) -> None:
    trainee.start("1-1", "measure")
    state = coach_of(trainee.open(""))
    assert state["item"] is None
    assert (state["turn"], state["elsewhere"], state["place"], state["position"]) == ("off", "", -1, 0)
    trainee.get(f"{trainee.home}guide")
    trainee.log_in(MASTER_ID, "machigai1")
    assert pulse(trainee)["position"] == 0
    assert "まで進んでいます" not in trainee.get("/my").page.text


def test_a_second_click_begins_nothing_anew(trainee: Guest) -> None:
    trainee.start("1-1", "measure")
    first = training(trainee.bank).current(trainee.seat.code)
    trainee.start("1-1", "measure")
    again = training(trainee.bank).current(trainee.seat.code)
    assert first
    assert again
    assert (again.id, again.outcome) == (first.id, "")


def test_a_release_is_heard_by_the_page_that_waits_for_it(desk: Guest, trainee: Guest) -> None:
    trainee.start("d-02")
    trainee.get("/my").send_form("/my/outside", what="desk")
    assert pulse(trainee)["asked_desk"] is True
    desk.get(f"/desk/seats/{trainee.seat.code}").press("ロックを解除する")
    assert pulse(trainee)["asked_desk"] is False
    trainee.get("/my").send_form("/my/outside", what="desk")
    trainee.start("d-12")
    assert pulse(trainee)["asked_desk"] is False  # that was in another practice


def test_a_release_is_told_with_its_time_and_once(desk: Guest, trainee: Guest) -> None:
    trainee.start("d-02")
    before = pulse(trainee)
    assert (before["released"], before["released_at"]) == ("", "")
    trainee.get("/my").send_form("/my/outside", what="desk")
    assert "窓口に申し出ました" in trainee.get("/my").page.text
    desk.get(f"/desk/seats/{trainee.seat.code}").press("ロックを解除する")
    told = pulse(trainee)
    assert told["released_at"] == moment_key(learner_of(trainee).released_at)
    assert len(told["released"]) == len("10:45")
    assert "窓口に申し出ました" not in trainee.get("/my").page.text


def test_an_answered_call_is_told(desk: Guest, trainee: Guest) -> None:
    assert pulse(trainee)["call"] is None
    raise_hand(trainee)
    assert pulse(trainee)["call"]["seen"] == ""
    desk.get(f"/desk/seats/{trainee.seat.code}").press("対応済みにする")
    assert pulse(trainee)["call"]["seen"] != ""
