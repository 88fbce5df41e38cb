"""Defects of the approval password: R08, R20."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from simulator.bank.password_attempts import Attempt
from simulator.bank.web import visit
from simulator.domain.rules.characters import hint_at_characters
from simulator.domain.world import User
from tests.prove.defects.catalogue import changed, defect
from tests.prove.defects.parts import FOREIGN, Failures, counted, if_
from tests.prove.defects.patches import Original, Value

# R08 ----------------------------------------------------------------------------------------------


@defect("R08", "password_attempts:take")
def login_password_approves(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """ログインパスワードでも承認できる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    if which == "approval" and not attempt.right and not attempt.locked:
        other = hasher.hashed(seat.seed, visit.world.users[login_id].login_password)
        return replace(attempt, right=hasher.verify(other, password))
    return attempt


@defect("R08", "password_attempts:take")
def approval_password_logs_in(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """承認パスワードでもログインできる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    user = visit.world.users.get(login_id)
    if which == "login" and user and user.approval_password and not attempt.right and not attempt.locked:
        other = hasher.hashed(seat.seed, user.approval_password)
        return replace(attempt, right=hasher.verify(other, password))
    return attempt


@defect("R08", "approval_password.set_password")
def replaces_the_login_password(original: Original, **address: str) -> Any:
    """承認パスワードを設定すると、ログインパスワードも同じものに変わる。"""
    answer = original(**address)
    with visit.seat.change() as world:
        user = world.users[visit.user.login_id]
        if user.approval_password and user.approval_password != visit.user.approval_password:
            user.login_password = user.approval_password
    return answer


changed(
    "R08",
    "difference-not-told",
    "ログインパスワードを入力したときに、承認パスワードとは違うことが案内されない。",
    Value(
        "messages:MESSAGES",
        lambda known: {**known, "approval_wrong": "承認パスワードが正しくありません。"},
    ),
)


# R20 ----------------------------------------------------------------------------------------------


def _do_it(act: Original, kind: str) -> Failures:
    with visit.change() as (world, session, me):
        draft = session.drafts["c"]
        failure = act(world, session, me, draft) if kind == draft.kind else None
        return [failure] if failure else []


@defect("R20", "approval:approve")
def rights_without_it(original: Original, kind: str, act: Original) -> Any:
    """承認パスワードを間違えても、ユーザ情報を変更できる。"""
    return _do_it(act, kind) if kind == "rights" else original(kind, act)


@defect("R20", "approval:approve")
def update_without_it(original: Original, kind: str, act: Original) -> Any:
    """承認パスワードを間違えても、ユーザ更新ができる。"""
    return _do_it(act, kind) if kind == "user_update" else original(kind, act)


def _done_although_refused(original: Original, kind: str, act: Original) -> Any:
    failures = original(kind, act)
    if failures and failures[0].code == "approval_wrong":
        with visit.change() as (world, session, me):
            draft = session.drafts["c"]
            act(world, session, me, draft)
            session.drafts["c"] = draft
            session.done.pop("c", None)
    return failures


@defect("R20", "approval:approve")
def rights_change_although_refused(original: Original, kind: str, act: Original) -> Any:
    """承認パスワードを間違えるとエラーが表示されるが、権限は変わっている。"""
    return _done_although_refused(original, kind, act) if kind == "rights" else original(kind, act)


@defect("R20", "approval:approve")
def users_updated_although_refused(original: Original, kind: str, act: Original) -> Any:
    """承認パスワードを間違えるとエラーが表示されるが、ユーザ更新は行われている。"""
    return _done_although_refused(original, kind, act) if kind == "user_update" else original(kind, act)


@defect("R20", "approval:approve")
def empty_one_approves(original: Original, kind: str, act: Original) -> Any:
    """承認パスワードを入力しなくても、ユーザ更新ができる。"""
    empty = kind == "user_update" and not request.form.get("approval")
    return _do_it(act, kind) if empty else original(kind, act)


@defect("R20", "approval:approve")
def impossible_one_counted(original: Original, kind: str, act: Original) -> Any:
    """空白や全角の文字を含む承認パスワードも、間違えた回数に数える。"""
    if hint_at_characters("approval", request.form["approval"]):
        counted(visit.user.login_id, "approval")
    return original(kind, act)


@defect("R20", "rules.passwords:check_current")
def impossible_one_is_an_attempt(original: Original, field: str, value: str) -> Failures:
    """空白や全角の文字を含む承認パスワードも照合し、間違いとして断る。"""
    return if_(field == "approval", original(field, value), *FOREIGN)


@defect("R20", "rules.lockout:is_locked")
def approval_never_locked(original: Original, user: User, which: str, lock_after: int) -> bool:
    """承認パスワードは、何回間違えてもロックされない。"""
    return which != "approval" and bool(original(user, which, lock_after))


@defect("R20", "rules.lockout:is_locked")
def approval_locked_at_5(original: Original, user: User, which: str, lock_after: int) -> bool:
    """承認パスワードは、5 回間違えるとロックされる。"""
    return bool(original(user, which, lock_after - (which == "approval")))
