"""書類: the 通知書面 and the 訓練用の控え of a seat, also in a テスト: they are data, no help."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from simulator.bank.people import people
from simulator.training import access
from simulator.training.access import training
from simulator.training.entrance import home_address
from simulator.training.paper_values import memo
from simulator.training.task import is_letter_spent

area = Blueprint("my_papers", __name__, url_prefix="/my", template_folder="templates")


@area.get("/memo")
def show_memo() -> ResponseReturnValue:
    """訓練用の控え: everybody's IDs and passwords as they stand."""
    member = access.learner() or abort(403)
    seat, world = training().worlds.open(member.seat) or abort(404)
    return access.page("training/my_memo.html", sheets=memo(world, people(seat.seed)), member=member)


@area.get("/letter")
def show_letter() -> ResponseReturnValue:
    """通知書面: what the bank has handed to the master user, and whether its password is spent."""
    member = access.learner() or abort(403)
    seat, world = training().worlds.open(member.seat) or abort(404)
    master = people(seat.seed).master
    return access.page(
        "training/my_letter.html",
        member=member,
        master=master,
        company=world.company,
        home=home_address(),
        is_spent=is_letter_spent(world, master),
    )
