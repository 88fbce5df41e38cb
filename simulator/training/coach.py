"""The coach: it watches every page of the bank, stands at its end, and asks the server for more.

``watch_page`` is called before a page of the bank is drawn, and is the only place where training watches the
bank. The state that it puts into the page, and that the addresses below answer, is described by ``state``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from simulator.bank.messages import message
from simulator.bank.people import people
from simulator.domain.rules.failures import Failure
from simulator.domain.world import World
from simulator.store import Seat
from simulator.store.training import Member
from simulator.training import access, class_news, guide, practice, seat_guard, tracker
from simulator.training.access import training
from simulator.training.model import utc_now
from simulator.training.practice import Going
from simulator.training.situations import OUTSIDE, is_anyone_locked

area = Blueprint("coach", __name__, url_prefix="/my", template_folder="templates")
ADDRESSES = {
    "state": "coach.state_of_page",
    "pulse": "coach.pulse_of_class",
    "help": "coach.help_me",
    "passed": "coach.passed",
    "outside": "coach.outside",
    "submit": "my_submit.hand_in",
    "read": "news.mark_read",
    "home": "my.home",
}


def watch_page(title: str, labels: Mapping[str, str], refusals: Sequence[Failure]) -> Markup:
    """Take note of a page of the bank, and return the coach for it; empty where nobody practises here.

    title: the page's. labels: what it calls its fields, by their names. refusals: the failures that it shows.
    """
    member: Member | None = g.get("member")
    mine = access.learner()
    if member is None or "visit" not in g or mine is None or mine.seat != member.seat:
        return Markup("")
    if access.is_paused(member):  # what stands there is no page of the practice
        return Markup("")
    visit = g.visit
    known = visit.known if visit.sid and visit.known and visit.known.public_id == visit.sid else None
    seen = tracker.Seen(
        title,
        known.login_id if known else "",
        tuple(failure.code for failure in refusals),
        tuple(_words(failure, labels) for failure in refusals),
    )
    going = practice.observe(training(), visit.seat, visit.world, seen, _found(member))
    if not practice.shown(going, utc_now()) or going is None:
        return Markup("")
    # A refusal may have locked somebody since the request began.
    world = visit.seat.read() if refusals else visit.world
    data = state(member, visit.seat, world, going, seen.screen, seen.login_id)
    # The template has escaped the state.
    return Markup(render_template("training/coach.html", state=json.dumps(data, ensure_ascii=False)))  # noqa: S704


def _words(failure: Failure, labels: Mapping[str, str]) -> str:
    """A refusal as the summary of the page has it."""
    label = f"{labels[failure.field]}：" if failure.field in labels else ""
    return label + message(failure)


def state(
    member: Member, seat: Seat, world: World, going: Going, screen: str, login_id: str
) -> dict[str, Any]:
    """Return the state for the coach in a page, as JSON data.

    turn: item (do it here), prep (on the way back to ``elsewhere``), off (nothing to do here) or done.
    help: 0 to 4. unseen in an item: only the page can see it done, and tells so at urls.passed.
    left: seconds or null. login: who is logged in on this page; the page gives it back with each question.
    """
    held, course = going.practice, going.course
    measured = held.mode == "measure"
    told = guide.guide(held, course, screen, login_id)
    locked = course.drill is None and is_anyone_locked(world)
    hidden = measured or (not going.is_running and told.turn != "item")
    if measured:  # how far he is, and where to go, is what is being measured
        told = guide.Guidance("off")
    home = url_for("bank.homepage.front", seat=seat.code)
    return {
        "mode": held.mode,
        "course": course.title,
        "task": course.task,
        "total": len(course.items),
        "finished": told.turn == "done" or (not going.is_running and measured),
        "turn": told.turn,
        "login": login_id,
        "place": told.place,
        "item": None if hidden else guide.as_data(told, course, world, people(seat.seed), home),
        "elsewhere": told.elsewhere,
        "help": held.help,
        "faded": practice.faded(going, member),
        "mistake": "" if measured else held.mistake,
        "outside": guide.outsides(course, locked=locked),
        "locked": locked,
        **pulse(member, going),
        "csrf": access.form_token(),
        "seat": seat.code,
        "name": member.name,
        "practice": going.row.id,
        "urls": _addresses(),
    }


def _addresses() -> dict[str, str]:
    """The addresses that the coach asks: the same for all pages, so they are made once."""
    known: dict[str, str] = current_app.extensions.setdefault("densai-coach", {})
    if not known:
        known.update({name: url_for(endpoint) for name, endpoint in ADDRESSES.items()})
    return known


def pulse(member: Member, going: Going | None) -> dict[str, Any]:
    """Return what may change while a page stands: the instructor's doings, the time left, the position."""
    plan = access.plan_of(member)
    now = plan.paused_at if plan and plan.paused_at else utc_now()
    return {
        **class_news.news(member, plan),
        "every": class_news.milliseconds(access.seats_beside(member)),
        "left": practice.seconds_left(going, now) if going else None,
        "position": going.practice.position if going and going.practice.mode != "measure" else 0,
        "outcome": going.row.outcome if going else "",
        "practice": going.row.id if going else 0,
    }


def _member() -> Member:
    return access.learner() or abort(403)


def _at_work() -> Member:
    """The member who sends a form of the coach; 423 while the instructor has paused the class."""
    member = _member()
    access.check_form()
    if access.is_paused(member):
        abort(access.page("training/paused.html", 423))
    return member


def _seat(member: Member) -> Seat:
    return training().worlds.seat(member.seat) or abort(404)


def _found(member: Member) -> Going | None:
    """The latest practice of a member, as this request found it."""
    found = access.at_work(member.seat)
    return practice.going_of(found.practice) if found else None


def _answer(member: Member, going: Going | None) -> ResponseReturnValue:
    """The new state, for the coach that asked."""
    screen, login = request.values.get("screen", ""), request.values.get("login", "")
    if going is None:
        abort(404)
    if request.method == "POST":  # which may have changed what is known of him
        member = training().member(member.seat) or member
    seat, world = training().worlds.open(member.seat) or abort(404)
    return jsonify(state(member, seat, world, going, screen, login))


@area.get("/coach")
def state_of_page() -> ResponseReturnValue:
    """The state for the page with this title, anew."""
    member = _member()
    return _answer(member, _found(member))


@area.get("/pulse")
def pulse_of_class() -> ResponseReturnValue:
    """Answer with what may have changed while a page stands, 304 where nothing has; a light question."""
    member = _member()
    if found := access.at_work(member.seat):
        seat_guard.end_what_is_over(found)
    return access.unless_known(pulse(member, _found(member)), passing=("left",))


@area.post("/help")
def help_me() -> ResponseReturnValue:
    """One level of help more."""
    member = _at_work()
    return _answer(member, practice.ask_help(training(), _seat(member)))


@area.post("/passed")
def passed() -> ResponseReturnValue:
    """A step done that only the page can see: looked over, closed, answered."""
    member = _at_work()
    return _answer(member, practice.mark_passed(training(), _seat(member), request.form.get("key", "")))


@area.post("/outside")
def outside() -> ResponseReturnValue:
    """Something done outside the bank's screens; the desk of a class is its instructor."""
    member = _at_work()
    what = request.form.get("what", "")
    going = practice.current(training(), member.seat)
    if what not in OUTSIDE or going is None or not going.is_running:
        abort(400)
    at_once = member.class_id is None or going.practice.mode == "show"
    going = practice.go_outside(training(), _seat(member), what, at_once=at_once)
    return _answer(member, going) if "screen" in request.form else redirect(url_for("my.home"), 303)
