"""The change that a step was to make, and the words for a change that is another."""

from __future__ import annotations

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.domain.world import Event, Secret, User
from simulator.training import expected
from tests.practice.goes import Go


def rights_event(go: Go, user: str, rights: list[str], accounts: list[str]) -> Event:
    return go.event("rights_changed", user=user, rights=" ".join(rights), accounts=" ".join(accounts))


def fault(go: Go, key: str, event: Event) -> expected.Fault | None:
    return expected.fault(go.course, go.item(key), event, go.world, go.people)


@pytest.mark.parametrize(
    ("course", "key", "target"),
    [
        ("1-4", "1-4.6", MASTER_ID),
        ("2-3", "2-3.7", GENERAL_ID),
        ("all", "1-4.6", MASTER_ID),
        ("all", "2-3.7", GENERAL_ID),
        ("d-01", "d-01.5", GENERAL_ID),
        ("d-04", "d-04.6", GENERAL_ID),
        ("d-10", "d-10.5", GENERAL_ID),
        ("d-11", "d-11.5", GENERAL_ID),
        ("d-12", "1-4.6", MASTER_ID),
    ],
)
def test_a_lesson_is_about_one_user(course: str, key: str, target: str) -> None:
    go = Go(course)
    assert expected.target_of(go.course, go.item(key)) == target


def test_a_step_without_a_table_ticks_everything() -> None:
    go = Go("1-4")
    every = {account.number for account in go.world.accounts}
    assert expected.boxes_of(go.item("1-4.5"), go.world) == (set(EVERY_RIGHT), every)


def test_a_table_ticks_its_own_boxes_alone() -> None:
    go = Go("d-04")
    current = {account.number for account in go.world.accounts if account.kind == "当座"}
    assert expected.boxes_of(go.item("d-04.5"), go.world) == ({"densai", "trades.preparer"}, current)


def test_the_rights_of_the_step_are_no_fault() -> None:
    go = Go("1-4")
    accounts = [account.number for account in go.world.accounts]
    assert fault(go, "1-4.6", rights_event(go, MASTER_ID, list(EVERY_RIGHT), accounts)) is None


@pytest.mark.parametrize(
    ("user", "rights", "accounts", "key", "word"),
    [
        (MASTER_ID, list(EVERY_RIGHT), True, "2-3.4", MASTER_ID),
        (GENERAL_ID, list(EVERY_RIGHT[1:]), True, "2-3.5", "「利用」にチェックがありません"),
        (GENERAL_ID, list(EVERY_RIGHT), False, "2-3.5", "口座（当座"),
    ],
)
def test_a_fault_in_rights_names_the_step_where_it_was_made(
    user: str,
    rights: list[str],
    accounts: bool,
    key: str,
    word: str,
) -> None:
    go = Go("2-3")
    numbers = [account.number for account in go.world.accounts] if accounts else []
    found = fault(go, "2-3.7", rights_event(go, user, rights, numbers))
    assert found
    assert found[0] == key
    assert word in found[1]


def test_a_new_user_must_be_the_one_of_the_memo() -> None:
    go = Go("2-1")
    person = go.people.general
    event = go.event("user_created", user=GENERAL_ID)
    user = User(GENERAL_ID, person.name, person.mail, "general", Secret())
    go.world.users[GENERAL_ID] = user
    assert fault(go, "2-1.5", event) is None
    user.mail = "x@hekishin.example.jp"
    assert fault(go, "2-1.5", event) == ("2-1.4", "ユーザ名またはメールアドレスが、課題の値ではありません。")
    other = fault(go, "2-1.5", go.event("user_created", user="d-chigau1"))
    assert other == ("2-1.4", f"ユーザ ID が {GENERAL_ID} ではありません。")


def test_an_update_that_leaves_somebody_out_is_a_fault() -> None:
    go = Go("2-2")
    event = go.event("users_updated", users=MASTER_ID)
    assert fault(go, "2-2.6", event) == ("2-2.6", "更新されていないユーザが残っています。")
    for user in go.world.users.values():
        user.updated = True
    go.world.users.pop(GENERAL_ID)
    assert fault(go, "2-2.6", event) is None


def test_another_users_data_changed_name_the_row() -> None:
    go = Go("d-10")
    found = fault(go, "d-10.5", go.event("user_mail_changed", user=MASTER_ID))
    assert found
    assert found[0] == "d-10.3"
    assert fault(go, "d-10.5", go.event("user_mail_changed", user=GENERAL_ID)) is None
