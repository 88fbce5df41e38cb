"""わたしの訓練: the trainee's own page, to begin practices and to see the progress."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.bank.people import people
from simulator.store import Seat
from simulator.store.training import ClassRow, Member, read
from simulator.training import access, class_control, practice, progress_map
from simulator.training.access import training
from simulator.training.entrance import home_address
from simulator.training.lessons import Course, Item, courses, item_of
from simulator.training.model import MODES, ClassPlan, Learner, Mode, utc_now

area = Blueprint("my", __name__, url_prefix="/my", template_folder="templates")
GROUPS = {"procedure": "手順ごと", "chapter": "章ごと", "all": "全体", "drill": "こまったときの練習"}
MOST_TRAIL = 5_000
A_SECOND_CLICK = timedelta(seconds=3)


def _member() -> Member | None:
    return access.learner()


def _sat_down() -> tuple[Member, Seat]:
    member = _member() or abort(403)
    return member, training().worlds.seat(member.seat) or abort(404)


def _plan(member: Member) -> ClassPlan | None:
    row: ClassRow | None = training().class_(member.class_id) if member.class_id is not None else None
    return read(row.document, ClassPlan) if row else None


def offered(plan: ClassPlan | None) -> tuple[list[Course], dict[Mode, str]]:
    """The courses and modes that a class may choose from; all of them without a class."""
    every = list(courses().values())
    if plan is None:
        return every, MODES
    modes = {mode: words for mode, words in MODES.items() if mode in plan.modes}
    return [course for course in every if course.id in plan.courses], modes


@area.get("")
def home() -> ResponseReturnValue:
    """The trainee's page: what runs, how it came out, his map, and what he may begin."""
    member = _member()
    if member is None:
        return redirect(url_for("entrance.front"), 303)
    plan, kept = _plan(member), training()
    going = practice.current(kept, member.seat)
    trail = kept.trail_of(member.seat, limit=MOST_TRAIL)
    if going and _is_measured(going):  # whether each thing he does is right shows at the end
        trail = [entry for entry in trail if entry.practice != going.row.id]
    places = progress_map.map_of(kept.practices_of(member.seat), trail)
    chosen, modes = offered(plan)
    running = going is not None and going.is_running
    return access.page(
        "training/my.html",
        member=member,
        plan=plan,
        learner=read(member.document, Learner),
        going=going,
        running=running,
        measuring=_is_measured(going),
        left=practice.seconds_left(going, _now(plan)) if going and running else None,
        wrong=_wrong(going),
        places_by={place.course.id: place for place in places},
        states=progress_map.STATES,
        modes_all=MODES,
        following=progress_map.next_of(places),
        groups={words: [c for c in chosen if c.kind == kind] for kind, words in GROUPS.items()},
        modes=modes,
        told=request.args.get("done", ""),
    )


def _now(plan: ClassPlan | None) -> datetime:
    """The moment at which the class stands: while it is paused, that of the pause."""
    return plan.paused_at if plan and plan.paused_at else utc_now()


def _wrong(going: practice.Going | None) -> Item | None:
    """The step that a verdict names."""
    verdict = going.practice.verdict if going else None
    return item_of(verdict.wrong) if verdict and verdict.wrong else None


def _is_measured(going: practice.Going | None) -> bool:
    return going is not None and going.is_running and going.practice.mode == "measure"


@area.post("/start")
def start() -> ResponseReturnValue:
    """Begin a course; the bank stands at its start, and the home page opens."""
    access.check_form()
    member, seat = _sat_down()
    if access.is_paused(member):
        return access.page("training/paused.html", 423)
    chosen, modes = offered(_plan(member))
    course = next((one for one in chosen if one.id == request.form.get("course")), None)
    mode = request.form.get("mode", "")
    if course is None or mode not in modes:
        abort(400)
    if _has_just_begun(practice.current(training(), seat.code), course, mode):  # a second click
        return redirect(url_for("bank.homepage.front", seat=seat.code), 303)
    practice.stop(training(), seat)
    keep = request.form.get("keep") == "1"
    practice.begin(training(), seat, member, course, mode, keep=keep)
    return redirect(url_for("bank.homepage.front", seat=seat.code), 303)


def _has_just_begun(going: practice.Going | None, course: Course, mode: str) -> bool:
    # The home page that opened is the first step of 手順1-1.
    if going is None or not going.is_running or going.practice.position > 1:
        return False
    same = going.course.id == course.id and going.practice.mode == mode
    return same and utc_now() - going.row.started < A_SECOND_CLICK


@area.post("/stop")
def stop() -> ResponseReturnValue:
    """やめる: what was practised so far stays on the map."""
    access.check_form()
    member, seat = _sat_down()
    if access.is_paused(member):
        return access.page("training/paused.html", 423)
    practice.stop(training(), seat)
    return redirect(url_for("my.home", done="stopped"), 303)


@area.post("/hand")
def hand() -> ResponseReturnValue:
    """Call the instructor of the class, or take the call back."""
    access.check_form()
    member, _ = _sat_down()
    wanted = request.form.get("call", "")
    if member.class_id is None or wanted not in ("on", "off"):
        abort(400)
    if access.is_paused(member):
        return access.page("training/paused.html", 423)
    class_control.call_instructor(training(), member.seat, on=wanted == "on")
    return redirect(url_for("my.home"), 303)


@area.post("/leave")
def leave() -> ResponseReturnValue:
    """席を離れる: this browser forgets the seat; the seat code opens it again."""
    access.check_form()
    response = redirect(url_for("entrance.front"), 303)
    access.forget_learner(response)
    return response


@area.get("/memo")
def memo() -> ResponseReturnValue:
    """訓練用の控え: everybody's passwords; closed during テスト."""
    member, seat = _sat_down()
    if _is_measured(practice.current(training(), member.seat)):
        return access.page("training/memo_closed.html", 403)
    return access.page("training/memo.html", seat=seat, people=people(seat.seed), back=url_for("my.home"))


@area.get("/letter")
def letter() -> ResponseReturnValue:
    """通知書面: what the bank has handed to the master user."""
    member, seat = _sat_down()
    sheet = (seat, people(seat.seed).master, seat.read().company, home_address(), member)
    return access.page("training/letters.html", sheets=[sheet], back=url_for("my.home"))
