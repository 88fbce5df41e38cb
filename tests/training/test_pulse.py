"""The instructor's actions reach the trainee: with the next page, and when the page asks for itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.domain.world import Clock
from simulator.store.training import read
from simulator.training import classes, practice
from simulator.training.model import ClassPlan, in_japan, utc_now
from tests.screens.addresses import bank_addresses
from tests.training.addresses import addresses
from tests.training.guests import Guest, code_of, learner_of, member_of, raise_hand, training

if TYPE_CHECKING:
    from simulator.training.coach_box_state import Box
    from simulator.training.coach_state import CoachState, Pulse
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


def pulse(at: Guest) -> Pulse:
    """Return the server's answer to the page's question for news."""
    answer = at.another_window().get("/my/pulse").answer
    assert answer.headers["Content-Type"] == "application/json"
    heard: Pulse = json.loads(answer.body)
    return heard


def told(at: Guest, id_: str = "message") -> list[Box]:
    """The boxes of one kind that the page hears when it asks."""
    return [box for box in pulse(at)["news"] if box["id"] == id_]


def left(at: Guest) -> int:
    """The seconds of its テスト that the page hears."""
    seconds = pulse(at)["left"]
    assert seconds is not None
    return seconds


def words(at: Guest) -> list[str]:
    """The words of each message that the page hears."""
    return [line for box in told(at) for line in box["lines"]]


def coach_of(at: Visitor) -> CoachState:
    """The state that the page gives the coach."""
    (coach,) = at.page.top.all("densai-coach")
    state: CoachState = json.loads(coach.attrs["data-state"])
    return state


def test_a_message_reaches_the_next_page_and_the_asking_one(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1")
    assert told(trainee) == []
    page = f"/desk/classes/{class_id}/message"
    text = "休憩は<b>15時</b>です"
    desk.get(page).press("全員に送る", message=text)
    assert "メッセージを送りました" in desk.page.text
    (first,) = told(trainee)
    assert (first["title"], first["lines"]) == ("講師から（全員へ）", [text])
    assert first["buttons"][0]["fields"] == {"to": "class", "number": "1"}
    assert coach_of(trainee.open(""))["pulse"]["news"] == [first]
    assert f"講師から（全員へ） {text}" in trainee.get("/my").page.text
    desk.get(page).press("全員に送る", message=text)
    (again,) = told(trainee)
    assert again["key"] != first["key"]  # said again, it is announced again
    desk.get(page).press("全員に送る", message="  ")
    assert "取り消しました" in desk.page.text
    assert told(trainee) == []
    assert text not in trainee.get("/my").page.text


def test_a_message_that_was_read_is_gone_for_this_seat_alone(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    other = Guest(densai).join(code_of(densai, class_id), "佐藤 花子")
    page = f"/desk/classes/{class_id}/message"
    desk.get(page).press("全員に送る", message="休憩です")
    trainee.get("/my").press("読みました")
    assert told(trainee) == []
    assert words(other) == ["休憩です"]
    desk.get(page).press("全員に送る", message="再開します")
    assert words(trainee) == ["再開します"]


@pytest.mark.parametrize("number", ["", "x", "-1", "１", "9" * 30])
def test_what_is_no_number_of_a_message_marks_nothing(
    desk: Guest, trainee: Guest, class_id: int, number: str
) -> None:
    desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message="休憩です")
    assert trainee.get("/my").send_form("/my/read", to="class", number=number).status == 400
    trainee.get("/my").send_form("/my/read", to="me", number="999")
    assert words(trainee) == ["休憩です"]


@pytest.mark.parametrize("message", ["あ" * 201, "一行目\r\n二行目", "a\x07b"])
def test_a_message_that_will_not_do_is_refused_and_the_input_kept(
    desk: Guest, trainee: Guest, class_id: int, message: str
) -> None:
    desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message=message)
    assert (desk.status, "200文字以内" in desk.page.fault("message")) == (422, True)
    assert desk.page.box("message").attrs["value"] == classes.printable(message)
    assert told(trainee) == []


def test_the_longest_message_is_sent(desk: Guest, trainee: Guest, class_id: int) -> None:
    desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message="あ" * 200)
    assert words(trainee) == ["あ" * 200]


def test_a_pause_stops_every_screen_of_the_bank_and_loses_nothing(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("2-1").sit_down(MASTER_ID, in_service=True)
    before = trainee.seat.read()
    alone = Guest(densai).begin_alone()
    desk.get(f"/desk/classes/{class_id}").press("全員を一時停止する")
    assert "一時停止中（" in desk.page.text
    paused = pulse(trainee)["paused"]
    assert paused
    assert paused["title"] == "講師が一時停止しています"
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
    assert pulse(trainee)["paused"] is None
    assert trainee.open("top").heading == "トップ"


def test_a_limit_loses_nothing_by_a_pause(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    trainee.start("2-1", "measure")
    whole = left(trainee)
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
    assert left(trainee) >= whole + 540
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

TRACES = ("densai-coach", "/coach.js")


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
    assert state["step"] is None
    assert (state["turn"], state["place"], state["position"]) == ("off", -1, 0)
    assert state["where"] == {
        "title": "手順1-1　マスターユーザがログインする",
        "steps": 0,
        "at": 0,
        "whole": "",
    }
    before = pulse(trainee)["version"]
    trainee.get(f"{trainee.home}guide")
    trainee.log_in(MASTER_ID, "machigai1")
    state = coach_of(trainee)
    assert (state["boxes"], state["position"], state["urls"]["manual"]) == ([], 0, "/manual")
    assert pulse(trainee)["version"] == before
    assert "まで進んでいます" not in trainee.get("/my").page.text


def test_a_second_click_begins_nothing_anew(trainee: Guest) -> None:
    trainee.start("1-1", "measure")
    first = training(trainee.bank).current(trainee.seat.code)
    trainee.start("1-1", "measure")
    again = training(trainee.bank).current(trainee.seat.code)
    assert first
    assert again
    assert (again.id, again.outcome) == (first.id, "")


def waits(at: Guest) -> bool:
    """Whether a page of the bank says that the bank's desk is at work."""
    return any(box["id"] == "waiting" for box in coach_of(at.open(""))["boxes"])


def test_a_release_is_heard_by_the_page_that_waits_for_it(desk: Guest, trainee: Guest) -> None:
    trainee.start("d-02")
    before = pulse(trainee)["version"]
    trainee.get("/my").send_form("/my/outside", what="desk")
    asked = pulse(trainee)["version"]
    assert asked != before  # so the page asks for its state, which says so
    assert waits(trainee)
    desk.get(f"/desk/seats/{trainee.seat.code}").press("ロックを解除する")
    assert pulse(trainee)["version"] not in (before, asked)
    assert not waits(trainee)
    trainee.get("/my").send_form("/my/outside", what="desk")
    trainee.get("/my").send_form("/my/stop")
    trainee.start("d-12")
    assert not waits(trainee)  # that was in another practice


def test_a_request_to_the_banks_desk_can_be_taken_back(desk: Guest, trainee: Guest) -> None:
    trainee.start("d-02")
    trainee.get("/my").send_form("/my/outside", what="desk")
    assert waits(trainee)
    trainee.get("/my").send_form("/my/outside", what="desk_back")
    assert not waits(trainee)
    assert "窓口に申し出（ロック）" not in desk.get(f"/desk/seats/{trainee.seat.code}").page.text


def test_a_release_is_told_with_its_time_where_the_password_is_asked_for(desk: Guest, trainee: Guest) -> None:
    trainee.start("2-1")
    with trainee.seat.change() as world:
        world.master().login_failures = 6
    password = people_of(trainee.seat.seed).master.password
    trainee.log_in(MASTER_ID, password)
    (locked,) = coach_of(trainee)["boxes"]
    assert (locked["id"], locked["title"]) == ("locked", "ログインパスワードがロックされました")
    assert [button["id"] for button in locked["buttons"]] == ["desk"]
    trainee.get("/my").send_form("/my/outside", what="desk")
    assert "窓口に申し出ました" in trainee.get("/my").page.text
    desk.get(f"/desk/seats/{trainee.seat.code}").press("ロックを解除する")
    released = learner_of(trainee).released_at
    assert released
    (unlocked,) = coach_of(trainee.open("login"))["boxes"]
    assert unlocked["title"] == f"ロックが解除されました（{in_japan(released):%H:%M}）"
    assert unlocked["lines"] == ["間違いの回数は0回に戻りました。ログインパスワードをもう一度入力します。"]
    assert "窓口に申し出ました" not in trainee.get("/my").page.text


def test_an_answered_call_is_told(desk: Guest, trainee: Guest) -> None:
    assert told(trainee, "hand") == []
    raise_hand(trainee)
    (call,) = told(trainee, "hand")
    assert call["title"].startswith("講師を呼びました（")
    assert [button["id"] for button in call["buttons"]] == ["uncall"]
    desk.get(f"/desk/seats/{trainee.seat.code}").press("対応済みにする")
    (call,) = told(trainee, "hand")
    assert call["title"].startswith("講師が確認しました（")
    assert call["buttons"] == []
