"""The undocumented parts of pytest, pytest-bdd and pytest-xdist that are used here, all in one place.

tests/harness/test_pytest_internals.py names the one that a new release has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario, ScenarioTemplate

Uncaptured = Callable[[], AbstractContextManager[None]]
EXAMPLE = "_pytest_bdd_example"  # pytest-bdd's fixture and parameter: one row of an outline's examples


def scenario_template(item: pytest.Item) -> ScenarioTemplate | None:
    """Return the scenario that a test plays, its outline not yet filled in; None for any other test."""
    return scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None


def example_of(item: pytest.Item) -> dict[str, str]:
    """Return the row of examples that a test of an outline plays, by column; empty for any other test."""
    example = item.callspec.params.get(EXAMPLE, {}) if hasattr(item, "callspec") else {}
    assert isinstance(example, dict)
    return example


def rendered_scenario(item: pytest.Item) -> Scenario | None:
    """Return the scenario that a test plays with its example filled in; None for any other test."""
    template = scenario_template(item)
    return template.render(example_of(item)) if template else None


def terminal_reporter(config: pytest.Config) -> pytest.TerminalReporter:
    """Return the plugin by which pytest writes to the terminal."""
    reporter: pytest.TerminalReporter = config.pluginmanager.getplugin("terminalreporter")
    return reporter


def uncaptured(config: pytest.Config) -> Uncaptured:
    """Return a function whose context lets the terminal be written to while a test runs."""
    function: Uncaptured = config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled
    return function


def hide_file_names(reporter: pytest.TerminalReporter) -> None:
    """Keep the reporter from writing the name of each test's file, as -q does.

    The public setting, verbosity_test_cases, is read from the tester's own pytest.ini alone.
    """
    reporter.showfspath = False


def print_past_capture(config: pytest.Config, text: str, **markup: bool) -> None:
    """Print a line on the terminal at once, although pytest captures what a test prints."""
    reporter = terminal_reporter(config)
    with uncaptured(config)():
        reporter.write_line("")
        reporter.write_line(text, **markup)


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """xdist's schedule in which one worker runs all tests of a group. group_of: from node id to group."""

    def __init__(self, config: pytest.Config, log: Any, group_of: Callable[[str], str]) -> None:
        super().__init__(config, log)
        self._group_of = group_of

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test, which xdist calls its scope."""
        return self._group_of(nodeid)
