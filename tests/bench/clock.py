"""pytest plugin of the bench: the time from the first step of the journey to the end of its last.

`-p tests.bench.clock --journey-clock FILE`; starting the server and the browser comes before the first step.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

STEPS, BEGAN, ENDED = (pytest.StashKey[int](), pytest.StashKey[float](), pytest.StashKey[float]())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to write the figure."""
    parser.addoption("--journey-clock", type=Path, required=True)


@pytest.hookimpl(trylast=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest) -> None:
    """After the harness has made what the first step needs."""
    request.config.stash.setdefault(BEGAN, time.perf_counter())


@pytest.hookimpl(trylast=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """The last one counts."""
    stash = request.config.stash
    stash[ENDED], stash[STEPS] = time.perf_counter(), stash.get(STEPS, 0) + 1


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the figure for the bench."""
    if BEGAN in config.stash and ENDED in config.stash:
        figure = {"seconds": config.stash[ENDED] - config.stash[BEGAN], "steps": config.stash[STEPS]}
        config.getoption("--journey-clock").write_text(json.dumps(figure), encoding="ascii")
