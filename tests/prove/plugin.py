"""pytest plugin of the proof: the scenarios of each defect's own rule, on a server with that defect.

`--prove ID,ID …` runs those alone, one server a defect, and stops with a defect's first failure; without the
option it is the whole suite on the healthy bank. Everything waits less long here than elsewhere, on the
healthy bank too: what does not come within four seconds is held for missing.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from fixtures import server
from steps.driver.profile import Profile, Timeouts
from steps.pytest_internals import GroupScheduling
from tests.prove.defects.switch import DEFECTS, Defect
from tests.prove.score import MARKED

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario, Step

    from fixtures.server import Server

# Breaks one thing in the server of the tests, before it answers.
SWITCH = "tests.prove.defects.switch:switch_on"
TIMEOUTS = Timeouts(find=4)
NAME, STEP = pytest.StashKey[str](), pytest.StashKey[str]()
CAUGHT = pytest.StashKey[set[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The defects to try."""
    parser.addoption("--prove", default="", metavar="ID,ID", help="欠陥を入れた金庫で、そのきまりを試します")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Wait less long, wherever a test waits for something."""
    config.stash[CAUGHT] = set()
    expect.set_options(timeout=TIMEOUTS.find_ms)


def defects_for(marks: set[str], wanted: list[Defect]) -> list[Defect]:
    """The defects that a scenario with these tags must notice."""
    rules = {mark for mark in marks if re.fullmatch(r"R\d\d", mark)}
    return [
        each
        for each in wanted
        if "訓練" not in marks
        and (each.breaks in rules or (each.procedure and not rules and f"手順{each.procedure}" in marks))
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each scenario and each defect that it must notice."""
    if wanted := _wanted(metafunc.config):
        marks = {mark.name for mark in metafunc.definition.iter_markers()}
        ids = [each.id for each in defects_for(marks, wanted)]
        if ids:
            names = [f"<{id_}>" for id_ in ids]
            metafunc.parametrize("bank_server", ids, ids=names, indirect=True, scope="session")


def _wanted(config: pytest.Config) -> list[Defect]:
    return [DEFECTS[id_] for id_ in config.getoption("--prove").split(",") if id_]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The rest of the scenarios has nothing to do with these defects."""
    if _wanted(config):
        items[:] = [item for item in items if MARKED.search(item.nodeid)]


@pytest.fixture(scope="session")
def bank_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the defect that is being tried."""
    defect = getattr(request, "param", "")
    running = server.start(tmp_path_factory.mktemp("bank"), (SWITCH, defect) if defect else None)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def bank_profile() -> Profile:
    """The simulator's profile, with shorter waits."""
    return Profile(timeouts=TIMEOUTS)


@pytest.fixture(autouse=True)
def _on_this_server(bank_server: Server) -> None:
    """Every scenario knows its server before it runs, or pytest could not try it with another."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """A defect that was caught needs no further scenario."""
    marked = MARKED.search(item.nodeid)
    return True if marked and marked["id"] in item.config.stash[CAUGHT] else None


def pytest_bdd_step_error(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Where it failed: the scenario, and the step's kind and words."""
    request.node.stash[NAME] = scenario.name
    request.node.stash[STEP] = f"{step.type} {step.keyword} {step.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure's report at which step it failed, and whether an assertion did."""
    report = yield
    marked = MARKED.search(item.nodeid)
    if report.failed and marked and call.excinfo:
        asserted = call.when == "call" and isinstance(call.excinfo.value, AssertionError)
        report.user_properties.append(("asserted", asserted))
        report.user_properties += [("step", item.stash.get(STEP, "")), ("scenario", item.stash.get(NAME, ""))]
        if asserted:
            item.config.stash[CAUGHT].add(marked["id"])
    return report


def _group_of(nodeid: str) -> str:
    """All scenarios of one defect go to one worker, in their order."""
    marked = MARKED.search(nodeid)
    return marked["id"] if marked else nodeid


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Our way of sharing out, while defects are tried."""
    return GroupScheduling(config, log, _group_of) if _wanted(config) else None
