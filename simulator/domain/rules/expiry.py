"""The term of an approval password (R07)."""

from __future__ import annotations

from datetime import date, timedelta

from simulator.domain.rules.rights import approves
from simulator.domain.world import BankSettings, User


def expiry_date(today: date, settings: BankSettings) -> date:
    """Return 承認パスワード有効期限, the last good day, of an approval password set today."""
    return today + timedelta(days=settings.approval_days)


def is_expired(user: User, today: date) -> bool:
    """Return whether the last good day is over; the service then shows S07 before anything else."""
    return approves(user) and user.approval_expires is not None and today > user.approval_expires


def is_near(user: User, today: date, settings: BankSettings) -> bool:
    """Return whether the user is urged to change: within approval_warning_days of the expiry, or past it."""
    if user.approval_expires is None or not approves(user):
        return False
    return today >= user.approval_expires - timedelta(days=settings.approval_warning_days)
