"""Common parts of the pages of one class: finding it, the page around it, the way back to its board."""

from __future__ import annotations

import os
import socket
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from simulator.store.training import ClassRow
from simulator.training import access, site_address
from simulator.training.access import settings, training
from simulator.training.class_control import MOST_DAYS
from simulator.training.classes import plan_of
from simulator.training.entrance import home_address
from simulator.training.model import ClassPlan

MOST_ID = 2**31 - 1  # no database counts classes farther


def class_of(id_: int) -> tuple[ClassRow, ClassPlan]:
    """Return a class and its plan; 404 when there is none."""
    row = (training().class_(id_) if id_ <= MOST_ID else None) or abort(404)
    return row, plan_of(row)


def page(template: str, id_: int, status: int = 200, **values: Any) -> Response:
    """Return a page of a class. Its template has ``row``, ``plan`` and ``done``: what the last form did."""
    row, plan = class_of(id_)
    return access.page(
        template, status, row=row, plan=plan, **{"done": request.args.get("done", ""), "errors": {}, **values}
    )


def go_to_board(id_: int, done: str) -> ResponseReturnValue:
    """Redirect to the class's board in the order and view that the form came from."""
    kept: dict[str, Any] = {
        name: value for name in ("order", "view") if (value := request.form.get(name, ""))
    }
    return redirect(url_for("desk_board.show", id_=id_, done=done, **kept), 303)


def only_here() -> dict[str, str] | None:
    """Return the site's address and the command to restart by, where only this computer can open it."""
    home = home_address()
    if not site_address.is_only_here(home):
        return None
    by_make = "MAKELEVEL" in os.environ
    command = site_address.restart_command(settings(), socket.gethostname(), by_make=by_make)
    return {"address": home, "command": command}


DAYS_WORDS = (
    "-3650から3650までの日数を入力してください（0は除きます）。これまでに変えた分と合わせて、10年までです。"
)


def days_typed() -> int | None:
    """Return the number of days in the form; None for anything else."""
    text = request.form.get("days", "").strip()
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_DAYS))):
        return None
    days = int(digits) * (-1 if text.startswith("-") else 1)
    return days if days and abs(days) <= MOST_DAYS else None
