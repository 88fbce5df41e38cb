"""pytest plugin: pytest-xdist shares out every scenario by itself, but the journey whole to one worker.

xdist's own groups (--dist loadgroup) don't hold with pytest 9.2 (pytest-dev/pytest-xdist#1386), so the
journey is recognised by its file.
"""

from __future__ import annotations

from typing import Any

import pytest

from steps.pytest_internals import GroupScheduling

JOURNEY = "test_journey.py"
BY_TEST = ("load", "loadgroup", "worksteal")


def group_of(nodeid: str) -> str:
    """Return the journey's file for a test of the journey; every other test is a group by itself."""
    return JOURNEY if JOURNEY in nodeid else nodeid


@pytest.hookimpl(optionalhook=True)  # -p no:xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Return our schedule wherever tests would be shared out singly."""
    return GroupScheduling(config, log, group_of) if config.getoption("dist") in BY_TEST else None
