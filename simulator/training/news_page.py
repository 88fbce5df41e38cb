"""The news of the class as a part of a trainee's page, and 読みました."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.store.training import read
from simulator.training import access, class_news
from simulator.training.access import training
from simulator.training.model import Learner

area = Blueprint("news", __name__, url_prefix="/my", template_folder="templates")
LONGEST_NUMBER = 9


@area.get("/news")
def show() -> ResponseReturnValue:
    """Show the news alone, for a page that has heard of some."""
    if access.learner() is None:
        abort(403)
    return access.page("training/class_news_page.html")


@area.post("/read")
def mark_read() -> ResponseReturnValue:
    """Show this message at this seat no more (読みました)."""
    access.check_form()
    member = access.learner() or abort(403)
    number = request.form.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        abort(400)
    with training().changing() as change:
        if now := change.member(member.seat):
            learner = read(now.document, Learner)
            class_news.mark_read(learner, of_class=request.form.get("to") == "class", number=int(number))
            change.save_member(member.seat, learner)
    return redirect(url_for("my.home"), 303)
