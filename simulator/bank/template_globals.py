"""The names that every template of the bank may use: the visit, form token, texts and dates."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import g, request, url_for

from simulator.bank.messages import OPERATIONS, REFUSED, SESSION_OVER
from simulator.bank.web import csrf, visit
from simulator.domain.rules import expiry, rights, user_update
from simulator.domain.world import User

ADDRESSES = 20_000  # about 20 a session: 1,000 people at work, some 5 MB


def template_words() -> dict[str, Any]:
    """Return the names that every template of the bank has, besides its own values."""
    return {
        "visit": g.get("visit"),
        "url_for": address,
        "in_service_window": lambda: g.get("window") == "c",
        "csrf": csrf,
        "day": day,
        "moment": moment,
        "kind_words": user_update.kind_words,
        "state_words": rights.state_words,
        "rights": rights,
        "session_over": SESSION_OVER,
        "refused": REFUSED,
        "window": window,
        "expired": expired,
        "shown_user": shown_user,
        "approval_state": approval_state,
        "operations": OPERATIONS,
    }


def address(endpoint: str, **values: Any) -> str:
    """Return the address of a screen in this visit's seat and session, like Flask's own ``url_for``.

    A page has some twenty of them, so they are remembered: building them took a quarter of its time.
    """
    if "visit" not in g:
        return url_for(endpoint, **values)  # an error page, of a seat that is not there
    names = tuple(sorted(values.items()))
    return _address(request.script_root, g.visit.seat.code, g.visit.sid, endpoint, names)


@lru_cache(maxsize=ADDRESSES)
def _address(root: str, seat: str, sid: str, endpoint: str, names: tuple[tuple[str, Any], ...]) -> str:
    # root, seat and sid are what url_for takes from the request by itself.
    del root, seat, sid
    return url_for(endpoint, **dict(names))


def window(name: str) -> str:
    """Return the name of a browser window; it contains the seat, so that two seats never share a window."""
    return f"densai-{visit.seat.code}-{name}"


def expired() -> bool:
    """Return whether the visitor's approval password is past its expiry (R07)."""
    return expiry.is_expired(visit.user, visit.world.now().date())


def shown_user(user: User) -> str:
    """Return the user at the top of window C: login ID and the name that the service knows."""
    return f"{user.login_id}　{user.registered.name if user.registered else user.name} 様"


def approval_state(user: User) -> str:
    """Return 承認パスワード利用状況 in words."""
    if user.approval_password is None:
        return "なし"
    return "初期承認パスワード" if user.approval_initial else "あり"


def day(value: date | None) -> str:
    """Return a date as YYYY/MM/DD, like the manual's pictures; － for none."""
    return f"{value:%Y/%m/%d}" if value else "－"


def moment(value: datetime | None) -> str:
    """Return a moment as YYYY/MM/DD hh:mm:ss; － for none."""
    return f"{value:%Y/%m/%d %H:%M:%S}" if value else "－"
