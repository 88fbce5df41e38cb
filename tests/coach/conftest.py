"""A trainee whose browser blocks windows that open without his click, as an ordinary one does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.store.training import PracticeRow, Training
from simulator.training import starts
from tests.coach.drawn import WIDE, Drawn
from tests.coach.trainee import Trainee
from tests.screens.banks import Bank, open_bank
from tests.screens.shown import every_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

    from fixtures.server import Server
    from simulator.store import Worlds
    from tests.screens.shown import Shot

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


@pytest.fixture(scope="module")
def densai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    app = open_bank(tmp_path_factory.mktemp("states") / "densai.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


@pytest.fixture(scope="module")
def shots(densai: Bank) -> dict[str, Shot]:
    return every_screen(densai, starts.make_seats(densai.worlds, seed=1560)[0])


@pytest.fixture(scope="module")
def drawn_window(densai: Bank, browser: Browser, shots: dict[str, Shot]) -> Iterator[Drawn]:
    """One window for all states."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    yield Drawn(densai, context, shots)
    context.close()


@pytest.fixture
def drawn(drawn_window: Drawn) -> Drawn:
    """The window for states, as wide as the bank opens it."""
    drawn_window.page.set_viewport_size(WIDE)
    return drawn_window
