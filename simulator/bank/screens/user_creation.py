"""S18 to S20 ID 新規作成, its confirmation and result (manual 2-1 steps 3 to 6; R13, R15)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

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
from simulator.domain.rules import identity, passwords
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, User, World

area = Blueprint("user_creation", __name__)
KIND = "new_user"
FIELDS = ("user_id", "name", "mail", "mail_again", "password", "password_again")
SHOWN = ("user_id", "name", "mail", "mail_again")


@area.get("/<sid>/users/new")
@allows("list", master=True)
def show_form() -> ResponseReturnValue:
    draft = returned_draft(visit.session, KIND)
    return show("bank/user_admin/new_form.html", values=_entered(draft) if draft else {})


def _entered(draft: Draft) -> dict[str, str]:
    """The values in the form after 戻る; passwords are typed anew."""
    mail = draft.fields["mail"]
    user_id = draft.fields["login_id"].removeprefix(passwords.ID_PREFIX)
    return {"user_id": user_id, "name": draft.fields["name"], "mail": mail, "mail_again": mail}


@area.post("/<sid>/users/new")
@allows("list", master=True)
def enter() -> ResponseReturnValue:
    form = read_form(*FIELDS)
    failures = _check(form)
    if failures:
        kept = {name: form[name] for name in SHOWN}
        return refuse("bank/user_admin/new_form.html", failures, kept)
    login_id = passwords.ID_PREFIX + form["user_id"]
    secret = hasher().new_secret(visit.world.seed, form["password"], f"{login_id} issued")
    fields = {"login_id": login_id, "name": form["name"], "mail": form["mail"]}
    with visit.change() as (_, session, _):
        keep_draft(session, KIND, fields=fields, secret=secret)
    return go("user_creation.confirm")


def _check(form: dict[str, str]) -> list[Failure]:
    taken = passwords.ID_PREFIX + form["user_id"] in visit.world.users
    return [
        *identity.check_user_id(form["user_id"], taken),
        *identity.check_name(form["name"]),
        *identity.check_mail(form["mail"], form["mail_again"]),
        *passwords.check_first_login_password(form["password"], form["password_again"]),
    ]


@area.get("/<sid>/users/new/confirm")
@allows("list", master=True)
def confirm() -> ResponseReturnValue:
    return show("bank/user_admin/new_confirm.html", draft=draft_of(visit.session, KIND))


@area.post("/<sid>/users/new/confirm")
@allows("list", master=True)
def create() -> ResponseReturnValue:
    with visit.change() as (world, session, me):
        if not was_done(session, KIND):
            draft = sent_draft(session, KIND)
            user = add_user(world, draft)
            world.record("user_created", me.login_id, user=user.login_id)
            spend_draft(session, draft)
    return go("user_creation.done")


def add_user(world: World, draft: Draft) -> User:
    """Add a general user, whom the service does not know before ユーザ更新, and return it (R15)."""
    fields = draft.fields
    if fields["login_id"] in world.users:
        raise StaleFormError
    user = User(fields["login_id"], fields["name"], fields["mail"], "general", draft_secret(draft))
    world.users[user.login_id] = user
    return user


@area.get("/<sid>/users/new/done")
@allows("list", master=True)
def done() -> ResponseReturnValue:
    return show("bank/user_admin/new_done.html", draft=done_of(visit.session, KIND))
