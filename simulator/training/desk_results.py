"""結果: pictures of how a class is doing, its people, and everything as Excel and CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, cast

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from simulator.training import charts, progress_map, results, standing
from simulator.training.access import training
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import class_of, page
from simulator.training.model import utc_now
from simulator.training.results import Cell
from simulator.training.standing import Standing

area = Blueprint("desk_results", __name__, url_prefix="/desk/classes/<int:id_>", template_folder="templates")
PART_BYTES = 64 * 1024  # of a file at a time


@area.get("/results")
@instructed
def show(id_: int) -> ResponseReturnValue:
    """The pictures with the same numbers as tables, and a line for each seat."""
    people = results.people_of(_seats(id_))
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
    passes = training().first_passes(id_)
    return as_file(charts.progress_chart(passes, training().count_members(id_)).encode(), "image/svg+xml")


@area.get("/results.xlsx")
@instructed
def excel(id_: int) -> ResponseReturnValue:
    """Everything as a workbook."""
    seats = _seats(id_)
    sheets: dict[str, Iterable[Sequence[Cell]]] = {
        "受講者一覧": results.people_table(seats),
        "練習の記録": results.goes_table(seats, training().practices_in(id_)),
        "間違い": results.mistakes_table(training().counts(id_, "mistake")),
    }
    return as_file(results.as_excel(sheets), results.EXCEL, f"kekka-{id_}.xlsx")


@area.get("/results.csv")
@instructed
def csv(id_: int) -> ResponseReturnValue:
    """Every practice as CSV."""
    table = results.goes_table(_seats(id_), training().practices_in(id_))
    return as_file(results.as_csv(table), results.CSV, f"kekka-{id_}.csv")


def _seats(id_: int) -> list[Standing]:
    """How every seat of the class stands; 404 for no class."""
    _, plan = class_of(id_)
    return standing.look(training(), id_, plan.paused_at or utc_now())


def as_file(data: bytes | Iterable[bytes] | IO[bytes], kind: str, name: str = "") -> Response:
    """Return an answer that is no page: a picture, or with a name a file to be kept.

    data: also some at a time, or an open file, which is closed when it has been sent.
    """
    is_file = not isinstance(data, bytes) and hasattr(data, "read")
    response = Response(_parts(cast("IO[bytes]", data)) if is_file else data)
    if is_file:
        response.call_on_close(cast("IO[bytes]", data).close)
    response.mimetype = kind
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(PART_BYTES):
            yield part
