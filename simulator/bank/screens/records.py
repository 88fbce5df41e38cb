"""S32 取引履歴, S33 操作履歴: the real log of what was done here; S34 利用者情報."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from simulator.bank.messages import OPERATIONS, TRADES
from simulator.bank.pages import PER_PAGE, Page, page_number
from simulator.bank.web import allows, refuse, show, visit
from simulator.domain.rules.failures import Failure
from simulator.store import Wanted

area = Blueprint("records", __name__)
_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", re.ASCII)
SEARCHED = ("since", "until", "user", "kind")


@area.get("/<sid>/trade-history")
@allows("service", "trade_history")
def trade_history() -> ResponseReturnValue:
    """S32: what an approval password confirmed."""
    return _history("bank/records/trade_history.html", TRADES)


@area.get("/<sid>/operation-history")
@allows("service", "operation_history")
def operation_history() -> ResponseReturnValue:
    """S33: every operation of every user."""
    return _history("bank/records/operation_history.html", tuple(OPERATIONS))


def _history(template: str, kinds: tuple[str, ...]) -> ResponseReturnValue:
    asked = {name: request.args.get(name, "").strip() for name in SEARCHED}
    choices: dict[str, Any] = {"kinds": {kind: OPERATIONS[kind] for kind in kinds}, "users": _people()}
    wanted, failures = _wanted(asked, kinds)
    if failures:
        return refuse(template, failures, asked, page=Page([], 0, 1, 1), **choices)
    total = visit.seat.count_events(wanted)
    number, pages = page_number(request.args.get("page", "1"), total)
    rows = visit.seat.events(wanted, PER_PAGE, (number - 1) * PER_PAGE)
    return show(template, page=Page(rows, total, number, pages), values=asked, **choices)


def _people() -> dict[str, str]:
    """Login ID -> name of every user, as the service knows it since the last ユーザ更新 (R15)."""
    users = visit.world.users.values()
    return {user.login_id: user.registered.name if user.registered else user.name for user in users}


def _wanted(asked: dict[str, str], kinds: tuple[str, ...]) -> tuple[Wanted, list[Failure]]:
    since, until = _day(asked["since"]), _day(asked["until"])
    failures = [
        Failure(name, "date_unreadable")
        for name, found in (("since", since), ("until", until))
        if asked[name] and found is None
    ]
    if since and until and until < since:
        failures.append(Failure("until", "dates_reversed"))
    chosen = (asked["kind"],) if asked["kind"] in kinds else kinds
    return Wanted(chosen, asked["user"], since, until), failures


def _day(text: str) -> date | None:
    """A text YYYY/MM/DD as a day; None when it is not one."""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


@area.get("/<sid>/company-info")
@allows("service", "company_info")
def company_info() -> ResponseReturnValue:
    return show("bank/records/company_info.html", company=visit.world.company)
