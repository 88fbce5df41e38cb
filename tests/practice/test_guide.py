"""What the coach says on a screen: the step to do here, the way to it, the way out, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.world import Secret
from simulator.manual.grammar import Field, Fill
from simulator.training import guide
from simulator.training.lessons import courses
from simulator.training.tracker import IDS
from tests.practice.goes import Go

HOME = "/bank/seki/"


def told(go: Go, screen: str, login_id: str = MASTER_ID) -> guide.Guidance:
    return guide.guide(go.practice, go.course, screen, login_id)


def key(guidance: guide.Guidance) -> str:
    return guidance.item.key if guidance.item else ""


def as_step(go: Go, step: str) -> dict[str, Any]:
    item = go.item(step)
    found = guide.as_data(guide.Guidance("item", item, item.actions), go.course, go.world, go.people, HOME)
    assert found
    return found


def data(go: Go, screen: str, login_id: str = MASTER_ID) -> dict[str, Any]:
    found = guide.as_data(told(go, screen, login_id), go.course, go.world, go.people, HOME)
    assert found
    return found


def at(course: str, step: str) -> Go:
    go = Go(course)
    go.practice.position = [item.key for item in go.course.items].index(step)
    return go


# Where --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("course", courses())
def test_each_step_is_told_on_its_own_screen(course: str) -> None:
    go = Go(course)
    for place, item in enumerate(go.course.items):
        go.practice.position = place
        found = told(go, item.screen or "当金庫ホームページ", IDS[item.who])
        assert found.turn == "item"
        assert found.place == place + (not item.screen)


@pytest.mark.parametrize(
    ("course", "screen", "turn", "step"),
    [
        ("1-4", "トップ", "item", "1-4.1"),
        ("1-4", "当金庫ホームページ", "prep", "1-1.2"),
        ("1-4", "へきしん電子記録債権サービス", "prep", "1-1.3"),
        ("1-4", "「しんきん電子記録債権システム」案内画面", "prep", "1-1.3"),
        ("1-4", "ログイン", "prep", "1-1.4"),
        ("3-3", "ログイン", "prep", "3-1.4"),
        ("1-4", "サービス一覧", "prep", "1-3.1"),
        ("1-4", "ユーザ管理", "prep", "2-1.6"),
        ("1-4", "承認パスワード変更結果", "prep", "1-3.3"),
        ("1-4", "セッション終了", "prep", ""),
        ("1-4", "お知らせ（通知）", "prep", ""),
        ("1-4", "利用できません", "off", "1-4.1"),
        ("1-4", "ログアウト", "off", "1-4.1"),
        ("2-1", "トップ", "off", "2-1.1"),
        ("3-1", "ログアウト", "off", "3-1.1"),
    ],
)
def test_elsewhere_the_way_is_told(course: str, screen: str, turn: str, step: str) -> None:
    login_id = "" if screen in ("ログイン", "セッション終了") else MASTER_ID
    found = told(Go(course), screen, login_id if course[0] != "3" else "")
    assert (found.turn, key(found)) == (turn, step)


def test_the_way_to_the_screen_of_a_link_is_half_of_a_step() -> None:
    go = at("1-1", "1-1.3")
    found = told(go, "「しんきん電子記録債権システム」案内画面", "")
    assert (found.turn, key(found)) == ("item", "1-1.3")
    assert found.actions == go.item("1-1.3").actions[1:]


@pytest.mark.parametrize(
    ("screen", "step", "sentence"),
    [
        ("トップ", "4.1", "画面右上の「ログアウト」ボタンをクリックします。"),
        ("サービス一覧", "4.4", "「サービス一覧」画面の「ログアウト」ボタンをクリックします。"),
        ("ユーザ管理", "2-1.6", "[ユーザ管理業務終了] ボタンをクリックします。"),
        ("ログインパスワード変更", "", "「閉じる」ボタンをクリックします。"),
    ],
)
def test_the_wrong_person_is_shown_the_way_out(screen: str, step: str, sentence: str) -> None:
    go = Go("2-3")
    found = told(go, screen, GENERAL_ID)
    assert found.turn == "prep"
    assert found.item
    assert (found.item.key, found.item.sentence, found.item.who) == (step, sentence, "general")


def test_when_all_is_done_so_it_is_said() -> None:
    go = Go("1-4")
    go.practice.position = len(go.course.items)
    assert told(go, "トップ") == guide.Guidance("done")
    assert guide.as_data(told(go, "トップ"), go.course, go.world, go.people, HOME) is None


# As plain data -----------------------------------------------------------------------------------


def test_a_step_is_told_verbatim_with_who_does_it_and_why() -> None:
    found = data(Go("1-1"), "ログイン", "")
    assert found["label"] == "手順1-1　4."
    assert found["sentence"].startswith("当金庫からお渡しした通知書面に記載のログイン ID")
    assert found["who"] == "マスターユーザ（碧海 太郎）"
    assert found["why"][0] == "ログイン ID の先頭には必ず“d-”が付く。"
    assert found["actions"][-1]["label"] == "ログイン"


def test_values_are_typed_twice_where_the_manual_says_so() -> None:
    go = Go("1-2")
    person = go.people.master
    typed = [
        (action["word"], action["again"], action["value"])
        for action in data(go, "ログインパスワード変更")["actions"]
        if action["do"] == "fill"
    ]
    assert typed == [
        ("現ログインパスワード", False, person.issued_password),
        ("新ログインパスワード", False, person.password),
        ("新ログインパスワード", True, person.password),
    ]


def test_a_field_that_nobody_has_a_value_for_is_left_empty() -> None:
    go = Go("1-4")
    item = Go("d-08").item("d-08.4")
    fill = Fill((Field("合言葉"),))
    found = guide.as_data(guide.Guidance("item", item, (fill,)), go.course, go.world, go.people, HOME)
    assert found
    assert [action["value"] for action in found["actions"]] == [""]


@pytest.mark.parametrize(
    ("course", "step", "action"),
    [
        ("1-1", "1-1.1", {"do": "open", "url": HOME}),
        ("1-4", "1-4.5", {"do": "tick", "all": True}),
        (
            "d-04",
            "d-04.5",
            {"do": "tick", "boxes": [["でんさい確認", "利用"], ["各種取引", "担当者"], ["口座", "当座"]]},
        ),
        ("2-2", "2-2.4", {"do": "leave_empty"}),
        ("4", "4.3", {"do": "close"}),
        ("d-02", "d-02.2", {"do": "outside", "what": "desk", "label": "窓口に申し出る"}),
    ],
)
def test_every_kind_of_action_has_its_own_words_for_the_page(
    course: str, step: str, action: dict[str, object]
) -> None:
    assert as_step(at(course, step), step)["actions"][0] == action


def test_what_is_looked_over_is_the_new_users_data() -> None:
    go = at("2-2", "2-2.5")
    person = go.people.general
    assert as_step(go, "2-2.5")["actions"] == [
        {"do": "review", "texts": [person.login_id, person.name, person.mail]}
    ]


def test_a_row_is_told_by_its_login_id() -> None:
    assert as_step(at("2-3", "2-3.4"), "2-3.4")["actions"][0]["row"] == [GENERAL_ID]
    assert as_step(at("1-4", "1-4.4"), "1-4.4")["actions"][0]["row"] == []


def test_a_button_that_asks_first_tells_what_follows() -> None:
    found = as_step(at("4", "4.1"), "4.1")
    assert found["actions"][0]["dialog"] is True
    assert found["next"]["sentence"] == "「OK」ボタンをクリックします。"
    assert as_step(at("4", "4.2"), "4.2")["actions"][0]["native"] is True
    assert as_step(at("4", "4.2"), "4.2")["next"] is None


def test_the_way_out_tells_what_follows_as_well() -> None:
    found = data(Go("2-3"), "トップ", GENERAL_ID)
    assert found["key"] == "4.1"
    assert found["next"]["label"] == "手順4　2."
    assert found["who"] == "一般ユーザ（碧海 花子）"


def test_a_password_that_its_owner_chose_himself_may_be_another_than_the_memos() -> None:
    go = at("1-4", "1-4.6")
    assert guide.OWN_SET not in as_step(go, "1-4.6")["why"]
    go.world.master().approval_password = Secret("hash")
    assert as_step(go, "1-4.6")["why"][-1] == guide.OWN_SET
    assert guide.OWN_SET not in as_step(at("1-4", "1-4.5"), "1-4.5")["why"]
    assert guide.OWN_SET not in data(go, "ログイン", "")["why"]
    go.world.master().login_password = Secret("hash")
    assert data(go, "ログイン", "")["why"][-1] == guide.OWN_SET


def test_only_drills_have_something_to_do_outside() -> None:
    assert guide.outsides(courses()["d-02"]) == [{"what": "desk", "label": "窓口に申し出る"}]
    assert guide.outsides(courses()["d-12"]) == [{"what": "away", "label": "30分間、席を離れたことにする"}]
    assert {id_ for id_, course in courses().items() if guide.outsides(course)} == {"d-02", "d-12"}
