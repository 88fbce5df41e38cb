"""S16 ユーザ管理業務 to S20, S28 to S31: R13, R15, R23."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import MESSAGES, message
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.failures import Failure
from tests.screens.doings import NEW, NEW_ID, change_user, create_user, enter_new_user, update_users

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


SAME_MAIL = dict.fromkeys(("mail", "mail_again"), "hanako@hekishin.example.jp")
SHORT = dict.fromkeys(("password", "password_again"), "abcde")


@pytest.fixture
def master(densai: Bank, seat: Seat) -> Visitor:
    return densai.master(seat)


def states(master: Visitor) -> dict[str, str]:
    return {row[0]: row[2] for row in master.open("users/list").page.rows[1:]}


def test_the_list_is_reached_by_button_and_tab(master: Visitor) -> None:
    assert master.open("list").press("ユーザ管理業務").heading == "ユーザ管理業務"
    assert master.follow("ユーザ管理").heading == "ユーザ管理"
    assert master.press("ユーザ管理業務終了").heading == "サービス一覧"


def test_d_minus_stands_before_the_box(master: Visitor) -> None:
    master.open("users/new")
    before = [each.text for each in master.page.top.all("span") if each.attrs.get("class") == "before"]
    assert before == ["d-"]


def test_a_new_user_is_created_once_confirmed(master: Visitor) -> None:
    enter_new_user(master)
    assert master.heading == "ID 新規作成確認"
    assert NEW_ID in master.page.text
    assert NEW["password"] not in master.page.html
    assert NEW_ID not in master.seat.read().users
    assert master.press("確定").heading == "ID 新規作成完了"
    assert "ユーザ更新" in master.page.text
    user = master.seat.read().users[NEW_ID]
    assert (user.name, user.mail, user.kind) == (NEW["name"], NEW["mail"], "general")
    assert states(master)[NEW_ID] == "ユーザ更新待ち"
    assert master.open("users/new").press("戻る").heading == "ユーザ管理"


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"user_id": "abcde"}, [Failure("user_id", "length_6_to_12", length=5)]),
        ({"user_id": "abcdefghijklm"}, [Failure("user_id", "length_6_to_12", length=13)]),
        ({"user_id": "d-abcdef"}, [Failure("user_id", "unusable", letter="-")]),
        ({"user_id": "abcdｅf"}, [Failure("user_id", "full_width", position=5, letter="ｅ")]),
        ({"user_id": " abcdef"}, [Failure("user_id", "blank")]),
        ({"user_id": GENERAL_ID[2:]}, [Failure("user_id", "id_taken")]),
        ({"user_id": MASTER_ID[2:]}, [Failure("user_id", "id_taken")]),
        ({"name": "あ" * 41}, [Failure("name", "name_too_long", length=41)]),
        (
            {"mail": "ａ@example.jp", "mail_again": "ａ@example.jp"},
            [Failure("mail", "full_width", position=1, letter="ａ")],
        ),
        ({"mail_again": "b@example.jp"}, [Failure("mail_again", "mismatch")]),
        (
            {"password": "abcde", "password_again": "abcde"},
            [Failure("password", "length_6_to_12", length=5)],
        ),
        ({"password_again": "hajimete2"}, [Failure("password_again", "mismatch")]),
        (
            dict.fromkeys(NEW, ""),
            [
                Failure("user_id", "required"),
                Failure("name", "required"),
                Failure("mail", "required"),
                Failure("mail_again", "required_again"),
                Failure("password", "required"),
                Failure("password_again", "required_again"),
            ],
        ),
    ],
)
def test_every_fault_is_named_at_its_field_and_what_was_typed_is_kept(
    master: Visitor, changed: dict[str, str], faults: list[Failure]
) -> None:
    before = master.seat.read()
    enter_new_user(master, **changed)
    assert (master.status, master.heading) == (422, "ID 新規作成")
    assert {name: master.page.fault(name) for name in NEW if master.page.fault(name)} == {
        each.field: message(each) for each in faults
    }
    for name in ("user_id", "name", "mail", "mail_again"):
        assert master.page.box(name).attrs["value"] == {**NEW, **changed}[name]
    for name in ("password", "password_again"):
        assert "value" not in master.page.box(name).attrs
    assert master.seat.read() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"user_id": "abcdef", "password": "abcdef", "password_again": "abcdef"},
        {"user_id": "123456789012", "password": "123456789012", "password_again": "123456789012"},
        {"name": "あ" * 40},
        {"name": "a"},
        {"name": "髙﨑 ①😀"},
        {"mail": "a" * 117 + "@example.jp", "mail_again": "a" * 117 + "@example.jp"},
        {"mail": "nonsense", "mail_again": "nonsense"},
    ],
)
def test_the_last_good_value_on_each_side_is_taken(master: Visitor, changed: dict[str, str]) -> None:
    assert create_user(master, **changed).heading == "ID 新規作成完了"


def test_several_general_users_are_made_one_after_another(master: Visitor) -> None:
    for number in range(3):
        create_user(master, user_id=f"shinjin{number}")
    assert len(master.seat.read().users) == 5
    update_users(master)
    assert set(states(master).values()) == {"通常", "初回ログイン待ち"}


def test_an_id_taken_between_form_and_confirmation_is_not_made_twice(master: Visitor) -> None:
    enter_new_user(master)
    with master.seat.change() as world:
        world.users[NEW_ID] = world.users[GENERAL_ID]
    assert master.press("確定").status == 409
    assert master.seat.read().users[NEW_ID].name == "碧海 花子"


def test_a_new_name_waits_for_the_update(master: Visitor) -> None:
    change_user(master, "ユーザ名変更", name="碧海 華子")
    assert master.heading == "ユーザ名変更完了"
    assert "ユーザ更新" in master.page.text
    assert states(master)[GENERAL_ID] == "ユーザ更新待ち"
    assert "碧海 花子" in master.open(f"company-users/{GENERAL_ID}").page.text
    assert "碧海 華子" in master.open("user-update").press("確認").page.text
    update_users(master)
    assert "碧海 華子" in master.open(f"company-users/{GENERAL_ID}").page.text


def test_the_service_calls_people_by_the_names_it_knows(master: Visitor) -> None:
    change_user(master, "ユーザ名変更", row=MASTER_ID, name="碧海 次郎")
    assert "碧海 次郎 様" in master.open("list").page.text
    for screen in ("top", "operation-history", "company-users/search/view"):
        assert "碧海 次郎" not in master.open(screen).page.text
        assert "碧海 太郎 様" in master.page.text


def test_a_new_mail_address_waits_for_the_update(master: Visitor) -> None:
    change_user(master, "メールアドレス変更", mail="hanako2@example.jp", mail_again="hanako2@example.jp")
    assert master.heading == "メールアドレス変更完了"
    details = f"company-users/{GENERAL_ID}"
    assert "hanako2@example.jp" not in master.open(details).page.text
    update_users(master)
    assert "hanako2@example.jp" in master.open(details).page.text


def test_a_new_first_password_acts_at_once(densai: Bank, master: Visitor) -> None:
    general = densai.visitor(master.seat).sit_down(GENERAL_ID, in_service=True)
    change_user(master, "ログインパスワード管理", password="hajimete1", password_again="hajimete1")
    assert "ユーザ更新" not in master.page.text
    assert states(master)[GENERAL_ID] == "初回ログイン待ち"
    assert general.open("top").heading == "ログインパスワード変更"
    general.press("変更", current="hajimete1", new="atarashii1", again="atarashii1")
    assert general.heading == "サービス一覧"


def test_a_deletion_waits_for_the_update(densai: Bank, master: Visitor) -> None:
    change_user(master, "ユーザ削除")
    assert master.heading == "ユーザ削除完了"
    assert GENERAL_ID not in states(master)
    assert GENERAL_ID in master.open("company-users/search/view").page.text
    assert densai.visitor(master.seat).sit_down(GENERAL_ID).open("list").status == 200
    update_users(master)
    assert GENERAL_ID not in master.open("company-users/search/view").page.text
    assert GENERAL_ID not in master.seat.read().users


def test_a_user_deleted_before_the_update_is_gone_at_once(densai: Bank, master: Visitor) -> None:
    create_user(master)
    new = densai.visitor(master.seat)
    new.log_in(NEW_ID, NEW["password"])
    assert new.heading == "ログインパスワード変更"
    change_user(master, "ユーザ削除", row=NEW_ID)
    assert master.heading == "ユーザ削除完了"
    assert NEW_ID not in master.seat.read().users
    assert new.open("password").heading == "セッション終了"
    assert create_user(master).heading == "ID 新規作成完了"


@pytest.mark.parametrize(
    ("what", "filled", "fault"),
    [
        ("ユーザ名変更", {"name": ""}, Failure("name", "required")),
        ("ユーザ名変更", {"name": "あ" * 41}, Failure("name", "name_too_long", length=41)),
        ("ユーザ名変更", {"name": "碧海 花子"}, Failure("name", "unchanged")),
        ("ユーザ名変更", {"name": "碧海\t花子"}, Failure("name", "control_characters")),
        (
            "メールアドレス変更",
            {"mail": "ab あ", "mail_again": "ab あ"},
            Failure("mail", "full_width", position=4, letter="あ"),
        ),
        ("メールアドレス変更", {"mail": "a@b.jp", "mail_again": "b@b.jp"}, Failure("mail_again", "mismatch")),
        ("メールアドレス変更", SAME_MAIL, Failure("mail", "unchanged")),
        ("ログインパスワード管理", SHORT, Failure("password", "length_6_to_12", length=5)),
        ("ログインパスワード管理", {"password": "abcdef"}, Failure("password_again", "required_again")),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    master: Visitor, what: str, filled: dict[str, str], fault: Failure
) -> None:
    before = master.seat.read()
    change_user(master, what, **filled)
    assert (master.status, master.heading) == (422, what)
    assert message(fault) in master.page.fault(fault.field)
    assert master.seat.read() == before


def test_a_user_who_is_not_there_has_no_screens(master: Visitor) -> None:
    for what in ("name", "mail", "password", "delete"):
        assert master.open(f"users/d-nobody00/{what}").status == 404
    assert master.open(f"users/{GENERAL_ID}/rights").status == 404


def test_a_deleted_user_has_no_screens_in_user_admin(master: Visitor) -> None:
    change_user(master, "ユーザ削除")
    for what in ("name", "mail", "password", "delete"):
        assert master.open(f"users/{GENERAL_ID}/{what}").status == 404
    enter_new_user(master, user_id=GENERAL_ID[2:])
    assert master.page.fault("user_id") == MESSAGES["id_taken"]
