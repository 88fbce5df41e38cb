"""R07: 90 days, a message from 14 days before, and the change is forced after the last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from simulator.domain.rules import expiry
from simulator.domain.world import BankSettings
from tests.rules.people import general

LAST_DAY = date(2026, 2, 5)
SETTINGS = BankSettings()


def test_the_manuals_own_examples_are_90_days() -> None:
    assert expiry.expiry_date(date(2025, 11, 7), SETTINGS) == LAST_DAY
    assert expiry.expiry_date(date(2025, 11, 10), SETTINGS) == date(2026, 2, 8)


@pytest.mark.parametrize(
    ("days_before", "near", "expired"),
    [
        (90, False, False),
        (15, False, False),
        (14, True, False),
        (1, True, False),
        (0, True, False),
        (-1, True, True),
    ],
)
def test_the_message_and_the_forced_change_begin_on_their_days(
    days_before: int, *, near: bool, expired: bool
) -> None:
    user, today = (
        general(approval_expires=LAST_DAY, rights=["trades.approver"]),
        LAST_DAY - timedelta(days=days_before),
    )
    assert expiry.is_near(user, today, SETTINGS) is near
    assert expiry.is_expired(user, today) is expired


def test_a_user_without_an_own_approval_password_has_nothing_that_expires() -> None:
    assert not expiry.is_near(general(), date.max, SETTINGS)
    assert not expiry.is_expired(general(), date.max)


def test_both_numbers_are_settings() -> None:
    settings = BankSettings(approval_days=10, approval_warning_days=2)
    assert expiry.expiry_date(date(2025, 11, 7), settings) == date(2025, 11, 17)
    user = general(approval_expires=LAST_DAY, rights=["designation.approver"])
    assert not expiry.is_near(user, LAST_DAY - timedelta(days=3), settings)
    assert expiry.is_near(user, LAST_DAY - timedelta(days=2), settings)


def test_who_approves_nothing_any_more_is_urged_to_nothing() -> None:
    user = general(approval_expires=LAST_DAY, rights=["densai", "trades.preparer"])
    assert not expiry.is_near(user, LAST_DAY, SETTINGS)
    assert not expiry.is_expired(user, LAST_DAY + timedelta(days=1))
