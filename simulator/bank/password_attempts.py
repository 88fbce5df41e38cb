"""One attempt at a password, counted before it is evaluated (R05, R20).

Two short transactions with the hashing between them: ``take`` counts and evaluates, ``settle``
is called inside the transaction that acts on the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.bank.credentials import Hasher
from simulator.domain.rules import lockout
from simulator.domain.rules.lockout import Which
from simulator.domain.world import Secret, User, World
from simulator.store import Seat


@dataclass(frozen=True)
class Attempt:
    """A counted attempt.

    locked: the user is locked and nothing was evaluated. right: the password was right. count: its number in
    a row of wrong ones. before, hashed: the stored secret when it was evaluated, as it stood and with its
    hash; None where the user has no such password.
    """

    login_id: str
    which: Which
    locked: bool = False  # nothing was evaluated
    right: bool = False
    count: int = 0
    before: Secret | None = None
    hashed: Secret | None = None


def take(seat: Seat, hasher: Hasher, login_id: str, which: Which, password: str) -> Attempt:
    """Count one attempt and evaluate it, unless the user is locked or has no such password."""
    with seat.change() as world:
        user = world.users.get(login_id)
        secret = _secret(user, which) if user else None
        if user and secret and not lockout.take_attempt(user, which, world.settings.lock_after):
            return Attempt(login_id, which, locked=True)
        count = lockout.failures(user, which) if user else 0
    if secret is None:
        hasher.verify_nobody(password)
        return Attempt(login_id, which)
    hashed, right = hasher.check(seat.seed, secret, password)
    return Attempt(login_id, which, right=right, count=count, before=secret, hashed=hashed)


def settle(world: World, attempt: Attempt) -> bool:
    """Write an attempt's outcome into the world; return whether the password was right and still is."""
    user = world.users.get(attempt.login_id)
    if attempt.locked or user is None or attempt.before is None or attempt.hashed is None:
        return False
    if not _same(attempt.before, _secret(user, attempt.which)):
        return False
    _keep(user, attempt.which, attempt.hashed)
    if attempt.right:
        lockout.succeed(user, attempt.which)
        return True
    world.record(f"{attempt.which}_password_wrong", user.login_id, count=str(attempt.count))
    if attempt.count == world.settings.lock_after:
        world.record(f"{attempt.which}_password_locked", user.login_id)
    return False


def failure_code(world: World, attempt: Attempt) -> str:
    """Return the failure code of a settled attempt that was not right: …_locked or …_wrong."""
    user = world.users.get(attempt.login_id)
    lock_after = world.settings.lock_after
    locked = attempt.locked or (user and lockout.is_locked(user, attempt.which, lock_after))
    return f"{attempt.which}_locked" if locked else f"{attempt.which}_wrong"


def _secret(user: User, which: Which) -> Secret | None:
    return user.login_password if which == "login" else user.approval_password


def _same(before: Secret, now: Secret | None) -> bool:
    # A seeded one may have been hashed meanwhile, by another attempt at the same moment (a double click).
    if before.seeded and now:
        return before.seeded == now.seeded
    return before == now


def _keep(user: User, which: Which, secret: Secret) -> None:
    if which == "login":
        user.login_password = secret
    else:
        user.approval_password = secret
