"""R10, R11, R18, R19, R22: what rights open, and who needs an approval password for them."""

from __future__ import annotations

import pytest

from simulator.domain.rules import rights
from simulator.domain.world import Secret
from tests.rules.people import ACCOUNTS, master, registered

ALWAYS = {"トップ", "管理業務を実施する"}
TRADE_TABS = {
    "でんさいを支払う",
    "でんさいを譲渡する",
    "でんさいをファイルで取引する",
    "その他のお取引を実施する",
}


@pytest.mark.parametrize(
    ("held", "tabs"),
    [
        ([], set()),
        (["densai"], {"でんさいを確認する"}),
        (["trades.preparer"], TRADE_TABS),
        (["trades.approver"], TRADE_TABS),
        (["designation.preparer"], set()),
        (["company_info", "partners", "trade_history", "operation_history"], set()),
        (list(rights.EVERY_RIGHT), TRADE_TABS | {"でんさいを確認する"}),
    ],
)
def test_a_right_shows_its_tabs_and_no_others(held: list[str], tabs: set[str]) -> None:
    assert set(rights.tabs_of(registered(rights=held)).values()) == tabs | ALWAYS


@pytest.mark.parametrize(
    ("held", "buttons"),
    [
        ([], set()),
        (["trade_history"], {"取引履歴を確認する"}),
        (["operation_history"], {"操作履歴を確認する"}),
        (["partners"], {"取引先を管理する"}),
        (["trades.preparer"], {"取引先を管理する"}),
        (["trades.approver"], {"取引先を管理する"}),
        (["designation.preparer"], {"指定許可を管理する"}),
        (["designation.approver"], {"指定許可を管理する"}),
        (["company_info"], {"利用者情報を確認する"}),
        (["densai"], set()),
    ],
)
def test_a_right_shows_its_buttons_and_no_others(held: list[str], buttons: set[str]) -> None:
    shown = {words for words, _ in rights.menu_of(registered(rights=held)).values()}
    assert shown == buttons | {"ユーザ情報を管理する"}


def test_a_general_user_holding_every_right_sees_every_business_tab_and_the_master_without_any_none() -> None:
    assert len(rights.tabs_of(registered(rights=list(rights.EVERY_RIGHT)))) == 7
    assert set(rights.tabs_of(master()).values()) == ALWAYS


def test_preparer_and_approver_may_be_held_together_and_neither_gives_the_other() -> None:
    both = ["trades.preparer", "trades.approver"]
    assert rights.chosen(both) == both
    assert rights.chosen(["trades.preparer"]) == ["trades.preparer"]
    assert rights.chosen(["trades.approver"]) == ["trades.approver"]


def test_every_approved_business_has_both_boxes_and_every_other_only_one() -> None:
    assert [[word for _, word in each.boxes] for each in rights.WITH_APPROVAL] == [["担当者", "承認者"]] * 2
    assert [[word for _, word in each.boxes] for each in rights.WITHOUT_APPROVAL] == [["利用"]] * 5


@pytest.mark.parametrize("right", rights.EVERY_RIGHT)
def test_a_general_user_gets_an_initial_approval_password_for_an_approver_right_alone(right: str) -> None:
    expected = right in ("trades.approver", "designation.approver")
    assert rights.needs_initial_approval_password(registered(), [right]) is expected


def test_nobody_else_is_asked_for_one() -> None:
    has_one = registered(approval_password=Secret(seeded="one"))
    assert not rights.needs_initial_approval_password(has_one, rights.EVERY_RIGHT)
    assert not rights.needs_initial_approval_password(master(), rights.EVERY_RIGHT)
    assert not rights.needs_initial_approval_password(registered(), [])


@pytest.mark.parametrize(
    ("held", "initial", "must"),
    [
        (["trades.approver"], True, True),
        (["designation.approver"], True, True),
        (["trades.preparer"], True, False),  # the right was taken away again
        (["trades.approver"], False, False),
        ([], False, False),
    ],
)
def test_a_general_user_must_replace_an_initial_approval_password_while_he_approves(
    held: list[str], *, initial: bool, must: bool
) -> None:
    user = registered(rights=held, approval_password=Secret(seeded="x"), approval_initial=initial)
    assert rights.must_set_approval_password(user) is must


def test_a_general_user_without_one_goes_straight_in_and_a_master_sets_one_first() -> None:
    assert not rights.must_set_approval_password(registered(rights=["trades.preparer"]))
    assert rights.must_set_approval_password(master())
    assert not rights.must_set_approval_password(master(approval_password=Secret(seeded="x")))


def test_only_known_rights_and_accounts_are_chosen_each_once_in_order() -> None:
    assert rights.chosen(["trades.approver", "root", "densai", "densai"]) == ["densai", "trades.approver"]
    assert rights.chosen_accounts(ACCOUNTS, ["1560002", "9999999", "1560002"]) == ["1560002"]


@pytest.mark.parametrize(
    ("held", "accounts", "words"),
    [
        ([], [], ("未設定", "未設定", "未設定")),
        (["densai"], [], ("設定済", "未設定", "未設定")),
        (["trades.preparer"], [], ("未設定", "設定済", "未設定")),
        ([], ["1560001"], ("未設定", "未設定", "設定済")),
    ],
)
def test_the_list_says_what_is_set(held: list[str], accounts: list[str], words: tuple[str, ...]) -> None:
    assert rights.state_words(registered(rights=held, accounts=accounts)) == words
