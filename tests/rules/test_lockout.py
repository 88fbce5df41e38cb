"""R05: six wrong passwords lock; an attempt is counted before it is looked at."""

from __future__ import annotations

import pytest

from simulator.domain.rules import lockout
from simulator.domain.rules.lockout import Which
from tests.rules.people import general

BOTH: tuple[Which, ...] = ("login", "approval")


@pytest.mark.parametrize("which", BOTH)
@pytest.mark.parametrize(("taken", "locked"), [(0, False), (4, False), (5, False), (6, True)])
def test_the_sixth_wrong_one_in_a_row_locks(which: Which, taken: int, *, locked: bool) -> None:
    user = general()
    assert all(lockout.take_attempt(user, which, 6) for _ in range(taken))
    assert lockout.is_locked(user, which, 6) is locked
    assert lockout.take_attempt(user, which, 6) is not locked


@pytest.mark.parametrize("which", BOTH)
def test_a_refused_attempt_takes_nothing(which: Which) -> None:
    user = general(login_failures=6, approval_failures=6)
    assert not lockout.take_attempt(user, which, 6)
    assert lockout.failures(user, which) == 6


@pytest.mark.parametrize("which", BOTH)
def test_a_right_password_gives_every_attempt_back(which: Which) -> None:
    user = general()
    for _ in range(5):
        lockout.take_attempt(user, which, 6)
    lockout.succeed(user, which)
    assert lockout.failures(user, which) == 0


def test_the_two_passwords_are_counted_apart() -> None:
    user = general(login_failures=6)
    assert lockout.take_attempt(user, "approval", 6)
    lockout.release(user, "login")
    assert (user.login_failures, user.approval_failures) == (0, 1)


@pytest.mark.parametrize("lock_after", [1, 3, 10])
def test_the_count_is_a_setting(lock_after: int) -> None:
    user = general()
    assert sum(lockout.take_attempt(user, "login", lock_after) for _ in range(20)) == lock_after
