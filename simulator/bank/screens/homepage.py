"""Window A: S01 当金庫ホームページ, S02 the service, S03 案内画面 (manual 1-1, 3-1)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from simulator.bank.web import allows, show

area = Blueprint("homepage", __name__)


@area.get("/")
@allows("public")
def front() -> ResponseReturnValue:
    return show("bank/homepage/front.html")


@area.get("/service")
@allows("public")
def service() -> ResponseReturnValue:
    return show("bank/homepage/service.html")


@area.get("/guide")
@allows("public")
def guide() -> ResponseReturnValue:
    return show("bank/homepage/guide.html")
