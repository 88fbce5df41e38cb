"""Six wrong passwords lock a user (R05); the approval password is counted the same way.

An attempt is taken, and counted as wrong, before the password is looked at; a right one gives
all of them back. So of many that arrive at once no more than ``lock_after`` are ever evaluated.
"""

from __future__ import annotations

from typing import Literal

from simulator.domain.world import User

Which = Literal["login", "approval"]


def failures(user: User, which: Which) -> int:
    """Wrong passwords in a row."""
    return user.login_failures if which == "login" else user.approval_failures


def _set(user: User, which: Which, count: int) -> None:
    if which == "login":
        user.login_failures = count
    else:
        user.approval_failures = count


def is_locked(user: User, which: Which, lock_after: int) -> bool:
    """Whether no further password of this kind is looked at (R05)."""
    return failures(user, which) >= lock_after


def take_attempt(user: User, which: Which, lock_after: int) -> bool:
    """Take one attempt; False, and nothing taken, when the user is locked."""
    if is_locked(user, which, lock_after):
        return False
    _set(user, which, failures(user, which) + 1)
    return True


def succeed(user: User, which: Which) -> None:
    """A right password: the count starts again."""
    _set(user, which, 0)


release = succeed
