"""Parts of several defects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import request

from simulator.bank.credentials import derive
from simulator.bank.password_attempts import Attempt
from simulator.bank.web import visit
from simulator.domain.rules import lockout
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.lockout import Which
from simulator.domain.world import User

NEW_LOGIN_PASSWORD = "rules.passwords:check_new_login_password"
NEW_APPROVAL_PASSWORD = "rules.passwords:check_new_approval_password"
LENGTH = "length_6_to_12"
MISSING = ("letter_missing", "digit_missing")
# Characters that a password can't have.
FOREIGN = ("blank", "full_width_somewhere", "unusable_somewhere")
Failures = list[Failure]


def without(failures: Iterable[Failure], *codes: str) -> list[Failure]:
    """The failures that are not these."""
    return [failure for failure in failures if failure.code not in codes]


def if_(condition: bool, failures: Iterable[Failure], *codes: str) -> list[Failure]:
    """The failures, without these where the condition holds."""
    return without(failures, *codes) if condition else list(failures)


def plus(condition: bool, failures: Iterable[Failure], field: str, code: str) -> list[Failure]:
    """The failures, and this one too where the condition holds."""
    return [*failures, *([Failure(field, code)] if condition else [])]


def right_if_seeded(attempt: Attempt, seat: Any, password: str, name: str) -> Attempt:
    """The attempt, taken for right where the password is the seat's first one of this name."""
    looked_at = attempt.before is not None and not attempt.locked
    if looked_at and password == derive(seat.seed, f"{attempt.login_id} {name}"):
        return replace(attempt, right=True)
    return attempt


def named_as(failures: Iterable[Failure], code: str, other: str) -> list[Failure]:
    """The failures, those with this code called by another."""
    return [failure._replace(code=other) if failure.code == code else failure for failure in failures]


def counted(login_id: str, which: Which) -> None:
    """One wrong password more in a row, of a kind."""
    with visit.seat.change() as world:
        user = world.users.get(login_id)
        if user:
            lockout.take_attempt(user, which, world.settings.lock_after)


def is_own() -> bool:
    """Whether somebody sets his own approval password: the same rule serves the initial one."""
    return request.endpoint != "bank.user_rights.set_initial"


def is_master(login_id: str) -> bool:
    """Whether this is the company's master user."""
    user = visit.world.users.get(login_id)
    return bool(user and user.is_master)


def saved(login_id: str, **fields: Any) -> None:
    """Set these fields of a user, in a transaction of their own."""
    with visit.seat.change() as world:
        user = world.users.get(login_id)
        if user is not None:
            set_all(user, **fields)


def set_all(user: User, **fields: Any) -> None:
    """Set these fields of a user."""
    for name, value in fields.items():
        setattr(user, name, value)
