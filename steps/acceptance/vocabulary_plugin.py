"""pytest plugin of `densai accept`: keeps what the journey learns of a site's words, beside its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from simulator.manual.patterns import NUMBERED
from steps.acceptance import vocabulary_file
from steps.acceptance.acceptance_run import RUNNING, secrets_in
from steps.acceptance.site_vocabulary import Learnt
from steps.acceptance.vocabulary_file import FILE

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, Scenario, Step

    from steps.deployment import Resolved

LEARNT: pytest.StashKey[Learnt] = pytest.StashKey()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Go on from what an earlier part of the same run has learnt."""
    running = config.stash.get(RUNNING, None)
    if running is None:
        return
    path = running.progress.path.with_name(FILE)
    goes_on = config.getoption("accept_resume") or config.getoption("accept_first")
    known = vocabulary_file.read(path) if goes_on else None
    deployed = running.deployed
    config.stash[LEARNT] = Learnt(path, deployed.file.profile, lambda: hidden_of(deployed), known)


def hidden_of(deployed: Resolved) -> set[str]:
    """What is typed at a site, passwords first of all: none of it is a word of the site."""
    both = (deployed.people.master, deployed.people.general)
    typed = {text for each in both for text in (each.login_id.removeprefix("d-"), each.name, each.mail)}
    return {text for text in typed | secrets_in(deployed) if text}


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Feature) -> None:
    """Which procedure it is."""
    if learnt := request.config.stash.get(LEARNT, None):
        learnt.where = f"{_procedure(feature)} の前提の"


def pytest_bdd_before_step(
    request: pytest.FixtureRequest, feature: Feature, scenario: Scenario, step: Step
) -> None:
    """Which of its steps, or which rule."""
    learnt = request.config.stash.get(LEARNT, None)
    if learnt is None:
        return
    if numbered := NUMBERED.fullmatch(step.name):
        learnt.where = f"{_procedure(feature)} の {numbered['number']}."
    elif scenario.rule and step.type != "given":
        rules = "・".join(sorted(tag for tag in scenario.rule.tags if tag.startswith("R")))
        learnt.where = f"{_procedure(feature)} の {rules} の"


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """What a step has found is on disk before the next one: a crash loses nothing."""
    if learnt := request.config.stash.get(LEARNT, None):
        learnt.keep()


def _procedure(feature: Feature) -> str:
    return next((tag for tag in sorted(feature.tags) if tag.startswith("手順")), feature.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """And after every scenario, whatever came of it."""
    if learnt := item.config.stash.get(LEARNT, None):
        learnt.keep()
    return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Where it is."""
    learnt = config.stash.get(LEARNT, None)
    if learnt and learnt.unkept:
        terminalreporter.write_line(f"分かったことを残せませんでした: {learnt.unkept}", red=True)
    elif learnt and learnt.path and learnt.path.exists():
        lines = f"（写す行 {len(learnt.lacking)} 件）" if learnt.lacking else ""
        terminalreporter.write_line(f"分かったこと: {learnt.path}{lines}")
