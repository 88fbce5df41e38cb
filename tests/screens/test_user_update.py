"""S21 ユーザ検索条件 to S23: R15, R16, R17, R20."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import MESSAGES, REFUSED
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.store import Wanted
from tests.screens.doings import NEW, NEW_ID, approval_of, change_user, create_user, update_users

if TYPE_CHECKING:
    from simulator.bank.people import People
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


@pytest.fixture
def master(densai: Bank, seat: Seat) -> Visitor:
    return densai.master(seat, "2-2")


def test_both_stand_in_their_lists_as_in_the_manuals_picture(master: Visitor) -> None:
    master.open("user-update").press("確認")
    assert master.heading == "ユーザ情報更新確認"
    rows = master.page.rows
    assert [GENERAL_ID, "碧海 花子", "一般ユーザ", "hanako@hekishin.example.jp"] in rows
    for when in ("(変更前)", "(変更後)"):
        cells = (MASTER_ID, "碧海 太郎", "マスターユーザ", "taro@hekishin.example.jp")
        assert [f"{when} {cell}" for cell in cells] in rows
    assert "削除ユーザは0件です。" in master.page.text


def test_the_result_shows_the_same_lists_and_three_ways_on(master: Visitor) -> None:
    lists = master.open("user-update").press("確認").page.rows
    master.press("ユーザ更新", approval=approval_of(master))
    assert master.heading == "ユーザ情報更新完了"
    assert master.page.rows == lists
    assert "権限の追加を行ってください" in master.page.text
    for label, heading in (
        ("トップへ戻る", "トップ"),
        ("企業ユーザ管理へ", "企業ユーザ管理"),
        ("ユーザ情報の変更へ", "ユーザ情報検索"),
    ):
        assert label in master.open("user-update/done").page.buttons
        assert master.press(label).heading == heading


def test_conditions_narrow_it_and_the_rest_stays_pending(master: Visitor) -> None:
    create_user(master)
    update_users(master, login_id="shinjin")
    assert [user.login_id for user in master.seat.read().users.values() if user.updated] == [NEW_ID]
    update_users(master, name="花子")
    update_users(master)
    master.open("user-update").press("確認")
    assert (master.status, master.page.alert.endswith(MESSAGES["nothing_pending"])) == (422, True)


def test_a_condition_that_nobody_meets_is_refused_and_kept(master: Visitor) -> None:
    master.open("user-update").press("確認", login_id="d-nobody", name="無い人")
    assert master.status == 422
    assert master.page.box("name").attrs["value"] == "無い人"


def test_a_new_user_is_stopped_before_the_update_and_gets_in_after_it(
    densai: Bank, master: Visitor, people: People
) -> None:
    general = densai.visitor(master.seat)
    issued, new = people.general.issued_password, people.general.password
    general.log_in(GENERAL_ID, issued).press("変更", current=issued, new=new, again=new)
    assert general.heading == "サービス一覧"
    general.press("しんきん電子記録債権サービス")
    assert (general.status, general.heading) == (403, "利用できません")
    assert REFUSED["user_update_needed"] in general.page.alert
    assert not any(each.in_service for each in master.seat.read().sessions if each.login_id == GENERAL_ID)
    update_users(master)
    assert general.open("list").press("しんきん電子記録債権サービス").heading == "トップ"


@pytest.mark.parametrize("wrong", ["", "machigai1"])
def test_a_wrong_approval_password_changes_nothing(master: Visitor, wrong: str) -> None:
    master.open("user-update").press("確認").press("ユーザ更新", approval=wrong)
    assert (master.status, master.heading) == (422, "ユーザ情報更新確認")
    code = "approval_wrong" if wrong else "required"
    assert master.page.fault("approval") == MESSAGES[code]
    assert master.seat.read().users[GENERAL_ID].registered is None
    assert master.press("ユーザ更新", approval=approval_of(master)).heading == "ユーザ情報更新完了"


def test_the_login_password_is_refused_there(master: Visitor, people: People) -> None:
    master.open("user-update").press("確認").press("ユーザ更新", approval=people.master.password)
    assert master.page.fault("approval") == MESSAGES["approval_wrong"]


def test_what_changed_since_it_was_shown_is_not_carried_out(master: Visitor) -> None:
    master.open("user-update").press("確認")
    with master.seat.change() as world:
        world.users[GENERAL_ID].mail = "other@example.jp"
    master.press("ユーザ更新", approval=approval_of(master))
    assert (master.status, master.heading) == (422, "ユーザ検索条件")
    assert MESSAGES["draft_changed"] in master.page.alert
    assert master.seat.read().users[GENERAL_ID].registered is None
    assert master.seat.read().master().approval_failures == 0


def test_additions_changes_and_deletions_go_together(densai: Bank, seat: Seat) -> None:
    master = densai.master(seat)
    create_user(master)
    change_user(master, "ユーザ名変更", row=MASTER_ID, name="碧海 次郎")
    change_user(master, "ユーザ削除")
    master.open("user-update").press("確認")
    rows = master.page.rows
    assert [NEW_ID, NEW["name"], "一般ユーザ", NEW["mail"]] in rows
    assert [row[1] for row in rows if row[0].endswith(f" {MASTER_ID}")] == [
        "(変更前) 碧海 太郎",
        "(変更後) 碧海 次郎",
    ]
    assert [GENERAL_ID, "碧海 花子", "一般ユーザ", "hanako@hekishin.example.jp"] in rows
    master.press("ユーザ更新", approval=approval_of(master))
    assert master.heading == "ユーザ情報更新完了"
    world = seat.read()
    assert set(world.users) == {MASTER_ID, NEW_ID}
    event = seat.events(Wanted(("users_updated",)))[0]
    assert event.data["summary"] == "追加 1件、変更 1件、削除 1件"
    assert event.data["summary"] in master.open("trade-history").page.text


def test_characters_outside_the_rules_are_marked_and_the_update_goes_ahead(master: Visitor) -> None:
    create_user(master, name="髙﨑 ①😀～", mail="nonsense", mail_again="nonsense")
    master.open("user-update").press("確認", login_id=NEW_ID)
    assert [NEW_ID, "?? ??～", "一般ユーザ", "x"] in master.page.rows
    master.press("ユーザ更新", approval=approval_of(master))
    assert [NEW_ID, "?? ??～", "一般ユーザ", "x"] in master.page.rows
    user = master.seat.read().users[NEW_ID]
    assert (user.name, user.mail) == ("髙﨑 ①😀～", "nonsense")
    assert "髙﨑 ①😀～" in master.open(f"company-users/{NEW_ID}").page.text
