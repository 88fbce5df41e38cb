"""pytest plugin of the bench: the time from the first step of the journey to the end of its last.

`-p tests.bench.clock --journey-clock FILE`; starting the server and the browser comes before the first step.
"scenarios" is the time inside them alone, each from its first step to the end of all that is done about it.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.manual.patterns import NUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_bdd.parser import Step

STEPS, BEGAN, ENDED = (pytest.StashKey[int](), pytest.StashKey[float](), pytest.StashKey[float]())
SCENARIOS, AT, MANUALS = (pytest.StashKey[float](), pytest.StashKey[float](), pytest.StashKey[int]())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to write the figure."""
    parser.addoption("--journey-clock", type=Path, required=True)


@pytest.hookimpl(trylast=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest) -> None:
    """After the harness has made what the first step needs."""
    now = time.perf_counter()
    request.config.stash.setdefault(BEGAN, now)
    request.node.stash.setdefault(AT, now)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Around all that anybody does about a scenario."""
    try:
        return (yield)
    finally:
        if AT in item.stash:
            took = time.perf_counter() - item.stash[AT]
            item.config.stash[SCENARIOS] = item.config.stash.get(SCENARIOS, 0.0) + took


@pytest.hookimpl(trylast=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step) -> None:
    """The last one counts."""
    stash = request.config.stash
    stash[MANUALS] = stash.get(MANUALS, 0) + bool(NUMBERED.fullmatch(step.name))
    stash[ENDED], stash[STEPS] = time.perf_counter(), stash.get(STEPS, 0) + 1


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the figure for the bench."""
    if BEGAN in config.stash and ENDED in config.stash:
        figure = {
            "seconds": config.stash[ENDED] - config.stash[BEGAN],
            "steps": config.stash[STEPS],
            "scenarios": config.stash.get(SCENARIOS, 0.0),
            "numbered": config.stash[MANUALS],
        }
        config.getoption("--journey-clock").write_text(json.dumps(figure), encoding="ascii")
