"""pytest plugin of `densai accept`: says what is being done and about how long the rest will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.acceptance.acceptance_run import ACCEPTANCE_RUN
from steps.acceptance.pace import FILE, Pace, in_words
from steps.evidence.progress_bar import ProgressBar
from steps.pytest_internals import rendered_scenario, terminal_reporter, uncaptured
from steps.stash_keys import LEFT, NOT_PLAYED

if TYPE_CHECKING:
    from pytest_bdd.parser import Step

    from steps.acceptance.accept_settings import AcceptSettings

UNKNOWN = "このサイトでの記録がまだないため、はじめの数行の速さから見積もって表示します"


class ProgressPlugin:
    """The hooks that count lines and time. Where evidence is recorded, that shows the lines."""

    def __init__(self, settings: AcceptSettings) -> None:
        self._pace = Pace(settings.site_folder / FILE)
        self._bar: ProgressBar | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Leave the estimate for whatever shows the progress."""
        config.stash[LEFT] = self._left

    def _left(self) -> str:
        seconds = self._pace.left()
        return "" if seconds is None else f"残り{in_words(seconds)}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Say how much there is to do, and how long it will take."""
        config = session.config
        if config.option.collectonly:
            return
        played = [item for item in session.items if not item.stash.get(NOT_PLAYED, False)]
        self._pace.plan({item.nodeid: _lines(item) for item in played})
        seconds = self._pace.left()
        told = UNKNOWN if seconds is None else in_words(seconds)
        reporter = terminal_reporter(config)
        reporter.write_line(
            f"これから {len(played)} 件（{self._pace.lines} 行）を実行します。所要時間: {told}"
        )
        if not config.getoption("--evidence"):
            self._bar = ProgressBar(reporter, uncaptured(config), self._pace.lines, self._left)
            self._bar.begin()

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest) -> None:
        """Begin to count a scenario's time."""
        self._pace.begin(request.node.nodeid)

    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Show the line that is about to be played."""
        if self._bar:
            self._bar.now(self._where(request), step.name)

    # Before the evidence shows the line.
    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_after_step(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Count a line that has passed."""
        self._count(request, step, passed=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_step_error(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Count a line that has failed."""
        self._count(request, step, passed=False)

    def _count(self, request: pytest.FixtureRequest, step: Step, *, passed: bool) -> None:
        self._pace.line()
        if self._bar:
            self._bar.step(self._where(request), step.name, passed=passed)

    def _where(self, request: pytest.FixtureRequest) -> str:
        current = request.config.stash[ACCEPTANCE_RUN].current
        return current.where if current else ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Leave out pytest's dots between the lines of the progress."""
        return (report.outcome, "", "") if self._bar and report.when == "call" else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a scenario's time; of one that failed it tells nothing about the next run."""
        if report.when == "call":
            self._pace.end(report.nodeid, whole=report.passed)

    def pytest_sessionfinish(self) -> None:
        """Begin a new line under the progress."""
        if self._bar:
            self._bar.end()


def _lines(item: pytest.Item) -> int:
    scenario = rendered_scenario(item)
    return len(scenario.steps) if scenario else 0
