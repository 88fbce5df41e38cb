"""The way into the service and the initial approval password: R09, R18, R19."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from simulator.bank.password_attempts import Attempt
from simulator.bank.web import go, visit
from simulator.domain.rules import rights
from simulator.domain.world import Draft, Session, User, World
from tests.prove.defects.catalogue import defect, reworded
from tests.prove.defects.parts import (
    FOREIGN,
    LENGTH,
    MISSING,
    NEW_APPROVAL_PASSWORD,
    Failures,
    counted,
    if_,
    is_own,
    right_if_seeded,
    saved,
    set_all,
)
from tests.prove.defects.patches import Original, Text

LIST = "service_list/service_list.html"
TO_USERS = '{{ m.link_button("しんきん電子記録債権サービス", url_for("bank.user_admin.show_menu"), "main") }}'
HIDDEN = '<input type="hidden" name="row" value="2">'


# R09 ----------------------------------------------------------------------------------------------

reworded(
    "R09",
    "first-button-wrong",
    "上の「しんきん電子記録債権サービス」ボタンをクリックすると、ユーザ管理業務が表示される。",
    LIST,
    '<div class="services">{{ enter() }}</div>',
    f'<div class="services">{TO_USERS}</div>',
)
reworded(
    "R09",
    "second-button-wrong",
    "表の中の「しんきん電子記録債権サービス」ボタンをクリックすると、ユーザ管理業務が表示される。",
    LIST,
    "<td>{{ enter() }}</td>",
    f"<td>{TO_USERS}</td>",
)
reworded(
    "R09",
    "first-button-missing",
    "上の「しんきん電子記録債権サービス」ボタンがない。",
    LIST,
    '<div class="services">{{ enter() }}</div>',
    '<div class="services"></div>',
)
reworded(
    "R09",
    "second-button-missing",
    "表の中の「しんきん電子記録債権サービス」ボタンがない。",
    LIST,
    "<td>{{ enter() }}</td>",
    "<td></td>",
)
reworded(
    "R09",
    "second-in-the-same-window",
    "表の中の「しんきん電子記録債権サービス」ボタンは、新しいウィンドウを開かない。",
    LIST,
    "<td>{{ enter() }}</td>",
    "<td>{{ enter() | replace('target=', 'data-target=') | replace('data-popup=', 'data-size=') }}</td>",
)


@defect(
    "R09",
    "service_list.enter",
    also=(
        Text(
            f"bank/{LIST}",
            "<td>{{ enter() }}</td>",
            f"<td>{{{{ enter() | replace('<button', '{HIDDEN}<button'|safe) }}}}</td>",
        ),
    ),
)
def second_always_asks_for_a_password(original: Original, **address: str) -> Any:
    """表の中のボタンは、承認パスワードを設定した後でも「承認パスワード変更」画面を表示する。"""
    answer = original(**address)
    return go("approval_password.show_form") if request.form.get("row") else answer


# R18 ----------------------------------------------------------------------------------------------

NEEDS_INITIAL = "rules.rights:needs_initial_approval_password"


@defect("R18", NEEDS_INITIAL)
def asked_for_a_preparer(original: Original, user: User, given: list[str]) -> bool:
    """担当者権限だけでも、初期承認パスワードの設定を求められる。"""
    return bool(original(user, [right.replace(".preparer", ".approver") for right in given]))


@defect("R18", NEEDS_INITIAL)
def asked_for_any_right(original: Original, user: User, given: list[str]) -> bool:
    """承認不要業務の権限だけでも、初期承認パスワードの設定を求められる。"""
    return bool(original(user, ["trades.approver"] if given else given))


@defect("R18", NEEDS_INITIAL)
def not_asked_for_designation(original: Original, user: User, given: list[str]) -> bool:
    """指定許可管理の承認者権限では、初期承認パスワードの設定を求められない。"""
    return bool(original(user, [right for right in given if right != "designation.approver"]))


@defect("R18", NEEDS_INITIAL)
def not_asked_for_trades(original: Original, user: User, given: list[str]) -> bool:
    """各種取引の承認者権限では、初期承認パスワードの設定を求められない。"""
    return bool(original(user, [right for right in given if right != "trades.approver"]))


@defect("R18", NEEDS_INITIAL)
def asked_again(original: Original, user: User, given: list[str]) -> bool:
    """すでに承認パスワードのある一般ユーザにも、初期承認パスワードの設定を求められる。"""
    return bool(original(user, given)) or (not user.is_master and rights.has_approver(given))


@defect("R18", NEEDS_INITIAL)
def asked_of_the_master(original: Original, user: User, given: list[str]) -> bool:
    """マスターユーザ自身にも、初期承認パスワードの設定を求められる。"""
    return bool(original(user, given)) or (user.is_master and rights.has_approver(given))


@defect("R18", NEW_APPROVAL_PASSWORD)
def anything_goes(original: Original, new: str, *more: str) -> Failures:
    """初期承認パスワードは、どのような文字と長さでも設定できる。"""
    codes = () if is_own() else (LENGTH, *MISSING, *FOREIGN)
    return if_(True, original(new, *more), *codes)


@defect("R18", NEW_APPROVAL_PASSWORD)
def initial_with_a_blank_accepted(original: Original, *typed: str) -> Failures:
    """空白を含む初期承認パスワードを設定できる。"""
    return if_(not is_own(), original(*typed), "blank")


@defect("R18", NEW_APPROVAL_PASSWORD)
def initial_second_typing_not_compared(original: Original, *typed: str) -> Failures:
    """2 箇所に違う初期承認パスワードを入力しても設定できる。"""
    return if_(not is_own(), original(*typed), "mismatch")


# R19 ----------------------------------------------------------------------------------------------

MUST_SET = "rules.rights:must_set_approval_password"


@defect("R19", MUST_SET)
def not_asked(original: Original, user: User) -> bool:
    """承認者権限のある一般ユーザが、自分の承認パスワードを設定せずに利用できる。"""
    return user.is_master and bool(original(user))


@defect("R19", MUST_SET)
def asked_of_a_preparer(original: Original, user: User) -> bool:
    """担当者だけの一般ユーザにも、承認パスワードの設定を求める。"""
    return bool(original(user)) or (not user.is_master and user.approval_password is None)


@defect("R19", MUST_SET)
def asked_every_time(original: Original, user: User) -> bool:
    """一般ユーザが設定した後も、利用のたびに設定を求める。"""
    return bool(original(user)) or (not user.is_master and rights.has_approver(user.rights))


@defect("R19", "approval_password.show_form")
def asked_only_once(original: Original, **address: str) -> Any:
    """一般ユーザが設定せずにウィンドウを閉じると、次からは設定を求められない。"""
    answer = original(**address)
    saved(visit.user.login_id, approval_initial=False)
    return answer


@defect("R19", "password_attempts:take")
def any_initial_password_accepted(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """初期承認パスワードを間違えても、自分の承認パスワードを設定できる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    looked_at = which == "approval" and attempt.before is not None and not attempt.locked
    return replace(attempt, right=True) if looked_at and visit.user.approval_initial else attempt


@defect("R19", "screens.login:take_current")
def impossible_current_one_counted(original: Original, which: str, current: str, failures: Failures) -> Any:
    """空白や全角の文字を含む現在の承認パスワードも、間違えた回数に数える。"""
    attempt = original(which, current, failures)
    if which == "approval" and current and not attempt:
        counted(visit.user.login_id, "approval")
    return attempt


@defect("R19", "password_attempts:take")
def initial_password_still_good(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """自分の承認パスワードを設定した後も、初期承認パスワードが使える。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    return right_if_seeded(attempt, seat, password, "initial approval") if which == "approval" else attempt


@defect("R19", NEW_APPROVAL_PASSWORD)
def initial_password_may_stay(original: Original, new: str, again: str, current: str = "") -> Failures:
    """初期承認パスワードを、そのまま自分の承認パスワードにできる。"""
    failures: Failures = original(new, again, current if visit.user.is_master else "")
    return failures


@defect("R19", "screens.user_rights:_apply")
def initial_password_not_kept(
    original: Original, world: World, session: Session, me: User, draft: Draft
) -> Any:
    """マスターユーザが初期承認パスワードを設定しても保存されず、一般ユーザは設定を求められない。"""
    failure = original(world, session, me, draft)
    if draft.fields["login_id"] != me.login_id:
        set_all(world.users[draft.fields["login_id"]], approval_password=None, approval_initial=False)
    return failure
