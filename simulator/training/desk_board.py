"""席の状況: a class's live board, the seats that need somebody, and what is done to the class from there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from simulator.domain.rules.characters import is_control
from simulator.training import access, board, class_control, progress_map, standing
from simulator.training.access import training
from simulator.training.board import BoardRow
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import class_of, go_to_board, only_here, page
from simulator.training.last_made import LastMade
from simulator.training.model import utc_now

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
    shown = _board(id_)
    tag = _tag(id_, shown)
    response: Response = current_app.response_class(status=304)
    if not request.if_none_match.contains(tag):
        response = page("training/desk_board_page.html", id_, **shown)
    response.set_etag(tag)
    return response


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
    view, now = View.asked_for(), plan.paused_at or utc_now()
    rows = board.board(standing.look(training(), id_, now), now)
    needing = board.in_need(rows)
    shown = board.needs_first(rows) if view.order else rows
    made = _lines if view.view else _tiles
    return {
        "view": view,
        "lines": [made.of(row.member.seat, _whole_minutes(row)) for row in shown],
        "needing": [_whole_minutes(row) for row in needing[:MOST_LISTED]],
        "needs": len(needing),
        "joined": sum(bool(row.member.joined) for row in rows),
        "seats": len(rows),
        "columns": board.procedures_on_board(),
        "states": progress_map.STATES,
    }


def _tag(id_: int, shown: dict[str, Any]) -> str:
    """Return the ETag of the page, made of all that the page depends on before it is rendered."""
    row, _ = class_of(id_)
    of_page = (access.form_token(), current_app.static_url_path, request.query_string, row, shown)
    return hashlib.sha256(repr(of_page).encode()).hexdigest()[:32]


def _whole_minutes(row: BoardRow) -> BoardRow:
    """The row as the page has it; it shows whole minutes, so most are as at the last look."""
    seconds = None if row.seconds is None else row.seconds - row.seconds % 60
    return replace(row, seconds=seconds, need_seconds=row.need_seconds - row.need_seconds % 60)


def _made(macro: str, row: BoardRow) -> str:
    template: Any = current_app.jinja_env.get_template("training/desk_seats.html").module
    made: str = getattr(template, macro)(row, progress_map.STATES, board.TAGS, board.procedures_on_board())
    return made


_tiles: LastMade[BoardRow, str] = LastMade(lambda row: _made("tile", row))
_lines: LastMade[BoardRow, str] = LastMade(lambda row: _made("line", row))


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
