"""pytest plugin of `densai accept`: the story's order, what is not run and why, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from simulator.manual.procedures import DRILLS
from simulator.manual.scenarios import DESTRUCTIVE
from steps.acceptance.acceptance_run import RUNNING, begun, secrets_in
from steps.acceptance.plan import plan
from steps.acceptance.side_effects import is_destructive
from steps.deployment import DeploymentError
from steps.driver.browser_search import BrowserError
from steps.driver.failure import SiteTrouble, StepFailure
from steps.evidence.exit_codes import SECRET_FOUND
from steps.evidence.stash_keys import NOT_PLAYED, RUN, SECRETS, WHY_NOT, RunInfo
from steps.feature_plugin import BANK
from steps.ledger import LedgerError

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario

ABORTED, SECRET_TOLD = 3, 104
CLEAR_UP = "clear_up"  # the feature that deletes whom a run has made, after everything


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `densai accept` passes on."""
    group = parser.getgroup("accept", "受入テスト")
    group.addoption("--deployment", type=Path, help="相手のサイトを書いた TOML")
    group.addoption("--from", dest="accept_first", default="", help="この手順から")
    group.addoption("--until", dest="accept_last", default="", help="この手順まで")
    group.addoption("--tags", dest="accept_tags", default="", help="このタグのきまりだけ（, で区切る）")
    group.addoption("--resume", dest="accept_resume", action="store_true", help="前回の続きから")
    group.addoption("--restored", dest="accept_restored", help="パスワードを人が直した利用者のログインID")
    group.addoption("--unlocked", dest="accept_unlocked", help="誤りの回数を元に戻した利用者のログインID")
    group.addoption("--state", dest="accept_state", type=Path, help="試行の記録と進み具合の置き場所")


def pytest_configure(config: pytest.Config) -> None:
    """Everything that must be right before the site is touched. Raises pytest.UsageError."""
    if config.getoption("--deployment") is None:
        return
    try:
        config.stash[RUNNING] = made = begun(config)
    except (DeploymentError, BrowserError, LedgerError) as error:
        raise pytest.UsageError(str(error)) from None
    site = made.deployed.file
    options = config.invocation_params.args
    config.stash[RUN] = RunInfo(
        site.name,
        made.deployed.start,
        options=" ".join(map(str, options)),
        resumed=bool(config.getoption("--evidence-resume")),
    )
    config.stash[SECRETS] = lambda: secrets_in(made.deployed)
    config.stash[WHY_NOT] = lambda _scenario: "この受入テストの対象ではありません"


# The order and the verdicts -------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The plan's order; drills are left out, and what is not run says why."""
    running = config.stash.get(RUNNING, None)
    if running is None:
        return
    planned = plan(running.deployed.file, running.asked)
    places = {each.told.key: (place, each) for place, each in enumerate(planned)}
    chosen: list[tuple[int, pytest.Item]] = []
    dropped: list[pytest.Item] = []
    for item in items:
        key = _key(item)
        if key and key[0] == CLEAR_UP and running.makes_users(planned):
            chosen.append((len(planned), item))
            continue
        known = places.get(key)
        if known is None:
            dropped.append(item)
            continue
        place, each = known
        if each.spare or is_destructive(each.told):
            item.add_marker(DESTRUCTIVE)
        running.plans[item.nodeid] = each
        item.stash[NOT_PLAYED] = bool(running.why_skip(each))
        chosen.append((place, item))
    items[:] = [item for _, item in sorted(chosen, key=lambda pair: pair[0])]
    config.hook.pytest_deselected(items=dropped)


def _key(item: pytest.Item) -> Any:
    if not isinstance(item, pytest.Function):
        return None
    template = scenario_wrapper_template_registry.get(item.obj)
    if template is None or DRILLS in Path(template.feature.filename).parts:
        return None
    example = item.callspec.params.get("_pytest_bdd_example", {}) if hasattr(item, "callspec") else {}
    rendered = template.render(example if isinstance(example, dict) else {})
    return Path(template.feature.filename).stem, rendered.name, tuple(step.name for step in rendered.steps)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the reason, what is not to be run or what the journey did not get to."""
    running = item.config.stash.get(RUNNING, None)
    if running is None:
        return
    running.at = planned = running.plans.get(item.nodeid)
    if planned and (reason := running.why_skip(planned)):
        pytest.skip(reason)


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """The feature's people and words become the deployment's; what would be accepted is left out."""
    running = request.config.stash.get(RUNNING, None)
    if running and running.at:
        request.getfixturevalue("bank")  # opening it may show that more was done than was known
        if reason := running.why_skip(running.at):
            pytest.skip(reason)
        running.begin_scenario(scenario, running.at)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Nothing of one scenario's dialogs reaches into the next."""
    bank = request.node.stash.get(BANK, None)
    if bank and request.config.stash.get(RUNNING, None):
        bank.windows.leave_nothing_open()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterable[None]:
    """After each scenario: how far the journey got, and whether there is any use in going on."""
    running = item.config.stash.get(RUNNING, None)
    if running is None:
        return (yield)
    at = running.at
    place = at.name if at and at.told.is_procedure else ""
    try:
        with running.playing:
            result = yield
        if at and (place or at.spare):
            running.progress.note(at.name, "done")
    except (SiteTrouble, LedgerError) as error:
        running.trouble = str(error)
        running.broken = place or running.broken
        item.session.shouldstop = str(error)
        raise
    except pytest.skip.Exception:
        raise
    except StepFailure as failure:
        running.broken = place or running.broken
        if not running.proxy.why:
            raise
        running.trouble = item.session.shouldstop = running.proxy.why
        raise SiteTrouble(f"{failure}\n{running.proxy.why}") from failure
    except BaseException:
        running.broken = place or running.broken
        raise
    return result


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """The exit code says whether the run can go on from where it stopped, once the evidence is closed.

    A secret in the evidence is told with a code that pytest also has for a wrong option.
    """
    yield
    running = session.config.stash.get(RUNNING, None)
    if session.exitstatus != exitstatus and session.exitstatus == SECRET_FOUND:
        session.exitstatus = SECRET_TOLD
    elif running and (running.trouble or session.exitstatus == pytest.ExitCode.INTERRUPTED):
        session.exitstatus = ABORTED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was done, and how to go on."""
    running = config.stash.get(RUNNING, None)
    if running is None:
        return
    reached = running.progress.read()
    terminalreporter.write_line(f"済んだ手順: {'、'.join(reached.done) or 'なし'}")
    for line in running.told_of_users():
        terminalreporter.write_line(line)
    if running.trouble or running.broken:
        at = f"手順{running.broken}" if running.broken else (running.at.where if running.at else "")
        why = running.trouble.partition("\n")[0]
        terminalreporter.write_line(f"止まったところ: {at}。{why}")
        terminalreporter.write_line("直してから --resume を付けると続けます。済んだことは繰り返しません。")
