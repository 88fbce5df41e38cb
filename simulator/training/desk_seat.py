"""One seat at 講師用画面: the screen that its trainee sees now, and the instructor's means of help."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from simulator.bank.people import GENERAL_ID, people
from simulator.manual.order import STARTS
from simulator.manual.procedures import titles
from simulator.store import Seat
from simulator.store.training import Member
from simulator.training import access, class_control, joining, practice, seat_view, tracker
from simulator.training.access import training
from simulator.training.classes import plan_of
from simulator.training.desk_board import fault_of_message
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import DAYS_WORDS, days_typed, go_to_board
from simulator.training.model import utc_now
from simulator.training.paper_values import memo
from simulator.training.situations import give_initial_approval

area = Blueprint("desk_seat", __name__, url_prefix="/desk/seats/<code>", template_folder="templates")
MOST_TRAIL = 300


def _at(code: str) -> tuple[Seat, Member]:
    member = training().member(code) or abort(404)
    return training().worlds.seat(code) or abort(404), member


@area.get("")
@instructed
def show(code: str) -> ResponseReturnValue:
    """Show a seat: its trainee, the present screen, the record."""
    return _page(code, 200, {})


@area.get("/now")
@instructed
def show_now(code: str) -> ResponseReturnValue:
    """Show the same to the page that asks every two seconds; 304 where nothing is new."""
    response = _page(code, 200, {})
    response.add_etag()
    return response.make_conditional(request)


def _page(code: str, status: int, errors: dict[str, str]) -> Response:
    seat, member = _at(code)
    row = training().class_(member.class_id) if member.class_id is not None else None
    plan, world = plan_of(row) if row else None, seat.read()
    now = plan.paused_at if plan and plan.paused_at else utc_now()
    if latest := training().current(code):
        practice.end_overdue(training(), [latest], now)
    trail = training().trail_of(code, limit=MOST_TRAIL)
    general = world.users.get(GENERAL_ID)
    values: dict[str, Any] = {
        "seat": seat,
        "member": member,
        "row": row,
        "plan": plan,
        "world": world,
        "now": seat_view.now(practice.current(training(), code), trail, now),
        "calls": seat_view.calls(member, world),
        "trail": [seat_view.told(entry) for entry in trail],
        "may_give_initial": bool(general and general.approval_password),
        "procedures": titles(),
        "errors": errors,
        "typed": request.form,
        "done": request.args.get("done", ""),
    }
    return access.page("training/desk_seat.html", status, **values)


def _done(code: str, what: str) -> ResponseReturnValue:
    """Redirect to where the form was: the seat's page or the board."""
    member = training().member(code)
    if request.form.get("from") == "board" and member and member.class_id is not None:
        return go_to_board(member.class_id, what)
    return redirect(url_for("desk_seat.show", code=code, done=what), 303)


@area.get("/memo")
@instructed
def show_memo(code: str) -> ResponseReturnValue:
    """Show the 訓練用の控え of a seat."""
    seat, _ = _at(code)
    back = url_for("desk_seat.show", code=code)
    sheets = memo(seat.read(), people(seat.seed))
    return access.page("training/memo.html", seat=seat, sheets=sheets, back=back)


@area.post("/release")
@instructed
def release(code: str) -> ResponseReturnValue:
    """Release every lock as the bank's desk; a form sent twice releases once."""
    seat, _ = _at(code)
    if class_control.release(training(), code, after=request.form.get("after", "")):
        practice.observe(training(), seat, seat.read(), tracker.Seen(""), practice.current(training(), code))
    return _done(code, "released")


@area.post("/answered")
@instructed
def answer(code: str) -> ResponseReturnValue:
    """Mark the call that the form names as answered (対応済みにする)."""
    _at(code)
    class_control.answer_hand(training(), code, raised=request.form.get("raised", ""))
    return _done(code, "answered")


@area.post("/message")
@instructed
def tell(code: str) -> ResponseReturnValue:
    """Send a message to this seat alone; an empty one withdraws the last."""
    _at(code)
    text = request.form.get("message", "").strip()
    if fault := fault_of_message(text):
        return _page(code, 422, {"message": fault})
    class_control.tell_seat(training(), code, text)
    return _done(code, "told_seat" if text else "untold_seat")


@area.post("/reset")
@instructed
def reset(code: str) -> ResponseReturnValue:
    """Put the bank to the start of a procedure; everybody in it is logged out."""
    seat, _ = _at(code)
    procedure = request.form.get("procedure", "")
    if procedure not in STARTS:
        abort(400)
    class_control.reset(training(), seat, procedure)
    return _done(code, "reset")


@area.post("/initial-approval")
@instructed
def initial_approval(code: str) -> ResponseReturnValue:
    """Put a general user's forgotten approval password back to the initial one."""
    seat, _ = _at(code)
    with seat.change() as world:
        if GENERAL_ID not in world.users:
            abort(404)
        give_initial_approval(world, GENERAL_ID)
    return _done(code, "initial")


@area.post("/date")
@instructed
def move_date(code: str) -> ResponseReturnValue:
    """Move this bank's date."""
    seat, member = _at(code)
    days = days_typed()
    if days is None or not class_control.may_move([member], days):
        return _page(code, 422, {"days": DAYS_WORDS})
    class_control.move_days(training(), seat, days)
    return _done(code, "moved")


@area.post("/recode")
@instructed
def recode(code: str) -> ResponseReturnValue:
    """Replace a seat code that was lost or got about."""
    _at(code)
    joining.recode(training(), code)
    return _done(code, "recoded")


@area.post("/name")
@instructed
def rename(code: str) -> ResponseReturnValue:
    """Rename the trainee of this seat."""
    _at(code)
    if fault := joining.rename(training(), code, request.form.get("name", "")):
        return _page(code, 422, {"name": joining.TEXTS[fault]})
    return _done(code, "renamed")
