"""Passwords at rest, and those that derive from a seat's seed."""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest

from simulator.bank import credentials
from simulator.bank.people import people
from simulator.domain.rules import passwords
from simulator.domain.world import Secret


@pytest.mark.parametrize("seed", range(50))
def test_every_password_of_a_seed_satisfies_the_rules_of_its_field(seed: int) -> None:
    both = people(seed)
    for person in (both.master, both.general):
        assert passwords.check_new_login_password(person.password, person.password, person.login_id) == []
        assert passwords.composition("new", person.approval_password) == []
        assert passwords.composition("new", person.issued_password) == []
    assert passwords.composition("new", both.general.initial_approval_password) == []


def test_no_two_passwords_of_a_seed_are_alike_and_no_two_seeds_share_one() -> None:
    found = [
        password
        for seed in range(50)
        for person in (people(seed).master, people(seed).general)
        for password in (person.issued_password, person.password, person.approval_password)
    ]
    assert len(set(found)) == len(found)


def test_the_same_seed_gives_the_same_people_again() -> None:
    assert people(7) == people(7)


def test_a_hash_is_argon2id_at_owasps_minimum_and_holds_no_password() -> None:
    secret = credentials.Hasher().hash("himitsu1")
    assert secret.hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "himitsu1" not in secret.hash


@pytest.mark.parametrize(("typed", "right"), [("himitsu1", True), ("Himitsu1", False), ("himitsu1 ", False)])
def test_a_password_is_verified_as_typed(typed: str, *, right: bool) -> None:
    hasher = credentials.Hasher()
    assert hasher.verify(hasher.hash("himitsu1"), typed) is right


def test_a_seeded_password_is_hashed_when_it_is_first_asked_for() -> None:
    hasher = credentials.Hasher()
    seeded = Secret(seeded="d-1560heki login")
    hashed = hasher.hashed(9, seeded)
    assert hasher.verify(hashed, people(9).master.password)
    assert hasher.hashed(9, hashed) == hashed


def test_a_sample_that_somebody_sets_keeps_its_name_and_an_own_password_has_none() -> None:
    hasher, sample = credentials.Hasher(), people(9).master.password
    kept = hasher.new_secret(9, sample, "d-1560heki approval", "d-1560heki login")
    assert (kept.seeded, hasher.check(9, kept, sample)) == ("d-1560heki login", (kept, True))
    assert hasher.check(9, kept, "himitsu1") == (kept, False)
    own = hasher.new_secret(9, "himitsu1", "d-1560heki login")
    assert (own.seeded, hasher.check(9, own, "himitsu1")) == ("", (own, True))
    assert hasher.new_secret(8, sample, "d-1560heki login").seeded == ""


def test_cookie_digest_and_form_token_reveal_nothing_of_each_other() -> None:
    assert credentials.token_digest("a") != credentials.token_digest("b")
    assert credentials.csrf_token("a") != credentials.csrf_token("b")
    assert credentials.csrf_token("a") != credentials.token_digest("a")


class Held:
    """A hasher's library that is at an unknown ID's password until it is let go."""

    def __init__(self, hasher: credentials.Hasher) -> None:
        self._real, self.let_go = hasher._argon2, threading.Event()
        self.hash = self._real.hash

    def verify(self, hashed: str, password: bytes) -> bool:
        if password == b"dare":
            assert self.let_go.wait(20)
        return self._real.verify(hashed, password)


def test_a_flood_of_unknown_ids_keeps_nobody_waiting() -> None:
    hasher = credentials.Hasher()
    secret = hasher.hash("himitsu1")
    hasher._argon2 = held = Held(hasher)  # type: ignore[assignment]
    with ThreadPoolExecutor(20) as threads:
        flood = [threads.submit(hasher.verify_nobody, "dare") for _ in range(20)]
        done, waiting = wait(flood, timeout=20, return_when=FIRST_COMPLETED)
        assert hasher.verify(secret, "himitsu1")
        held.let_go.set()
    assert done
    assert len(waiting) >= credentials.MOST_NOBODIES


def test_a_password_of_an_unknown_id_is_really_hashed() -> None:
    hasher, changes = credentials.Hasher(), list[float]()
    hasher.verify_nobody("dare")
    hasher.watch = changes.append
    hasher.verify_nobody("dare")
    assert changes == [1, -1]
