"""戻る keeps what was entered; leaving in any other way forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID
from tests.screens.doings import NEW, choose_rights, enter_new_user

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank


def _form_values(at_form: list[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in at_form if name not in ("csrf", "draft")}


def test_back_from_a_new_user_keeps_all_but_the_passwords(densai: Bank, seat: Seat) -> None:
    at = enter_new_user(densai.master(seat, "2-1")).press("戻る")
    assert at.heading == "ID 新規作成"
    secret = {"password": "", "password_again": ""}
    assert _form_values(at.page.form("登録").data()) == {**NEW, **secret}


@pytest.mark.parametrize(
    ("change", "filled"),
    [
        ("ユーザ名変更", {"name": "碧海 華子"}),
        ("メールアドレス変更", {"mail": "a@example.jp", "mail_again": "a@example.jp"}),
    ],
)
def test_back_from_a_change_keeps_it(densai: Bank, seat: Seat, change: str, filled: dict[str, str]) -> None:
    at = densai.master(seat, "end").open("users/list").press(change, row=GENERAL_ID)
    at.press("確認", **filled).press("戻る")
    assert _form_values(at.page.form("確認").data()) == filled


def test_back_from_the_rights_keeps_the_ticks(densai: Bank, seat: Seat) -> None:
    at = choose_rights(densai.master(seat, "2-3"), ["densai", "partners"], []).press("戻る")
    assert at.heading == "ユーザ情報変更"
    assert [value for name, value in at.page.form("確認").data() if name == "rights"] == [
        "densai",
        "partners",
    ]


def test_ticks_that_were_left_by_another_way_are_forgotten(densai: Bank, seat: Seat) -> None:
    at = choose_rights(densai.master(seat, "2-3"), ["densai"], [])
    at.open(f"company-users/{GENERAL_ID}/change")
    assert [value for name, value in at.page.form("確認").data() if name == "rights"] == []
