"""Stored passwords: argon2id hashes, and the passwords that derive from the seed of a seat.

A seat's first passwords derive from its seed, so that nothing has to be stored or hashed for a
seat that nobody has opened; such a password is hashed when it is first verified.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from simulator.codes import DIGITS, LETTERS
from simulator.domain.world import Secret

HASHER_NICENESS = 10
MOST_NOBODIES = 3  # requests that spend time on an ID that does not exist: not half of the server's threads
P = ParamSpec("P")
T = TypeVar("T")
_PATTERN = (LETTERS, LETTERS, LETTERS, DIGITS, DIGITS, LETTERS, DIGITS, DIGITS)


def derive(seed: int, name: str) -> str:
    """Return the password with this name in the bank with this seed: 8 characters, valid by R03 and R06."""
    digest = hmac.digest(str(seed).encode(), name.encode(), "sha256")
    return "".join(
        alphabet[int.from_bytes(digest[2 * i : 2 * i + 2], "big") % len(alphabet)]
        for i, alphabet in enumerate(_PATTERN)
    )


class Hasher:
    """The application's hasher: argon2id at OWASP's minimum (m = 19 MiB, t = 2, p = 1).

    At most ``at_once`` passwords are hashed at the same time. ``watch`` is told 1 for each that is asked
    for, and -1 when it is done.

    The cap bounds memory: a burst of logins waits in line instead of taking 19 MiB each. Threads of its own
    do the work, because the C library keeps those 19 MiB for every thread that has ever hashed.
    """

    def __init__(self, at_once: int = 2) -> None:
        self._argon2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._threads = ThreadPoolExecutor(at_once, "hasher", _stand_back)
        self.watch: Callable[[float], None] = lambda _change: None
        # Verified for an unknown ID, so that it takes as long as for a known one.
        self._nobody = Secret()
        self._nobodies = threading.BoundedSemaphore(MOST_NOBODIES)
        self._one_nobody = threading.Lock()

    def _do(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        self.watch(1)
        try:
            return self._threads.submit(work, *args, **named).result()
        finally:
            self.watch(-1)

    def hash(self, password: str) -> Secret:
        """Return the secret to store for a password."""
        return Secret(hash=self._do(self._argon2.hash, _bytes(password)))

    def new_secret(self, seed: int, password: str, *names: str) -> Secret:
        """Return the secret to store for a password that somebody has set.

        Where it is the one that derives from the seed under one of these names, as the sample that training
        shows, it keeps that name: it is no secret of its owner's.
        """
        seeded = next((name for name in names if same(derive(seed, name), password)), "")
        return Secret(self.hash(password).hash, seeded)

    def hashed(self, seed: int, secret: Secret) -> Secret:
        """Return a secret with its hash: one that derives from the seed is hashed now, and keeps its name."""
        if secret.hash:
            return secret
        return Secret(self.hash(derive(seed, secret.seeded)).hash, secret.seeded)

    def check(self, seed: int, secret: Secret, password: str) -> tuple[Secret, bool]:
        """Return the secret with its hash, and whether the password is right, at the cost of one hashing."""
        if secret.hash:
            return secret, self.verify(secret, password)
        right = same(derive(seed, secret.seeded), password)
        return self.hashed(seed, secret), right

    def verify(self, secret: Secret, password: str) -> bool:
        """Return whether a password is the one of a hashed secret."""
        try:
            return self._do(self._argon2.verify, secret.hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    def verify_nobody(self, password: str) -> None:
        """Spend the time of a verification, for an ID that does not exist (ASVS 6.3.8).

        One at a time, so that a thread is left for those that exist. While MOST_NOBODIES are at it no time is
        spent on further ones: a flood of them keeps nobody else waiting.
        """
        if not self._nobodies.acquire(blocking=False):
            return
        try:
            with self._one_nobody:
                if not self._nobody.hash:
                    self._nobody = self.hash("nobody")
                self.verify(self._nobody, password)
        finally:
            self._nobodies.release()


def _stand_back() -> None:
    """Give a hashing thread a low priority, so that it does not take the core of one that answers.

    Linux has a priority for each thread; elsewhere all stay equal.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), HASHER_NICENESS)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def token_digest(token: str) -> str:
    """Return the SHA-256 of a session's cookie: only this is stored, so the database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(token: str) -> str:
    """Return the form token that belongs to a cookie (an HMAC, so neither reveals the other)."""
    return hmac.digest(token.encode(), b"densai form", "sha256").hex()


def same(left: str, right: str) -> bool:
    """Return whether two strings are equal, in constant time."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
