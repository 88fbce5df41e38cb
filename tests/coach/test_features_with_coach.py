"""The manual's procedures as features, in a bank at whose every page the coach stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_bdd import scenario

from simulator.manual.features import ENCODING, FEATURES
from simulator.manual.procedures import procedures
from steps.bank_under_test import BankUnderTest
from tests.coach.trainee import Trainee

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

    from fixtures.server import Server
    from simulator.store import Seat, Worlds

pytestmark = pytest.mark.usefixtures("bank")
# One from each part: entering, a password, rights and leaving.
CHOSEN = ("1-1", "1-2", "2-3", "4")


def _bind() -> None:
    """Make a test of each chosen procedure's own scenario."""
    for each in procedures():
        if each.id in CHOSEN:
            bound = scenario(
                str(each.path), each.scenario, encoding=ENCODING, features_base_dir=str(FEATURES)
            )
            globals()[f"test_{each.path.stem}"] = bound(lambda: None)


_bind()


@pytest.fixture
def seat(context: BrowserContext, bank_server: Server, worlds: Worlds) -> Seat:
    """The seat of a trainee who is learning the whole manual."""
    trainee = Trainee(context, f"http://127.0.0.1:{bank_server.port}/")
    page = trainee.begin("all", "learn")
    trainee.leave_dialogs_alone()
    found = worlds.seat(page.url.split("/bank/")[1].split("/")[0])
    assert found
    return found


@pytest.fixture
def bank(context: BrowserContext, seat: Seat, bank_server: Server) -> Iterator[BankUnderTest]:
    """The same as everywhere, with the coach in the page."""
    home = bank_server.address(seat.code)
    assert context.pages[0].locator("densai-coach").count()
    made = BankUnderTest(context, seat, home, door=f"{home}guide")
    yield made
    made.windows.leave_nothing_open()
