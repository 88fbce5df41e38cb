"""S07 承認パスワード変更, S08 its result (manual 1-3, 3-3; R06–R08, R19)."""

from __future__ import annotations

import secrets

from flask import Blueprint
from flask.typing import ResponseReturnValue

from simulator.bank import password_attempts
from simulator.bank.screens.login import take_current
from simulator.bank.web import (
    allows,
    done_of,
    go,
    hasher,
    read_form,
    refuse,
    show,
    spend_draft,
    visit,
    was_done,
)
from simulator.domain.rules import expiry, passwords
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, Secret, User, World

area = Blueprint("approval_password", __name__)
KIND = "approval_password"
FORM = "bank/approval_password/form.html"


@area.get("/<sid>/approval-password")
@allows("approval")
def show_form() -> ResponseReturnValue:
    if not _may_change():
        return show("bank/refused/no_right.html", 403, reason="approval_change_impossible")
    return show(FORM, draft=_new_form())


def _may_change() -> bool:
    """Whether there is an approval password to change: a general user may never have been given one."""
    return visit.user.is_master or visit.user.approval_password is not None


def _new_form() -> Draft:
    """A new draft for one form, by whose id the second of a double click is known for no wrong password."""
    return Draft(secrets.token_hex(8), KIND)


@area.post("/<sid>/approval-password")
@allows("approval")
def set_password() -> ResponseReturnValue:
    if not _may_change():
        return show("bank/refused/no_right.html", 403, reason="approval_change_impossible")
    if was_done(visit.session, KIND):
        return go("approval_password.show_result")
    form = read_form("current", "new", "again", "draft")
    failures = passwords.check_new_approval_password(form["new"], form["again"], form["current"])
    has_one = visit.user.approval_password is not None
    attempt = take_current("approval", form["current"], failures) if has_one else None
    name = f"{visit.user.login_id} approval"
    secret = Secret() if failures else hasher().new_secret(visit.world.seed, form["new"], name)
    with visit.change() as (world, session, me):
        if was_done(session, KIND) or (me.approval_password is not None) != has_one:
            return go("approval_password.show_result")  # by the same form at the same moment
        if attempt and not password_attempts.settle(world, attempt):
            code = password_attempts.failure_code(world, attempt)
            failures.insert(0, Failure("current", f"current_{code}" if code == "approval_wrong" else code))
        if not failures:
            spend_draft(session, Draft(form["draft"][:16], KIND), first="" if has_one else "yes")
            _keep(world, me, secret)
    if failures:
        return refuse(FORM, failures, {}, draft=_new_form())
    return go("approval_password.show_result")


def _keep(world: World, me: User, secret: Secret) -> None:
    kind = "approval_password_changed" if me.approval_password else "approval_password_set"
    me.approval_password, me.approval_initial = secret, False
    me.approval_expires = expiry.expiry_date(world.now().date(), world.settings)
    me.approval_failures = 0
    world.record(kind, me.login_id)


@area.get("/<sid>/approval-password/result")
@allows("service")
def show_result() -> ResponseReturnValue:
    done = done_of(visit.session, KIND)
    first = bool(done.fields.get("first")) and visit.user.is_master
    return show("bank/approval_password/result.html", first_master=first)
