"""A new password is another one than the current: else an issued one would stay good (R02, R14, R19)."""

from __future__ import annotations

from simulator.domain.rules import passwords
from simulator.domain.rules.failures import Failure

SAME = Failure("new", "same_as_current")


def test_the_current_login_password_can_not_be_kept() -> None:
    assert passwords.check_new_login_password("abc123", "abc123", "d-someone", "abc123") == [SAME]
    assert passwords.check_new_login_password("abc124", "abc124", "d-someone", "abc123") == []


def test_the_current_approval_password_can_not_be_kept() -> None:
    assert passwords.check_new_approval_password("abc123", "abc123", "abc123") == [SAME]
    assert passwords.check_new_approval_password("abc123", "abc123") == []


def test_every_fault_of_a_short_password_is_named_at_once() -> None:
    assert passwords.composition("new", "abc") == [
        Failure("new", "length_6_to_12", length=3),
        Failure("new", "digit_missing"),
    ]
    assert passwords.composition("new", "1234567890123") == [
        Failure("new", "length_6_to_12", length=13),
        Failure("new", "letter_missing"),
    ]
