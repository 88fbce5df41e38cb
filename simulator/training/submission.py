"""提出する: a テスト is handed in once, by the key that it was begun with."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.bank.credentials import same
from simulator.training import access, practice
from simulator.training.access import training
from simulator.training.my_seat import my_seat, number

area = Blueprint("my_submit", __name__, url_prefix="/my", template_folder="templates")


@area.get("/submit")
def ask() -> ResponseReturnValue:
    """Ask whether to hand in, where no script does; what has ended leads to its result."""
    mine = my_seat()
    going = mine.going
    if going is None:
        return redirect(url_for("my.home"), 303)
    if not going.is_running:
        return redirect(url_for("my_result.show", number=going.row.id), 303)
    if going.practice.mode != "measure":
        return redirect(url_for("my.home"), 303)
    left = practice.seconds_left(going, mine.now)
    return access.page("training/my_submit.html", going=going, left=left, member=mine.member)


@area.post("/submit")
def hand_in() -> ResponseReturnValue:
    """Hand in the テスト that the form is about; a second press or an old page does nothing more."""
    access.check_form()
    mine = my_seat()
    if access.is_paused(mine.member):
        return access.page("training/paused.html", 423)
    id_, going = number("practice") or abort(400), mine.going
    if going and going.row.id == id_ and going.is_running and going.practice.mode == "measure":
        if not same(request.form.get("key", ""), going.practice.submit_key):
            abort(400)
        practice.submit(training(), mine.seat, id_)
    return redirect(url_for("my_result.show", number=id_), 303)
