"""Two logouts: R21."""

from __future__ import annotations

from typing import Any

from simulator.bank.web import go, visit
from simulator.domain.rules import sessions
from simulator.domain.world import Draft
from tests.prove.defects.catalogue import defect, reworded
from tests.prove.defects.patches import Original, View

SCRIPT = "bank.js"
CONFIRM = "if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {"

# R21 ----------------------------------------------------------------------------------------------

reworded(
    "R21",
    "cancel-logs-out",
    "「キャンセル」をクリックしてもログアウトする。",
    SCRIPT,
    CONFIRM,
    "if (form.dataset.confirm && !window.confirm(form.dataset.confirm) && false) {",
)


@defect("R21", "logout.leave_service")
def one_logout_ends_all(original: Original, **address: str) -> Any:
    """サービスからログアウトすると、サービス一覧もログアウトする。"""
    answer = original(**address)
    with visit.change() as (world, session, _):
        sessions.end(world, session, "logged_out")
    return answer


@defect("R21", "logout.leave_service")
def service_stays_open(original: Original, **address: str) -> Any:
    """サービスからログアウトした画面で戻ると、続けて操作できる。"""
    answer = original(**address)
    with visit.change() as (_, session, _):
        session.in_service = True
    return answer


@defect("R21", "logout.leave")
def session_alive_after_leaving_the_list(original: Original, **address: str) -> Any:
    """サービス一覧からログアウトしても、続けて操作できる。"""
    del original, address
    return go("logout.left")


def _mark(original: Original, **address: str) -> Any:
    answer = original(**address)
    with visit.change() as (_, session, _):
        session.done["left"] = Draft("", "left")
    return answer


@defect("R21", "logout.leave", also=(View("logout.leave_service", _mark),))
def session_alive_after_the_second_logout(original: Original, **address: str) -> Any:
    """サービスからログアウトした後は、サービス一覧からもログアウトしても、続けて操作できる。"""
    return go("logout.left") if "left" in visit.session.done else original(**address)


@defect("R21", "logout.leave_service")
def cannot_enter_again(original: Original, **address: str) -> Any:
    """サービスからログアウトすると、サービス一覧のボタンからもう一度利用することができない。"""
    with visit.change() as (_, _, me):
        me.registered = None
    return original(**address)
