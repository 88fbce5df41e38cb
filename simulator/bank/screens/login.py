"""S04 ログイン, S05 ログインパスワード変更 and S38 (manual 1-1, 1-2, 3-1, 3-2; R01–R05, R14)."""

from __future__ import annotations

import secrets

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from simulator.bank import password_attempts
from simulator.bank.credentials import token_digest
from simulator.bank.password_attempts import Attempt
from simulator.bank.web import (
    allows,
    go,
    hasher,
    new_token,
    read_form,
    real_now,
    refuse,
    set_token,
    show,
    visit,
)
from simulator.domain.rules import identity, passwords, sessions
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.lockout import Which
from simulator.domain.world import Secret, Session

area = Blueprint("login", __name__)


@area.get("/login")
@allows("public")
def ask() -> ResponseReturnValue:
    if not visit.token:
        # The form token needs a cookie to belong to; it opens nothing and is replaced at login.
        visit.token = new_token()
    response = show("bank/login/login.html")
    set_token(response, visit.seat.code, visit.token)
    return response


@area.post("/login")
@allows("public")
def log_in() -> ResponseReturnValue:
    form = read_form("login_id", "password")
    failures = identity.check_login_id(form["login_id"])
    failures += passwords.check_current("password", form["password"])
    if failures:
        return refuse("bank/login/login.html", failures, {"login_id": form["login_id"]})
    attempt = password_attempts.take(visit.seat, hasher(), form["login_id"], "login", form["password"])
    token = new_token()
    session = Session(secrets.token_hex(8), token_digest(token), form["login_id"], real_now())
    failure = _begin(attempt, session)
    if failure:
        return refuse("bank/login/login.html", [Failure("", failure)], {"login_id": form["login_id"]})
    response = go("service_list.show_list", sid=session.public_id)
    set_token(response, visit.seat.code, token)
    return response


def _begin(attempt: Attempt, session: Session) -> str:
    """Open the session if the attempt was right, returning ""; else return the failure code."""
    with visit.seat.change() as world:
        if not password_attempts.settle(world, attempt):
            return password_attempts.failure_code(world, attempt)
        sessions.begin(world, session, token_digest(visit.token))
        world.record("login", session.login_id)
        return ""


@area.get("/keyboard")
@allows("public")
def keyboard_help() -> ResponseReturnValue:
    return show("bank/login/keyboard_help.html")


@area.get("/<sid>/password")
@allows("first_login")
def change_password() -> ResponseReturnValue:
    return show("bank/login/change_password.html")


@area.post("/<sid>/password")
@allows("first_login")
def set_password() -> ResponseReturnValue:
    form = read_form("current", "new", "again")
    user = visit.user
    failures = passwords.check_new_login_password(form["new"], form["again"], user.login_id, form["current"])
    attempt = take_current("login", form["current"], failures)
    name = f"{user.login_id} login"
    secret = Secret() if failures else hasher().new_secret(visit.world.seed, form["new"], name)
    with visit.change() as (world, _, me):
        if not me.first_login:
            return go("service_list.show_list")  # changed by the same form at the same moment
        if attempt and not password_attempts.settle(world, attempt):
            code = password_attempts.failure_code(world, attempt)
            failures.insert(0, Failure("current", f"current_{code}" if code == "login_wrong" else code))
        if not failures:
            me.login_password, me.first_login = secret, False
            world.record("login_password_changed", me.login_id)
    if failures:
        return refuse("bank/login/change_password.html", failures, {})
    return go("service_list.show_list")


def take_current(which: Which, current: str, failures: list[Failure]) -> Attempt | None:
    """Return an attempt at the password in use; None for one that cannot be it, whose failures are added.

    No attempt is spent on a password with characters that none can have (screens.md section 5).
    """
    if faults := passwords.check_current("current", current):
        failures[:0] = faults
        return None
    return password_attempts.take(visit.seat, hasher(), visit.user.login_id, which, current)


@area.post("/<sid>/password/close")
@allows("first_login")
def close() -> Response:
    with visit.change() as (world, session, me):
        sessions.end(world, session, "logged_out")
        world.record("logged_out", me.login_id)
    return go("logout.left", at_once="yes")
