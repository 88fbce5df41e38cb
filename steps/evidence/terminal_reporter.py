"""pytest's terminal: the one place that uses attributes of pytest which it does not document."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

Uncaptured = Callable[[], AbstractContextManager[None]]


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
