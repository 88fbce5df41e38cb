"""One seat at the instructor's desk: its trail, its papers, and what the bank's desk can do for it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.bank.people import GENERAL_ID, people
from simulator.manual.order import STARTS
from simulator.manual.procedures import titles
from simulator.store import Seat
from simulator.store.training import Member, TrailRow
from simulator.training import access, classes, practice, tracker
from simulator.training.access import training
from simulator.training.desk import DAYS_WORDS, days_typed
from simulator.training.desk_door import instructed
from simulator.training.lessons import item_of
from simulator.training.model import MODES, in_japan
from simulator.training.situations import give_initial_approval, is_anyone_locked

area = Blueprint("desk_seat", __name__, url_prefix="/desk/seats/<code>", template_folder="templates")
KINDS = {"began": "開始", "passed": "できた", "mistake": "間違い", "helped": "ヘルプ", "ended": "終了"}
MOST_TRAIL = 300


def _at(code: str) -> tuple[Seat, Member]:
    member = training().member(code) or abort(404)
    return training().worlds.seat(code) or abort(404), member


@area.get("")
@instructed
def show(code: str) -> ResponseReturnValue:
    """A seat: who sits there, where he stands, what happened."""
    return _page(code, 200, {})


def _page(code: str, status: int, errors: dict[str, str]) -> ResponseReturnValue:
    seat, member = _at(code)
    world = seat.read()
    general = world.users.get(GENERAL_ID)
    return access.page(
        "training/desk_seat.html",
        status,
        seat=seat,
        member=member,
        world=world,
        going=practice.current(training(), code),
        trail=[_told(entry) for entry in training().trail_of(code, limit=MOST_TRAIL)],
        locked=is_anyone_locked(seat.read()),
        may_give_initial=bool(general and general.approval_password),
        procedures=titles(),
        modes=MODES,
        errors=errors,
        typed=request.form,
        done=request.args.get("done", ""),
    )


def _told(entry: TrailRow) -> tuple[str, str, str, str]:
    """(time, kind, step, what) in words."""
    try:
        item = item_of(entry.item)
        step = f"{item.label}　{item.sentence}"
    except KeyError:
        step = entry.item
    rule = f"（{entry.data['rule']}）" if entry.data.get("rule") else ""
    return (
        f"{in_japan(entry.at):%m/%d %H:%M:%S}",
        KINDS[entry.kind],
        step,
        entry.data.get("what", "") + rule,
    )


def _done(code: str, what: str) -> ResponseReturnValue:
    return redirect(url_for("desk_seat.show", code=code, done=what), 303)


@area.get("/memo")
@instructed
def memo(code: str) -> ResponseReturnValue:
    """訓練用の控え of a seat."""
    seat, _ = _at(code)
    back = url_for("desk_seat.show", code=code)
    return access.page("training/memo.html", seat=seat, people=people(seat.seed), back=back)


@area.post("/reset")
@instructed
def reset(code: str) -> ResponseReturnValue:
    """Put the bank to the start of a procedure; everybody in it is logged out."""
    seat, _ = _at(code)
    procedure = request.form.get("procedure", "")
    if procedure not in STARTS:
        abort(400)
    classes.reset(training(), seat, procedure)
    return _done(code, "reset")


@area.post("/release")
@instructed
def release(code: str) -> ResponseReturnValue:
    """The bank's desk releases every lock."""
    seat, _ = _at(code)
    classes.release(training(), code)
    practice.observe(training(), seat, seat.read(), tracker.Seen(""), practice.current(training(), seat.code))
    return _done(code, "released")


@area.post("/initial-approval")
@instructed
def initial_approval(code: str) -> ResponseReturnValue:
    """A general user who has forgotten his approval password begins again with the initial one."""
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
    if days is None or not classes.may_move([member], days):
        return _page(code, 422, {"days": DAYS_WORDS})
    classes.move_days(training(), seat, days)
    return _done(code, "moved")


@area.post("/recode")
@instructed
def recode(code: str) -> ResponseReturnValue:
    """A new seat code, for one that was lost or got about."""
    _at(code)
    classes.recode(training(), code)
    return _done(code, "recoded")


@area.post("/name")
@instructed
def rename(code: str) -> ResponseReturnValue:
    """Another name for whoever sits here."""
    _at(code)
    if fault := classes.rename(training(), code, request.form.get("name", "")):
        return _page(code, 422, {"name": classes.TEXTS[fault]})
    return _done(code, "renamed")
