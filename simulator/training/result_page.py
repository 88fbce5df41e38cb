"""結果: how one practice came out, kept for every practice that has ended, and what to do next."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from simulator.manual.text import notes_of
from simulator.training import access, judge, practice, progress_map, result_view
from simulator.training.access import training
from simulator.training.model import MODES, utc_now
from simulator.training.my_seat import my_seat
from simulator.training.my_view import BUTTONS

area = Blueprint("my_result", __name__, url_prefix="/my", template_folder="templates")


@area.get("/result/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """Show the result of a practice of this seat; one that still runs leads to わたしの訓練."""
    mine = my_seat()
    going = practice.going_of(training().practice(number))
    if going is None or going.row.seat != mine.seat.code:
        abort(404)
    if going.is_running:
        return redirect(url_for("my.home"), 303)
    trail = training().trail_of(mine.seat.code, number)[::-1]
    rows = going.practice.compared
    wrong = result_view.wrong_item(going)
    judged = going.practice.mode in ("try", "measure") or bool(judge.wrong_rows(rows))
    following = mine.next()
    return access.page(
        "training/result.html",
        member=mine.member,
        going=going,
        mode=MODES[going.practice.mode],
        head=result_view.head(going),
        time=result_view.time_words(going),
        tables=result_view.tables(rows) if judged and going.course.kind != "all" else [],
        lines=result_view.lines(going.course, trail),
        parts=result_view.parts(going, trail) if going.course.kind in ("chapter", "all") else [],
        mistakes=list(result_view.mistakes(going.course, trail)),
        abilities=result_view.abilities(going.course) if going.row.outcome in progress_map.COMPLETE else [],
        notes=notes_of(wrong.key) if wrong else (),
        wrong=wrong,
        following=following,
        button=BUTTONS[following.mode],
        again=going.practice.mode in mine.modes and going.course in mine.courses,
        buttons=BUTTONS,
        latest=mine.latest,
        today=utc_now(),
    )
