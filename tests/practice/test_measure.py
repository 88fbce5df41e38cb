"""テスト: right play passes by any legal route; each real mistake fails and names its step of the manual."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.manual.grammar import Outside
from simulator.manual.procedures import procedures
from simulator.training import judge, practice
from simulator.training.lessons import courses, item_of
from simulator.training.model import utc_now

if TYPE_CHECKING:
    from tests.practice.trainees import Trainee

EVERY_COURSE = list(courses())
EVERY_STEP = [(each.id, f"{each.id}.{step.number}") for each in procedures() for step in each.steps]
# Of these no bank can tell whether they were done; what comes after them is missed instead.
UNSEEN_STEPS = {"2-2.5": "2-2.6", "4.2": "4.1", "4.3": "4.4"}
# A course begins by opening the home page, which is these steps.
OPENED = {"1-1.1": "1-1.2", "3-1.1": "3-1.2"}
AFTER_THE_LAST_CHANGE = ("1-3.3", "1-4.7", "2-1.6", "2-2.7", "2-3.8", "3-3.3")


# Right play --------------------------------------------------------------------------------------


@pytest.mark.parametrize("course", EVERY_COURSE)
def test_doing_every_step_in_its_order_passes(trainee: Trainee, course: str) -> None:
    for item in trainee.begin(course).items:
        trainee.do_step(item)
        if item.next_screen:
            assert trainee.front.heading == item.next_screen
    assert trainee.outcome == "passed"
    assert not trainee.trail("mistake")


@pytest.mark.parametrize("course", EVERY_COURSE)
def test_the_coach_alone_leads_through_a_course(trainee: Trainee, course: str) -> None:
    trainee.begin(course, "learn")
    trainee.follow_the_coach()
    assert trainee.outcome == "done"
    assert not trainee.trail("mistake")


@pytest.mark.parametrize("course", EVERY_COURSE)
def test_going_back_and_doing_it_again_passes_as_well(trainee: Trainee, course: str) -> None:
    items = trainee.begin(course).items
    for place, item in enumerate(items):
        trainee.do_step(item)
        if trainee.goes_back():
            screens = [each.screen for each in items[: place + 1]]
            trainee.play(items[len(screens) - 1 - screens[::-1].index(trainee.front.heading) : place + 1])
    assert trainee.outcome == "passed"
    assert not trainee.trail("mistake")


@pytest.mark.parametrize("course", EVERY_COURSE)
def test_reloading_every_page_changes_nothing(trainee: Trainee, course: str) -> None:
    for item in trainee.begin(course).items:
        trainee.do_step(item)
        if not isinstance(item.actions[-1], Outside):  # away from it, nobody reloads a page
            trainee.reload()
    assert trainee.outcome == "passed"
    assert not trainee.trail("mistake")


def test_the_way_there_may_be_another(trainee: Trainee) -> None:
    items = trainee.begin("ch2").items
    trainee.play(items, until="2-2.1")
    trainee.stand_at(item_of("2-2.1"))
    trainee.front.follow("管理業務を実施する")
    trainee.front.follow("トップ")
    trainee.front.follow("管理業務を実施する")
    trainee.push("ユーザ情報を管理する")
    trainee.play([item for item in items if item.key in ("2-2.3", "2-2.4", "2-2.6")])
    trainee.push("ユーザ情報の変更へ")  # a button of the result, straight to ユーザ情報検索
    trainee.play([item for item in items if item.key in ("2-3.4", "2-3.5", "2-3.6", "2-3.7", "2-3.8")])
    assert trainee.outcome == "passed"


def test_the_order_may_be_another_where_it_does_not_matter(trainee: Trainee) -> None:
    every = trainee.begin("all").items
    first = {"2-1", "2-2", "2-3"}
    masters = [item for item in every[: [item.lesson for item in every].index("3-1")] if item.lesson != "4"]
    trainee.play([item for item in masters if item.lesson in ("1-1", "1-2", "1-3")])
    trainee.play([item for item in masters if item.lesson in first])
    trainee.play([item for item in masters if item.lesson == "1-4"])
    trainee.play(every[[item.lesson for item in every].index("4") :])
    assert trainee.outcome == "passed"


def test_logging_out_in_the_middle_and_coming_back_passes(trainee: Trainee) -> None:
    items = trainee.begin("2-3").items
    trainee.play(items, until="2-3.5")
    trainee.stand_at(item_of("2-3.1"))
    trainee.leave_everything()
    trainee.play(items)
    assert trainee.outcome == "passed"


def test_a_wrong_approval_password_is_a_mistake_but_no_failure(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(item_of("1-4.6"), approval="chigau0")
    trainee.play(items[5:])
    assert trainee.outcome == "passed"
    mistake = trainee.trail("mistake")[0]
    assert (mistake.item, mistake.data["rule"]) == ("1-4.6", "R08")


def test_a_wrong_user_deleted_again_leaves_nothing_wrong(trainee: Trainee) -> None:
    items = trainee.begin("ch2").items
    trainee.play(items, until="2-1.4")
    trainee.do_step(item_of("2-1.4"), user_id="1560chigau")
    trainee.play(items[4:6])
    trainee.play(items[:2])
    trainee.push("ユーザ削除", row="d-1560chigau")
    trainee.push("確認")
    trainee.push("確定")
    trainee.play(items)
    assert trainee.outcome == "passed"
    assert [entry.item for entry in trainee.trail("mistake")] == ["2-1.4", "2-1.3", "2-1.3"]


def test_wrong_rights_put_right_leave_nothing_wrong(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.5")
    trainee.do_step(items[4], rights=["densai"])
    trainee.play(items[5:])
    assert trainee.outcome == ""
    trainee.play(items)
    assert trainee.outcome == "passed"


def test_a_pause_of_the_class_costs_no_time(trainee: Trainee, monkeypatch: pytest.MonkeyPatch) -> None:
    course = trainee.begin("1-1")
    going = trainee.going
    going.practice.paused_seconds = 600
    with trainee.kept.changing() as change:
        change.save_practice(going.row.id, going.practice)
    later = utc_now() + timedelta(seconds=course.limit_seconds + 300)
    monkeypatch.setattr(practice, "utc_now", lambda: later)
    trainee.play(course.items)
    assert trainee.outcome == "passed"


# What fails, and where ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("course", "key"), [pair for pair in EVERY_STEP if pair[1] not in (*AFTER_THE_LAST_CHANGE, "4.5", "4.6")]
)
def test_stopping_before_a_step_names_it(trainee: Trainee, course: str, key: str) -> None:
    trainee.play(trainee.begin(course).items, until=key)
    trainee.submit()
    assert trainee.outcome == "failed"
    assert trainee.wrong == {**UNSEEN_STEPS, **OPENED}.get(key, key)
    assert judge.LEFT_OUT in trainee.reasons
    assert not trainee.trail("mistake")


@pytest.mark.parametrize("key", AFTER_THE_LAST_CHANGE)
def test_the_way_back_after_the_last_change_is_not_judged(trainee: Trainee, key: str) -> None:
    trainee.play(trainee.begin(key.partition(".")[0]).items, until=key)
    trainee.submit()
    assert trainee.outcome == "passed"


@pytest.mark.parametrize("course", EVERY_COURSE)
def test_nothing_done_names_the_first_step(trainee: Trainee, course: str) -> None:
    first = trainee.begin(course).items[0]
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", OPENED.get(first.key, first.key))
    assert not trainee.trail("mistake")


def test_the_forgotten_user_update_is_named(trainee: Trainee) -> None:
    items = trainee.begin("ch2").items
    trainee.play(items, until="2-2.1")
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "2-2.1")


@pytest.mark.parametrize(("drill", "key"), [("d-10", "2-2.1"), ("d-11", "2-2.1")])
def test_the_update_forgotten_after_a_change_is_named(trainee: Trainee, drill: str, key: str) -> None:
    items = trainee.begin(drill).items
    trainee.play(items, until="2-2.1")
    trainee.stand_at(item_of("2-2.1"))
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", key)


def test_rights_given_before_the_user_update_are_named_where_the_order_was_left(trainee: Trainee) -> None:
    items = trainee.begin("ch2").items
    trainee.play(items, until="2-2.3")
    trainee.push("企業ユーザを変更する")
    trainee.push("変更", row=MASTER_ID)  # nobody else is there yet
    trainee.push("確認", rights=["densai"])
    trainee.push("変更", approval=trainee.people.master.approval_password)
    trainee.push("トップへ戻る")
    trainee.play([item for item in items if item.lesson == "2-2"])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "2-2.3")
    assert "ユーザ更新" in trainee.reasons


def test_a_user_update_before_the_change_is_none(trainee: Trainee) -> None:
    items = trainee.begin("d-10").items
    trainee.play([item for item in items if item.lesson == "2-2"], until="2-2.5")
    assert trainee.front.heading == "ユーザ検索条件"
    trainee.play([item for item in items if item.lesson == "d-10"])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "2-2.1")


@pytest.mark.parametrize(
    ("course", "key", "rights"),
    [
        ("1-4", "1-4.5", ["densai"]),
        ("1-4", "1-4.5", []),
        ("2-3", "2-3.5", [right for right in EVERY_RIGHT if right != "partners"]),
        ("ch2", "2-3.5", ["densai", "trades.preparer"]),
        ("d-04", "d-04.5", ["densai", "trades.approver"]),
    ],
)
def test_a_wrong_right_is_named(trainee: Trainee, course: str, key: str, rights: list[str]) -> None:
    items = trainee.begin(course).items
    trainee.play(items, until=key)
    place = [item.key for item in items].index(key)
    trainee.do_step(items[place], rights=rights)
    trainee.go_on(items[place + 1 :])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", key)


def test_a_missing_account_is_named(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.5")
    trainee.do_step(items[4], accounts=[])
    trainee.play(items[5:])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "1-4.5")
    assert "口座" in trainee.reasons


@pytest.mark.parametrize(
    ("course", "key", "label"),
    [("2-3", "2-3.4", "変更"), ("d-10", "d-10.3", "メールアドレス変更"), ("d-04", "d-04.4", "変更")],
)
def test_the_wrong_user_is_named(trainee: Trainee, course: str, key: str, label: str) -> None:
    items = trainee.begin(course).items
    place = [item.key for item in items].index(key)
    trainee.play(items[:place])
    trainee.stand_at(items[place])
    trainee.push(label, row=MASTER_ID)
    trainee.go_on(items[place + 1 :])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", key)
    assert MASTER_ID in trainee.reasons
    assert GENERAL_ID in trainee.reasons


@pytest.mark.parametrize(
    "changed",
    [
        {"user_id": "1560chigau"},
        {"name": "碧海 次郎"},
        {"mail": "x@hekishin.example.jp", "mail_again": "x@hekishin.example.jp"},
    ],
)
def test_a_user_made_with_wrong_data_is_named(trainee: Trainee, changed: dict[str, str]) -> None:
    items = trainee.begin("2-1").items
    trainee.play(items, until="2-1.4")
    trainee.do_step(items[3], **changed)
    trainee.play(items[4:])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "2-1.4")


def test_the_general_user_in_the_masters_place_gets_nowhere(trainee: Trainee) -> None:
    person = trainee.people.general
    trainee.begin("d-10")
    trainee.front.get(f"{trainee.front.home}login")
    trainee.push("ログイン", login_id=person.login_id, password=person.password)
    assert trainee.front.heading == "サービス一覧"
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "d-10.1")
    assert trainee.trail("mistake")[0].data["what"] == "マスターユーザが操作する手順です。"


@pytest.mark.parametrize("course", ["4", "d-13"])
def test_a_window_closed_is_no_logout(trainee: Trainee, course: str) -> None:
    items = trainee.begin(course).items
    trainee.stand_at(items[0])
    trainee.close()
    trainee.close()
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "4.1")


def test_a_logout_from_the_list_alone_is_the_wrong_one(trainee: Trainee) -> None:
    items = trainee.begin("4").items
    trainee.stand_at(items[0])
    trainee.bring("サービス一覧")
    trainee.push("ログアウト")
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "4.1")


def test_leaving_the_service_alone_is_not_enough(trainee: Trainee) -> None:
    items = trainee.begin("4").items
    trainee.play(items, until="4.4")
    assert trainee.outcome == ""
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "4.4")


def test_somebody_still_logged_in_has_not_logged_out(trainee: Trainee) -> None:
    items = trainee.begin("d-13").items
    trainee.play(items, until="4.4")
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "4.4")


@pytest.mark.parametrize("course", ["1-1", "2-3", "d-01"])
def test_too_late_fails_where_he_stood(
    trainee: Trainee, course: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = trainee.begin(course).items
    trainee.play(items[:2])
    stood = items[trainee.going.practice.position]
    later = utc_now() + timedelta(seconds=courses()[course].limit_seconds)
    monkeypatch.setattr(practice, "utc_now", lambda: later)
    trainee.reload()
    assert (trainee.outcome, trainee.wrong) == ("failed", stood.key)
    assert judge.TIME_IS_UP in trainee.reasons


@pytest.mark.parametrize(
    ("course", "key", "box"), [("1-1", "1-1.4", "password"), ("1-4", "1-4.6", "approval")]
)
def test_a_locked_account_fails_for_good(trainee: Trainee, course: str, key: str, box: str) -> None:
    items = trainee.begin(course).items
    trainee.play(items, until=key)
    for _ in range(6):
        trainee.do_step(item_of(key), **{box: "chigau0"})
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", key)
    assert "ロック" in trainee.reasons
    assert trainee.trail("mistake")[-1].item == key


def test_a_lock_released_by_the_desk_still_counts(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.6")
    for _ in range(6):
        trainee.do_step(item_of("1-4.6"), approval="chigau0")
    trainee.post("outside", what="desk")
    trainee.play(items[5:])
    assert (trainee.outcome, trainee.wrong) == ("failed", "1-4.6")


@pytest.mark.parametrize(
    ("drill", "key", "changed"),
    [
        ("d-05", "1-4.6", {"approval": "chigau0"}),
        ("d-06", "d-06.1", {"password": "chigau0"}),
    ],
)
def test_one_wrong_password_fails_a_drill_that_forbids_it(
    trainee: Trainee, drill: str, key: str, changed: dict[str, str]
) -> None:
    items = trainee.begin(drill).items
    trainee.play(items, until=key)
    place = [item.key for item in items].index(key)
    trainee.do_step(items[place], **changed)
    trainee.play(items[place:])
    assert (trainee.outcome, trainee.wrong) == ("failed", key)


def test_the_idle_time_out_cannot_be_skipped(trainee: Trainee) -> None:
    trainee.begin("d-12")
    trainee.play([item for item in courses()["d-12"].items if item.lesson == "1-4"])
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", "d-12.2")


def test_what_nobody_asked_for_is_named_where_it_was_done(trainee: Trainee) -> None:
    items = trainee.begin("d-03").items
    trainee.play([item_of("2-1.1"), item_of("2-1.2")])
    trainee.push("ユーザ削除", row=GENERAL_ID)
    trainee.push("確認")
    trainee.push("確定")
    trainee.submit()
    assert (trainee.outcome, trainee.wrong) == ("failed", items[0].key)
    assert "ユーザ削除" in trainee.reasons


def test_rights_taken_away_again_are_named(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.7")
    trainee.front.follow("管理業務を実施する")
    trainee.play(items[1:4])
    trainee.do_step(items[4], rights=["densai"])
    trainee.play(items[5:])
    assert (trainee.outcome, trainee.wrong) == ("failed", "1-4.5")
