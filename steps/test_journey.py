"""The whole manual as one story: its eleven procedures in order, on one bank and in one browser.

What is run are the procedure scenarios themselves; here a 前提 only asks whether the journey got that far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_bdd import scenario

from fixtures.server_plugin import complain, new_seat
from simulator.manual.procedures import FEATURES, procedures
from simulator.store import Seat, Worlds
from steps.bank_under_test import BankUnderTest
from steps.evidence import failure_record

if TYPE_CHECKING:
    from fixtures.server import Server

# Logging out ends the master's part and, in the end, the general user's.
MASTERS_PART = ("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "4 マスターユーザ")
ORDER = (*MASTERS_PART, "3-1", "3-2", "3-3", "4 一般ユーザ")


def _bind() -> None:
    """A test for each procedure's scenario."""
    for each in procedures():
        bound = scenario(str(each.path), each.scenario, features_base_dir=str(FEATURES))
        globals()[f"test_{each.path.stem}"] = bound(_nothing_more())


def _nothing_more() -> Callable[[], None]:
    def after_the_steps() -> None:
        """The scenario's steps are the test."""

    return after_the_steps


_bind()


def place_in_manual(item: pytest.Item) -> int:
    """Where a test stands in the journey."""
    example = item.callspec.params.get("_pytest_bdd_example", {}) if hasattr(item, "callspec") else {}
    tag = next(mark.name for mark in item.iter_markers() if mark.name.startswith("手順")).removeprefix("手順")
    return ORDER.index(" ".join(filter(None, (tag, example.get("人", "")))))


@pytest.fixture(scope="module")
def seat(worlds: Worlds, bank_server: Server) -> Iterator[Seat]:
    """One bank for the whole story."""
    yield new_seat(worlds, "journey")
    complain(bank_server)


@pytest.fixture(scope="module")
def context(
    browser: Browser, browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """One browser for the whole story; --video and --tracing record it from its first step to its last."""
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
    """Every window at the end of a procedure, when --screenshot=on asks for it; a failure has its own."""
    yield
    if request.config.getoption("--screenshot") == "on":
        failure_record.save(
            bank.windows.all, _folder(request.config) / request.node.name, bank.story.secrets()
        )


def _folder(config: pytest.Config) -> Path:
    return Path(config.getoption("--output")).absolute() / "journey"


@pytest.fixture(scope="module")
def bank(context: BrowserContext, seat: Seat, bank_server: Server) -> Iterator[BankUnderTest]:
    """The bank, its windows and its people, from the first step to the last."""
    made = BankUnderTest(context, seat, bank_server.address(seat.code), journey=True)
    yield made
    made.windows.leave_nothing_open()
