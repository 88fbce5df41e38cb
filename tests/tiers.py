"""Which tests belong to `make test`, and in which order a suite is run.

`make test` leaves out what is marked `browser` or `program`; `make test-all` runs both. A marker comes from
the fixtures that a test uses, or from its folder. The features in steps/ get none, because every change must
pass them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

HERE = Path(__file__).parent
BROWSER, PROGRAM = "browser", "program"
LAUNCHES = "launch_browser"  # pytest-playwright's fixture, behind every browser
ACCEPTS = "accepted"  # the fixture behind whole acceptances of somebody else's site: minutes each
# Folders whose tests are for testers' own commands: nearly all of them start one.
OF_COMMANDS = ("acceptance", "evidence", "setup")


def marker_of(item: pytest.Item) -> str:
    """Return the marker that a test gets; "" for none."""
    if not item.path.is_relative_to(HERE):
        return ""
    fixtures = _fixtures(item)
    if PROGRAM in fixtures or item.path.relative_to(HERE).parts[0] in OF_COMMANDS:
        return PROGRAM
    return BROWSER if LAUNCHES in fixtures else ""


def place_of(item: pytest.Item) -> int:
    """Return where a test stands in a suite: 0 for what takes minutes, 4 for what takes milliseconds."""
    if ACCEPTS in _fixtures(item):
        return 0
    if not item.path.is_relative_to(HERE):
        return 3
    return {PROGRAM: 1, BROWSER: 2, "": 4}[marker_of(item)]


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))
