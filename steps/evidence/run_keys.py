"""The description of a run on a deployment, and the keys of pytest's stash that hold it for the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from steps.evidence.run_records import Scenario


@dataclass(frozen=True)
class RunInfo:
    """The site under test: its name, the address it is opened at, and the options of the run.

    resumed: whether the folder holds evidence of an earlier part of this run, which is continued.
    """

    name: str
    site: str = ""
    options: str = ""
    resumed: bool = False


# Of the configuration: the site under test, and a function that returns the reason why a scenario that was
# not selected is not run.
RUN: pytest.StashKey[RunInfo] = pytest.StashKey()
WHY_NOT: pytest.StashKey[Callable[[Scenario], str]] = pytest.StashKey()
