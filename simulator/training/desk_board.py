"""席の状況: a class's live board, the seats that need somebody, and what is done to the class from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from simulator.domain.rules.characters import is_control
from simulator.store.training import PracticeRow
from simulator.training import board, class_control, classes, practice, progress_map
from simulator.training.access import training
from simulator.training.board import BoardRow
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import class_of, go_to_board, only_here, page
from simulator.training.model import ClassPlan, utc_now

area = Blueprint("desk_board", __name__, url_prefix="/desk/classes/<int:id_>", template_folder="templates")
MOST_LISTED = 8  # seats in the list of those that need somebody: four lines of the screen
MESSAGE_WORDS = f"{class_control.LONGEST_MESSAGE}文字以内で、改行せずに入力してください。"


@area.get("")
@instructed
def show(id_: int) -> ResponseReturnValue:
    """A class: where every seat stands."""
    return page("training/desk_board.html", id_, **_board(id_), only_here=only_here())


@area.get("/board")
@instructed
def show_board(id_: int) -> ResponseReturnValue:
    """The board alone, for the page that asks every two seconds; 304 where nothing is new."""
    response = page("training/desk_board_page.html", id_, **_board(id_))
    response.add_etag()
    return response.make_conditional(request)


def practices_in(id_: int, plan: ClassPlan) -> list[PracticeRow]:
    """Every practice of a class, oldest first; a テスト past its limit has ended by now, whoever looks."""
    kept = training().practices_in(id_)
    over = practice.end_overdue(training(), kept, plan.paused_at or utc_now())
    return training().practices_in(id_) if over else kept


@dataclass(frozen=True)
class View:
    """How the board is looked at: in the order of the seats or of need, as tiles or as a table."""

    order: str
    view: str

    @classmethod
    def asked_for(cls) -> View:
        """The one in the address; the seats' order and tiles for anything unknown."""
        asked = request.args
        return cls(
            "need" if asked.get("order") == "need" else "", "table" if asked.get("view") == "table" else ""
        )

    def but(self, **other: str) -> dict[str, str]:
        """The same for an address, with something else."""
        return {name: value for name, value in {**vars(self), **other}.items() if value}


def _board(id_: int) -> dict[str, Any]:
    _, plan = class_of(id_)
    members, view = training().members(id_), View.asked_for()
    rows = board.board(members, practices_in(id_, plan), utc_now(), plan.paused_at)
    needing = board.in_need(rows)
    shown = board.needs_first(rows) if view.order else rows
    make = _line if view.view else _tile
    return {
        "view": view,
        "lines": [make(_whole_minutes(row)) for row in shown],
        "needing": [_whole_minutes(row) for row in needing[:MOST_LISTED]],
        "needs": len(needing),
        "joined": sum(bool(member.joined) for member in members),
        "seats": len(members),
        "columns": board.procedures_on_board(),
        "states": progress_map.STATES,
    }


def _whole_minutes(row: BoardRow) -> BoardRow:
    """The row as the page has it; it shows whole minutes, so most are as at the last look."""
    seconds = None if row.seconds is None else row.seconds - row.seconds % 60
    return replace(row, seconds=seconds, need_seconds=row.need_seconds - row.need_seconds % 60)


@lru_cache(maxsize=4 * classes.MOST_SEATS)
def _tile(row: BoardRow) -> str:
    return _made("tile", row)


@lru_cache(maxsize=4 * classes.MOST_SEATS)
def _line(row: BoardRow) -> str:
    return _made("line", row)


def _made(macro: str, row: BoardRow) -> str:
    template: Any = current_app.jinja_env.get_template("training/desk_seats.html").module
    made: str = getattr(template, macro)(row, progress_map.STATES, board.TAGS, board.procedures_on_board())
    return made


# What is done from there -----------------------------------------------------------------------


@area.post("/pause")
@instructed
def pause(id_: int) -> ResponseReturnValue:
    """Stop the class for the moment, or go on."""
    class_of(id_)
    on = request.form.get("on") == "1"
    class_control.pause(training(), id_, on=on)
    return go_to_board(id_, "paused" if on else "resumed")


@area.get("/message")
@instructed
def ask_message(id_: int) -> ResponseReturnValue:
    """The form for a message to the class, for a browser without script."""
    return page("training/desk_message.html", id_)


@area.post("/message")
@instructed
def tell(id_: int) -> ResponseReturnValue:
    """A message to every seat of the class; an empty one takes the last one back."""
    class_of(id_)
    text = request.form.get("message", "").strip()
    if fault := fault_of_message(text):
        return page("training/desk_message.html", id_, 422, errors={"message": fault}, typed=text)
    class_control.tell(training(), id_, text)
    return go_to_board(id_, "told" if text else "untold")


def fault_of_message(text: str) -> str:
    """Return the fault of a message, in words; "" for none."""
    is_fine = len(text) <= class_control.LONGEST_MESSAGE and not any(is_control(char) for char in text)
    return "" if is_fine else MESSAGE_WORDS
