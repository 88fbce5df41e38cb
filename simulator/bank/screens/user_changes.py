"""S28–S31 ユーザ名変更, メールアドレス変更, ログインパスワード管理, ユーザ削除.

Each is a form, a confirmation and a result.
Names, mail addresses and deletions wait for ユーザ更新; a new first password acts at once, and
releases a lock (R15, screens.md section 5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from simulator.bank.screens.user_admin import other_user, state_of
from simulator.bank.web import (
    StaleFormError,
    allows,
    done_of,
    draft_of,
    draft_secret,
    go,
    hasher,
    keep_draft,
    read_form,
    refuse,
    returned_draft,
    sent_draft,
    show,
    spend_draft,
    visit,
    was_done,
)
from simulator.domain.rules import identity, lockout, passwords, sessions
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, User, World

area = Blueprint("user_changes", __name__)
Form = dict[str, str]


@dataclass(frozen=True)
class UserChange:
    """One of the four changes: its title, its fields, its check and its effect on a user."""

    title: str
    event: str
    fields: tuple[str, ...]
    check: Callable[[User, Form], list[Failure]]
    apply: Callable[[User, Draft], None]
    waits_for_update: bool = True
    on_master: bool = True


def _check_name(user: User, form: Form) -> list[Failure]:
    failures = identity.check_name(form["name"])
    return failures or ([Failure("name", "unchanged")] if form["name"] == user.name else [])


def _check_mail(user: User, form: Form) -> list[Failure]:
    failures = identity.check_mail(form["mail"], form["mail_again"])
    return failures or ([Failure("mail", "unchanged")] if form["mail"] == user.mail else [])


def _check_password(_user: User, form: Form) -> list[Failure]:
    return passwords.check_first_login_password(form["password"], form["password_again"])


def _rename(user: User, draft: Draft) -> None:
    user.name = draft.fields["name"]


def _readdress(user: User, draft: Draft) -> None:
    user.mail = draft.fields["mail"]


def _reset_password(user: User, draft: Draft) -> None:
    user.login_password, user.first_login = draft_secret(draft), True
    lockout.release(user, "login")


def _delete(user: User, _draft: Draft) -> None:
    user.deleted = True


CHANGES = {
    "name": UserChange("ユーザ名変更", "user_renamed", ("name",), _check_name, _rename),
    "mail": UserChange(
        "メールアドレス変更", "user_mail_changed", ("mail", "mail_again"), _check_mail, _readdress
    ),
    "password": UserChange(
        "ログインパスワード管理",
        "user_password_reset",
        ("password", "password_again"),
        _check_password,
        _reset_password,
        waits_for_update=False,
        on_master=False,  # the master cannot release their own lock
    ),
    "delete": UserChange("ユーザ削除", "user_deleted", (), lambda _user, _form: [], _delete, on_master=False),
}


def _find(what: str, login_id: str) -> tuple[UserChange, User]:
    change = CHANGES.get(what)
    user = other_user(visit.world, login_id)
    if change is None or (user.is_master and not change.on_master):
        abort(404)
    return change, user


def _key(what: str, login_id: str) -> str:
    return f"{what} {login_id}"


@area.get("/<sid>/users/<login_id>/<what>")
@allows("list", master=True)
def show_form(login_id: str, what: str) -> ResponseReturnValue:
    change, user = _find(what, login_id)
    draft = returned_draft(visit.session, _key(what, login_id))
    values = draft.fields if draft else {"name": user.name} if what == "name" else {}
    return show(
        "bank/user_admin/change_form.html",
        what=what,
        change=change,
        user=user,
        state=state_of(visit.world, user),
        values=values,
    )


@area.post("/<sid>/users/<login_id>/<what>")
@allows("list", master=True)
def enter(login_id: str, what: str) -> ResponseReturnValue:
    change, user = _find(what, login_id)
    form = read_form(*change.fields)
    failures = change.check(user, form)
    secrets = ("password", "password_again")
    kept = {name: text for name, text in form.items() if name not in secrets}
    if failures:
        state = state_of(visit.world, user)
        page = "bank/user_admin/change_form.html"
        return refuse(page, failures, kept, what=what, change=change, user=user, state=state)
    secret = None
    if "password" in form:
        secret = hasher().new_secret(visit.world.seed, form["password"], f"{login_id} issued")
    with visit.change() as (_, session, _):
        keep_draft(session, _key(what, login_id), fields=kept, secret=secret)
    return go("user_changes.confirm", login_id=login_id, what=what)


@area.get("/<sid>/users/<login_id>/<what>/confirm")
@allows("list", master=True)
def confirm(login_id: str, what: str) -> ResponseReturnValue:
    change, user = _find(what, login_id)
    draft = draft_of(visit.session, _key(what, login_id))
    return show("bank/user_admin/change_confirm.html", what=what, change=change, user=user, draft=draft)


@area.post("/<sid>/users/<login_id>/<what>/confirm")
@allows("list", master=True)
def carry_out(login_id: str, what: str) -> ResponseReturnValue:
    key = _key(what, login_id)
    with visit.change() as (world, session, me):
        if not was_done(session, key):
            change = CHANGES.get(what)
            user = world.users.get(login_id)
            if change is None or user is None:
                raise StaleFormError
            draft = sent_draft(session, key)
            change.apply(user, draft)
            _forget_unknown(world, user)
            world.record(change.event, me.login_id, user=login_id)
            spend_draft(session, draft)
    return go("user_changes.done", login_id=login_id, what=what)


def _forget_unknown(world: World, user: User) -> None:
    """Remove a user at once who is deleted before any ユーザ更新: the service never knew of them."""
    if user.deleted and user.registered is None:
        del world.users[user.login_id]
        sessions.end_of_deleted_users(world)


@area.get("/<sid>/users/<login_id>/<what>/done")
@allows("list", master=True)
def done(login_id: str, what: str) -> ResponseReturnValue:
    draft = done_of(visit.session, _key(what, login_id))
    change = CHANGES[what]
    user = visit.world.users.get(login_id)
    return show(
        "bank/user_admin/change_done.html",
        what=what,
        change=change,
        user=user,
        login_id=login_id,
        draft=draft,
    )
