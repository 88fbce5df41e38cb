"""The keys under which the plugins of a run leave facts for one another in pytest's stash.

They stand outside the plugins, so that no plugin has to import another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from steps.bank_under_test import BankUnderTest

# Of a test: the bank that its scenario is played at, from the scenario's first step on.
BANK: pytest.StashKey[BankUnderTest] = pytest.StashKey()
# Of a test: why it is known to be skipped before anything has run; "" for one that will be played.
NOT_PLAYED: pytest.StashKey[str] = pytest.StashKey()
# Of the run, where a deployment is tested: its secrets besides the story's own.
SECRETS: pytest.StashKey[Callable[[], set[str]]] = pytest.StashKey()
# Of the run: returns in words how long the rest will take, "" where nobody knows.
LEFT: pytest.StashKey[Callable[[], str]] = pytest.StashKey()
