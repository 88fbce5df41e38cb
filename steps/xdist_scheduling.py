"""How pytest-xdist shares the scenarios out: each by itself, but the journey whole to one worker.

xdist's own groups (--dist loadgroup) don't hold with pytest 9.2 (pytest-dev/pytest-xdist#1386), so the
journey is told by its file.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

JOURNEY = "test_journey.py"
BY_TEST = ("load", "loadgroup", "worksteal")


class JourneyTogether(LoadScopeScheduling):  # type: ignore[misc]
    """One unit of work for the journey, one for every other test."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEY if JOURNEY in nodeid else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Our way of sharing out, wherever tests would be shared out singly."""
    return JourneyTogether(config, log) if config.getoption("dist") in BY_TEST else None
