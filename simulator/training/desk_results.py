"""結果: pictures of how a class is doing, its people, and everything as Excel and CSV."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue

from simulator.training import charts, progress_map, results
from simulator.training.access import training
from simulator.training.desk_board import practices_in
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import class_of, page

area = Blueprint("desk_results", __name__, url_prefix="/desk/classes/<int:id_>", template_folder="templates")


@area.get("/results")
@instructed
def show(id_: int) -> ResponseReturnValue:
    """The pictures with the same numbers as tables, and a line for each seat."""
    _, plan = class_of(id_)
    people = results.people_of(training().members(id_), practices_in(id_, plan))
    mistakes = results.mistakes_table(training().counts(id_, "mistake"))
    return page(
        "training/desk_results.html",
        id_,
        mistakes=mistakes,
        people=people,
        columns=[course for course in results.columns() if course.kind == "procedure"],
        states=progress_map.STATES,
        sizes=((charts.WIDTH, charts.HEIGHT), charts.heat_map_size()),
    )


@area.get("/mistakes.svg")
@instructed
def mistakes_picture(id_: int) -> ResponseReturnValue:
    """Mistakes at each step of the manual as a heat map; what the coach was refused is none."""
    class_of(id_)
    counts: Counter[str] = Counter()
    for (item, _), count in training().counts(id_, "mistake").items():
        counts[item] += count
    return as_file(charts.heat_map(counts).encode(), "image/svg+xml")


@area.get("/progress.svg")
@instructed
def progress_picture(id_: int) -> ResponseReturnValue:
    """Steps passed over time."""
    class_of(id_)
    passes = training().passes(id_)
    return as_file(charts.progress_chart(passes, training().count_members(id_)).encode(), "image/svg+xml")


@area.get("/results.xlsx")
@instructed
def excel(id_: int) -> ResponseReturnValue:
    """Everything as a workbook."""
    _, plan = class_of(id_)
    members, practices = training().members(id_), practices_in(id_, plan)
    sheets = {
        "受講者一覧": results.people_table(members, practices),
        "練習の記録": results.goes_table(members, practices),
        "間違い": results.mistakes_table(training().counts(id_, "mistake")),
    }
    return as_file(results.as_excel(sheets), results.EXCEL, f"kekka-{id_}.xlsx")


@area.get("/results.csv")
@instructed
def csv(id_: int) -> ResponseReturnValue:
    """Every practice as CSV."""
    _, plan = class_of(id_)
    table = results.goes_table(training().members(id_), practices_in(id_, plan))
    return as_file(results.as_csv(table), results.CSV, f"kekka-{id_}.csv")


def as_file(data: bytes, kind: str, name: str = "") -> Response:
    """An answer that is no page: a picture, or with a name a file to be kept."""
    response = make_response(data)
    response.mimetype = kind
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
