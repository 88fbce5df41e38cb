"""Things that many tests do on the way to what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.bank.people import GENERAL_ID
from simulator.bank.people import people as people_of

if TYPE_CHECKING:
    from tests.screens.visitor import Visitor

NEW_ID = "d-shinjin1"
NEW = {
    "user_id": "shinjin1",
    "name": "新人 一郎",
    "mail": "shinjin@example.jp",
    "mail_again": "shinjin@example.jp",
    "password": "hajimete1",
    "password_again": "hajimete1",
}


def approval_of(at: Visitor) -> str:
    """The master's approval password at this seat."""
    return people_of(at.seat.seed).master.approval_password


def enter_new_user(at: Visitor, **changed: str) -> Visitor:
    """To ID 新規作成確認, or to the form again."""
    return at.open("users/new").press("登録", **{**NEW, **changed})


def create_user(at: Visitor, **changed: str) -> Visitor:
    """To ID 新規作成完了."""
    return enter_new_user(at, **changed).press("確定")


def change_user(at: Visitor, what: str, row: str = GENERAL_ID, **filled: str) -> Visitor:
    """To the result of one of ユーザ管理's four changes, or to its form again."""
    at.open("users/list").press(what, row=row).press("確認", **filled)
    return at.press("確定") if at.status == 200 else at


def update_users(at: Visitor, **conditions: str) -> Visitor:
    """To ユーザ情報更新完了."""
    return at.open("user-update").press("確認", **conditions).press("ユーザ更新", approval=approval_of(at))


def choose_rights(at: Visitor, rights: list[str], accounts: list[str], row: str = GENERAL_ID) -> Visitor:
    """To ユーザ情報変更確認, or to 初期承認パスワード設定."""
    at.open("company-users/search/change").press("変更", row=row)
    return at.press("確認", rights=rights, accounts=accounts)


def give_rights(at: Visitor, rights: list[str], accounts: list[str], row: str = GENERAL_ID) -> Visitor:
    """To ユーザ情報変更完了, for somebody who needs no 初期承認パスワード."""
    return choose_rights(at, rights, accounts, row).press("変更", approval=approval_of(at))
