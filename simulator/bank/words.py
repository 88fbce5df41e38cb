"""What every template of the bank may use: the visit, form token, texts and dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from simulator.bank.messages import OPERATIONS, REFUSED, SESSION_OVER
from simulator.bank.rules import expiry, rights, user_update
from simulator.bank.web import csrf, visit
from simulator.bank.world import User


def template_words() -> dict[str, Any]:
    """The names that the bank's templates know besides their own values."""
    return {
        "visit": visit,
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


def window(name: str) -> str:
    """A window's name; it carries the seat, so that two seats never share a window."""
    return f"densai-{visit.seat.code}-{name}"


def expired() -> bool:
    """Whether the visitor's approval password is past its expiry (R07)."""
    return expiry.is_expired(visit.user, visit.world.now().date())


def shown_user(user: User) -> str:
    """Who is working, at the top of window C: as the service knows him."""
    return f"{user.login_id}　{user.registered.name if user.registered else user.name} 様"


def approval_state(user: User) -> str:
    """承認パスワード利用状況 in words."""
    if user.approval_password is None:
        return "なし"
    return "初期承認パスワード" if user.approval_initial else "あり"


def day(value: date | None) -> str:
    """YYYY/MM/DD, as the manual's pictures show dates."""
    return f"{value:%Y/%m/%d}" if value else "－"


def moment(value: datetime | None) -> str:
    """YYYY/MM/DD hh:mm:ss."""
    return f"{value:%Y/%m/%d %H:%M:%S}" if value else "－"
