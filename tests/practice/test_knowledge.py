"""The coach's knowledge of each value, and when it may act: only a value in force is known."""

from __future__ import annotations

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.lockout import Which
from simulator.domain.world import Secret, World
from simulator.training import knowledge
from simulator.training.knowledge import Known
from tests.practice.goes import Go

OWN = Secret(hash="of another")


def known_at(go: Go, step: str) -> list[Known]:
    item = go.item(step)
    return knowledge.values_of(item.actions, item.who, go.world, go.people)


def kinds(go: Go, step: str) -> list[str]:
    return [known.kind for known in known_at(go, step)]


@pytest.mark.parametrize(
    ("course", "step", "expected"),
    [
        ("1-1", "1-1.4", ["known", "known"]),
        ("1-2", "1-2.1", ["known", "choose"]),
        ("1-3", "1-3.2", ["choose"]),
        ("1-4", "1-4.6", ["known"]),
        ("2-1", "2-1.4", ["known", "known", "known", "choose"]),
        ("2-3", "2-3.6", ["choose"]),
        ("2-3", "2-3.7", ["known"]),
        ("3-2", "3-2.1", ["known", "choose"]),
        ("3-3", "3-3.2", ["known", "choose"]),
        ("d-08", "d-08.4", ["known", "choose"]),
    ],
)
def test_every_value_is_known_to_be_chosen_or_own(course: str, step: str, expected: list[str]) -> None:
    assert kinds(Go(course), step) == expected


def test_the_password_in_force_is_the_one_that_is_shown() -> None:
    go = Go("3-1")
    person = go.people.general
    assert known_at(go, "3-1.4")[1].value == person.issued_password
    user = go.world.users[GENERAL_ID]
    user.login_password, user.first_login = Secret(seeded=f"{GENERAL_ID} login"), False
    assert known_at(go, "3-1.4")[1].value == person.password


@pytest.mark.parametrize("step", ["1-4.6"])
def test_an_own_password_is_never_shown(step: str) -> None:
    go = Go("1-4")
    go.world.master().approval_password = OWN
    (known,) = known_at(go, step)
    assert (known.kind, known.value, known.which) == ("own", "", "approval")


def test_what_is_to_be_chosen_is_an_example_whatever_was_chosen_before() -> None:
    go = Go("1-2")
    go.world.master().login_password = OWN
    current, new = known_at(go, "1-2.1")
    assert (current.kind, current.value) == ("own", "")
    assert (new.kind, new.value) == ("choose", go.people.master.password)


@pytest.mark.parametrize(
    ("login_id", "which", "first_login", "initial", "procedure"),
    [
        (MASTER_ID, "login", False, False, "1-2"),
        (MASTER_ID, "approval", False, False, "1-3"),
        (GENERAL_ID, "login", True, False, "2-1"),
        (GENERAL_ID, "login", False, False, "3-2"),
        (GENERAL_ID, "approval", False, True, "2-3"),
        (GENERAL_ID, "approval", False, False, "3-3"),
    ],
)
def test_where_a_password_was_set(
    login_id: str, which: Which, first_login: bool, initial: bool, procedure: str
) -> None:
    world = Go("d-11").world
    user = world.users[login_id]
    user.first_login, user.approval_initial = first_login, initial
    assert knowledge.set_at(world, login_id, which) == procedure


# Acting ------------------------------------------------------------------------------------------


def test_the_coach_acts_only_with_known_values_and_two_attempts_left() -> None:
    go = Go("1-4")
    values = known_at(go, "1-4.6")
    for failures in range(7):
        go.world.master().approval_failures = failures
        assert knowledge.may_act(values, go.world) == (failures <= 4)
    go.world.master().approval_failures = 0
    go.world.master().approval_password = OWN
    assert not knowledge.may_act(known_at(go, "1-4.6"), go.world)


def test_in_a_drill_that_shows_a_lock_the_coach_spends_no_attempt_and_acts() -> None:
    go = Go("d-02")
    values = known_at(go, "d-02.1")
    assert not knowledge.may_act(values, go.world)
    assert knowledge.may_act(values, go.world, wants_refusal=True)


# Back to the 控え --------------------------------------------------------------------------------


def own_everything(world: World) -> None:
    for user in world.users.values():
        user.login_password, user.approval_password = OWN, OWN


@pytest.mark.parametrize("which", ["login", "approval"])
@pytest.mark.parametrize("login_id", [MASTER_ID, GENERAL_ID])
def test_an_own_password_goes_back_to_the_value_of_the_memo(login_id: str, which: Which) -> None:
    go = Go("d-11")
    own_everything(go.world)
    user = go.world.users[login_id]
    user.login_failures = user.approval_failures = 3
    assert knowledge.restore(go.world, login_id, which)
    person = go.people.master if login_id == MASTER_ID else go.people.general
    right = person.password if which == "login" else person.approval_password
    other: Which = "approval" if which == "login" else "login"
    assert knowledge.in_force(go.world, login_id, which) == right
    assert knowledge.in_force(go.world, login_id, other) == ""
    assert sorted((user.login_failures, user.approval_failures)) == [0, 3]


def test_one_that_is_not_own_or_is_locked_or_is_nobodys_stays() -> None:
    go = Go("d-11")
    assert not knowledge.restore(go.world, MASTER_ID, "login")
    assert not knowledge.restore(go.world, "d-nobody1", "login")
    own_everything(go.world)
    go.world.master().approval_failures = 6
    assert not knowledge.restore(go.world, MASTER_ID, "approval")
    assert go.world.master().approval_password == OWN


def test_an_initial_one_goes_back_to_the_initial_one() -> None:
    go = Go("3-3")
    user = go.world.users[GENERAL_ID]
    user.approval_password = OWN
    assert knowledge.restore(go.world, GENERAL_ID, "approval")
    assert knowledge.in_force(go.world, GENERAL_ID, "approval") == go.people.general.initial_approval_password
