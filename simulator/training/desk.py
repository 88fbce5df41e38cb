"""The page at ``/``: the seats, their notice letters and memos, reset, release and a new seat."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from fixtures.bank_data import people
from simulator.bank.credentials import csrf_token, same
from simulator.bank.rules import lockout
from simulator.bank.world import User, World
from simulator.procedures import titles
from simulator.settings import Settings
from simulator.store import Seat, Worlds
from simulator.training import starts

desk = Blueprint("desk", __name__, template_folder="templates")
MOST_SEATS = 500


def _worlds() -> Worlds:
    found: Worlds = current_app.extensions["densai"]
    return found


def _settings() -> Settings:
    found: Settings = current_app.extensions["densai-settings"]
    return found


def _cookie() -> str:
    return "densai-desk" if _settings().plain_http else "__Secure-densai-desk"


def _proof() -> str:
    """What the cookie holds once the operator code was given; it can't be made without the code."""
    key = _settings().operator_code.encode()
    return hmac.new(key, g.desk_token.encode(), hashlib.sha256).hexdigest()


@desk.before_request
def admit() -> ResponseReturnValue | None:
    """Form tokens for everything that changes; the operator code where the server asks for one."""
    token, _, proof = request.cookies.get(_cookie(), "").partition(".")
    g.desk_token = token or secrets.token_urlsafe(32)
    if request.method == "POST":
        sent = request.form.getlist("csrf")
        if not token or len(sent) != 1 or not same(sent[0], csrf_token(token)):
            return _page("training/stale.html", 409)
    open_to_all = not _settings().operator_code or request.endpoint in ("desk.give_code", "desk.robots")
    if open_to_all or same(proof, _proof()):
        return None
    return _page("training/operator_code.html", 403)


def _page(template: str, status: int = 200, *, proven: bool = False, **values: Any) -> Response:
    response = make_response(render_template(template, csrf=csrf_token(g.desk_token), **values), status)
    return _remember(response, proven=proven)


def _remember(response: Response, *, proven: bool) -> Response:
    proof = request.cookies.get(_cookie(), "").partition(".")[2]
    if proven:
        proof = _proof()
    response.set_cookie(
        _cookie(),
        f"{g.desk_token}.{proof}",
        secure=not _settings().plain_http,
        httponly=True,
        samesite="Strict",
    )
    return response


@desk.get("/")
def seats() -> ResponseReturnValue:
    done = request.args.get("done", "")
    return _page("training/seats.html", seats=_worlds().seats(), procedures=titles(), done=done)


@desk.post("/code")
def give_code() -> ResponseReturnValue:
    if not same(request.form.get("code", "").strip(), _settings().operator_code):
        return _page("training/operator_code.html", 403, wrong=True)
    return _remember(make_response(redirect(url_for("desk.seats"), 303)), proven=True)


@desk.post("/seats")
def add_seat() -> ResponseReturnValue:
    """One more bank; a class of many is made with a class."""
    there = _worlds().seats()
    if len(there) >= MOST_SEATS:
        return redirect(url_for("desk.seats", done="full"), 303)
    last = max((seat.seed for seat in there), default=_settings().seed - 1)
    starts.make_seats(_worlds(), seed=last + 1, first_label=len(there) + 1)
    return redirect(url_for("desk.seats", done="added"), 303)


def _seat(code: str) -> Seat:
    return _worlds().seat(code) or abort(404)


@desk.get("/seats/<code>/letter")
def letter(code: str) -> ResponseReturnValue:
    """通知書面: what the bank hands to a master user."""
    return _letters([_seat(code)])


@desk.get("/letters")
def letters() -> ResponseReturnValue:
    """Every seat's 通知書面, one a page when printed."""
    return _letters(_worlds().seats())


def _letters(seats: list[Seat]) -> ResponseReturnValue:
    sheets = [(seat, people(seat.seed).master, seat.read().company, _home(seat)) for seat in seats]
    return _page("training/letters.html", sheets=sheets)


def _home(seat: Seat) -> str:
    """A seat's address as a person types it: on another host than this one it is behind https."""
    settings = _settings()
    scheme = "https" if settings.allow_hosts and not settings.plain_http else "http"
    return url_for("bank.homepage.front", seat=seat.code, _external=True, _scheme=scheme)


@desk.get("/seats/<code>/memo")
def memo(code: str) -> ResponseReturnValue:
    """訓練用の控え: everybody's passwords at every start."""
    seat = _seat(code)
    return _page("training/memo.html", seat=seat, people=people(seat.seed))


@desk.post("/seats/<code>/reset")
def reset(code: str) -> ResponseReturnValue:
    procedure = request.form.get("procedure", "")
    if procedure not in starts.STORY:
        abort(400)
    starts.reset(_seat(code), procedure)
    return redirect(url_for("desk.seats", done="reset"), 303)


@desk.post("/seats/<code>/release")
def release(code: str) -> ResponseReturnValue:
    """The bank's desk releases every lock (a master's nobody else can)."""
    with _seat(code).change() as world:
        for user in world.users.values():
            _release(world, user)
    return redirect(url_for("desk.seats", done="released"), 303)


def _release(world: World, user: User) -> None:
    which: lockout.Which
    for which in ("login", "approval"):
        if lockout.is_locked(user, which, world.settings.lock_after):
            world.record("lock_released", user.login_id)
        lockout.release(user, which)


@desk.get("/robots.txt")
def robots() -> ResponseReturnValue:
    response = make_response("User-agent: *\nDisallow: /\n")
    response.mimetype = "text/plain"
    return response
