"""S24–S26: leaving takes two logouts (manual 4; R21)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from simulator.bank.web import allows, go, show, visit
from simulator.domain.rules import sessions

area = Blueprint("logout", __name__)


@area.post("/<sid>/leave-service")
@allows("approval")
def leave_service() -> ResponseReturnValue:
    """Out of the service; サービス一覧 stays logged in."""
    with visit.change() as (world, session, me):
        session.in_service = False
        session.drafts.pop("c", None)
        session.done.pop("c", None)
        world.record("left_service", me.login_id)
    return go("logout.left_service")


@area.get("/left-service")
@allows("public")
def left_service() -> ResponseReturnValue:
    return show("bank/logout/left_service.html")


@area.post("/<sid>/leave")
@allows("list")
def leave() -> ResponseReturnValue:
    """Out of everything."""
    with visit.change() as (world, session, me):
        sessions.end(world, session, "logged_out")
        world.record("logged_out", me.login_id)
    return go("logout.left")


@area.get("/left")
@allows("public")
def left() -> ResponseReturnValue:
    return show("bank/logout/left.html")
