"""The papers and files of a class: seat cards, the roster, pictures and results."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from simulator.bank.people import people
from simulator.training import access, charts, results, roster
from simulator.training.access import training
from simulator.training.desk import class_of, class_page, done
from simulator.training.desk_door import instructed
from simulator.training.entrance import home_address

area = Blueprint("desk_papers", __name__, url_prefix="/desk", template_folder="templates")


@area.before_request
def make_room() -> None:
    """A roster of 500 names is longer than any form."""
    if request.endpoint == "desk_papers.import_roster":
        request.max_content_length = 2 * roster.MOST_BYTES


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
        return class_page(id_, 422, {}, ["ファイルを選んでください。"])
    found = roster.take_in(training(), id_, file.read())
    return class_page(id_, 422, {}, found.faults) if found.faults else done(id_, "roster")


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
