"""The coach on the bank's pages: it watches every page, stands at its end, and answers the page's questions.

``watch_page`` is called before a page of the bank is drawn, and is the only place where training watches the
bank. What it puts into the page, and what the addresses below answer, is described in ``coach_state``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from simulator.bank.messages import message
from simulator.bank.people import people
from simulator.bank.web import Visit
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.lockout import Which
from simulator.store import Seat
from simulator.store.training import Member
from simulator.training import access, class_control, coach_acts, coach_context, knowledge, practice, tracker
from simulator.training.access import training
from simulator.training.coach_box_state import WindowId
from simulator.training.coach_confirm import draft_on
from simulator.training.coach_refusals import SentForm, refused_fields
from simulator.training.coach_state import Pulse
from simulator.training.coach_view import Page, coach_state
from simulator.training.coach_windows import window_of
from simulator.training.guide import SESSION_OVER, guide
from simulator.training.model import RefusedField, utc_now
from simulator.training.practice import Going
from simulator.training.seat_guard import end_what_is_over
from simulator.training.situations import OUTSIDE, is_anyone_locked

area = Blueprint("coach", __name__, url_prefix="/my", template_folder="templates")
LONGEST = 100  # of what a page says of itself
WINDOWS: dict[str, WindowId] = {"a": "a", "b": "b", "c": "c"}
WHICH: dict[str, Which] = {"login": "login", "approval": "approval"}


# On a page ---------------------------------------------------------------------------------------


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
    visit, page = g.visit, _page_of(title, g.visit)
    found = access.at_work(member.seat)
    going = practice.going_of(found.practice) if found else None
    if going and going.is_running:
        seen = _seen(page, labels, refusals, going, visit)
        going = practice.observe(training(), visit.seat, visit.world, seen, going)
    if going is None or not practice.shown(going, utc_now()):
        return Markup("")
    # A refusal may have locked somebody since the request began.
    world = visit.seat.read() if refusals else visit.world
    state = coach_state(page, coach_context.given(member, visit.seat, world, going))
    # The template has escaped the state.
    made = render_template("training/coach.html", state=json.dumps(state, ensure_ascii=False))
    return Markup(made)  # noqa: S704


def _page_of(title: str, visit: Visit) -> Page:
    """A page that is being drawn, as it is sent back by its coach."""
    known = visit.known
    login_id = known.login_id if known and visit.sid and known.public_id == visit.sid else ""
    if not login_id and visit.sid and known:
        login_id = known.login_id  # an old window, beside one that is logged in
    window = _window(title)
    args = request.view_args or {}
    draft = draft_on(visit.world, login_id, window)
    subject = args.get("login_id") or (draft.fields.get("login_id", "") if draft else "")
    return Page(title, login_id, window, subject)


def _window(title: str) -> WindowId:
    """The window of a page that is being drawn."""
    if title in tracker.SITE:
        return "a"
    if (request.endpoint or "").endswith("left_service"):  # where everybody may go, but from the service
        return "c"
    return WINDOWS.get(g.get("window", ""), "b")


def _seen(
    page: Page, labels: Mapping[str, str], refusals: Sequence[Failure], going: Going, visit: Visit
) -> tracker.Seen:
    return tracker.Seen(
        page.screen,
        "" if page.screen == SESSION_OVER else page.login_id,
        tuple(failure.code for failure in refusals),
        tuple(_words(failure, labels) for failure in refusals),
        refused=_refused(page, labels, refusals, going, visit) if refusals else (),
    )


def _words(failure: Failure, labels: Mapping[str, str]) -> str:
    """A refusal as the summary of the page has it."""
    label = f"{labels[failure.field]}：" if failure.field in labels else ""
    return label + message(failure)


def _refused(
    page: Page, labels: Mapping[str, str], refusals: Sequence[Failure], going: Going, visit: Visit
) -> tuple[RefusedField, ...]:
    """The causes of the refusals, told from the form that this request has sent."""
    told = guide(going.practice, going.course, page.screen, page.login_id)
    world = visit.world
    who = told.item.who if told.item else "master"
    values = knowledge.values_of(told.actions, who, world, people(world.seed))
    return tuple(refused_fields(refusals, SentForm(labels, request.form, values, world)))


# What a page asks --------------------------------------------------------------------------------


def _member() -> Member:
    return access.learner() or abort(403)


def _at_work() -> Member:
    """The member who sends a form of the coach; 423 while the instructor has paused the class."""
    member = _member()
    access.check_form()
    if access.is_paused(member):
        abort(access.page("training/paused.html", 423))
    found = access.at_work(member.seat)
    named = request.form.get("practice")
    if named is not None and (found is None or found.practice is None or named != str(found.practice.id)):
        abort(404)  # the practice of that page is over, and another one runs
    return member


def _seat(member: Member) -> Seat:
    return training().worlds.seat(member.seat) or abort(404)


def _asked_page() -> Page:
    """The page that asks, as it was told of itself."""
    values = request.values
    screen, login_id, subject = (values.get(name, "")[:LONGEST] for name in ("screen", "login", "subject"))
    window = WINDOWS.get(values.get("window", "")) or window_of(screen, "b")
    return Page(screen, login_id, window, subject)


def _answer(member: Member) -> ResponseReturnValue:
    """The state anew, for the page that asked; a form without a page leads to わたしの訓練."""
    if request.method == "POST" and "screen" not in request.form:
        return redirect(url_for("steps.show" if request.form.get("to") == "steps" else "my.home"), 303)
    seat, world = training().worlds.open(member.seat) or abort(404)
    going = practice.current(training(), member.seat)
    if going is None:
        abort(404)
    present = training().member(member.seat) or member
    return jsonify(coach_state(_asked_page(), coach_context.given(present, seat, world, going)))


@area.get("/coach")
def state_of_page() -> ResponseReturnValue:
    """Return the state for a page anew."""
    return _answer(_member())


@area.get("/pulse")
def pulse_of_class() -> ResponseReturnValue:
    """Answer with what may have changed while a page stands, 304 where nothing has; a light question."""
    member = _member()
    if found := access.at_work(member.seat):
        end_what_is_over(found)
    found = access.at_work(member.seat)
    told: Pulse = coach_context.pulse_of(member, practice.going_of(found.practice) if found else None)
    return access.unless_known(told, passing=("left",))


@area.post("/help")
def help_me() -> ResponseReturnValue:
    """Give one hint more."""
    member = _at_work()
    practice.ask_help(training(), _seat(member))
    return _answer(member)


@area.post("/passed")
def passed() -> ResponseReturnValue:
    """Note a step done that only the page can see: looked over, closed, answered."""
    member = _at_work()
    practice.mark_passed(training(), _seat(member), request.form.get("key", ""))
    return _answer(member)


@area.post("/act")
def act() -> ResponseReturnValue:
    """Note that the coach is about to send a form of the bank."""
    member = _at_work()
    coach_acts.begin_acting(training(), _seat(member))
    return _answer(member)


@area.post("/restore")
def restore() -> ResponseReturnValue:
    """Set an own password back to the value of the 控え."""
    member = _at_work()
    which = WHICH.get(request.form.get("secret", "")) or abort(400)
    coach_acts.restore(training(), _seat(member), request.form.get("user", ""), which)
    return _answer(member)


@area.post("/outside")
def outside() -> ResponseReturnValue:
    """Do something outside the bank's screens; the desk of a class is its instructor."""
    member = _at_work()
    what = request.form.get("what", "")
    going = practice.current(training(), member.seat)
    if what not in (*OUTSIDE, "desk_back") or going is None or not going.is_running:
        abort(400)
    if what == "desk_back":
        coach_acts.take_back_request(training(), _seat(member))
    else:
        _go_outside(member, going, what)
    return _answer(member)


def _go_outside(member: Member, going: Going, what: str) -> None:
    """Alone, and in 見本, the bank's desk acts at once; in a class it is the instructor's."""
    seat = _seat(member)
    at_once = member.class_id is None or going.practice.mode == "show"
    if at_once and what == "desk" and is_anyone_locked(seat.read()):
        coach_acts.note_release(training(), seat)
    practice.go_outside(training(), seat, what, at_once=at_once)


@area.post("/hand")
def hand() -> ResponseReturnValue:
    """Call the instructor of the class, or take the call back."""
    member = _at_work()
    wanted = request.form.get("call", "")
    if member.class_id is None or wanted not in ("on", "off"):
        abort(400)
    class_control.call_instructor(training(), member.seat, on=wanted == "on")
    return _answer(member)
