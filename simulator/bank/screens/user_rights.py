"""S11 企業ユーザ管理, S12 to S15 ユーザ情報変更, S27 ユーザ情報詳細 (manual 1-4, 2-3; R10–R12, R18, R20)."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from simulator.bank.approval import approve
from simulator.bank.pages import page_of
from simulator.bank.web import (
    allows,
    done_of,
    draft_of,
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
from simulator.domain.rules import passwords, rights
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, Session, User, World

area = Blueprint("user_rights", __name__)
KIND = "rights"
CONFIRM = "bank/user_rights/confirm.html"
INITIAL = "bank/user_rights/initial_password.html"


@area.get("/<sid>/company-users")
@allows("service")
def show_menu() -> ResponseReturnValue:
    return show("bank/user_rights/menu.html")


@area.get("/<sid>/company-users/search/<purpose>")
@allows("service", master=True)
def search(purpose: str) -> ResponseReturnValue:
    """S12; ``purpose`` is "change" (企業ユーザを変更する) or "view" (企業ユーザを確認する)."""
    if purpose not in ("change", "view"):
        abort(404)
    wanted = {name: request.args.get(name, "") for name in ("login_id", "name")}
    found = [
        user
        for user in visit.world.registered_users()
        if wanted["login_id"] in user.login_id and user.registered and wanted["name"] in user.registered.name
    ]
    page = page_of(found, request.args.get("page", "1"))
    return show("bank/user_rights/search.html", page=page, values=wanted, purpose=purpose)


def _known(login_id: str) -> User:
    user = visit.world.users.get(login_id)
    if user is None or user.registered is None:
        abort(404)
    return user


@area.get("/<sid>/company-users/<login_id>")
@allows("service", master=True)
def details(login_id: str) -> ResponseReturnValue:
    purpose = "view" if request.args.get("purpose") == "view" else "change"
    return show("bank/user_rights/details.html", user=_known(login_id), purpose=purpose)


@area.get("/<sid>/company-users/<login_id>/change")
@allows("service", master=True)
def show_form(login_id: str) -> ResponseReturnValue:
    user = _known(login_id)
    draft = returned_draft(visit.session, KIND)
    chosen = draft.choices if draft else {"rights": user.rights, "accounts": user.accounts}
    return show("bank/user_rights/form.html", user=user, chosen=chosen)


@area.post("/<sid>/company-users/<login_id>/change")
@allows("service", master=True)
def enter(login_id: str) -> ResponseReturnValue:
    user = _known(login_id)
    choices = {
        "rights": rights.chosen(request.form.getlist("rights")),
        "accounts": rights.chosen_accounts(visit.world.accounts, request.form.getlist("accounts")),
    }
    with visit.change() as (_, session, _):
        keep_draft(session, KIND, fields={"login_id": login_id}, choices=choices)
    asks = rights.needs_initial_approval_password(user, choices["rights"])
    return go("user_rights.ask_initial" if asks else "user_rights.confirm")


@area.get("/<sid>/company-users/initial-approval-password")
@allows("service", master=True)
def ask_initial() -> ResponseReturnValue:
    draft = draft_of(visit.session, KIND)
    if not _asks_initial(draft):
        return go("user_rights.confirm")
    return show(INITIAL, user=_known(draft.fields["login_id"]), draft=draft)


@area.post("/<sid>/company-users/initial-approval-password")
@allows("service", master=True)
def set_initial() -> ResponseReturnValue:
    draft = sent_draft(visit.session, KIND)
    if not _asks_initial(draft):
        return go("user_rights.confirm")  # nobody's own approval password is replaced this way (R18)
    form = read_form("new", "again")
    failures = passwords.check_new_approval_password(form["new"], form["again"])
    if failures:
        return refuse(INITIAL, failures, {}, user=_known(draft.fields["login_id"]), draft=draft)
    name = f"{draft.fields['login_id']} initial approval"
    secret = hasher().new_secret(visit.world.seed, form["new"], name)
    with visit.change() as (_, session, _):
        sent_draft(session, KIND).secret = secret
    return go("user_rights.confirm")


def _asks_initial(draft: Draft) -> bool:
    """Whether this change needs an initial approval password (R18)."""
    user = _known(draft.fields["login_id"])
    return rights.needs_initial_approval_password(user, draft.choices["rights"])


def _is_complete(draft: Draft) -> bool:
    """Whether no step was skipped: an initial password is there where one is asked for (R18)."""
    return bool(draft.secret) or not _asks_initial(draft)


@area.get("/<sid>/company-users/confirm")
@allows("service", master=True)
def confirm() -> ResponseReturnValue:
    draft = draft_of(visit.session, KIND)
    if not _is_complete(draft):
        return go("user_rights.ask_initial")
    return show(CONFIRM, user=_known(draft.fields["login_id"]), draft=draft)


@area.post("/<sid>/company-users/confirm")
@allows("service", master=True)
def carry_out() -> ResponseReturnValue:
    if was_done(visit.session, KIND):
        return go("user_rights.done")
    draft = sent_draft(visit.session, KIND)
    if not _is_complete(draft):
        return go("user_rights.ask_initial")
    failures = approve(KIND, _apply)
    if failures:
        return refuse(CONFIRM, failures, {}, user=_known(draft.fields["login_id"]), draft=draft)
    return go("user_rights.done")


def _apply(world: World, session: Session, me: User, draft: Draft) -> Failure | None:
    user = world.users.get(draft.fields["login_id"])
    if user is None:
        return Failure("", "draft_changed")
    before = {"rights_before": " ".join(user.rights), "accounts_before": " ".join(user.accounts)}
    user.rights, user.accounts = draft.choices["rights"], draft.choices["accounts"]
    if draft.secret:
        user.approval_password, user.approval_initial = draft.secret, True
        user.approval_failures = 0
    after = {"rights": " ".join(user.rights), "accounts": " ".join(user.accounts)}
    world.record("rights_changed", me.login_id, user=user.login_id, **before, **after)
    spend_draft(session, draft)
    return None


@area.get("/<sid>/company-users/done")
@allows("service", master=True)
def done() -> ResponseReturnValue:
    draft = done_of(visit.session, KIND)
    return show("bank/user_rights/done.html", user=_known(draft.fields["login_id"]), draft=draft)
