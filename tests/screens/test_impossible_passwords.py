"""A password that nobody can have, with a blank, a full-width letter or a sign in it, is no attempt.

(chosen) It is a fault of the form: named at its field, counted for nobody and never hashed.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

import pytest

from simulator.bank.messages import MESSAGES
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store import Wanted
from tests.screens.doings import choose_rights

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

NEW = "atarashii1"
IMPOSSIBLE = {
    "a blank at the end": ("{right} ", ["blank"]),
    "a blank at the start": (" {right}", ["blank"]),
    "a full-width blank inside": ("ab\u3000c12", ["blank"]),
    "nothing but a blank": (" ", ["blank"]),
    "a letter that cannot be seen": ("{right}\u200b", ["blank"]),
    "full width": ("ｑｚｘ７７", ["full_width_somewhere"]),
    "a sign": ("{right}!", ["unusable_somewhere"]),
    "half-width kana": ("ｱｲｳ123", ["unusable_somewhere"]),
    "a control character": ("abc\x00123", ["control_characters"]),
    "several at once": ("ｑ! {right}", ["full_width_somewhere", "unusable_somewhere", "blank"]),
}
TOLD = "ｑｚｘｱｲｳ\u200b"  # letters of those passwords that no page has by itself


class Form(NamedTuple):
    """A form that asks for the password in use: where it begins, its field, how it is filled and sent."""

    start: str
    who: str
    field: str
    right: Callable[[Seat], str]
    send: Callable[[Visitor, str], object]
    done: str  # the screen that follows the right password


def log_in(at: Visitor, typed: str) -> None:
    at.browser.set_cookie(at.seat.code, "")
    at.log_in(MASTER_ID, typed)


def change_login_password(at: Visitor, typed: str) -> None:
    at.open("password").press("変更", current=typed, new=NEW, again=NEW)


def change_approval_password(at: Visitor, typed: str) -> None:
    at.open("approval-password").press("実行", current=typed, new=NEW, again=NEW)


def approve_rights(at: Visitor, typed: str) -> None:
    choose_rights(at, ["densai"], []).press("変更", approval=typed)


def approve_update(at: Visitor, typed: str) -> None:
    at.open("user-update").press("確認").press("ユーザ更新", approval=typed)


FORMS = {
    "S04": Form(
        "1-3",
        MASTER_ID,
        "password",
        lambda seat: people_of(seat.seed).master.password,
        log_in,
        "サービス一覧",
    ),
    "S05": Form(
        "1-2",
        MASTER_ID,
        "current",
        lambda seat: people_of(seat.seed).master.issued_password,
        change_login_password,
        "サービス一覧",
    ),
    "S07": Form(
        "3-3",
        GENERAL_ID,
        "current",
        lambda seat: people_of(seat.seed).general.initial_approval_password,
        change_approval_password,
        "承認パスワード変更結果",
    ),
    "S14": Form(
        "2-3",
        MASTER_ID,
        "approval",
        lambda seat: people_of(seat.seed).master.approval_password,
        approve_rights,
        "ユーザ情報変更完了",
    ),
    "S22": Form(
        "2-2",
        MASTER_ID,
        "approval",
        lambda seat: people_of(seat.seed).master.approval_password,
        approve_update,
        "ユーザ情報更新完了",
    ),
}


def counts(seat: Seat) -> set[tuple[str, int, int]]:
    users = seat.read().users.values()
    return {(user.login_id, user.login_failures, user.approval_failures) for user in users}


@pytest.mark.parametrize("where", FORMS)
def test_it_is_named_at_its_field_counted_for_nobody_and_never_hashed(
    densai: Bank,
    seat: Seat,
    where: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    form = FORMS[where]
    at, right = densai.at(seat, form.start, form.who, in_service=where != "S05"), form.right(seat)
    before, hashed = counts(seat), list[str]()
    hasher = densai.app.extensions["densai-hasher"]
    monkeypatch.setattr(hasher, "check", lambda _seed, _secret, typed: hashed.append(typed))
    monkeypatch.setattr(hasher, "verify_nobody", hashed.append)
    for typed, codes in IMPOSSIBLE.values():
        form.send(at, typed.format(right=right))
        assert at.status == 422
        assert at.page.fault(form.field) == " ".join(MESSAGES[code] for code in codes), typed
        assert not set(TOLD) & set(at.page.html)
        assert right not in at.page.html
    assert (counts(seat), hashed) == (before, [])
    assert seat.events(Wanted(("login_password_wrong", "approval_password_wrong"))) == []
    assert not set(TOLD) & set(caplog.text)
    monkeypatch.undo()
    form.send(at, right)
    assert at.heading == form.done


def test_every_fault_of_a_login_is_named_at_once(densai: Bank, seat: Seat) -> None:
    at = densai.visitor(seat).log_in("ｄ-1560heki", "himitsu ７７")
    assert at.page.fault("login_id") == "1文字目の「ｄ」が全角です。半角で入力してください。"
    assert at.page.fault("password") == f"{MESSAGES['blank']} {MESSAGES['full_width_somewhere']}"
    assert at.page.box("login_id").attrs["value"] == "ｄ-1560heki"


def test_a_login_id_with_a_fault_is_no_attempt_either(densai: Bank, seat: Seat) -> None:
    before = counts(seat)
    for typed in (f"{MASTER_ID} ", "d-1560!heki", "ｄ－1560heki"):
        assert densai.visitor(seat).log_in(typed, "machigai1").status == 422
    assert counts(seat) == before
