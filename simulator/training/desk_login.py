"""Login to 講師用画面: the instructor's password, and the guard of every page behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.bank.credentials import Hasher, same
from simulator.domain.world import Secret
from simulator.training import access
from simulator.training.access import OPERATOR_CODE, PASSWORD, settings, training
from simulator.training.throttle import seconds_to_wait

area = Blueprint("desk_login", __name__, url_prefix="/desk", template_folder="templates")
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
SHORTEST, LONGEST = 8, 64
LATER = "間違いが続いたため、受け付けを止めています。{}秒後に、もう一度お試しください。"


def instructed(view: View) -> View:
    """A page for the instructor alone; what changes something has its form token checked."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not access.instructor():
            return redirect(url_for("desk_login.enter"), 303) if request.method == "GET" else abort(403)
        if request.method == "POST":
            access.check_form()
        return view(*args, **kwargs)

    guarded.instructed = True  # type: ignore[attr-defined]
    return cast(View, guarded)


def _hasher() -> Hasher:
    found: Hasher = current_app.extensions["densai-hasher"]
    return found


# The password ----------------------------------------------------------------------------------


@area.get("/login")
def enter() -> ResponseReturnValue:
    """The password, or where there is none yet, the form that sets it."""
    if access.instructor():
        return redirect(url_for("desk_classes.show"), 303)
    return _page(200, {})


def _page(status: int, errors: dict[str, str]) -> Response:
    first = not training().key(PASSWORD)
    return access.page(  # type: ignore[return-value]
        "training/desk_login.html",
        status,
        first=first,
        asks_code=bool(settings().operator_code),
        errors=errors,
    )


@area.post("/login")
def log_in() -> ResponseReturnValue:
    """Open the desk; a wrong password is counted against guessing."""
    access.check_form()
    if wait := seconds_to_wait():
        return _page(429, {"password": LATER.format(wait)})
    kept = training().key(PASSWORD)
    if not kept:
        return _set_first()
    if not _hasher().verify(Secret(kept), request.form.get("password", "")):
        return _page(403, {"password": "パスワードが正しくありません。"})
    return _open(alone=False)


def _set_first() -> ResponseReturnValue:
    errors = _faults_of_new()
    code = settings().operator_code
    if code and not same(request.form.get("code", "").strip(), code):
        errors["code"] = "起動時の確認コードが正しくありません。サーバの起動画面でお確かめください。"
    if errors:
        return _page(422, errors)
    hashed = _hasher().hash(request.form["password"]).hash
    with training().changing() as change:
        if change.key(PASSWORD):  # somebody was quicker
            return redirect(url_for("desk_login.enter"), 303)
        change.set_key(PASSWORD, hashed)
        change.set_key(OPERATOR_CODE, "")
    return _open(alone=True)


def _faults_of_new() -> dict[str, str]:
    new, again = request.form.get("password", ""), request.form.get("again", "")
    if not SHORTEST <= len(new) <= LONGEST:
        return {"password": f"{SHORTEST}文字以上{LONGEST}文字以内で入力してください。"}
    return {} if new == again else {"again": "2か所に入力した内容が一致しません。"}


def _open(*, alone: bool) -> ResponseReturnValue:
    response = redirect(url_for("desk_classes.show"), 303)
    with training().changing() as change:
        access.open_desk(response, change, alone=alone)
    return response


@area.get("/password")
@instructed
def ask_password() -> ResponseReturnValue:
    """The form for another password."""
    return access.page("training/desk_password.html", errors={})


@area.post("/password")
@instructed
def change_password() -> ResponseReturnValue:
    """Another password; every other session of the desk ends."""
    if wait := seconds_to_wait():
        return access.page("training/desk_password.html", 429, errors={"current": LATER.format(wait)})
    errors = _faults_of_new()
    if not _hasher().verify(Secret(training().key(PASSWORD)), request.form.get("current", "")):
        errors["current"] = "現在のパスワードが正しくありません。"
    if errors:
        return access.page("training/desk_password.html", 422, errors=errors)
    hashed = _hasher().hash(request.form["password"]).hash
    with training().changing() as change:
        change.set_key(PASSWORD, hashed)
    return _open(alone=True)


@area.post("/logout")
@instructed
def log_out() -> ResponseReturnValue:
    """Close the desk in this browser."""
    response = redirect(url_for("entrance.front"), 303)
    with training().changing() as change:
        access.close_desk(response, change)
    return response
