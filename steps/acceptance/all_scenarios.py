"""Every scenario of the manual's features, to be played as one story on one deployment.

Not named like a test: only `densai accept` runs it. acceptance_plugin.py chooses and orders the scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError
from pytest_bdd import scenarios, then, when

from simulator.manual.features import ENCODING, FEATURES
from steps.acceptance.acceptance_run import ACCEPTANCE_RUN, AcceptanceRun
from steps.acceptance.connection_errors import start_failure
from steps.acceptance.deployed_bank import DeployedBank
from steps.acceptance.vocabulary_plugin import VOCABULARY
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.questions import Way

scenarios(str(FEATURES), str(Path(__file__).with_name("clear_up.feature")), encoding=ENCODING)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], pytestconfig: pytest.Config
) -> dict[str, Any]:
    """Return the browser's options, with the keys of servers that an internal authority has certified."""
    args = [*browser_type_launch_args.get("args", []), *pytestconfig.stash[ACCEPTANCE_RUN].launch_args]
    return {**browser_type_launch_args, "args": args}


@pytest.fixture(scope="session")
def browser(
    launch_browser: Callable[[], Browser],
    browser_type_launch_args: dict[str, Any],
    pytestconfig: pytest.Config,
) -> Iterator[Browser]:
    """Return the browser, which a Ctrl-C at the terminal, or our watch, ends before we can.

    Raises SiteTrouble.
    """
    options = browser_type_launch_args
    try:
        made = launch_browser()
    except PlaywrightError as error:
        message = start_failure(error, options.get("executable_path"), options.get("channel", ""))
        raise SiteTrouble(message) from None
    with pytestconfig.stash[ACCEPTANCE_RUN].browser_watch.watching(made):
        yield made
        with suppress(PlaywrightError):
            made.close()


@pytest.fixture(scope="module")
def acceptance_run(request: pytest.FixtureRequest) -> AcceptanceRun:
    """Return the run: the deployment, its people, the ledger and the progress of the journey."""
    return request.config.stash[ACCEPTANCE_RUN]


@pytest.fixture(scope="module")
def context(
    browser: Browser, browser_context_args: dict[str, Any], acceptance_run: AcceptanceRun
) -> Iterator[BrowserContext]:
    """Return one browser context for the whole story, by the way that the deployment tells."""
    deployed = acceptance_run.deployed
    ways = {**deployed.proxy.options(), **deployed.login.options(deployed.start)}
    made = browser.new_context(**browser_context_args, **ways)
    made.on("response", acceptance_run.proxy_watch.heard)
    acceptance_run.browser_watch.count_windows(made)
    yield made
    with suppress(PlaywrightError):
        made.close()


@pytest.fixture(scope="module")
def bank(
    context: BrowserContext, acceptance_run: AcceptanceRun, pytestconfig: pytest.Config
) -> Iterator[DeployedBank]:
    """Return the site, its windows and its people, from the first step to the last."""
    run, way = acceptance_run, cast(Way, pytestconfig.getoption("--questions") or "words")
    made = DeployedBank(context, run.deployed, run.attempts, run.say, way)
    made.on_sending, made.find.notes = run.note_sending, pytestconfig.stash[VOCABULARY]
    made.story.done.extend(run.done_before())
    run.open(made)
    yield made
    made.windows.leave_nothing_open()


@when("使い捨ての利用者を、ユーザ管理業務とユーザ更新ですべて削除する")
def delete_disposable_users(bank: DeployedBank, acceptance_run: AcceptanceRun) -> None:
    """Delete all disposable users of this run and of earlier ones."""
    assert acceptance_run.phase, f"{bank} was opened with one"
    acceptance_run.phase.sweep(again=True)


@then("使い捨ての利用者は 1 人も残っていない")
def nobody_is_left(request: pytest.FixtureRequest, bank: DeployedBank, acceptance_run: AcceptanceRun) -> None:
    """Pass if all are gone, and note in the evidence who was there. Raises StepFailure."""
    report = "\n".join(acceptance_run.disposable_users_report())
    if recorder := request.config.pluginmanager.getplugin("densai-evidence"):
        recorder.note(report)
    if acceptance_run.accounts.left():
        raise StepFailure(report)
    bank.windows.close_opened()
