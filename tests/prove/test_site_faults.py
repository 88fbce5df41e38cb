"""The faults that a site of our own can have: sentences of the catalogue, gone when switched off."""

from __future__ import annotations

from steps.acceptance.asked_part import asked_from
from tests.harness.foreign.core import Bank, User
from tests.harness.foreign.faults import FAULTS, broken
from tests.harness.foreign.sites import bank_after
from tests.prove.defects.switch import DEFECTS
from tests.prove.foreign import options_of

MASTER = "d-1560heki"


def set_password(bank: Bank, new: str) -> dict[str, str]:
    user: User = bank.users[MASTER]
    return bank.change_password(user, user.password, new, new)


def test_sixty_sentences_of_the_catalogue_at_least_can_be_broken() -> None:
    assert len(FAULTS) >= 60
    assert not set(FAULTS) - set(DEFECTS)


def test_each_fault_is_looked_for_in_a_part_of_the_manual_that_there_is() -> None:
    for fault in FAULTS:
        options = dict(each.removeprefix("--").split("=") for each in options_of(fault))
        asked_from(options.get("from", ""), options.get("until", ""), options["tags"])


def test_a_fault_is_there_while_it_is_switched_on_and_then_no_more() -> None:
    with broken("R03-letters-alone-accepted"):
        assert set_password(bank_after("2-3"), "abcdefg") == {}
    assert set_password(bank_after("2-3"), "abcdefg") == {"new": "letter_and_digit"}
    with broken("R05-lock-at-5"):
        assert [bank_after("2-3").log_in(MASTER, "chigau0") for _ in range(2)] == ["login_wrong"] * 2
        bank = bank_after("2-3")
        assert [bank.log_in(MASTER, "chigau0") for _ in range(5)][-1] == "locked"


def test_every_fault_can_be_switched_on() -> None:
    for fault, changes in FAULTS.items():
        with broken(fault):
            assert changes
