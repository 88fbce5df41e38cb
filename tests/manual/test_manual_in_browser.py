"""/manual in a real browser: the step that the address names is marked and in view, at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from fixtures.server import Server

SIZES = [(1366, 768), (390, 844)]
MARKED = "element => { const s = getComputedStyle(element); return [s.backgroundColor, s.outlineStyle]; }"
UNMARKED = ["rgba(0, 0, 0, 0)", "none"]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}px")
def page(request: pytest.FixtureRequest, context: BrowserContext, bank_server: Server) -> Iterator[Page]:
    """The manual, opened at step 2-1.4."""
    width, height = request.param
    opened = context.new_page()
    opened.set_viewport_size({"width": width, "height": height})
    opened.goto(f"http://127.0.0.1:{bank_server.port}/manual#2-1-4")
    yield opened
    opened.close()


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_named_step_is_marked_and_in_view_below_the_banner(page: Page) -> None:
    step, banner = page.locator("[id='2-1-4']"), page.locator(".training").bounding_box()
    expect(step).to_be_in_viewport()
    box = step.bounding_box()
    assert box
    assert banner
    assert box["y"] >= banner["y"] + banner["height"]
    assert step.evaluate(MARKED) != UNMARKED
    assert page.locator("[id='2-1-5']").evaluate(MARKED) == UNMARKED


def test_the_mark_goes_along_with_the_address(page: Page) -> None:
    page.evaluate("location.hash = '#1-4-6'")
    expect(page.locator("[id='1-4-6']")).to_be_in_viewport()
    assert page.locator("[id='1-4-6']").evaluate(MARKED) != UNMARKED
    assert page.locator("[id='2-1-4']").evaluate(MARKED) == UNMARKED


def test_the_contents_lead_to_a_procedure(page: Page) -> None:
    page.get_by_role("navigation", name="目次").get_by_role("link", name="一般ユーザの取引権限").click()
    expect(page.get_by_role("heading", name="2-3 一般ユーザの取引権限を設定する")).to_be_in_viewport()


def test_the_mark_is_seen_in_forced_colours_and_not_printed(page: Page) -> None:
    step = page.locator("[id='2-1-4']")
    page.emulate_media(forced_colors="active")
    assert step.evaluate(MARKED)[1] == "solid"
    page.emulate_media(forced_colors="none", media="print")
    assert step.evaluate(MARKED) == UNMARKED
