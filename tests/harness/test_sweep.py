"""Users who were made to be thrown away are deleted, whatever state they are in; who stays is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from steps.acceptance.deployed_bank import DeployedBank
from steps.acceptance.disposable_accounts import DisposableAccounts, Event
from steps.acceptance.disposable_phase import DisposablePhase
from steps.attempt_counter import AttemptCounter
from steps.deployment import load, resolve
from steps.ledger import Ledger
from tests.harness.foreign.core import LOCK_AT, Bank, User
from tests.harness.foreign.sites import SECRETS, SITES, new_bank

FILE = Path(__file__).with_name("foreign") / "legacy.toml"
MASTER, DISPOSABLE = "d-1560heki", "d-tmpa1b2c3d01"
Opened = Callable[[], DisposablePhase]


class Stubborn(Bank):
    """A bank that says it has deleted somebody, and keeps him."""

    def update(self, users: list[User]) -> None:
        for user in users:
            user.known, user.leaving = True, False


@pytest.fixture
def bank(request: pytest.FixtureRequest) -> Bank:
    made: Bank = getattr(request, "param", Bank)(new_bank().users)
    master = made.users[MASTER]
    master.password, master.issued = SECRETS["DENSAI_MASTER_PASSWORD"], False
    master.approval, master.known = SECRETS["DENSAI_MASTER_APPROVAL"], True
    made.users[DISPOSABLE] = User(DISPOSABLE, "使い捨て 01", "a@example.jp", "shokai03")
    return made


@pytest.fixture
def opened(context: BrowserContext, bank: Bank, tmp_path: Path) -> Iterator[Opened]:
    """The last part of a run at a site of this bank, when the journey is over."""
    with SITES["legacy"](bank) as start:
        deployed = resolve(load(FILE), {**SECRETS, "DENSAI_START": start})

        def made() -> DisposablePhase:
            attempts = AttemptCounter(Ledger(tmp_path / "ledger", LOCK_AT, success_resets=True))
            real = DeployedBank(context, deployed, attempts, print)
            real.story.done.extend(("1-1", "1-2", "1-3", "1-4"))
            return DisposablePhase(real, accounts(tmp_path), deployed.people)

        yield made


def accounts(folder: Path) -> DisposableAccounts:
    deployed = resolve(load(FILE), {**SECRETS, "DENSAI_START": "http://127.0.0.1:9/"})
    return DisposableAccounts(folder, deployed.file.people.spare, deployed.people.general)


@pytest.mark.parametrize("event", ["making", "made", "deleting", "deleted"])
def test_one_who_is_there_is_deleted_however_far_it_had_got(
    opened: Opened, bank: Bank, tmp_path: Path, event: Event
) -> None:
    accounts(tmp_path).note(DISPOSABLE, event)
    bank.users[DISPOSABLE].wrong = LOCK_AT
    bank.users[DISPOSABLE].leaving = event == "deleted"
    phase = opened()
    phase.sweep()
    assert list(bank.users) == [MASTER]
    assert (phase.deleted, phase.failed) == ([DISPOSABLE], {})
    assert accounts(tmp_path).left() == {}


def test_one_who_was_never_made_is_not_missed(opened: Opened, bank: Bank, tmp_path: Path) -> None:
    del bank.users[DISPOSABLE]
    accounts(tmp_path).note(DISPOSABLE, "making")
    phase = opened()
    phase.sweep()
    assert (phase.deleted, phase.failed) == ([], {})
    assert accounts(tmp_path).left() == {}


@pytest.mark.parametrize("bank", [Stubborn], indirect=True)
def test_one_who_stays_is_named_and_not_forgotten(opened: Opened, tmp_path: Path) -> None:
    accounts(tmp_path).note(DISPOSABLE, "made")
    phase = opened()
    phase.sweep()
    assert phase.deleted == []
    assert "残っています" in phase.failed[DISPOSABLE]
    assert accounts(tmp_path).left() == {DISPOSABLE: "made"}


def test_one_who_was_made_and_is_not_listed_is_told_of(opened: Opened, bank: Bank, tmp_path: Path) -> None:
    del bank.users[DISPOSABLE]
    accounts(tmp_path).note(DISPOSABLE, "made")
    phase = opened()
    phase.sweep()
    assert "表示されていません" in phase.failed[DISPOSABLE]
    assert accounts(tmp_path).left() == {DISPOSABLE: "made"}


def test_nobody_has_a_login_id_that_somebody_had(tmp_path: Path) -> None:
    made = [accounts(tmp_path).new().login_id for _ in range(50)]
    assert len(set(made)) == 50
    assert all(len(each.removeprefix("d-")) == 12 for each in made)
    short = {accounts(tmp_path).new(6).login_id for _ in range(20)}
    assert all(len(each) == len("d-") + 6 for each in short)
    first = accounts(tmp_path)
    assert first.new().login_id < first.new().login_id  # in the order in which they are made
