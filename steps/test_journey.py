"""The whole manual as one story: its eleven procedures in order, on one bank and in one browser.

The procedures' own scenarios are run; here a 前提 only asks whether the journey got that far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_bdd import scenario

from simulator.manual.features import ENCODING, FEATURES
from simulator.manual.order import ORDER, place_name
from simulator.manual.procedures import procedures
from simulator.store import Seat
from steps.bank_server import BankServer
from steps.bank_under_test import BankUnderTest
from steps.driver.profile import Profile
from steps.driver.questions import Way
from steps.evidence import failure_record
from steps.pytest_internals import example_of


def _bind() -> None:
    """Make a test of each procedure's scenario."""
    for each in procedures():
        bound = scenario(str(each.path), each.scenario, encoding=ENCODING, features_base_dir=str(FEATURES))
        globals()[f"test_{each.path.stem}"] = bound(_nothing_more())


def _nothing_more() -> Callable[[], None]:
    def after_the_steps() -> None:
        """The scenario's steps are the test."""

    return after_the_steps


_bind()


def place_in_manual(item: pytest.Item) -> int:
    """Return the index in ORDER of a test of the journey."""
    tag = next(mark.name for mark in item.iter_markers() if mark.name.startswith("手順")).removeprefix("手順")
    return ORDER.index(place_name(tag, example_of(item).get("人", "")))


@pytest.fixture(scope="module")
def seat(make_seat: Callable[[str], Seat], fail_on_page_faults: Callable[[], None]) -> Iterator[Seat]:
    """Return one seat for the whole story; a page that is not right fails the last test."""
    yield make_seat("journey")
    fail_on_page_faults()


@pytest.fixture(scope="module")
def context(
    browser: Browser, browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """Return one browser context for the whole story; --video and --tracing record all of it."""
    option, folder = request.config.getoption, _folder(request.config)
    failed_before = request.session.testsfailed
    video = {"record_video_dir": folder} if option("--video") != "off" else {}
    made = browser.new_context(**{**browser_context_args, **video})
    if option("--tracing") != "off":
        made.tracing.start(screenshots=True, snapshots=True)
    yield made
    failed = request.session.testsfailed > failed_before
    if option("--tracing") != "off":
        made.tracing.stop(path=folder / "trace.zip" if failed or option("--tracing") == "on" else None)
    made.close()
    if option("--video") == "retain-on-failure" and not failed:
        for film in folder.glob("*.webm"):
            film.unlink()


@pytest.fixture(autouse=True)
def _pictures(bank: BankUnderTest, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep every window at the end of a procedure where --screenshot=on is given; failures have their own."""
    yield
    if request.config.getoption("--screenshot") == "on":
        failure_record.save(
            bank.windows.all, _folder(request.config) / request.node.name, bank.story.secrets()
        )


def _folder(config: pytest.Config) -> Path:
    return Path(config.getoption("--output")).absolute() / "journey"


@pytest.fixture(scope="module")
def bank(
    context: BrowserContext, seat: Seat, bank_server: BankServer, bank_profile: Profile, question_way: Way
) -> Iterator[BankUnderTest]:
    """Return the bank, its windows and its people, from the first step to the last."""
    home = bank_server.address(seat.code)
    made = BankUnderTest(context, seat, home, journey=True, profile=bank_profile, way=question_way)
    yield made
    made.windows.leave_nothing_open()
