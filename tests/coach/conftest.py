"""A trainee whose browser blocks windows that open without his click, as an ordinary one does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.store.training import PracticeRow, Training
from tests.coach.trainee import Trainee

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

    from fixtures.server import Server
    from simulator.store import Worlds

FAST = "try { sessionStorage.setItem('densai-speed', '0.03'); } catch (error) { /* about:blank has none */ }"


@pytest.fixture(scope="session")
def strict_browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Playwright switches pop-up blocking off; this browser has it on."""
    browser = launch_browser(ignore_default_args=["--disable-popup-blocking"])
    yield browser
    browser.close()


@pytest.fixture
def strict_context(
    strict_browser: Browser, browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """One person's browser, in the size that a test is run for."""
    size = getattr(request, "param", None)
    args = {**browser_context_args, "reduced_motion": "reduce", **({"viewport": size} if size else {})}
    context = strict_browser.new_context(**args)
    context.add_init_script(FAST)
    yield context
    context.close()


@pytest.fixture
def trainee(strict_context: BrowserContext, bank_server: Server) -> Trainee:
    """Somebody who comes to the entrance for the first time."""
    return Trainee(strict_context, f"http://127.0.0.1:{bank_server.port}/")


@pytest.fixture
def latest(worlds: Worlds, trainee: Trainee) -> Callable[[], PracticeRow]:
    """The practice as the server keeps it."""

    def find() -> PracticeRow:
        kept = Training(worlds)
        seat = next(c for page in trainee.context.pages for c in page.url.split("/bank/")[1:]).split("/")[0]
        row = kept.current(seat)
        assert row
        return row

    return find
