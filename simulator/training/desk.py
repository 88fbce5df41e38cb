"""講師の机: the instructor's password, his classes, their live board, pictures and results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from fixtures.bank_data import people
from simulator.bank.credentials import Hasher, same
from simulator.bank.rules.identity import is_control
from simulator.bank.world import Secret
from simulator.procedures import titles
from simulator.store import Seat
from simulator.store.training import ClassRow, read
from simulator.training import access, board, charts, classes, results, roster, starts
from simulator.training.access import settings, training
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan, utc_now
from simulator.training.throttle import throttle

area = Blueprint("desk", __name__, url_prefix="/desk", template_folder="templates")
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
SHORTEST, LONGEST = 8, 64
MOST_MINUTES, MOST_DAYS, MOST_SEED = 600, classes.MOST_DAYS, 10**9
MOST_ID = 2**31 - 1  # no database counts classes farther
LATER = "間違いが続いたため、受け付けを止めています。{}秒後に、もう一度お試しください。"
TYPED = ("name", "seats", "seed", "starts_on", "minutes")
PASSWORD = "instructor"  # noqa: S105  the name under which its hash is kept


def instructed(view: View) -> View:
    """A page for the instructor alone; what changes something has its form token checked."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not access.instructor():
            return redirect(url_for("desk.enter"), 303) if request.method == "GET" else abort(403)
        if request.method == "POST":
            access.check_form()
        return view(*args, **kwargs)

    guarded.instructed = True  # type: ignore[attr-defined]
    return cast(View, guarded)


@area.before_request
def make_room() -> None:
    """A roster of 500 names is longer than any form."""
    if request.endpoint == "desk.import_roster":
        request.max_content_length = 2 * roster.MOST_BYTES


def _hasher() -> Hasher:
    found: Hasher = current_app.extensions["densai-hasher"]
    return found


# The password ----------------------------------------------------------------------------------


@area.get("/login")
def enter() -> ResponseReturnValue:
    """The password, or where there is none yet, the form that sets it."""
    if access.instructor():
        return redirect(url_for("desk.show_classes"), 303)
    return _door(200, {})


def _door(status: int, errors: dict[str, str]) -> Response:
    first = not training().key(PASSWORD)
    return access.page(  # type: ignore[return-value]
        "training/desk_door.html",
        status,
        first=first,
        asks_code=bool(settings().operator_code),
        errors=errors,
    )


@area.post("/login")
def log_in() -> ResponseReturnValue:
    """Open the desk; a wrong password is counted against guessing."""
    access.check_form()
    if wait := throttle().take("desk"):
        return _door(429, {"password": LATER.format(wait)})
    kept = training().key(PASSWORD)
    if not kept:
        return _set_first()
    if not _hasher().verify(Secret(kept), request.form.get("password", "")):
        return _door(403, {"password": "パスワードが正しくありません。"})
    return _open(alone=False)


def _set_first() -> ResponseReturnValue:
    errors = _faults_of_new()
    code = settings().operator_code
    if code and not same(request.form.get("code", "").strip(), code):
        errors["code"] = "操作コードが正しくありません。サーバの起動画面でお確かめください。"
    if errors:
        return _door(422, errors)
    hashed = _hasher().hash(request.form["password"]).hash
    with training().changing() as change:
        if change.key(PASSWORD):  # somebody was quicker
            return redirect(url_for("desk.enter"), 303)
        change.set_key(PASSWORD, hashed)
    return _open(alone=True)


def _faults_of_new() -> dict[str, str]:
    new, again = request.form.get("password", ""), request.form.get("again", "")
    if not SHORTEST <= len(new) <= LONGEST:
        return {"password": f"{SHORTEST}文字以上{LONGEST}文字以内で入力してください。"}
    return {} if new == again else {"again": "2か所に入力した内容が一致しません。"}


def _open(*, alone: bool) -> ResponseReturnValue:
    response = redirect(url_for("desk.show_classes"), 303)
    with training().changing() as change:
        access.open_desk(response, change, alone=alone)
    return response


@area.get("/password")
@instructed
def ask_password() -> ResponseReturnValue:
    """The form for another password."""
    return access.page("training/desk_password.html", errors={})


@area.post("/password")
@instructed
def change_password() -> ResponseReturnValue:
    """Another password; every other session of the desk ends."""
    if wait := throttle().take("desk"):
        return access.page("training/desk_password.html", 429, errors={"current": LATER.format(wait)})
    errors = _faults_of_new()
    if not _hasher().verify(Secret(training().key(PASSWORD)), request.form.get("current", "")):
        errors["current"] = "現在のパスワードが正しくありません。"
    if errors:
        return access.page("training/desk_password.html", 422, errors=errors)
    hashed = _hasher().hash(request.form["password"]).hash
    with training().changing() as change:
        change.set_key(PASSWORD, hashed)
    return _open(alone=True)


@area.post("/logout")
@instructed
def log_out() -> ResponseReturnValue:
    """Close the desk in this browser."""
    response = redirect(url_for("entrance.front"), 303)
    with training().changing() as change:
        access.close_desk(response, change)
    return response


# Classes ---------------------------------------------------------------------------------------


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
        "starts_on": f"{utc_now().astimezone():%Y-%m-%d}",
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
    form = {
        name: request.form.get(name, "").strip() for name in ("name", "seats", "seed", "starts_on", "minutes")
    }
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
    if day and abs((day - utc_now().date()).days) > MOST_DAYS:
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
    return _class_page(id_, 200, {}, [])


def _class_page(id_: int, status: int, errors: dict[str, str], faults: list[str]) -> ResponseReturnValue:
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
        "board": board.stuck_first(rows) if order == "stuck" else rows,
        "order": order,
        "columns": board.procedures_on_board(),
        "numbers": {
            "joined": sum(bool(member.joined) for member in members),
            "seats": len(members),
            "working": sum(row.seconds is not None for row in rows),
            "stuck": stuck,
        },
    }


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
    return _done(id_, "paused" if on else "resumed")


@area.post("/classes/<int:id_>/message")
@instructed
def tell(id_: int) -> ResponseReturnValue:
    """A message that reaches every trainee with his next page."""
    class_of(id_)
    text = request.form.get("message", "").strip()
    if len(text) > classes.LONGEST_MESSAGE or any(is_control(char) for char in text):
        return _class_page(id_, 422, {"message": "200文字以内で、改行せずに入力してください。"}, [])
    classes.tell(training(), id_, text)
    return _done(id_, "told" if text else "untold")


@area.post("/classes/<int:id_>/date")
@instructed
def move_date(id_: int) -> ResponseReturnValue:
    """Move the date of every bank of the class."""
    class_of(id_)
    days = days_typed()
    members = training().members(id_)
    if days is None or not classes.may_move(members, days):
        return _class_page(id_, 422, {"days": DAYS_WORDS}, [])
    for member in members:
        if seat := training().worlds.seat(member.seat):
            classes.move_days(training(), seat, days)
    return _done(id_, "moved")


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
    if procedure not in starts.STORY:
        abort(400)
    for member in training().members(id_):
        if seat := training().worlds.seat(member.seat):
            classes.reset(training(), seat, procedure)
    return _done(id_, "reset")


@area.post("/classes/<int:id_>/delete")
@instructed
def delete_class(id_: int) -> ResponseReturnValue:
    """Forget a class with everything in it, once its name is typed."""
    _, plan = class_of(id_)
    if classes.clean_name(request.form.get("name", "")) != plan.name:
        return _class_page(id_, 422, {"delete": "クラス名が一致しません。"}, [])
    with training().changing() as change:
        change.remove_class(id_)
    return redirect(url_for("desk.show_classes"), 303)


def _done(id_: int, what: str) -> ResponseReturnValue:
    return redirect(url_for("desk.show_class", id_=id_, done=what), 303)


# Papers, pictures and results ------------------------------------------------------------------


@area.get("/classes/<int:id_>/cards")
@instructed
def cards(id_: int) -> ResponseReturnValue:
    """Every seat's 通知書面, one a page when printed."""
    class_of(id_)
    sheets = []
    for member in training().members(id_):
        if opened := training().worlds.open(member.seat):
            seat, world = opened
            sheets.append((seat, people(seat.seed).master, world.company, home_address(), member))
    back = url_for("desk.show_class", id_=id_)
    return access.page("training/letters.html", sheets=sheets, back=back)


def home_address() -> str:
    """The entrance as a person types it: on another host than this one it is behind https."""
    scheme = "https" if settings().allow_hosts and not settings().plain_http else "http"
    return url_for("entrance.front", _external=True, _scheme=scheme)


@area.get("/classes/<int:id_>/roster.csv")
@instructed
def export_roster(id_: int) -> ResponseReturnValue:
    """The class's seats, to fill in names."""
    class_of(id_)
    return _file(roster.export(training().members(id_)), "text/csv", f"meibo-{id_}.csv")


@area.post("/classes/<int:id_>/roster")
@instructed
def import_roster(id_: int) -> ResponseReturnValue:
    """Names from a file; where a row is bad, each is named and nothing is taken in."""
    class_of(id_)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _class_page(id_, 422, {}, ["ファイルを選んでください。"])
    found = roster.take_in(training(), id_, file.read())
    return _class_page(id_, 422, {}, found.faults) if found.faults else _done(id_, "roster")


@area.get("/classes/<int:id_>/mistakes.svg")
@instructed
def mistakes_picture(id_: int) -> ResponseReturnValue:
    """Mistakes at each step of the manual as a heat map."""
    class_of(id_)
    counts: Counter[str] = Counter()
    for (item, _), count in training().counts(id_, "mistake").items():
        counts[item] += count
    return _file(charts.heat_map(counts).encode(), "image/svg+xml")


@area.get("/classes/<int:id_>/progress.svg")
@instructed
def progress_picture(id_: int) -> ResponseReturnValue:
    """Steps passed over time."""
    class_of(id_)
    passes = training().passes(id_)
    return _file(charts.progress_chart(passes, len(training().members(id_))).encode(), "image/svg+xml")


@area.get("/classes/<int:id_>/results")
@instructed
def show_results(id_: int) -> ResponseReturnValue:
    """Pictures of how the class is doing, with the same numbers as tables."""
    row, plan = class_of(id_)
    mistakes = results.mistakes_table(training().counts(id_, "mistake"))
    return access.page("training/desk_results.html", row=row, plan=plan, mistakes=mistakes)


@area.get("/classes/<int:id_>/results.xlsx")
@instructed
def results_excel(id_: int) -> ResponseReturnValue:
    """Everything as a workbook."""
    class_of(id_)
    members, practices = training().members(id_), training().practices_in(id_)
    sheets = {
        "受講者一覧": results.people_table(members, practices),
        "練習の記録": results.goes_table(members, practices),
        "間違い": results.mistakes_table(training().counts(id_, "mistake")),
    }
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(results.as_excel(sheets), kind, f"kekka-{id_}.xlsx")


@area.get("/classes/<int:id_>/results.csv")
@instructed
def results_csv(id_: int) -> ResponseReturnValue:
    """Every practice as CSV."""
    class_of(id_)
    table = results.goes_table(training().members(id_), training().practices_in(id_))
    return _file(results.as_csv(table), "text/csv", f"kekka-{id_}.csv")


def _file(data: bytes, kind: str, name: str = "") -> Response:
    response = make_response(data)
    response.mimetype = kind
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def seat_of(code: str) -> Seat:
    """A seat by its code; 404 when there is none."""
    return training().worlds.seat(code) or abort(404)
