"""pytest plugin for tests of the evidence: something writes a password where it should not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from steps.bank_under_test import BankUnderTest


@pytest.hookimpl(trylast=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Into the JUnit XML."""
    bank: BankUnderTest = request.getfixturevalue("bank")
    request.node.user_properties.append(("leak", bank.story.me.password))
