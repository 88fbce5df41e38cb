"""その他の操作: the roster, the date and the start of a procedure, for a whole class."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from simulator.manual.order import STARTS
from simulator.manual.procedures import titles
from simulator.training import class_control, results, roster, roster_file
from simulator.training.access import training
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import DAYS_WORDS, class_of, days_typed, go_to_board, page
from simulator.training.desk_results import as_file

area = Blueprint("desk_actions", __name__, url_prefix="/desk/classes/<int:id_>", template_folder="templates")


@area.before_request
def make_room() -> None:
    """A roster of 500 names is longer than any form."""
    if request.endpoint == "desk_actions.import_roster":
        request.max_content_length = 2 * roster_file.MOST_BYTES


@area.get("/actions")
@instructed
def show(id_: int) -> ResponseReturnValue:
    """The forms for a whole class."""
    return _page(id_, 200)


def _page(
    id_: int, status: int, errors: dict[str, str] | None = None, faults: list[str] | None = None
) -> ResponseReturnValue:
    return page(
        "training/desk_actions.html",
        id_,
        status,
        errors=errors or {},
        faults=faults or [],
        typed=request.form,
        procedures=titles(),
    )


@area.post("/date")
@instructed
def move_date(id_: int) -> ResponseReturnValue:
    """Move the date of every bank of the class."""
    class_of(id_)
    days = days_typed()
    members = training().members(id_)
    if days is None or not class_control.may_move(members, days):
        return _page(id_, 422, {"days": DAYS_WORDS})
    for member in members:
        if seat := training().worlds.seat(member.seat):
            class_control.move_days(training(), seat, days)
    return go_to_board(id_, "moved")


@area.post("/reset")
@instructed
def reset_all(id_: int) -> ResponseReturnValue:
    """Put every bank of the class to the start of one procedure."""
    class_of(id_)
    procedure = request.form.get("procedure", "")
    if procedure not in STARTS:
        abort(400)
    for member in training().members(id_):
        if seat := training().worlds.seat(member.seat):
            class_control.reset(training(), seat, procedure)
    return go_to_board(id_, "reset")


# The roster ------------------------------------------------------------------------------------


@area.get("/roster.csv")
@instructed
def roster_csv(id_: int) -> ResponseReturnValue:
    """The class's seats as CSV, to fill in names."""
    class_of(id_)
    return as_file(results.as_csv(roster.table(training().members(id_))), results.CSV, f"meibo-{id_}.csv")


@area.get("/roster.xlsx")
@instructed
def roster_excel(id_: int) -> ResponseReturnValue:
    """The same as a workbook."""
    class_of(id_)
    table = roster.table(training().members(id_))
    return as_file(results.as_excel({"名簿": table}, titled=False), results.EXCEL, f"meibo-{id_}.xlsx")


@area.post("/roster")
@instructed
def import_roster(id_: int) -> ResponseReturnValue:
    """Names from a file; where a row is bad, each is named and nothing is taken in."""
    class_of(id_)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(id_, 422, faults=["ファイルを選んでください。"])
    found = roster.take_in(training(), id_, file.read())
    return _page(id_, 422, faults=found.faults) if found.faults else go_to_board(id_, "roster")
