"""A step as the coach's state has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.manual.grammar import Field, Fill
from simulator.training import guide, knowledge
from simulator.training.lessons import courses
from simulator.training.model import RefusedField
from simulator.training.step_view import CHOOSE, Sight, step_view
from tests.practice.goes import Go

if TYPE_CHECKING:
    from simulator.training.coach_state import Shown, Step

HOME = "/bank/seki/"
EVERYTHING: Shown = {"sentence": True, "values": True, "marker": True}
NOTHING: Shown = {"sentence": False, "values": False, "marker": False}


def at(course: str, step: str) -> Go:
    go = Go(course)
    go.practice.position = [item.key for item in go.course.items].index(step)
    return go


def view(
    go: Go, told: guide.Guidance, shown: Shown = EVERYTHING, refused: tuple[RefusedField, ...] = ()
) -> Step:
    assert told.item
    values = knowledge.values_of(told.actions, told.item.who, go.world, go.people)
    found = step_view(told, values, Sight(go.course, go.world, go.people, shown, refused, HOME))
    assert found
    return found


def as_step(go: Go, step: str, shown: Shown = EVERYTHING, refused: tuple[RefusedField, ...] = ()) -> Step:
    item = go.item(step)
    return view(go, guide.Guidance("item", item, item.actions, due=item), shown, refused)


def on(go: Go, screen: str, login_id: str = MASTER_ID) -> Step:
    return view(go, guide.guide(go.practice, go.course, screen, login_id))


def test_where_all_is_done_there_is_no_step() -> None:
    go = Go("1-4")
    sight = Sight(go.course, go.world, go.people, EVERYTHING, (), HOME)
    assert step_view(guide.Guidance("done"), [], sight) is None


def test_a_step_is_told_verbatim_with_who_does_it_and_the_manuals_notes() -> None:
    found = on(Go("1-1"), "ログイン", "")
    assert found["label"] == "手順1-1　4."
    assert found["sentence"].startswith("当金庫からお渡しした通知書面に記載のログイン ID")
    assert found["who"] == "碧海\u00a0太郎（マスターユーザ）"
    assert any("“d-" in note["title"] for note in found["manual"])
    assert found["actions"][-1]["label"] == "ログイン"
    assert (found["heading"], found["then"]) == ("", "")


def test_the_way_back_says_where_it_leads_and_what_comes_then() -> None:
    found = on(Go("1-4"), "サービス一覧")
    assert found["heading"] == "この手順の前に：「トップ」画面へ移動します"
    assert found["then"] == "移動した後の手順：手順1-4　1."
    assert found["key"] == "1-3.1"


def test_values_are_typed_twice_where_the_manual_says_so() -> None:
    go = Go("1-2")
    found = on(go, "ログインパスワード変更")
    person = go.people.master
    typed = [
        (found["values"][action["of"]]["value"], action["again"])
        for action in found["actions"]
        if action["do"] == "fill"
    ]
    assert typed == [(person.issued_password, False), (person.password, False), (person.password, True)]
    assert [value["tag"] for value in found["values"]] == ["この値を入力", "例"]
    assert [value["note"] for value in found["values"]] == ["", CHOOSE]
    assert [value["word"] for value in as_step(Go("2-1"), "2-1.4")["values"]] == [
        "ユーザ ID",
        "ユーザ名",
        "メールアドレス (2 箇所)",
        "初回ログインパスワード (2 箇所)",
    ]


def test_what_the_mode_does_not_show_is_not_in_the_page() -> None:
    found = as_step(Go("2-1"), "2-1.4", NOTHING)
    assert (found["values"], found["compared"], found["checks"]) == ([], [], [])
    assert as_step(at("1-4", "1-4.5"), "1-4.5", NOTHING)["checks"] == []
    assert as_step(at("2-1", "2-1.5"), "2-1.5", NOTHING)["compared"] == []


def test_a_field_that_nobody_has_a_value_for_is_left_empty() -> None:
    go = Go("1-4")
    item = go.item("1-4.6")
    found = view(go, guide.Guidance("item", item, (Fill((Field("合言葉"),)),), due=item))
    assert [value["value"] for value in found["values"]] == [""]


@pytest.mark.parametrize(
    ("course", "step", "action"),
    [
        ("1-1", "1-1.1", {"do": "open", "url": HOME}),
        ("1-4", "1-4.5", {"do": "tick"}),
        ("2-2", "2-2.4", {"do": "leave_empty"}),
        ("4", "4.3", {"do": "close"}),
        ("2-2", "2-2.5", {"do": "review"}),
        ("d-02", "d-02.2", {"do": "outside"}),
    ],
)
def test_every_kind_of_action_has_its_own_words_for_the_page(
    course: str, step: str, action: dict[str, object]
) -> None:
    assert as_step(at(course, step), step)["actions"][0] == action


def test_boxes_are_told_by_the_headings_of_the_page() -> None:
    go = at("1-4", "1-4.5")
    groups = as_step(go, "1-4.5")["checks"]
    assert [(group["mark"], len(group["boxes"])) for group in groups] == [("①", 5), ("②", 4), ("③", 2)]
    assert groups[1]["boxes"][1] == {
        "name": "rights",
        "value": "trades.approver",
        "words": "各種取引の「承認者」",
    }
    some = as_step(at("d-04", "d-04.5"), "d-04.5")["checks"]
    assert [box["value"] for group in some for box in group["boxes"]] == [
        "densai",
        "trades.preparer",
        go.world.accounts[0].number,
    ]


def test_what_is_looked_over_is_the_new_users_data() -> None:
    go = at("2-1", "2-1.5")
    person = go.people.general
    found = as_step(go, "2-1.5")
    assert [row["value"] for row in found["compared"]] == [person.login_id, person.name, person.mail]
    assert found["say"] == ["3つとも同じなら［確定］をクリックします。違うときは［戻る］で直します。"]
    assert found["buttons"] == []
    look = as_step(at("2-2", "2-2.5"), "2-2.5")
    assert [button["id"] for button in look["buttons"]] == ["passed"]
    go.world.users[GENERAL_ID] = go.world.master()
    go.world.users[GENERAL_ID].deleted = True
    assert as_step(go, "2-1.5")["compared"] == []


def test_a_row_is_told_by_its_login_id() -> None:
    assert as_step(at("2-3", "2-3.4"), "2-3.4")["actions"][0]["row"] == GENERAL_ID
    assert as_step(at("1-4", "1-4.4"), "1-4.4")["actions"][0]["row"] == ""


def test_a_button_that_asks_first_tells_what_follows() -> None:
    found = as_step(at("4", "4.1"), "4.1")
    assert found["actions"][0]["asks"] is True
    assert found["follows"] == "続けて　手順4　2.「OK」ボタンをクリックします。"
    answer = as_step(at("4", "4.2"), "4.2")
    assert (answer["actions"][0]["native"], answer["follows"]) == (True, "")


def test_the_way_out_tells_what_follows_as_well() -> None:
    found = on(Go("2-3"), "トップ", GENERAL_ID)
    assert found["key"] == "4.1"
    assert found["follows"].startswith("続けて　手順4　2.")
    assert found["who"] == "碧海\u00a0花子（一般ユーザ）"


def test_a_login_on_the_way_uses_the_password_in_force_and_says_so() -> None:
    found = on(Go("1-4"), "ログイン", "")
    assert found["say"] == ["ログインパスワードは、手順1-2で設定した値を使います。"]
    assert found["values"][1]["value"] == Go("1-4").people.master.password
    assert on(Go("1-1"), "ログイン", "")["say"] == []


def test_only_what_is_done_outside_has_a_button_for_it() -> None:
    assert [b["label"] for b in as_step(at("d-02", "d-02.2"), "d-02.2")["buttons"]] == ["窓口に申し出る"]
    assert [b["id"] for b in as_step(at("d-12", "d-12.2"), "d-12.2")["buttons"]] == ["away"]
    with_button = {
        id_
        for id_, course in courses().items()
        for item in course.items
        if any(b["id"] in ("desk", "away") for b in as_step(Go(id_), item.key)["buttons"])
    }
    assert with_button == {"d-02", "d-12"}


def test_after_a_refusal_it_says_which_fields_are_to_be_mended() -> None:
    refused = (
        RefusedField("user_id", "ユーザID", "full_width", "…"),
        RefusedField("mail_again", "メールアドレス（再入力）", "differs", "…"),
    )
    found = as_step(at("2-1", "2-1.4"), "2-1.4", refused=refused)
    assert [value["fix"] for value in found["values"]] == ["直す", "", "再入力を直す", "入力し直す"]
    again = RefusedField(
        "again", "確認のため、もう一度「新ログインパスワード」を入力してください。", "x", "…"
    )
    found = as_step(at("1-2", "1-2.1"), "1-2.1", refused=(again,))
    assert [value["fix"] for value in found["values"]] == ["入力し直す", "再入力を直す"]
