"""How long an approval password is good (R07)."""

from __future__ import annotations

from datetime import date, timedelta

from simulator.domain.rules.rights import approves
from simulator.domain.world import BankSettings, User


def expiry_date(today: date, settings: BankSettings) -> date:
    """承認パスワード有効期限 of a password set ``today``."""
    return today + timedelta(days=settings.approval_days)


def is_expired(user: User, today: date) -> bool:
    """Whether the last good day is over; the service then opens S07 first."""
    return approves(user) and user.approval_expires is not None and today > user.approval_expires


def is_near(user: User, today: date, settings: BankSettings) -> bool:
    """Whether a message urges a change: the expiry is near, or past."""
    if user.approval_expires is None or not approves(user):
        return False
    return today >= user.approval_expires - timedelta(days=settings.approval_warning_days)
