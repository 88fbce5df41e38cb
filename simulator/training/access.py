"""Authentication of training's pages: the trainee's cookie, the instructor's session, and form tokens.

A trainee's cookie is bound to the seat's present code; an address or a number grants nothing by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import abort, current_app, g, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response

from simulator.bank.credentials import csrf_token, same, token_digest
from simulator.settings import Settings
from simulator.store.training import AtWork, Member, Training, TrainingChange, read
from simulator.training import class_news
from simulator.training.askers import Askers
from simulator.training.model import ClassPlan

TRAINEE_DAYS = 30
MOST_DIGITS = 8
DESK_HOURS = 12
KNOWN_DAYS = 180  # for so long a browser that had the instructor's password is told from a guesser
PASSWORD = "instructor"  # noqa: S105  the name under which the instructor's password's hash is kept
OPERATOR_CODE = "operator"  # and the code to be typed before it is first set
MOST_DESKS = 20  # instructors at work at once; the oldest session ends
HEARING = ("my", "news", "bank")  # areas whose pages of training ask what the instructor has done


def training() -> Training:
    """Return the application's store of training."""
    found: Training = current_app.extensions["densai-training"]
    return found


def settings() -> Settings:
    """Return the options of this server."""
    found: Settings = current_app.extensions["densai-settings"]
    return found


# Cookies ---------------------------------------------------------------------------------------


def _name(kind: str) -> str:
    """The name of a cookie; behind https its prefix keeps out what another host of the domain has set.

    On plain loopback browsers do not agree on __Host-.
    """
    if settings().plain_http:
        return f"densai-{kind}"
    return f"{'__Host-' if settings().is_behind_https else '__Secure-'}densai-{kind}"


def _cookie(kind: str) -> str:
    return request.cookies.get(_name(kind), "")


def _give(response: Response, kind: str, value: str, days: int | None = None) -> None:
    # Lax: a link from another site, a portal's, finds the browser's own cookies. Forms have their token.
    response.set_cookie(
        _name(kind),
        value,
        max_age=days * 86_400 if days else None,
        secure=not settings().plain_http,
        httponly=True,
        samesite="Lax",
    )


def make_server_key(kept: Training) -> bytes:
    """Return the secret of this database, made at the first start; it never changes."""
    with kept.changing() as change:
        if not (key := change.key("server")):
            key = secrets.token_hex(32)
            change.set_key("server", key)
    return key.encode()


def keep_operator_code(kept: Training, code: str) -> str:
    """Return the operator code that every node of this database asks for, "" where none is asked for.

    It is kept until the instructor's password is set. code: what this node would ask for, "" for nothing.
    """
    if not code:
        return ""
    with kept.changing() as change:
        if change.key(PASSWORD):
            return ""
        if not (known := change.key(OPERATOR_CODE)):
            change.set_key(OPERATOR_CODE, code)
    return known or code


def server_key() -> bytes:
    """Return the secret of this server's database, which cookies are proven with."""
    key: bytes = current_app.extensions["densai-server-key"]
    return key


# The trainee -----------------------------------------------------------------------------------


def at_work(seat: str) -> AtWork | None:
    """Return the member of a seat with the class and the latest practice, as this request found them."""
    known: dict[str, AtWork | None] = g.setdefault("at_work", {})
    if seat not in known:
        known[seat] = training().at_work(seat)
    return known[seat]


def _proof(member: Member, day: str) -> str:
    return hmac.new(server_key(), f"{member.seat} {member.code} {day}".encode(), hashlib.sha256).hexdigest()


def _is_recent(day: str) -> bool:
    """Whether a cookie of this day, as date.toordinal(), still holds: no browser has to be believed."""
    return day.isascii() and day.isdigit() and len(day) < MOST_DIGITS and _today() - int(day) <= TRAINEE_DAYS


def _today() -> int:
    return datetime.now(UTC).date().toordinal()


def learner() -> Member | None:
    """Return the member whose seat this browser has joined; None when it has joined none."""
    if "learner" not in g:
        seat, day, proof = (*_cookie("my").split("."), "", "", "")[:3]
        here = at_work(seat) if seat and _is_recent(day) else None
        g.learner = here.member if here and same(proof, _proof(here.member, day)) else None
    found: Member | None = g.learner
    return found


def forget_found(seat: str) -> None:
    """Forget what this request has found of a seat, which it has changed since."""
    g.get("at_work", {}).pop(seat, None)


def remember_learner(response: Response, member: Member) -> None:
    """This browser is that member's for the next TRAINEE_DAYS."""
    day = str(_today())
    _give(response, "my", f"{member.seat}.{day}.{_proof(member, day)}", TRAINEE_DAYS)


def forget_learner(response: Response) -> None:
    """Make this browser forget its seat."""
    response.delete_cookie(_name("my"), secure=not settings().plain_http, httponly=True, samesite="Lax")


# The instructor --------------------------------------------------------------------------------


def _desks(kept: str) -> dict[str, str]:
    """Digest of each open session -> when it ends."""
    now = datetime.now(UTC).isoformat()
    found: dict[str, str] = json.loads(kept or "{}")
    return {digest: until for digest, until in found.items() if until > now}


def instructor() -> bool:
    """Whether this browser has the instructor's session."""
    if "instructor" not in g:
        token = _cookie("desk")
        g.instructor = bool(token) and token_digest(token) in _desks(training().key("desks"))
    return bool(g.instructor)


def open_desk(response: Response, change: TrainingChange, *, alone: bool = False) -> None:
    """A session for this browser; ``alone`` ends every other."""
    token = secrets.token_urlsafe(32)
    until = (datetime.now(UTC) + timedelta(hours=DESK_HOURS)).isoformat()
    open_ = {} if alone else _desks(change.key("desks"))
    kept = dict(sorted(open_.items(), key=lambda pair: pair[1])[-(MOST_DESKS - 1) :])
    change.set_key("desks", json.dumps({**kept, token_digest(token): until}))
    _give(response, "desk", token)
    known = known_desk() or secrets.token_urlsafe(16)
    _give(response, "known", f"{known}.{_proof_of_known(known)}", KNOWN_DAYS)


def known_desk() -> str:
    """Return the name of a browser that once had the instructor's password, "" for any other.

    It opens nothing: its tries at the password are counted apart from those of others at its address.
    """
    name, _, proof = _cookie("known").partition(".")
    return name if name and same(proof, _proof_of_known(name)) else ""


def _proof_of_known(name: str) -> str:
    return hmac.new(server_key(), f"known desk {name}".encode(), hashlib.sha256).hexdigest()


def close_desk(response: Response, change: TrainingChange) -> None:
    """The end of this browser's session."""
    open_ = _desks(change.key("desks"))
    open_.pop(token_digest(_cookie("desk")), None)
    change.set_key("desks", json.dumps(open_))
    response.delete_cookie(_name("desk"), secure=not settings().plain_http, httponly=True, samesite="Lax")


# Forms and pages -------------------------------------------------------------------------------


def form_token() -> str:
    """The token that every form of training carries; the page that shows it sets its cookie."""
    return csrf_token(_form_cookie())


def _form_cookie() -> str:
    if "form_cookie" not in g:
        g.form_cookie = _cookie("form") or secrets.token_urlsafe(32)
    cookie: str = g.form_cookie
    return cookie


def check_form() -> None:
    """Refuse a form that this browser was not given (409, nothing done)."""
    sent = request.form.getlist("csrf")
    if not _cookie("form") or len(sent) != 1 or not same(sent[0], csrf_token(_cookie("form"))):
        abort(make_response(page("training/stale.html", 409)))


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of training, with the token of its forms; a trainee's carries what the class has to tell."""
    return make_response(render_template(template, csrf=form_token(), heard=_heard(), **values), status)


def unless_known(data: Mapping[str, object], *, passing: tuple[str, ...] = ()) -> Response:
    """Answer with data as JSON, or 304 to a page that has it. passing: names of what changes by itself."""
    told = {name: value for name, value in data.items() if name not in passing}
    response = jsonify(data)
    response.set_etag(hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16])
    return response.make_conditional(request)


def keep_form_cookie(response: Response) -> Response:
    """Give the cookie of the form token that was used, in a coach on a bank's page as well.

    Only in answer to a GET: a browser holds its cookie back from another site's POST, and must keep it.
    """
    if "form_cookie" in g and not _cookie("form") and request.method == "GET":
        _give(response, "form", _form_cookie())
    return response


# The class -------------------------------------------------------------------------------------


def is_paused(member: Member) -> bool:
    """Whether the instructor has stopped this member's class for the moment."""
    plan = plan_of(member)
    return bool(plan and plan.paused_at)


def plan_of(member: Member) -> ClassPlan | None:
    """The plan of a member's class as this request found it; None for self-study."""
    plans: dict[int, ClassPlan | None] = g.setdefault("plans", {})
    if member.class_id is not None and member.class_id not in plans:
        found = at_work(member.seat)
        plans[member.class_id] = read(found.class_.document, ClassPlan) if found and found.class_ else None
    return plans[member.class_id] if member.class_id is not None else None


def seats_beside(member: Member) -> int | None:
    """Return the number of seats of a member's class, None for self-study."""
    found = at_work(member.seat)
    return found.seats if found else None


def interval(member: Member) -> int:
    """Return the milliseconds after which a page of this member asks again; this one counts as a question."""
    askers: Askers = current_app.extensions["densai-askers"]
    return class_news.milliseconds(seats_beside(member), askers.note(member.seat))


def _heard() -> dict[str, Any] | None:
    """Return the news of the class for a trainee's page, with the interval to ask again; None elsewhere."""
    if request.blueprint is None or not request.blueprint.startswith(HEARING):
        return None
    member = learner()
    plan = plan_of(member) if member else None
    if member is None or plan is None:
        return None
    return {"name": member.name, "every": interval(member), **class_news.news(member, plan)}
