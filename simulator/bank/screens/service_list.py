"""S06 サービス一覧, and the way into window C (manual 1-3 step 1; R09, R15)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from simulator.bank.guard import must_change_approval
from simulator.bank.web import allows, go, show, visit
from simulator.domain.rules import expiry

area = Blueprint("service_list", __name__)


@area.get("/<sid>/list")
@allows("list")
def show_list() -> ResponseReturnValue:
    world = visit.world
    near = expiry.is_near(visit.user, world.now().date(), world.settings)
    return show("bank/service_list/service_list.html", expiry_near=near)


@area.post("/<sid>/enter")
@allows("list")
def enter() -> ResponseReturnValue:
    """Both しんきん電子記録債権サービス buttons end here (R09)."""
    with visit.change() as (world, session, me):
        refused = me.registered is None
        if not refused and not session.in_service:
            session.in_service = True
            me.last_used, me.this_used = me.this_used, world.now()
            world.record("entered_service", me.login_id)
    if refused:
        return show("bank/refused/no_right.html", 403, reason="user_update_needed")
    return go("approval_password.show_form" if must_change_approval() else "top.show_top")
