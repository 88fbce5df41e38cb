"""S10 to S15, S13a and S27: R10, R11, R12, R18, R19, R20, R22."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import MESSAGES, message
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.rights import EVERY_RIGHT, TABS
from simulator.store import Wanted
from tests.screens.doings import approval_of, choose_rights, give_rights

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

INITIAL = "shokai123"


@pytest.fixture
def master(densai: Bank, seat: Seat) -> Visitor:
    return densai.master(seat, "2-3")


def numbers(at: Visitor) -> list[str]:
    return [account.number for account in at.seat.read().accounts]


def marks(at: Visitor) -> list[str]:
    """The names of the businesses, and the mark of each of their boxes."""
    return [" ".join(row) for row in at.page.rows if "○" in row or "－" in row]


def test_the_list_says_what_is_set(master: Visitor) -> None:
    master.open("company-users/search/change")
    assert "2件中 1-2件を表示" in master.page.text
    rows = [row[2:] for row in master.page.rows[1:]]
    assert rows == [
        [MASTER_ID, "碧海 太郎", "マスターユーザ", "設定済", "設定済", "設定済"],
        [GENERAL_ID, "碧海 花子", "一般ユーザ", "未設定", "未設定", "未設定"],
    ]


def test_viewing_offers_details_and_no_change(master: Visitor) -> None:
    master.open("company-users").press("企業ユーザを確認する")
    assert "変更" not in master.page.buttons
    assert master.press("詳細", row=GENERAL_ID).heading == "ユーザ情報詳細"
    assert "変更" not in master.press("戻る").page.buttons


def test_every_right_chosen_shows_a_circle_and_the_accounts_chosen(master: Visitor) -> None:
    chosen = numbers(master)[:1]
    give_rights(master, ["densai", "trades.preparer"], chosen)
    assert master.heading == "ユーザ情報変更完了"
    assert marks(master) == [
        "利用者情報確認 －",
        "でんさい確認 ○",
        "取引先管理 －",
        "取引履歴確認 －",
        "操作履歴確認 －",
        "各種取引 ○ －",
        "指定許可管理 － －",
    ]
    assert [row[2] for row in master.page.rows if len(row) == 4 and row[2].isdigit()] == chosen
    user = master.seat.read().users[GENERAL_ID]
    assert (user.rights, user.accounts) == (["densai", "trades.preparer"], chosen)


@pytest.mark.parametrize("right", ["trades.preparer", "trades.approver"])
def test_one_of_the_two_does_not_give_the_other(densai: Bank, seat: Seat, right: str) -> None:
    master = densai.master(seat, "end")
    give_rights(master, [right], [])
    assert marks(master)[5] == ("各種取引 ○ －" if right.endswith("preparer") else "各種取引 － ○")


def test_the_confirmation_shows_before_and_after(densai: Bank, seat: Seat) -> None:
    master = densai.master(seat, "end")
    choose_rights(master, ["densai"], [])
    assert master.heading == "ユーザ情報変更確認"
    assert ["でんさい確認", "利用", "○", "○"] in master.page.rows
    assert ["利用者情報確認", "利用", "○", "－"] in master.page.rows
    assert seat.read().users[GENERAL_ID].rights == list(EVERY_RIGHT)


def test_going_back_keeps_what_was_ticked(master: Visitor) -> None:
    choose_rights(master, ["densai"], numbers(master)[:1])
    master.press("戻る")
    assert master.heading == "ユーザ情報変更"
    ticked = [box.attrs["value"] for box in master.page.top.all("input") if "checked" in box.attrs]
    assert ticked == ["densai", *numbers(master)[:1]]


def test_an_approver_right_asks_for_an_initial_password(master: Visitor) -> None:
    choose_rights(master, ["designation.approver"], [])
    assert master.heading == "初期承認パスワード設定"
    assert master.open("company-users/confirm").heading == "初期承認パスワード設定"
    master.press("確認", new=INITIAL, again=INITIAL)
    assert master.heading == "ユーザ情報変更確認"
    assert INITIAL not in master.page.html
    master.press("変更", approval=approval_of(master))
    user = master.seat.read().users[GENERAL_ID]
    assert user.approval_initial
    assert user.approval_password is not None
    assert user.approval_password.hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("new", "again", "faults"),
    [
        ("a1b2c", "a1b2c", [Failure("new", "length_6_to_12", length=5)]),
        ("a1b2c3d4e5f6g", "a1b2c3d4e5f6g", [Failure("new", "length_6_to_12", length=13)]),
        ("abcdef", "abcdef", [Failure("new", "digit_missing")]),
        ("a1b2c3 ", "a1b2c3 ", [Failure("new", "blank")]),
        ("a1b2c3", "a1b2c4", [Failure("again", "mismatch")]),
        ("", "", [Failure("new", "required"), Failure("again", "required_again")]),
    ],
)
def test_the_initial_password_follows_the_rule(
    master: Visitor, new: str, again: str, faults: list[Failure]
) -> None:
    choose_rights(master, ["trades.approver"], []).press("確認", new=new, again=again)
    assert (master.status, master.heading) == (422, "初期承認パスワード設定")
    for field in ("new", "again"):
        assert master.page.fault(field) == "".join(message(each) for each in faults if each.field == field)
    assert master.open("company-users/confirm").heading == "初期承認パスワード設定"


@pytest.mark.parametrize("right", [right for right in EVERY_RIGHT if not right.endswith("approver")])
def test_any_other_right_does_not(master: Visitor, right: str) -> None:
    assert choose_rights(master, [right], []).heading == "ユーザ情報変更確認"


def draft_in_c(master: Visitor) -> str:
    (session,) = master.seat.read().sessions
    return session.drafts["c"].id


@pytest.mark.parametrize("row", [GENERAL_ID, MASTER_ID])
def test_who_has_an_approval_password_is_not_asked_and_cannot_be_given_another(
    densai: Bank, seat: Seat, row: str
) -> None:
    master = densai.master(seat, "end")
    before = seat.read().users[row].approval_password
    choose_rights(master, list(EVERY_RIGHT), [], row=row)
    assert master.heading == "ユーザ情報変更確認"
    path = "company-users/initial-approval-password"
    assert master.open(path).heading == "ユーザ情報変更確認"
    data = [("csrf", master.csrf), ("draft", draft_in_c(master)), ("new", INITIAL), ("again", INITIAL)]
    assert master.post(f"{master.home}{master.sid}/{path}", data).heading == "ユーザ情報変更確認"
    master.press("変更", approval=approval_of(master))
    assert master.heading == "ユーザ情報変更完了"
    after = seat.read().users[row]
    assert not after.approval_initial
    assert row == MASTER_ID or after.approval_password == before


def test_the_confirmation_cannot_step_over_the_initial_password(master: Visitor) -> None:
    choose_rights(master, ["densai"], [])
    allowed = master.another_window()
    choose_rights(master, ["trades.approver"], [])
    data = [("csrf", master.csrf), ("draft", draft_in_c(master)), ("approval", approval_of(master))]
    allowed.post(f"{master.home}{master.sid}/company-users/confirm", data)
    assert allowed.heading == "初期承認パスワード設定"
    assert master.seat.read().users[GENERAL_ID].rights == []


@pytest.mark.parametrize("wrong", ["", "machigai1"])
def test_a_wrong_approval_password_changes_nothing(master: Visitor, wrong: str) -> None:
    choose_rights(master, ["densai"], []).press("変更", approval=wrong)
    assert (master.status, master.heading) == (422, "ユーザ情報変更確認")
    assert master.page.fault("approval") == MESSAGES["approval_wrong" if wrong else "required"]
    assert master.seat.read().users[GENERAL_ID].rights == []
    assert master.press("変更", approval=approval_of(master)).heading == "ユーザ情報変更完了"


@pytest.mark.parametrize(("wrong_ones", "works"), [(5, True), (6, False)])
def test_six_wrong_approval_passwords_stop_approvals_but_not_login(
    densai: Bank, master: Visitor, wrong_ones: int, *, works: bool
) -> None:
    choose_rights(master, ["densai"], [])
    for _ in range(wrong_ones):
        assert master.press("変更", approval="machigai1").status == 422
    master.press("変更", approval=approval_of(master))
    assert (master.heading == "ユーザ情報変更完了") is works
    assert bool(master.seat.read().users[GENERAL_ID].rights) is works
    if not works:
        assert master.page.fault("approval") == MESSAGES["approval_locked"]
    assert densai.visitor(master.seat).sit_down(MASTER_ID).open("list").status == 200
    kinds = [event.kind for event in master.seat.events(Wanted())]
    assert kinds.count("approval_password_wrong") == wrong_ones
    assert kinds.count("approval_password_locked") == (0 if works else 1)


def test_tabs_and_buttons_appear_with_the_rights_and_go_with_them(densai: Bank, seat: Seat) -> None:
    master = densai.master(seat, "end")
    general = densai.visitor(seat).sit_down(GENERAL_ID, in_service=True)
    assert len(general.open("top").page.tabs) == 7
    give_rights(master, ["trade_history"], [])
    assert general.open("top").page.tabs == ["トップ", "管理業務を実施する"]
    general.follow("管理業務を実施する")
    assert "取引履歴を確認する" in general.page.buttons
    assert "操作履歴を確認する" not in general.page.buttons
    assert general.press("取引履歴を確認する").heading == "取引履歴"
    for screen in ("confirm", "trade/pay", "partners", "designation", "operation-history", "company-info"):
        assert (general.open(screen).status, general.heading) == (403, "利用できません")
    assert general.press("トップへ").heading == "トップ"


@pytest.mark.parametrize(
    "words", [words for slug, (words, _) in TABS.items() if slug not in ("top", "admin")]
)
def test_business_that_is_not_taught_says_so_in_one_line(densai: Bank, seat: Seat, words: str) -> None:
    general = densai.general(seat)
    assert general.open("top").follow(words).heading == "この訓練では扱いません"
    assert words in general.page.text
    assert general.press("戻る").heading == "トップ"


@pytest.mark.parametrize("words", ["取引先を管理する", "指定許可を管理する"])
def test_administration_that_is_not_taught_says_so_too(densai: Bank, seat: Seat, words: str) -> None:
    general = densai.general(seat)
    assert general.open("admin").press(words).heading == "この訓練では扱いません"
    assert general.press("戻る").heading == "管理業務を実施する"


def test_a_first_time_master_sees_nothing_but_what_he_needs(densai: Bank, seat: Seat) -> None:
    master = densai.master(seat, "1-4")
    assert master.open("top").page.tabs == ["トップ", "管理業務を実施する"]
    assert "ユーザ情報を管理する" in master.follow("管理業務を実施する").page.buttons


def test_a_general_user_is_offered_his_approval_password_alone(densai: Bank, seat: Seat) -> None:
    general = densai.general(seat)
    general.open("admin").press("ユーザ情報を管理する")
    offered = [form.button.text for form in general.page.forms if form.element.inside("li")]
    assert offered == ["承認パスワードを変更する"]


def test_made_up_rights_and_accounts_are_not_granted(master: Visitor) -> None:
    give_rights(master, ["root", "densai", "densai", "trades.approver "], ["0000000", "", "1" * 50])
    user = master.seat.read().users[GENERAL_ID]
    assert (user.rights, user.accounts) == (["densai"], [])


def test_a_search_narrows_the_list_and_forgets_nothing(master: Visitor) -> None:
    master.open("company-users/search/change").press("検索", name="花子")
    assert [row[2] for row in master.page.rows[1:]] == [GENERAL_ID]
    assert master.page.box("name").attrs["value"] == "花子"
    master.press("検索", name="", login_id="heki")
    assert "2件中 1-2件を表示" in master.page.text
    master.press("検索", login_id="居ない")
    assert "0件中 0-0件を表示" in master.page.text
