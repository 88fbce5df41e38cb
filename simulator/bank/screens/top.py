"""Window C: S09 トップ, its お知らせ, S10 管理業務を実施する and S37 (manual 1-4 step 1; R07, R10)."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from simulator.bank.web import allows, go, show, visit
from simulator.domain.rules import expiry, rights
from simulator.domain.rules.rights import DESIGNATION, TABS, TRADES
from simulator.domain.world import Notice

area = Blueprint("top", __name__)

RESULTS, RECEIVED = "各種取引の処理結果", "各種取引の受取（でんさい支払・取消）"
NOTICE_KINDS = (RESULTS, RECEIVED)


def own_notices() -> list[Notice]:
    """Return the visitor's お知らせ（通知）, the newest first."""
    me = visit.user.login_id
    return [notice for notice in reversed(visit.world.notices) if notice.to in ("", me)]


@area.get("/<sid>/top")
@allows("service")
def show_top() -> ResponseReturnValue:
    world, me = visit.world, visit.user
    unread = [notice for notice in own_notices() if notice.number not in me.read_notices]
    counts = [("未読のお知らせ（通知）の合計", "", len(unread))]
    counts += [(kind, kind, sum(notice.kind == kind for notice in unread)) for kind in NOTICE_KINDS]
    near = expiry.is_near(me, world.now().date(), world.settings)
    return show("bank/top/top.html", counts=counts, expiry_near=near)


@area.get("/<sid>/notices")
@allows("service")
def show_notices() -> ResponseReturnValue:
    return show("bank/top/notices.html", notices=own_notices())


@area.post("/<sid>/notices/<int:number>")
@allows("service")
def read_notice(number: int) -> ResponseReturnValue:
    """Reading a notice marks it, so the counts on トップ stay true."""
    _own_notice(number)
    with visit.change() as (_, _, me):
        if number not in me.read_notices:
            me.read_notices.append(number)
    return go("top.show_notice", number=number)


@area.get("/<sid>/notices/<int:number>")
@allows("service")
def show_notice(number: int) -> ResponseReturnValue:
    return show("bank/top/notice.html", notice=_own_notice(number))


def _own_notice(number: int) -> Notice:
    notice = next((notice for notice in own_notices() if notice.number == number), None)
    if notice is None:
        abort(404)
    return notice


@area.get("/<sid>/admin")
@allows("service")
def admin_menu() -> ResponseReturnValue:
    return show("bank/top/admin_menu.html", menu=rights.menu_of(visit.user))


@area.get("/<sid>/confirm")
@allows("service", *TABS["confirm"][1])
def confirm() -> ResponseReturnValue:
    return _not_taught("confirm", TABS["confirm"][0])


@area.get("/<sid>/trade/<slug>")
@allows("service", *TRADES)
def trade(slug: str) -> ResponseReturnValue:
    if slug not in ("pay", "transfer", "file", "other"):
        abort(404)
    return _not_taught(slug, TABS[slug][0])


@area.get("/<sid>/partners")
@allows("service", "partners", *TRADES)
def partners() -> ResponseReturnValue:
    return _not_taught("admin", "取引先を管理する")


@area.get("/<sid>/designation")
@allows("service", *DESIGNATION)
def designation() -> ResponseReturnValue:
    return _not_taught("admin", "指定許可を管理する")


def _not_taught(tab: str, business: str) -> ResponseReturnValue:
    return show("bank/top/not_taught.html", tab=tab, business=business)
