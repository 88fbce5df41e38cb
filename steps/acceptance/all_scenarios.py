"""Every scenario of the manual's features, to be played as one story on one deployment.

Not named like a test: only `densai accept` runs it. What is run, in which order, plugin.py says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError
from pytest_bdd import scenarios, then, when

from simulator.manual.procedures import FEATURES
from steps.acceptance.acceptance_run import RUNNING, AcceptanceRun
from steps.acceptance.connection_errors import start_failure
from steps.acceptance.deployed_bank import DeployedBank
from steps.acceptance.vocabulary_plugin import LEARNT
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.questions import Way

scenarios(str(FEATURES), str(Path(__file__).with_name("clear_up.feature")))


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], pytestconfig: pytest.Config
) -> dict[str, Any]:
    """The browser, told which keys an internal certificate authority vouches for."""
    args = [*browser_type_launch_args.get("args", []), *pytestconfig.stash[RUNNING].launch_args]
    return {**browser_type_launch_args, "args": args}


@pytest.fixture(scope="session")
def browser(
    launch_browser: Callable[[], Browser], browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """The browser; a Ctrl-C at the terminal has ended it before we can. Raises SiteTrouble."""
    options = browser_type_launch_args
    try:
        made = launch_browser()
    except PlaywrightError as error:
        told = start_failure(error, options.get("executable_path"), options.get("channel", ""))
        raise SiteTrouble(told) from None
    yield made
    with suppress(PlaywrightError):
        made.close()


@pytest.fixture(scope="module")
def running(request: pytest.FixtureRequest) -> AcceptanceRun:
    """The deployment, its people, the ledger and how far the journey has got."""
    return request.config.stash[RUNNING]


@pytest.fixture(scope="module")
def context(
    browser: Browser, browser_context_args: dict[str, Any], running: AcceptanceRun
) -> Iterator[BrowserContext]:
    """One browser for the whole story, through the deployment's proxy where it has one."""
    made = browser.new_context(**browser_context_args, **running.deployed.proxy.options())
    made.on("response", running.proxy.heard)
    yield made
    with suppress(PlaywrightError):
        made.close()


@pytest.fixture(scope="module")
def bank(
    context: BrowserContext, running: AcceptanceRun, pytestconfig: pytest.Config
) -> Iterator[DeployedBank]:
    """The site, its windows and its people, from the first step to the last."""
    way: Way = pytestconfig.getoption("--questions") or "words"
    made = DeployedBank(context, running.deployed, running.counted, running.say, way)
    made.on_sending, made.find.notes = running.sending, pytestconfig.stash[LEARNT]
    made.story.done.extend(running.done_before())
    running.open(made)
    yield made
    made.windows.leave_nothing_open()


@when("使い捨ての利用者を、ユーザ管理業務とユーザ更新ですべて削除する")
def delete_them(bank: DeployedBank, running: AcceptanceRun) -> None:
    """Everybody whom this run or an earlier one has made in order to throw him away."""
    assert running.phase, f"{bank} was opened with one"
    running.phase.sweep(again=True)


@then("使い捨ての利用者は 1 人も残っていない")
def nobody_is_left(request: pytest.FixtureRequest, bank: DeployedBank, running: AcceptanceRun) -> None:
    """Pass if all are gone; the evidence says who was there. Raises StepFailure."""
    told = list(running.told_of_users())
    if keeping := request.config.pluginmanager.getplugin("densai-evidence"):
        keeping.note("\n".join(told))
    if running.spares.left():
        raise StepFailure("\n".join(told))
    bank.windows.close_opened()
