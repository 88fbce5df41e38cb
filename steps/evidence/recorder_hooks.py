"""The pytest hooks that drive the recorder; registered only where `--evidence` asks for them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.manual.patterns import NUMBERED
from steps.driver.use_observer import nothing
from steps.evidence import selected_scenarios
from steps.evidence.disk import EvidenceError
from steps.evidence.phase_reports import outcome_of, shortened
from steps.evidence.progress_bar import ProgressBar
from steps.evidence.recorder import Recorder
from steps.evidence.run_end import RunEnd
from steps.evidence.run_keys import RUN, WHY_NOT, RunInfo
from steps.evidence.run_records import Outcome, Scenario
from steps.evidence.verify import may_begin
from steps.exit_codes import ExitCode
from steps.masking import masked
from steps.pytest_internals import terminal_reporter, uncaptured
from steps.stash_keys import LEFT, SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_bdd.parser import Scenario as BddScenario
    from pytest_bdd.parser import Step

    from steps.bank_under_test import BankUnderTest


class RecorderHooks:
    """Records what pytest does with the scenarios of one run, and seals the evidence at its end."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        try:
            may_begin(folder, resumed=bool(config.getoption("--evidence-resume")))
        except EvidenceError as error:
            raise pytest.UsageError(str(error)) from None
        self._config, self._folder = config, folder
        self._end = RunEnd(config, folder)
        self._recorder: Recorder | None = None
        self._progress: ProgressBar | None = None
        self._bank: BankUnderTest | None = None
        self._scenarios: dict[str, Scenario] = {}
        self._begun = ""
        self._in_step = False
        self._last_record = "まだ何も実行していません。"
        self._why_early = ""

    def note(self, text: str) -> None:
        """Record an observation of the step that is being played."""
        with self._recording() as recorder:
            recorder.record_note(text)

    def _difference(self, what: str, ours: str, theirs: str) -> None:
        """Record what the site says or shows otherwise than the step that is being played."""
        with self._recording() as recorder:
            recorder.record_difference(what, ours, theirs)

    # The run ----------------------------------------------------------------------------------------

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Record everything that could be run, before anything is. Raises pytest.UsageError."""
        if self._config.option.collectonly:
            return
        self._scenarios, steps = selected_scenarios.selected(session.items)
        why_not = self._config.stash.get(WHY_NOT, _given_reason)
        try:
            self._recorder = Recorder(self._folder, self._run(), self._secrets)
            self._recorder.record_plan(*selected_scenarios.everything([*self._scenarios.values()], why_not))
        except EvidenceError as error:
            raise pytest.UsageError(str(error)) from None
        left = self._config.stash.get(LEFT, str)
        self._progress = ProgressBar(terminal_reporter(self._config), uncaptured(self._config), steps, left)
        self._progress.begin()

    # Innermost: exit codes that other plugins make of this one's must come after it.
    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Seal the evidence, whatever ended the run. The exit code says if a secret was found."""
        try:
            return (yield)
        except OSError as error:  # of pytest's own JUnit report, where --junitxml asks for one
            file = self._config.getoption("xmlpath", None) or error.filename
            self._end.fail(session, f"{file} を保存できません（{error.strerror}）。")
        finally:
            if self._progress:
                self._progress.end()
            if self._recorder:
                self._end.seal(session, self._recorder, self._reason(session), self._secrets())
        return None

    def pytest_unconfigure(self) -> None:
        """Print the last lines of all, however the run ended: the folder and its seal."""
        self._end.print()

    # The scenarios and their steps --------------------------------------------------------------------

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest) -> None:
        """Record that a scenario begins."""
        self._begin(request.node.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Record that a step begins; in a numbered step each click waits for its picture."""
        self._bank = used = request.getfixturevalue("bank")
        numbered = NUMBERED.fullmatch(step.name)
        self._begin_step(request.node.nodeid, step, int(numbered["number"]) if numbered else None)
        used.hands.before_click = self._before_click if numbered else nothing
        used.ask.remarks.on_note, used.ask.remarks.on_difference = self.note, self._difference

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_after_step(
        self, request: pytest.FixtureRequest, scenario: BddScenario, step: Step
    ) -> None:
        """Record the screen that came up, once the last step has passed that says what it must show."""
        after = scenario.steps[scenario.steps.index(step) + 1 :][:1]
        with self._recording() as recorder:
            if step.type != "given" and not any(each.type == "then" for each in after):
                self._record_front(recorder)
        self._end_step(request.node, step, "passed")

    def pytest_bdd_step_error(
        self, request: pytest.FixtureRequest, step: Step, exception: BaseException
    ) -> None:
        """Record every window as it was when a step failed."""
        if isinstance(exception, pytest.exit.Exception):
            return
        with self._recording() as recorder:
            self._record_all(recorder)
        self._end_step(request.node, step, "failed", shortened(masked(str(exception), self._secrets())))

    def pytest_bdd_step_func_lookup_error(
        self, request: pytest.FixtureRequest, step: Step, exception: BaseException
    ) -> None:
        """Record a step without a definition."""
        self._begin_step(request.node.nodeid, step, None)
        self._end_step(request.node, step, "failed", shortened(str(exception)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Add a file that could not be collected to the JUnit report."""
        self._end.junit.add(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the outcome of a scenario when its clearing up has ended."""
        self._end.junit.add(report)
        if report.nodeid not in self._scenarios or report.when != "teardown":
            return
        outcome, why = outcome_of(self._end.junit.tests[report.nodeid])
        if self._begun != report.nodeid:
            self._begin(report.nodeid)
        with self._recording() as recorder:
            if self._in_step:  # a skip in the middle of it
                recorder.end_step(outcome)
            recorder.end_scenario(outcome, shortened(why))
        self._in_step = False

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Leave out pytest's dots between the steps of the progress."""
        ours = report.nodeid in self._scenarios and report.when == "call"
        return (report.outcome, "", "") if ours else None

    def _begin(self, nodeid: str) -> None:
        self._begun, self._in_step = nodeid, False
        with self._recording() as recorder:
            recorder.begin_scenario(self._scenarios[nodeid])

    def _begin_step(self, nodeid: str, step: Step, number: int | None) -> None:
        rows = tuple(tuple(map(str, row)) for row in step.datatable.raw()) if step.datatable else ()
        self._in_step = True
        with self._recording() as recorder:
            recorder.begin_step(step.keyword, step.name, number, type_=step.type, rows=rows)
            self._last_record = f"{self._where(nodeid)} {step.name}"
        if self._progress:
            self._progress.now(self._where(nodeid), step.name)

    def _end_step(self, node: pytest.Item, step: Step, outcome: Outcome, message: str = "") -> None:
        with self._recording() as recorder:
            recorder.end_step(outcome, message)
        self._in_step = False
        node.user_properties.append(("step", f"{outcome}: {step.keyword} {step.name}"))
        if self._progress:
            self._progress.step(self._where(node.nodeid), step.name, passed=outcome == "passed")

    def _where(self, nodeid: str) -> str:
        scenario = self._scenarios[nodeid]
        return " ".join([f"手順{scenario.procedure}", *scenario.rules])

    # The windows --------------------------------------------------------------------------------------

    def _before_click(self, page: Page) -> None:
        with self._recording() as recorder:
            recorder.record_screen(page, "before_click")

    def _record_front(self, recorder: Recorder) -> None:
        """Record the window in front; while a native dialog is open there is no picture, but its words."""
        assert self._bank
        if dialog := self._bank.windows.dialog:
            recorder.record_note(f"ダイアログが表示されました: 「{dialog.message}」")
        elif pages := self._bank.windows.all:
            recorder.record_screen(pages[0], "came")

    def _record_all(self, recorder: Recorder) -> None:
        if self._bank and self._bank.windows.dialog:
            recorder.record_note(f"ダイアログが表示されています: 「{self._bank.windows.dialog.message}」")
            return
        for page in self._bank.windows.all if self._bank else ():
            recorder.record_screen(page, "failed")

    # The end of the run -------------------------------------------------------------------------------

    @contextmanager
    def _recording(self) -> Iterator[Recorder]:
        """Give the recorder. End the run where it fails: nothing is done on a site without evidence."""
        if self._why_early:
            pytest.exit(self._why_early, ExitCode.STOPPED)
        assert self._recorder, "the recorder is made when everything has been collected"
        try:
            yield self._recorder
        except EvidenceError as error:
            self._why_early = f"{error} ここまでの記録は残っています。最後の記録: {self._last_record}"
            pytest.exit(self._why_early, ExitCode.STOPPED)

    def _reason(self, session: pytest.Session) -> str:
        """Return why the run ends before its end; "" where it does not."""
        if self._why_early:
            return self._why_early
        if stopped := session.shouldfail or session.shouldstop:  # pytest calls this an interruption too
            return f"失敗があったため止めました（{stopped}）。"
        if session.exitstatus == pytest.ExitCode.INTERRUPTED:
            return f"人の操作で中断しました。最後の記録: {self._last_record}"
        return ""

    def _run(self) -> RunInfo:
        options = masked(" ".join(self._config.invocation_params.args), self._secrets())
        resumed = bool(self._config.getoption("--evidence-resume"))
        plain = RunInfo("訓練用シミュレータ", options=options, resumed=resumed)
        return self._config.stash.get(RUN, plain)

    def _secrets(self) -> set[str]:
        more = self._config.stash.get(SECRETS, set)()
        return more | self._bank.story.secrets() if self._bank else more


def _given_reason(scenario: Scenario) -> str:
    return scenario.reason
