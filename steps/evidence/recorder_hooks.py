"""The hooks that keep evidence, registered only where `--evidence` asks for it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.manual.patterns import NUMBERED
from steps.driver.hands import nothing
from steps.evidence import selected_scenarios
from steps.evidence.disk import EvidenceError
from steps.evidence.junit import Junit
from steps.evidence.progress_bar import ProgressBar
from steps.evidence.recorder import Recorder, RunInfo
from steps.evidence.run_keys import RUN, WHY_NOT
from steps.evidence.run_records import Outcome, Scenario
from steps.evidence.secret_spellings import hidden
from steps.evidence.verify import may_begin
from steps.exit_codes import ExitCode
from steps.stash_keys import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_bdd.parser import Scenario as Told
    from pytest_bdd.parser import Step

    from steps.bank_under_test import BankUnderTest

MOST_LINES = 12
WORST: tuple[Outcome, ...] = ("failed", "skipped", "passed")


class RecorderHooks:
    """Watches pytest run the scenarios, and has the recorder write down what it sees."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        try:
            may_begin(folder, resumed=bool(config.getoption("--evidence-resume")))
        except EvidenceError as error:
            raise pytest.UsageError(str(error)) from None
        self._config, self._folder = config, folder
        self.junit = Junit(config, folder)
        self._recorder: Recorder | None = None
        self._progress: ProgressBar | None = None
        self._bank: BankUnderTest | None = None
        self._infos: dict[str, Scenario] = {}
        self._begun = ""
        self._in_step = False
        self._reached = "まだ何も実行していません。"
        self._results: dict[str, list[tuple[Outcome, str]]] = {}
        self._why_early = ""
        self._summary: list[tuple[str, bool]] = []

    @property
    def _keeping(self) -> Recorder:
        assert self._recorder, "the recorder is made when everything has been collected"
        return self._recorder

    def note(self, text: str) -> None:
        """Something that whoever plays a line has to say of it."""
        with self._kept() as recorder:
            recorder.note(text)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Write down everything that could be run, before anything is. Raises pytest.UsageError."""
        if self._config.option.collectonly:
            return
        self._infos, lines = selected_scenarios.chosen(session.items)
        why_not = self._config.stash.get(WHY_NOT, _given_reason)
        try:
            self._recorder = Recorder(self._folder, self._run(), self._secrets)
            self._recorder.plan(*selected_scenarios.everything(list(self._infos.values()), why_not))
        except EvidenceError as error:
            raise pytest.UsageError(str(error)) from None
        find = self._config.pluginmanager.getplugin
        capturing = find("capturemanager").global_and_fixture_disabled
        self._progress = ProgressBar(find("terminalreporter"), capturing, lines)
        self._progress.begin()

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest) -> None:
        """A scenario begins."""
        self._begin(request.node.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Before a line is played; in a step of the manual each click waits for its picture."""
        self._bank = used = request.getfixturevalue("bank")
        numbered = NUMBERED.fullmatch(step.name)
        self._begin_step(request.node.nodeid, step, int(numbered["number"]) if numbered else None)
        used.hands.before_click = self._before_click if numbered else nothing

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_after_step(self, request: pytest.FixtureRequest, scenario: Told, step: Step) -> None:
        """After it: the screen that came, once all that must show of it has shown."""
        after = scenario.steps[scenario.steps.index(step) + 1 :][:1]
        with self._kept() as recorder:
            if step.type != "given" and not any(each.type == "then" for each in after):
                self._look(recorder)
        self._end_step(request.node, step, "passed")

    def pytest_bdd_step_error(
        self, request: pytest.FixtureRequest, step: Step, exception: BaseException
    ) -> None:
        """Every window as it was when a line failed."""
        if isinstance(exception, pytest.exit.Exception):
            return
        with self._kept() as recorder:
            self._look_at_all(recorder)
        self._end_step(request.node, step, "failed", _shortened(str(exception)))

    def pytest_bdd_step_func_lookup_error(
        self, request: pytest.FixtureRequest, step: Step, exception: BaseException
    ) -> None:
        """A line that nobody can play."""
        self._begin_step(request.node.nodeid, step, None)
        self._end_step(request.node, step, "failed", _shortened(str(exception)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A scenario is over when its clearing up is."""
        if report.nodeid not in self._infos:
            return
        results = self._results.setdefault(report.nodeid, [])
        results.append((report.outcome, _reason(report)))
        if report.when != "teardown":
            return
        outcome = next(each for each in WORST if any(each == result for result, _ in results))
        reason = "\n".join(text for result, text in results if result == outcome and text)
        if self._begun != report.nodeid:
            self._begin(report.nodeid)
        with self._kept() as recorder:
            if self._in_step:  # a skip in the middle of it
                recorder.end_step(outcome)
            recorder.end_scenario(outcome, _shortened(reason))
        self._in_step = False

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """No dots between the steps: these tell the same, and more."""
        ours = report.nodeid in self._infos and report.when == "call"
        return (report.outcome, "", "") if ours else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """The JUnit report is written with the others: on a full disk pytest would break off there."""
        try:
            return (yield)
        finally:
            self.junit.take()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Close the folder, whatever ended the run. The exit code says if a secret was found."""
        if not self._recorder:
            return
        if self._progress:
            self._progress.end()
        try:
            self.junit.write()
            closed = self._recorder.finish(self._why(session), [self._output()])
        except EvidenceError as error:
            session.exitstatus = ExitCode.STOPPED
            self._tell(
                f"{error} 空きを作ってから densai verify {self._folder} --report で報告書を作り直せます。",
                bad=True,
            )
            return
        except ValueError as error:
            session.exitstatus = ExitCode.STOPPED
            self._tell(f"{error} 証跡を閉じられません。 The evidence cannot be sealed.", bad=True)
            return
        self._tell(f"証跡: {self._folder}")
        self._tell(f"封印（manifest.json の SHA-256）: {closed.seal}")
        if closed.found:
            session.exitstatus = ExitCode.SECRET
            self._tell("パスワードが含まれています。この証跡を渡さないでください。", bad=True)
            for each in closed.found:
                self._tell(f"  {each}", bad=True)

    def pytest_unconfigure(self) -> None:
        """The last lines of all, however the run ended: where the evidence is, and what to write down."""
        for text, bad in self._summary:
            self._config.pluginmanager.getplugin("terminalreporter").write_line(text, red=bad)

    def _tell(self, text: str, *, bad: bool = False) -> None:
        self._summary.append((text, bad))

    @contextmanager
    def _kept(self) -> Iterator[Recorder]:
        """Nothing is done on a site of which no evidence can be kept: the run stops."""
        if self._why_early:
            pytest.exit(self._why_early, ExitCode.STOPPED)
        try:
            yield self._keeping
        except EvidenceError as error:
            self._why_early = f"{error} ここまでの記録は残っています。最後の記録: {self._reached}"
            pytest.exit(self._why_early, ExitCode.STOPPED)

    def _begin(self, nodeid: str) -> None:
        self._begun, self._in_step = nodeid, False
        with self._kept() as recorder:
            recorder.scenario(self._infos[nodeid])

    def _begin_step(self, nodeid: str, step: Step, number: int | None) -> None:
        rows = tuple(tuple(map(str, row)) for row in step.datatable.raw()) if step.datatable else ()
        self._in_step = True
        with self._kept() as recorder:
            recorder.step(step.keyword, step.name, number, type_=step.type, rows=rows)
            self._reached = f"{self._where(nodeid)} {step.name}"

    def _end_step(self, node: pytest.Item, step: Step, outcome: Outcome, message: str = "") -> None:
        with self._kept() as recorder:
            recorder.end_step(outcome, message)
        self._in_step = False
        node.user_properties.append(("step", f"{outcome}: {step.keyword} {step.name}"))
        if self._progress:
            self._progress.step(self._where(node.nodeid), step.name, passed=outcome == "passed")

    def _where(self, nodeid: str) -> str:
        info = self._infos[nodeid]
        return " ".join([f"手順{info.procedure}", *info.rules])

    def _before_click(self, page: Page) -> None:
        with self._kept() as recorder:
            recorder.screen(page, "before_click")

    def _look(self, recorder: Recorder) -> None:
        """The window in front; while a native dialog is open the browser gives no picture, but its words."""
        assert self._bank
        if dialog := self._bank.windows.dialog:
            recorder.note(f"ダイアログが表示されました: 「{dialog.message}」")
        elif pages := self._bank.windows.all:
            recorder.screen(pages[0], "came")

    def _look_at_all(self, recorder: Recorder) -> None:
        if self._bank and self._bank.windows.dialog:
            recorder.note(f"ダイアログが表示されています: 「{self._bank.windows.dialog.message}」")
            return
        for page in self._bank.windows.all if self._bank else ():
            recorder.screen(page, "failed")

    def _run(self) -> RunInfo:
        options = hidden(" ".join(self._config.invocation_params.args), self._secrets())
        resumed = bool(self._config.getoption("--evidence-resume"))
        plain = RunInfo("訓練用シミュレータ", options=options, resumed=resumed)
        return self._config.stash.get(RUN, plain)

    def _secrets(self) -> set[str]:
        more = self._config.stash.get(SECRETS, set)()
        return more | self._bank.story.secrets() if self._bank else more

    def _why(self, session: pytest.Session) -> str:
        """Why the run ends before its end; empty when it does not."""
        if self._why_early:
            return self._why_early
        if stopped := session.shouldfail or session.shouldstop:  # pytest calls this an interruption too
            return f"失敗があったため止めました（{stopped}）。"
        if session.exitstatus == pytest.ExitCode.INTERRUPTED:
            return f"人の操作で中断しました。最後の記録: {self._reached}"
        return ""

    def _output(self) -> Path:
        return Path(self._config.getoption("--output")).absolute()


def _given_reason(scenario: Scenario) -> str:
    return scenario.reason


def _reason(report: pytest.TestReport) -> str:
    """Why a part of a test did not pass."""
    if isinstance(report.longrepr, tuple):  # a skip: file, line and reason
        return report.longrepr[2]
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr or "")


def _shortened(text: str) -> str:
    lines = text.strip().splitlines()
    return "\n".join([*lines[:MOST_LINES], *(["…"] if len(lines) > MOST_LINES else [])])
