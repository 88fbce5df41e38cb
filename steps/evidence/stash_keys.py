"""The keys of pytest's stash under which other plugins give the evidence plugin what it cannot know."""

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


# Of the configuration: the site under test, a function that returns the secrets beside the story's own, and
# a function that returns the reason why a scenario that was not selected is not run.
RUN: pytest.StashKey[RunInfo] = pytest.StashKey()
SECRETS: pytest.StashKey[Callable[[], set[str]]] = pytest.StashKey()
WHY_NOT: pytest.StashKey[Callable[[Scenario], str]] = pytest.StashKey()
# Of a test: that it will be skipped for a reason known before the run, so that its steps are not expected.
NOT_PLAYED: pytest.StashKey[bool] = pytest.StashKey()
