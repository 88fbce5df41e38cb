"""The checks before every screen: seat, form token, session, place and rights, in this order."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from simulator.bank.credentials import csrf_token, same, token_digest
from simulator.bank.web import (
    Access,
    SessionGoneError,
    StaleFormError,
    Visit,
    cookie_name,
    go,
    real_now,
    show,
    visit,
)
from simulator.domain.rules import expiry, rights, sessions
from simulator.store import Worlds


def take_seat(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Open the seat that the address names, as g.visit; 404 when there is none."""
    values = values if values is not None else {}
    worlds: Worlds = current_app.extensions["densai"]
    opened = worlds.open(values.pop("seat", ""))
    if opened is None:
        abort(404)
    seat, world = opened
    token = request.cookies.get(cookie_name(), "")
    known = sessions.find(world, token_digest(token)) if token else None
    g.visit = Visit(seat, world, token, values.pop("sid", ""), known)


def add_defaults(endpoint: str, values: dict[str, object]) -> None:
    """Keep every link in its seat, and in its session where the screen belongs to one."""
    if "visit" not in g:
        return
    values.setdefault("seat", visit.seat.code)
    if visit.sid and current_app.url_map.is_endpoint_expecting(endpoint, "sid"):
        values.setdefault("sid", visit.sid)


def admit() -> ResponseReturnValue | None:
    """Return None when the visitor may see the screen; else the answer instead.

    Raises SessionGoneError and StaleFormError, which the handlers below answer.
    """
    view = current_app.view_functions[request.endpoint or ""]
    access: Access | None = getattr(view, "access", None)
    if access is None:
        abort(404)  # a screen that states no access is nobody's
    g.window = "c" if access.place in ("approval", "service") else "b"
    if request.method == "POST":
        _check_form_token()
    if access.place == "public":
        return None
    _check_session()
    return _right_place(access) or _right_person(access)


def _check_form_token() -> None:
    sent = request.form.getlist("csrf")
    if not visit.token or len(sent) != 1 or not same(sent[0], csrf_token(visit.token)):
        # An old window of a session that is over: say that rather than "stale".
        if visit.sid and (visit.known is None or visit.known.public_id != visit.sid):
            raise SessionGoneError(sessions.why_ended(visit.world, visit.sid))
        raise StaleFormError


def _check_session() -> None:
    session = visit.known
    if session is None or session.public_id != visit.sid or session.login_id not in visit.world.users:
        raise SessionGoneError(sessions.why_ended(visit.world, visit.sid))
    now = real_now()
    if sessions.is_idle(session, now, visit.world.settings.idle_minutes):
        with visit.change() as (world, live, user):
            world.record("timed_out", user.login_id)
            sessions.end(world, live, "timeout")
        raise SessionGoneError("timeout")
    if sessions.is_due(session, now):
        with visit.change() as (_, live, _):
            live.seen = now


def _right_place(access: Access) -> ResponseReturnValue | None:
    """The redirect to a forced change of password, which cannot be avoided (R02, R07, R19); else None."""
    user = visit.user
    if user.first_login != (access.place == "first_login"):
        return go("login.change_password" if user.first_login else "service_list.show_list")
    if access.place in ("approval", "service") and not visit.session.in_service:
        raise SessionGoneError("left_service")
    if access.place == "service" and must_change_approval():
        return go("approval_password.show_form")
    return None


def must_change_approval() -> bool:
    """Return whether window C shows 承認パスワード変更 and nothing else (R07, R19)."""
    return rights.must_set_approval_password(visit.user) or expiry.is_expired(
        visit.user, visit.world.now().date()
    )


def _right_person(access: Access) -> ResponseReturnValue | None:
    """None when this user may see the screen; else S35 with the reason and whom to ask."""
    allowed = visit.user.is_master or not access.master
    if allowed and rights.holds_any(visit.user, access.rights):
        return None
    template = "bank/refused/no_right_list.html" if access.place == "list" else "bank/refused/no_right.html"
    return show(template, 403, reason="master_only" if access.master else "no_right")


# The second of a double click on a way out finds what the first one did, and shows the same.
LEFT = {
    ("bank.logout.leave", "logged_out"): "logout.left",
    ("bank.login.close", "logged_out"): "logout.left",
    ("bank.logout.leave_service", "left_service"): "logout.left_service",
}


def session_gone(error: SessionGoneError) -> ResponseReturnValue:
    """Return S36 with the reason."""
    if done := LEFT.get((request.endpoint or "", error.reason)):
        return go(done)
    return show("bank/refused/session_over.html", 403, reason=error.reason)


def stale_form(_error: StaleFormError) -> ResponseReturnValue:
    """Return the page that says that a form was not accepted and nothing was done."""
    return show("bank/refused/stale_form.html", 409)


def install(bank: Blueprint) -> None:
    """Put the guard before every screen of the bank."""
    bank.url_value_preprocessor(take_seat)
    bank.url_defaults(add_defaults)
    bank.before_request(admit)
    bank.register_error_handler(SessionGoneError, session_gone)
    bank.register_error_handler(StaleFormError, stale_form)
