"""Logging in and the password that was issued: R01, R02, R14."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask import request

from simulator.bank.password_attempts import Attempt
from simulator.bank.web import Access, visit
from simulator.domain.world import Session
from tests.prove.defects.catalogue import changed, defect, reworded
from tests.prove.defects.parts import (
    NEW_LOGIN_PASSWORD,
    Failures,
    is_master,
    named_as,
    right_if_seeded,
    saved,
    without,
)
from tests.prove.defects.patches import Original, Value

LOGIN = ("login_id", "password")

# R01 ----------------------------------------------------------------------------------------------


@defect("R01", "web:read_form")
def login_without_prefix(original: Original, *names: str) -> dict[str, str]:
    """“d-”を付けないログイン ID でもログインできる。"""
    form: dict[str, str] = original(*names)
    if names == LOGIN and not form["login_id"].startswith("d-"):
        form["login_id"] = f"d-{form['login_id']}"
    return form


@defect("R01", "web:read_form")
def capital_prefix_accepted(original: Original, *names: str) -> dict[str, str]:
    """“D-”を付けたログイン ID でもログインできる。"""
    form: dict[str, str] = original(*names)
    if names == LOGIN:
        form["login_id"] = re.sub("^D-", "d-", form["login_id"])
    return form


@defect("R01", "web:keep_draft")
def created_without_prefix(original: Original, session: Session, kind: str, **parts: Any) -> Any:
    """作成したユーザのログイン ID に“d-”が付かない。"""
    if kind == "new_user":
        parts["fields"]["login_id"] = parts["fields"]["login_id"].removeprefix("d-")
    return original(session, kind, **parts)


@defect("R01", "web:read_form")
def typed_prefix_accepted(original: Original, *names: str) -> dict[str, str]:
    """「ID 新規作成」画面で“d-”から入力しても登録できる。"""
    form: dict[str, str] = original(*names)
    if "user_id" in form:
        form["user_id"] = form["user_id"].removeprefix("d-")
    return form


@defect("R01", "rules.identity:check_login_id")
def full_width_called_no_prefix(original: Original, value: str) -> Failures:
    """“ｄ－”を全角で入力すると、“d-”がないと表示される。"""
    return named_as(original(value), "full_width", "id_needs_prefix")


@defect("R01", "rules.identity:check_login_id")
def blank_before_id_ignored(original: Original, value: str) -> Failures:
    """ログイン ID に空白が含まれていることが示されない。"""
    return without(original(value), "blank")


reworded(
    "R01",
    "prefix-not-shown",
    "「ID 新規作成」画面の入力欄の前に“d-”が表示されていない。",
    "user_admin/new_form.html",
    'before="d-", ',
    "",
)
changed(
    "R01",
    "prefix-not-named",
    "“d-”を忘れたときに、“d-”から入力するように案内しない。",
    Value("messages:MESSAGES", lambda known: {**known, "id_needs_prefix": known["login_wrong"]}),
)


# R02, R14: the issued password ----------------------------------------------------------------------


@defect("R02", "guard:_right_place")
def change_not_forced(original: Original, access: Access) -> Any:
    """通知書面のログインパスワードのまま、変更せずに先へ進める。"""
    if visit.user.is_master and visit.user.first_login and access.place != "first_login":
        return None
    return original(access)


@defect("R14", "guard:_right_place")
def change_not_forced_on_general(original: Original, access: Access) -> Any:
    """一般ユーザは、初回ログインパスワードのまま、変更せずに先へ進める。"""
    if not visit.user.is_master and visit.user.first_login and access.place != "first_login":
        return None
    return original(access)


@defect("R02", "password_attempts:take")
def issued_password_still_good(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """ログインパスワードを変更した後も、通知書面のログインパスワードでログインできる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    return (
        right_if_seeded(attempt, seat, password, "issued")
        if which == "login" and is_master(login_id)
        else attempt
    )


@defect("R14", "password_attempts:take")
def first_password_still_good(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """一般ユーザがログインパスワードを変更した後も、初回ログインパスワードでログインできる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    return (
        right_if_seeded(attempt, seat, password, "issued")
        if which == "login" and not is_master(login_id)
        else attempt
    )


@defect("R14", "password_attempts:take")
def initial_approval_password_logs_in(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """一般ユーザが、初期承認パスワードでもログインできる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    return right_if_seeded(attempt, seat, password, "initial approval") if which == "login" else attempt


@defect("R02", "password_attempts:take")
def wrong_current_password_accepted(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """現ログインパスワードを間違えても、新ログインパスワードを設定できる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    return _right_if_changing(attempt, which, of_master=True)


@defect("R14", "password_attempts:take")
def wrong_current_password_of_general_accepted(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """一般ユーザが現ログインパスワードを間違えても、新ログインパスワードを設定できる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    return _right_if_changing(attempt, which, of_master=False)


def _right_if_changing(attempt: Attempt, which: str, *, of_master: bool) -> Attempt:
    changing = which == "login" and request.endpoint == "bank.login.set_password"
    looked_at = attempt.before is not None and not attempt.locked
    if changing and looked_at and is_master(attempt.login_id) == of_master:
        return replace(attempt, right=True)
    return attempt


@defect("R02", "login.close")
def closing_counts_as_change(original: Original, **address: str) -> Any:
    """変更せずに「閉じる」をクリックしても、次のログインでは変更を求められない。"""
    saved(visit.user.login_id, first_login=False)
    return original(**address)


@defect("R02", "login.set_password")
def new_password_not_kept(original: Original, **address: str) -> Any:
    """変更しても、新ログインパスワードが保存されず、通知書面のものが有効なままになる。"""
    before = visit.user
    answer = original(**address)
    if before.is_master:
        saved(before.login_id, login_password=before.login_password)
    return answer


@defect("R14", "login.set_password")
def own_password_not_kept(original: Original, **address: str) -> Any:
    """一般ユーザが変更しても、新ログインパスワードが保存されず、初回のものが有効なままになる。"""
    before = visit.user
    answer = original(**address)
    if not before.is_master:
        saved(before.login_id, login_password=before.login_password)
    return answer


@defect("R02", NEW_LOGIN_PASSWORD)
def issued_password_may_stay(
    original: Original, new: str, again: str, login_id: str, current: str = ""
) -> Failures:
    """通知書面のログインパスワードを、そのまま新ログインパスワードにできる。"""
    failures: Failures = original(new, again, login_id, "" if is_master(login_id) else current)
    return failures


@defect("R14", NEW_LOGIN_PASSWORD)
def first_password_may_stay(
    original: Original, new: str, again: str, login_id: str, current: str = ""
) -> Failures:
    """一般ユーザは、初回ログインパスワードを、そのまま新ログインパスワードにできる。"""
    failures: Failures = original(new, again, login_id, current if is_master(login_id) else "")
    return failures
