"""The page at ``/``: three doors, for a trainee of a class, for self-study and for the instructor."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from simulator.settings import is_loopback
from simulator.store.training import Member
from simulator.training import access, classes, joining, names
from simulator.training.access import settings, training
from simulator.training.classes import MOST_SEATS
from simulator.training.model import utc_now

area = Blueprint("entrance", __name__, template_folder="templates")
FIELDS = ("class_code", "name", "seat_code")
LONGEST_CODE = 40  # letters of a code in an address that are shown in its field


@area.get("/")
def front() -> ResponseReturnValue:
    """The doors, with the number of a seat that this browser has already.

    A QR code's address has the class code (``class``) or the seat code (``seat``), which stand in their
    fields.
    """
    asked = {"class_code": request.args.get("class", ""), "seat_code": request.args.get("seat", "")}
    return _page(200, {name: text[:LONGEST_CODE] for name, text in asked.items()}, {})


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
    """Return the entrance's address as a person types it, by a name that others can reach where there is one.

    On another name than this computer's own it is behind https, but for ``--plain-http``.
    """
    scheme = "https" if settings().allow_hosts and not settings().plain_http else "http"
    asked = urlsplit(url_for("entrance.front", _external=True, _scheme=scheme))
    if not settings().allow_hosts or not is_loopback(asked.hostname or ""):
        return asked.geturl()
    port = f":{asked.port}" if settings().plain_http and asked.port else ""
    return asked._replace(netloc=settings().allow_hosts[0] + port).geturl()


@area.post("/join")
def join() -> ResponseReturnValue:
    """Sit down in a class; the seat code is shown once, large."""
    access.check_form()
    code, name = request.form.get("class_code", ""), request.form.get("name", "")
    values = {"class_code": code, "name": name}
    place = request.form.get("place", "")
    chosen = (
        int(place) if place.isascii() and place.isdigit() and len(place) <= len(str(MOST_SEATS)) else None
    )
    try:
        found = joining.join(training(), code, name, chosen=chosen, is_other=place == OTHER)
    except joining.JoinError as error:
        if error.code == "name_taken" and (himself := _twice(code, name)):
            return _sit_down(himself, "entrance.welcome")
        return _page(422, values, {error.field: joining.TEXTS[error.code]})
    if isinstance(found, Member):
        return _sit_down(found, "entrance.welcome")
    if not place and (himself := _twice(code, name)):
        return _sit_down(himself, "entrance.welcome")
    return access.page("training/which_person.html", values=values, question=found, other=OTHER)


OTHER = "other"  # the answer of somebody who is none of those he was asked about
A_SECOND_CLICK = timedelta(seconds=10)


def _twice(code: str, name: str) -> Member | None:
    """Return the member of this browser, where the same class is joined by a second click; else None.

    By the very name that his seat has, or, just after he has sat down, by the one like it that he typed.
    """
    mine, row = access.learner(), training().class_by_code(classes.typed_code(code))
    if mine is None or row is None or mine.class_id != row.id or mine.joined is None:
        return None
    is_just_now = utc_now() - mine.joined < A_SECOND_CLICK
    is_same = names.same_key(mine.name) == names.same_key(name)
    return mine if is_same or (is_just_now and names.are_alike(mine.name, name)) else None


@area.post("/return")
def come_back() -> ResponseReturnValue:
    """Sit down again by a seat code."""
    access.check_form()
    code = request.form.get("seat_code", "")
    try:
        member = joining.come_back(training(), code)
    except joining.JoinError as error:
        return _page(422, {"seat_code": code}, {error.field: joining.TEXTS[error.code]})
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
