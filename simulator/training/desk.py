"""講師の机: the classes, their live board, and what can be done to a class as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.domain.rules.characters import is_control
from simulator.manual.order import STARTS
from simulator.manual.procedures import titles
from simulator.store.training import ClassRow, read
from simulator.training import access, board, classes, progress_map
from simulator.training.access import settings, training
from simulator.training.board import BoardRow
from simulator.training.desk_door import instructed
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan, in_japan, utc_now

area = Blueprint("desk", __name__, url_prefix="/desk", template_folder="templates")
MOST_MINUTES, MOST_DAYS, MOST_SEED = 600, classes.MOST_DAYS, 10**9
MOST_ID = 2**31 - 1  # no database counts classes farther
TYPED = ("name", "seats", "seed", "starts_on", "minutes")


@area.get("")
@instructed
def show_classes() -> ResponseReturnValue:
    """Every class, and the form for a new one."""
    return _classes(200, {}, {})


def _classes(status: int, values: dict[str, Any], errors: dict[str, str]) -> ResponseReturnValue:
    kept = [(row, read(row.document, ClassPlan), training().members(row.id)) for row in training().classes()]
    default = {
        "name": "",
        "seats": "40",
        "seed": str(settings().seed),
        "starts_on": f"{in_japan(utc_now()):%Y-%m-%d}",
        "minutes": "",
        "courses": list(courses()),
        "modes": list(MODES),
    }
    return access.page(
        "training/desk_classes.html",
        status,
        classes=kept,
        values={**default, **values},
        errors=errors,
        courses=courses(),
        modes=MODES,
        alone=len(training().members(None)),
    )


@area.post("/classes")
@instructed
def make_class() -> ResponseReturnValue:
    """A class with all its seats, in one go."""
    form = {name: request.form.get(name, "").strip() for name in TYPED}
    chosen = [id_ for id_ in courses() if id_ in request.form.getlist("courses")]
    modes = [mode for mode in MODES if mode in request.form.getlist("modes")]
    errors: dict[str, str] = {}
    name = classes.clean_name(form["name"])
    if fault := classes.fault_of_name(name):
        errors["name"] = "クラス名を入力してください。" if fault == "name_required" else classes.TEXTS[fault]
    seats = _number(form["seats"], 1, classes.MOST_SEATS, errors, "seats", "席の数は1から500までです。")
    seed = _number(form["seed"], 0, MOST_SEED, errors, "seed", "0から10億までの数を入力してください。")
    minutes = 0
    if form["minutes"]:
        minutes = _number(
            form["minutes"], 1, MOST_MINUTES, errors, "minutes", "1から600までの数を入力してください。"
        )
    starts_on = _day(form["starts_on"], errors)
    if not chosen:
        errors["courses"] = "練習する内容を1つ以上選んでください。"
    if not modes:
        errors["modes"] = "練習の方法を1つ以上選んでください。"
    if errors:
        return _classes(422, {**form, "courses": chosen, "modes": modes}, errors)
    try:
        made = classes.make_class(training(), ClassPlan(name, seed, chosen, modes, starts_on, minutes), seats)
    except classes.ClassNameTakenError:
        errors = {"name": "同じ名前のクラスがあります。"}
        return _classes(422, {**form, "courses": chosen, "modes": modes}, errors)
    return redirect(url_for("desk.show_class", id_=made), 303)


def _number(text: str, least: int, most: int, errors: dict[str, str], field: str, words: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else least - 1
    if not least <= number <= most:
        errors[field] = words
    return number


def _day(text: str, errors: dict[str, str]) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = None
        errors["starts_on"] = "日付を正しく入力してください。"
    if day and abs((day - in_japan(utc_now()).date()).days) > MOST_DAYS:
        errors["starts_on"] = "今日から前後10年以内の日付を入力してください。"
    return day


def class_of(id_: int) -> tuple[ClassRow, ClassPlan]:
    """A class and its plan; 404 when there is none."""
    row = (training().class_(id_) if id_ <= MOST_ID else None) or abort(404)
    return row, read(row.document, ClassPlan)


@area.get("/classes/<int:id_>")
@instructed
def show_class(id_: int) -> ResponseReturnValue:
    """A class: its live board and all that can be done to it."""
    return class_page(id_, 200, {}, [])


def class_page(id_: int, status: int, errors: dict[str, str], faults: list[str]) -> ResponseReturnValue:
    """A class's page with what was wrong in its forms."""
    row, plan = class_of(id_)
    return access.page(
        "training/desk_class.html",
        status,
        row=row,
        plan=plan,
        courses=courses(),
        modes=MODES,
        procedures=titles(),
        errors=errors,
        faults=faults,
        typed=request.form,
        done=request.args.get("done", ""),
        **_board(id_, plan),
    )


def _board(id_: int, plan: ClassPlan) -> dict[str, Any]:
    members = training().members(id_)
    rows = board.board(members, training().practices_in(id_), utc_now(), plan.paused_at)
    stuck = sum(bool(row.stuck) for row in rows)
    order = request.args.get("order", "")
    return {
        "lines": [_line(row) for row in (board.stuck_first(rows) if order == "stuck" else rows)],
        "order": order,
        "columns": board.procedures_on_board(),
        "numbers": {
            "joined": sum(bool(member.joined) for member in members),
            "seats": len(members),
            "working": sum(row.seconds is not None for row in rows),
            "stuck": stuck,
        },
    }


def _line(row: BoardRow) -> str:
    """A seat's line as the page has it; it shows whole minutes, so most are as at the last look."""
    whole = None if row.seconds is None else row.seconds - row.seconds % 60
    return _made_line(replace(row, seconds=whole))


@lru_cache(maxsize=4 * classes.MOST_SEATS)
def _made_line(row: BoardRow) -> str:
    template: Any = current_app.jinja_env.get_template("training/desk_board_line.html").module
    line: str = template.line(row, progress_map.STATES)
    return line


@area.get("/classes/<int:id_>/board")
@instructed
def show_board(id_: int) -> ResponseReturnValue:
    """The board alone, for the page that asks every two seconds."""
    _, plan = class_of(id_)
    response = access.page("training/desk_board_page.html", class_id=id_, **_board(id_, plan))
    response.add_etag()
    return response.make_conditional(request)


@area.post("/classes/<int:id_>/pause")
@instructed
def pause(id_: int) -> ResponseReturnValue:
    """Stop the class for the moment, or go on."""
    class_of(id_)
    on = request.form.get("on") == "1"
    classes.pause(training(), id_, on=on)
    return done(id_, "paused" if on else "resumed")


@area.post("/classes/<int:id_>/message")
@instructed
def tell(id_: int) -> ResponseReturnValue:
    """A message that reaches every trainee with his next page."""
    class_of(id_)
    text = request.form.get("message", "").strip()
    if len(text) > classes.LONGEST_MESSAGE or any(is_control(char) for char in text):
        return class_page(id_, 422, {"message": "200文字以内で、改行せずに入力してください。"}, [])
    classes.tell(training(), id_, text)
    return done(id_, "told" if text else "untold")


@area.post("/classes/<int:id_>/date")
@instructed
def move_date(id_: int) -> ResponseReturnValue:
    """Move the date of every bank of the class."""
    class_of(id_)
    days = days_typed()
    members = training().members(id_)
    if days is None or not classes.may_move(members, days):
        return class_page(id_, 422, {"days": DAYS_WORDS}, [])
    for member in members:
        if seat := training().worlds.seat(member.seat):
            classes.move_days(training(), seat, days)
    return done(id_, "moved")


DAYS_WORDS = (
    "-3650から3650までの日数を入力してください（0は除きます）。これまでに動かした分と合わせて、10年までです。"
)


def days_typed() -> int | None:
    """The number of days in the form; None when it is not one."""
    text = request.form.get("days", "").strip()
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_DAYS))):
        return None
    days = int(digits) * (-1 if text.startswith("-") else 1)
    return days if days and abs(days) <= MOST_DAYS else None


@area.post("/classes/<int:id_>/reset")
@instructed
def reset_all(id_: int) -> ResponseReturnValue:
    """Put every bank of the class to the start of one procedure."""
    class_of(id_)
    procedure = request.form.get("procedure", "")
    if procedure not in STARTS:
        abort(400)
    for member in training().members(id_):
        if seat := training().worlds.seat(member.seat):
            classes.reset(training(), seat, procedure)
    return done(id_, "reset")


@area.post("/classes/<int:id_>/delete")
@instructed
def delete_class(id_: int) -> ResponseReturnValue:
    """Forget a class with everything in it, once its name is typed."""
    _, plan = class_of(id_)
    if classes.clean_name(request.form.get("name", "")) != plan.name:
        return class_page(id_, 422, {"delete": "クラス名が一致しません。"}, [])
    with training().changing() as change:
        change.remove_class(id_)
    return redirect(url_for("desk.show_classes"), 303)


def done(id_: int, what: str) -> ResponseReturnValue:
    """Back to the class, which says what was done."""
    return redirect(url_for("desk.show_class", id_=id_, done=what), 303)
