"""The lock after six wrong login passwords in a row (R05); approval passwords are counted the same way.

An attempt is taken, and counted as wrong, before the password is looked at; a right one gives
all of them back. So of many that arrive at once no more than ``lock_after`` are ever evaluated.
"""

from __future__ import annotations

from typing import Literal

from simulator.domain.world import User

Which = Literal["login", "approval"]


def failures(user: User, which: Which) -> int:
    """Return how many wrong passwords of this kind the user has given in a row."""
    return user.login_failures if which == "login" else user.approval_failures


def _set(user: User, which: Which, count: int) -> None:
    if which == "login":
        user.login_failures = count
    else:
        user.approval_failures = count


def is_locked(user: User, which: Which, lock_after: int) -> bool:
    """Return whether passwords of this kind are not evaluated any more (R05)."""
    return failures(user, which) >= lock_after


def take_attempt(user: User, which: Which, lock_after: int) -> bool:
    """Count one attempt in advance; return False, counting nothing, when the user is locked."""
    if is_locked(user, which, lock_after):
        return False
    _set(user, which, failures(user, which) + 1)
    return True


def succeed(user: User, which: Which) -> None:
    """Set the count of wrong passwords back to zero, after a right one."""
    _set(user, which, 0)


release = succeed
