"""わたしの訓練: the trainee's own page, and how a practice is begun, interrupted and resumed."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.store.training import read
from simulator.training import access, my_view, practice, suspension
from simulator.training.access import training
from simulator.training.lessons import Course
from simulator.training.model import Learner, Mode, utc_now
from simulator.training.my_seat import MySeat, chosen, my_seat, number

area = Blueprint("my", __name__, url_prefix="/my", template_folder="templates")
A_SECOND_CLICK = timedelta(seconds=3)
TOLD = {
    "stopped": "練習を中断しました。ここまでの記録は残っています。",
    "elsewhere": "その操作は、すでに済んでいるか、できなくなっています。",
}


@area.get("")
def home() -> ResponseReturnValue:
    """The trainee's page: what to do next, the map, the drills, what is interrupted, the papers."""
    member = access.learner()
    if member is None:
        return redirect(url_for("entrance.front"), 303)
    mine = my_seat()
    return access.page(
        "training/my.html",
        member=member,
        learner=read(member.document, Learner),
        plan=mine.plan,
        told=TOLD.get(request.args.get("done", ""), ""),
        waiting=suspension.waiting(training(), member.seat),
        latest=mine.latest,
        **my_view.view(mine),
    )


# One practice after the other --------------------------------------------------------------------


@area.post("/start")
def start() -> ResponseReturnValue:
    """Begin a course, whose home page opens; while another practice runs, ask first."""
    access.check_form()
    mine = my_seat()
    if paused := _paused(mine):
        return paused
    course, mode = chosen(mine)
    after = number("after")
    if _is_begun(mine, course, mode, after):
        return _bank(mine)
    if mine.going and mine.going.is_running:
        return _ask(mine, course=course, mode=mode)
    keep = request.form.get("keep") == "1"
    practice.begin(training(), mine.seat, mine.member, course, mode, keep=keep, after=mine.latest)
    return _lead_to(mine, course.id, mode)


def _is_begun(mine: MySeat, course: Course, mode: Mode, after: int | None) -> bool:
    """Whether this very form has begun this practice already, by a click before or in another tab."""
    going = mine.going
    if going is None or not going.is_running or (going.course.id, going.practice.mode) != (course.id, mode):
        return False
    if after is not None:
        return after != going.row.id
    # The home page that opened is the first step of 手順1-1.
    return going.practice.position <= 1 and utc_now() - going.row.started < A_SECOND_CLICK


@area.post("/switch")
def switch() -> ResponseReturnValue:
    """Interrupt the practice that was asked about (a テスト is handed in), and begin or resume the other."""
    access.check_form()
    mine = my_seat()
    if paused := _paused(mine):
        return paused
    after, resumed = number("after") or 0, number("resume")
    if resumed is not None:  # also where the class offers it no longer: what was begun stays as it was
        practice.resume(training(), mine.seat, resumed, after=after)
    else:
        practice.begin(training(), mine.seat, mine.member, *chosen(mine), after=after)
    return _lead_to(mine, request.form.get("course", ""), request.form.get("mode", ""))


@area.post("/resume")
def resume() -> ResponseReturnValue:
    """再開する: an interrupted practice goes on in its bank; while another runs, ask first."""
    access.check_form()
    mine = my_seat()
    if paused := _paused(mine):
        return paused
    wanted = number("interrupted") or 0
    waits = next((one for one in suspension.waiting(training(), mine.seat.code) if one.id == wanted), None)
    if waits is None:  # perhaps resumed by a click before, or in another tab
        going = practice.current(training(), mine.seat.code)
        is_it = going and going.is_running and wanted and going.practice.resumed_from == wanted
        return _bank(mine) if is_it else _elsewhere()
    if mine.going and mine.going.is_running:
        return _ask(mine, course=waits.course, mode=waits.practice.mode, resume=wanted)
    practice.resume(training(), mine.seat, wanted, after=mine.latest)
    return _lead_to(mine, waits.course.id, waits.practice.mode)


@area.post("/stop")
def stop() -> ResponseReturnValue:
    """中断する: it can be resumed; what was practised so far stays on the map."""
    access.check_form()
    mine = my_seat()
    if paused := _paused(mine):
        return paused
    practice.stop(training(), mine.seat, number("practice"))
    return redirect(url_for("my.home", done="stopped"), 303)


def _ask(mine: MySeat, *, course: Course, mode: Mode, resume: int = 0) -> ResponseReturnValue:
    """The question before a practice that runs is left for another."""
    going = mine.going
    if going is None:
        abort(400)
    return access.page(
        "training/my_switch.html",
        going=going,
        left=practice.seconds_left(going, mine.now),
        course=course,
        mode=mode,
        resume=resume,
        member=mine.member,
    )


def _paused(mine: MySeat) -> ResponseReturnValue | None:
    return access.page("training/paused.html", 423) if access.is_paused(mine.member) else None


def _bank(mine: MySeat) -> ResponseReturnValue:
    return redirect(url_for("bank.homepage.front", seat=mine.seat.code), 303)


def _lead_to(mine: MySeat, course: str, mode: str) -> ResponseReturnValue:
    """To the bank where this practice runs, whether this form or the same one before has begun it."""
    going = practice.current(training(), mine.seat.code)
    runs = going and going.is_running and (going.course.id, going.practice.mode) == (course, mode)
    return _bank(mine) if runs else _elsewhere()


def _elsewhere() -> ResponseReturnValue:
    """Whatever this form was about is done, or is not there any more."""
    return redirect(url_for("my.home", done="elsewhere"), 303)


# The seat --------------------------------------------------------------------------


@area.post("/leave")
def leave() -> ResponseReturnValue:
    """この席の利用を終える: this browser forgets the seat; the seat code opens it again."""
    access.check_form()
    response = redirect(url_for("entrance.front"), 303)
    access.forget_learner(response)
    return response
