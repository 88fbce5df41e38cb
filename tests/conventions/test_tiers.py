"""`make test` has what every change must pass, and what takes long is begun first."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.tiers import BROWSER, PROGRAM, marker_of, place_of

ROOT = Path(__file__).parents[2]


def item(path: str, *fixtures: str) -> pytest.Item:
    """A test of a file with these fixtures, as far as it is asked."""
    return cast("pytest.Item", SimpleNamespace(path=ROOT / path, fixturenames=[*fixtures]))


FEATURE, JOURNEY = item("steps/test_features.py"), item("steps/test_journey.py", "launch_browser")
RULE = item("tests/rules/test_lockout.py", "tmp_path")
DRIVEN = item("tests/coach/test_dock.py", "trainee", "launch_browser")
STARTED, FOREIGN = (
    item("tests/harness/test_a.py", "program"),
    item("tests/harness/test_b.py", "program", "accepted"),
)
COMMAND = item("tests/acceptance/test_plan.py")


@pytest.mark.parametrize(
    ("test", "marker"),
    [
        *((each, "") for each in (FEATURE, JOURNEY, RULE)),
        (DRIVEN, BROWSER),
        *((each, PROGRAM) for each in (STARTED, FOREIGN, COMMAND)),
    ],
)
def test_a_marker_comes_from_the_fixtures_or_the_folder(test: pytest.Item, marker: str) -> None:
    assert marker_of(test) == marker


def test_what_takes_long_is_begun_first() -> None:
    tests = [RULE, FEATURE, DRIVEN, COMMAND, FOREIGN, JOURNEY, STARTED]
    assert sorted(tests, key=place_of) == [FOREIGN, COMMAND, STARTED, DRIVEN, FEATURE, JOURNEY, RULE]


def test_this_very_test_is_in_make_test(request: pytest.FixtureRequest) -> None:
    assert not {BROWSER, PROGRAM} & {mark.name for mark in request.node.iter_markers()}


def test_a_test_that_drives_a_browser_is_marked(request: pytest.FixtureRequest) -> None:
    driven = [each for each in request.session.items if "context" in getattr(each, "fixturenames", ())]
    unmarked = [
        each.nodeid
        for each in driven
        if each.path.is_relative_to(ROOT / "tests")
        and not {BROWSER, PROGRAM} & {m.name for m in each.iter_markers()}
    ]
    assert unmarked == []
