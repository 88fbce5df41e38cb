"""The keys under which a run of a deployment says what it is, for the record of its evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from steps.evidence.recorder import RunInfo
from steps.evidence.run_records import Scenario

# What is tested, and why a scenario that was not chosen is not run.
RUN: pytest.StashKey[RunInfo] = pytest.StashKey()
WHY_NOT: pytest.StashKey[Callable[[Scenario], str]] = pytest.StashKey()
