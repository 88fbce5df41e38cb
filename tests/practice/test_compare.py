"""The task beside what was done: box by box, field by field, as the result and the coach tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.rights import BUSINESSES, EVERY_RIGHT
from simulator.domain.world import Clock, Secret, User
from simulator.training import drill_rows, expected, judge, situations, starts
from simulator.training.boxes import sentence
from simulator.training.course_start import world_for
from simulator.training.lessons import courses
from tests.practice.goes import SEED, Go

if TYPE_CHECKING:
    from simulator.training.model import Row
    from tests.practice.trainees import Trainee

WORDS = {right: f"{business.name}　{word}" for business in BUSINESSES for right, word in business.boxes}


def wrong(rows: tuple[Row, ...] | list[Row]) -> list[tuple[str, str]]:
    """Item and verdict of each row that differs."""
    return [(row.item, row.verdict) for row in rows if row.verdict != "right"]


# Whole courses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("course", courses())
def test_right_play_leaves_no_difference(trainee: Trainee, course: str) -> None:
    trainee.play(trainee.begin(course).items)
    rows = trainee.going.practice.compared
    assert rows
    assert wrong(rows) == []


@pytest.mark.parametrize("course", courses())
def test_nothing_done_leaves_one(course: str) -> None:
    world = world_for(courses()[course], SEED, Clock())
    assert wrong(judge.compare(courses()[course], world))


@pytest.mark.parametrize("course", [id_ for id_, each in courses().items() if each.kind != "drill"])
def test_the_goal_itself_differs_in_nothing_but_the_coming_and_going(course: str) -> None:
    go = Go(course)
    goal = judge.goal_world(go.course, SEED, Clock())
    rows = judge.compare(go.course, goal)
    assert {verdict for _, verdict in wrong(rows)} <= {"missing"}
    assert {item for item, _ in wrong(rows)} <= {
        "ログイン",
        "しんきん電子記録債権サービスのログアウト",
        "サービス一覧のログアウト",
    }


def test_every_goal_of_a_drill_has_its_rows() -> None:
    assert set(situations.GOALS) == {*drill_rows.DOINGS, *drill_rows.SETTINGS}


# Boxes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", EVERY_RIGHT)
@pytest.mark.parametrize(("course", "key"), [("1-4", "1-4.5"), ("2-3", "2-3.5")])
def test_every_box_left_out_is_named_in_the_result(
    trainee: Trainee, course: str, key: str, left_out: str
) -> None:
    items = trainee.begin(course).items
    place = [item.key for item in items].index(key)
    trainee.play(items[:place])
    trainee.do_step(items[place], rights=[right for right in EVERY_RIGHT if right != left_out])
    trainee.go_on(items[place + 1 :])
    trainee.submit()
    assert wrong(trainee.going.practice.compared) == [(WORDS[left_out], "missing")]
    faults = [row for row in trainee.desk.page.rows if row[-1] == "✕ 不足"]
    assert faults == [[WORDS[left_out].replace("　", " "), "チェックする", "チェックしていない", "✕ 不足"]]
    assert "設定した内容が、課題と1か所違いました。" in trainee.desk.page.text


@pytest.mark.parametrize(("course", "key"), [("1-4", "1-4.5"), ("2-3", "2-3.5")])
@pytest.mark.parametrize("kind", ["当座", "普通"])
def test_every_account_left_out_is_named_in_the_result(
    trainee: Trainee, course: str, key: str, kind: str
) -> None:
    items = trainee.begin(course).items
    place = [item.key for item in items].index(key)
    trainee.play(items[:place])
    accounts = trainee.seat.read().accounts
    trainee.do_step(items[place], accounts=[a.number for a in accounts if a.kind != kind])
    trainee.go_on(items[place + 1 :])
    trainee.submit()
    lacking = next(f"口座　{a.kind} {a.number}" for a in accounts if a.kind == kind)
    assert wrong(trainee.going.practice.compared) == [(lacking, "missing")]


@pytest.mark.parametrize("added", [each for each in EVERY_RIGHT if each not in situations.PREPARER])
def test_every_box_too_many_is_named(added: str) -> None:
    go = Go("d-04")
    accounts = [a.number for a in go.world.accounts if a.kind == "当座"]
    rows = judge.compare_boxes(
        go.course, go.item("d-04.6"), go.world, ({*situations.PREPARER, added}, accounts)
    )
    assert wrong(rows) == [(WORDS[added], "extra")]
    assert [row.step for row in rows if row.verdict != "right"] == ["d-04.5"]


def test_a_sentence_names_the_box() -> None:
    go = Go("d-04")
    other = next(a for a in go.world.accounts if a.kind == "普通")
    current = next(a for a in go.world.accounts if a.kind == "当座")
    checked = (["densai", "designation.approver"], [other.number])
    rows = judge.compare_boxes(go.course, go.item("d-04.5"), go.world, checked)
    assert [words for row in rows if (words := sentence(row))] == [
        "各種取引の「担当者」にチェックがありません。",
        "指定許可管理の「承認者」は課題にありません。",
        f"口座（当座 {current.number}）にチェックがありません。",
        f"口座（普通 {other.number}）は課題にありません。",
    ]
    assert {row.about for row in rows} == {"碧海\u00a0花子さんの権限"}


def test_unchecked_boxes_that_nobody_asked_for_are_folded() -> None:
    go = Go("d-04")
    rows = judge.compare_boxes(go.course, go.item("d-04.5"), go.world, ([], []))
    assert sum(row.folded for row in rows) == len(rows) - 3


# Users -----------------------------------------------------------------------------------------


def test_a_user_made_with_other_data_is_compared_field_by_field() -> None:
    go = Go("2-1")
    go.world.users["d-chigau1"] = User("d-chigau1", "碧海 花子", "x@hekishin.example.jp", "general", Secret())
    assert wrong(judge.compare(go.course, go.world)) == [("ユーザID", "wrong"), ("メールアドレス", "wrong")]


@pytest.mark.parametrize("blank", ["", "\u3000", "  "])
def test_the_blank_of_a_user_name_may_be_of_any_width(blank: str) -> None:
    go = Go("2-1")
    world = starts.world_at(SEED, "2-2")
    world.users[GENERAL_ID].name = f"碧海{blank}花子"
    assert wrong(judge.compare(go.course, world)) == []
    assert judge.facts(world) == judge.goal_of(go.course, SEED)


def test_somebody_too_many_and_somebody_too_few_are_told() -> None:
    world = starts.world_at(SEED, "2-2")
    world.users["d-chigau1"] = User("d-chigau1", "x", "x@hekishin.example.jp", "general", Secret())
    assert wrong(judge.compare(Go("2-1").course, world)) == [("ユーザ", "extra")]
    world = starts.world_at(SEED, "2-3")
    del world.users[GENERAL_ID]
    assert wrong(judge.compare(Go("2-2").course, world)) == [("ユーザ", "extra")]


def test_what_the_course_did_not_ask_for_is_told_as_well() -> None:
    world = starts.world_at(SEED, "2-2")
    world.master().mail, world.master().rights = "x@hekishin.example.jp", list(EVERY_RIGHT[1:])
    rows = judge.compare(Go("2-1").course, world)
    assert wrong(rows) == [
        ("メールアドレス", "wrong"),
        ("ユーザ更新", "missing"),
        ("利用者情報確認　利用", "missing"),
    ]


def test_the_steps_of_the_rows_are_those_of_the_course() -> None:
    for id_, course in courses().items():
        keys = {item.key for item in course.items}
        rows = judge.compare(course, world_for(course, SEED, Clock()))
        assert {row.step for row in rows} <= keys, id_


def test_no_password_stands_in_a_row(trainee: Trainee) -> None:
    trainee.play(trainee.begin("all").items)
    kept = str(trainee.going.practice.compared)
    for person in (trainee.people.master, trainee.people.general):
        for secret in (person.issued_password, person.password, person.approval_password):
            assert secret not in kept


def test_the_master_is_whom_rights_of_1_4_are_about() -> None:
    go = Go("all")
    rows = judge.compare_boxes(go.course, go.item("1-4.6"), go.world, ([], []))
    assert {row.about for row in rows} == {"碧海\u00a0太郎さんの権限"}
    assert expected.target_of(go.course, go.item("1-4.6")) == MASTER_ID
