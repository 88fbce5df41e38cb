"""pytest plugin of `densai accept`: the plan's order, what is skipped and why, and the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.features import DESTRUCTIVE, DRILLS
from steps.acceptance import state_lock
from steps.acceptance.acceptance_run import ACCEPTANCE_RUN, AcceptanceRun
from steps.acceptance.plan import plan
from steps.acceptance.run_start import start_run
from steps.acceptance.side_effects import is_destructive
from steps.deployment import DeploymentError
from steps.driver.browser_search import BrowserError, find_browser
from steps.driver.failure import SiteTrouble, StepFailure
from steps.event_file import LedgerError
from steps.evidence.run_keys import RUN, WHY_NOT, RunInfo
from steps.exit_codes import ExitCode
from steps.masking import masked
from steps.pytest_internals import print_past_capture, rendered_scenario, scenario_template
from steps.stash_keys import BANK, NOT_PLAYED, SECRETS

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario

    from steps.acceptance.accept_settings import AcceptSettings

CLEAR_UP = "clear_up"  # the feature that deletes the disposable users, after everything
NOT_ASKED = "この受入テストの対象ではありません"


class AcceptancePlugin:
    """The hooks of one run; they play the scenarios of all_scenarios.py on the deployment of the settings."""

    def __init__(self, settings: AcceptSettings) -> None:
        self._settings = settings
        self._started: AcceptanceRun | None = None
        self._held = ExitStack()  # the lock of the state folder

    @property
    def _run(self) -> AcceptanceRun:
        assert self._started, "a run is started before pytest collects"
        return self._started

    def pytest_configure(self, config: pytest.Config) -> None:
        """Start the run, and tell the evidence about it. Raises pytest.UsageError for whatever forbids it."""
        option, settings = config.getoption, self._settings
        try:
            if not option("--browser") and not option("--browser-channel"):
                find_browser(headed=option("--headed"))
            self._held.enter_context(state_lock.held(settings.site_folder))
            self._started = start_run(
                settings, lambda line: print_past_capture(config, self._told(line), yellow=True)
            )
        except (DeploymentError, BrowserError, LedgerError) as error:
            self._held.close()
            raise pytest.UsageError(str(error)) from None
        config.stash[ACCEPTANCE_RUN] = self._run
        deployed = settings.deployed
        config.stash[RUN] = RunInfo(
            deployed.file.name,
            deployed.start,
            options=" ".join(settings.typed),
            resumed=bool(option("--evidence-resume")),
        )
        config.stash[SECRETS] = deployed.secrets
        config.stash[WHY_NOT] = lambda _scenario: NOT_ASKED

    def pytest_unconfigure(self) -> None:
        """Let the next run use the state folder."""
        self._held.close()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Put the tests in the plan's order, without the drills; mark those that will be skipped."""
        run = self._run
        planned = plan(run.deployed.file, run.asked)
        places = {each.scenario.key: place for place, each in enumerate(planned)}
        chosen: list[tuple[int, pytest.Item]] = []
        dropped: list[pytest.Item] = []
        for item in items:
            key = _key(item)
            if key and key[0] == CLEAR_UP and run.creates_users(planned):
                chosen.append((len(planned), item))
                continue
            place = places.get(key) if key else None
            if place is None:
                dropped.append(item)
                continue
            each = run.plans[item.nodeid] = planned[place]
            if each.disposable or is_destructive(each.scenario):
                item.add_marker(DESTRUCTIVE)
            item.stash[NOT_PLAYED] = run.why_skip(each)
            chosen.append((place, item))
        items[:] = [item for _, item in sorted(chosen, key=lambda pair: pair[0])]
        config.hook.pytest_deselected(items=dropped)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip, with the reason, a scenario that is not to be run or that the journey did not get to."""
        self._run.current = planned = self._run.plans.get(item.nodeid)
        if planned and (reason := self._run.why_skip(planned)):
            pytest.skip(reason)

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest, scenario: Scenario) -> None:
        """Rewrite the feature for the deployment, without the values that would be accepted."""
        run = self._run
        if run.current:
            request.getfixturevalue("bank")  # opening it may show that more was done than was known
            if reason := run.why_skip(run.current):
                pytest.skip(reason)
            run.begin_scenario(scenario, run.current)

    def pytest_bdd_after_scenario(self, request: pytest.FixtureRequest) -> None:
        """Leave none of a scenario's dialogs open for the next one."""
        if bank := request.node.stash.get(BANK, None):
            bank.windows.leave_nothing_open()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterable[None]:
        """Note after each scenario how far the journey got, and whether there is any use in going on."""
        run, current = self._run, self._run.current
        place = current.name if current and current.scenario.is_procedure else ""
        try:
            with run.playing:
                result = yield
            if current and (place or current.disposable):
                run.journey.note(current.name, "done")
        except (SiteTrouble, LedgerError) as error:
            run.trouble = item.session.shouldstop = self._told(error)
            run.broken = place or run.broken
            raise
        except pytest.skip.Exception:
            raise
        except (StepFailure, PlaywrightError) as failure:
            run.broken = place or run.broken
            if not run.why_over:
                raise
            run.trouble = item.session.shouldstop = run.why_over
            raise SiteTrouble(f"{failure}\n{run.why_over}") from failure
        except BaseException:
            run.broken = place or run.broken
            raise
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        """Set the exit code of a run that can go on from where it stopped, unless a secret was found."""
        yield
        interrupted = session.exitstatus == pytest.ExitCode.INTERRUPTED
        if session.exitstatus != ExitCode.SECRET and (self._run.trouble or interrupted):
            session.exitstatus = ExitCode.STOPPED

    def _told(self, text: object) -> str:
        """Return a text as the terminal may have it: a site's words may hold a secret, or signs that act."""
        return masked(str(text), self._settings.deployed.secrets())

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was done, and how to go on."""
        run = self._run

        def write(line: str) -> None:
            terminalreporter.write_line(self._told(line))

        write(f"済んだ手順: {'、'.join(run.journey.read().done) or 'なし'}")
        for line in (*run.remarks_report(), *run.disposable_users_report()):
            write(line)
        if run.trouble or run.broken:
            where = f"手順{run.broken}" if run.broken else (run.current.where if run.current else "")
            write(f"止まったところ: {where}。{run.trouble.partition(chr(10))[0]}")
            write("直してから --resume を付けると続けます。済んだことは繰り返しません。")


def _key(item: pytest.Item) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the key of the scenario that a test plays, as PlayedScenario has it; None for a drill."""
    template, rendered = scenario_template(item), rendered_scenario(item)
    if template is None or rendered is None or DRILLS in Path(template.feature.filename).parts:
        return None
    steps = tuple(step.name for step in rendered.steps)
    return Path(template.feature.filename).stem, rendered.name, steps
