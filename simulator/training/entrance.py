"""The page at ``/``: three doors, for a trainee of a class, for self-study and for the instructor."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from simulator.store.training import Member
from simulator.training import access, classes
from simulator.training.access import settings, training
from simulator.training.throttle import throttle

area = Blueprint("entrance", __name__, template_folder="templates")
FIELDS = ("class_code", "name", "seat_code")


@area.get("/")
def front() -> ResponseReturnValue:
    """The doors, with the number of a seat that this browser has already."""
    return _page(200, {}, {})


def _page(status: int, values: dict[str, str], errors: dict[str, str]) -> Response:
    return access.page(
        "training/front.html",
        status,
        values={name: values.get(name, "") for name in FIELDS},
        errors=errors,
        mine=access.learner(),
        alone=not settings().allow_hosts,
    )


def home_address() -> str:
    """Return the entrance's address as a person types it: other hosts than this one are behind https."""
    scheme = "https" if settings().allow_hosts and not settings().plain_http else "http"
    return url_for("entrance.front", _external=True, _scheme=scheme)


@area.post("/join")
def join() -> ResponseReturnValue:
    """Sit down in a class; the seat code is shown once, large."""
    access.check_form()
    code, name = request.form.get("class_code", ""), request.form.get("name", "")
    values = {"class_code": code, "name": name}
    if wait := throttle().seconds_to_wait("class"):
        return _page(429, values, {"class_code": _later(wait)})
    try:
        member = classes.join(training(), code, name)
    except classes.JoinError as error:
        if error.code == "name_taken" and (himself := _twice(code, name)):
            return _sit_down(himself, "entrance.welcome")
        if error.code == "no_class":
            throttle().failed("class")
        return _page(422, values, {error.field: classes.TEXTS[error.code]})
    return _sit_down(member, "entrance.welcome")


def _twice(code: str, name: str) -> Member | None:
    """The member of this browser, where the same name joins the same class again by a second click."""
    mine, row = access.learner(), training().class_by_code(classes.typed_code(code))
    here = mine is not None and row is not None and mine.class_id == row.id
    return mine if here and mine and mine.name == classes.clean_name(name) else None


@area.post("/return")
def come_back() -> ResponseReturnValue:
    """Sit down again by a seat code."""
    access.check_form()
    code = request.form.get("seat_code", "")
    if wait := throttle().seconds_to_wait("seat"):
        return _page(429, {"seat_code": code}, {"seat_code": _later(wait)})
    try:
        member = classes.come_back(training(), code)
    except classes.JoinError as error:
        if error.code == "no_seat":
            throttle().failed("seat")
        return _page(422, {"seat_code": code}, {error.field: classes.TEXTS[error.code]})
    return _sit_down(member, "my.home")


@area.post("/alone")
def alone() -> ResponseReturnValue:
    """ひとりで始める: a seat without a class, where only this computer reaches the server."""
    access.check_form()
    if settings().allow_hosts:
        abort(403)
    if (mine := access.learner()) and mine.class_id is None:
        return redirect(url_for("my.home"), 303)
    member = classes.sit_alone(training(), settings().seed)
    if member is None:
        return _page(409, {}, {"alone": "席がいっぱいです。席コードで続きから始めてください。"})
    return _sit_down(member, "my.home")


def _sit_down(member: Member, endpoint: str) -> Response:
    response = redirect(url_for(endpoint), 303)
    access.remember_learner(response, member)
    return response


def _later(seconds: int) -> str:
    return f"間違いが続いたため、受け付けを止めています。{seconds}秒後に、もう一度お試しください。"


@area.get("/welcome")
def welcome() -> ResponseReturnValue:
    """席コードをお控えください: what opens this seat again."""
    member = access.learner()
    if member is None:
        return redirect(url_for("entrance.front"), 303)
    return access.page("training/welcome.html", member=member)


@area.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Nobody is to index a training bank."""
    response = make_response("User-agent: *\nDisallow: /\n")
    response.mimetype = "text/plain"
    return response
