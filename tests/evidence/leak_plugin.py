"""pytest plugin for tests of the evidence: something writes a password where it should not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from steps.bank_under_test import BankUnderTest

LEAK = "debug.log"


@pytest.hookimpl(trylast=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Write it into a file of the evidence, and into what the JUnit report says of the test."""
    bank: BankUnderTest = request.getfixturevalue("bank")
    folder: Path = request.config.getoption("--evidence")
    (folder / LEAK).write_text(bank.story.me.password, encoding="utf-8")
    request.node.user_properties.append(("leak", bank.story.me.password))
