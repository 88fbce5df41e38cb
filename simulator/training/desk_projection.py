"""The pages that a class is shown: the screen for the wall, and the letters to be handed out."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from simulator.bank.people import people
from simulator.training import site_address
from simulator.training.access import training
from simulator.training.classes import shown_code
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import class_of, only_here, page
from simulator.training.entrance import home_address

area = Blueprint(
    "desk_projection", __name__, url_prefix="/desk/classes/<int:id_>", template_folder="templates"
)


@area.get("/projection")
@instructed
def show(id_: int) -> ResponseReturnValue:
    """Show the screen for the wall: how to join, or by press the pause or the message in large type.

    It asks for itself every two seconds; 304 where nothing is new.
    """
    row, plan = class_of(id_)
    can_show = {"pause": bool(plan.paused_at), "message": bool(plan.message)}
    asked = request.args.get("show", "")
    members, home = training().members(id_), home_address()
    response = page(
        "training/desk_projection.html",
        id_,
        showing=asked if can_show.get(asked) else "join",
        can_show=can_show,
        home=home,
        qr=site_address.qr_code(site_address.for_class(home, shown_code(row.code))),
        joined=sum(bool(member.joined) for member in members),
        seats=len(members),
        only_here=only_here(),
    )
    response.add_etag()
    return response.make_conditional(request)


@area.get("/cards")
@instructed
def cards(id_: int) -> ResponseReturnValue:
    """Show every seat's 通知書面 with a QR code, one a page in print; ``address=blank`` omits the address."""
    class_of(id_)
    is_blank = request.args.get("address") == "blank"
    home = home_address()
    sheets = []
    for member in training().members(id_):
        if opened := training().worlds.open(member.seat):
            seat, world = opened
            address = site_address.for_seat(home, shown_code(member.code))
            qr = "" if is_blank else site_address.qr_code(address)
            sheets.append((people(seat.seed).master, world.company, member, qr))
    return page(
        "training/desk_cards.html",
        id_,
        sheets=sheets,
        home="" if is_blank else home,
        only_here=None if is_blank else only_here(),
        back=url_for("desk_board.show", id_=id_),
    )
