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

ADDRESSES = 2_000  # without seat and session they are the same for everybody: some hundred
# Stand for the seat and the session in a remembered address; neither is a letter of any.
SEAT, SESSION = "{seat}", "{session}"


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
    parts = _parts(request.script_root, bool(g.visit.sid), endpoint, names)
    if parts is None:
        return url_for(endpoint, **values)
    own = {SEAT: g.visit.seat.code, SESSION: g.visit.sid}
    return "/".join([own.get(part, part) for part in parts])


@lru_cache(maxsize=ADDRESSES)
def _parts(
    root: str, in_session: bool, endpoint: str, names: tuple[tuple[str, Any], ...]
) -> tuple[str, ...] | None:
    """Return an address in parts, with SEAT and SESSION for this visit's; None where that is not all of them.

    root, seat and session are what url_for takes from the request by itself.
    """
    del root, in_session
    seat, sid = g.visit.seat.code, g.visit.sid
    stands_for = {seat: SEAT, sid: SESSION} if sid else {seat: SEAT}
    parts = tuple(stands_for.get(part, part) for part in url_for(endpoint, **dict(names)).split("/"))
    # Nobody's code may get into another's page, wherever else in an address it may stand.
    left = "/".join(parts)
    return None if seat in left or (sid and sid in left) else parts


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
