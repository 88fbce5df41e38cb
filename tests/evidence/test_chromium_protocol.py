"""Chromium's own protocol still does what the evidence uses it for.

Where it does not, screenshots are taken by Playwright instead and no other test fails: only slower.
"""

from __future__ import annotations

import struct

import pytest
from playwright.sync_api import Page

from steps.evidence import capture, chromium_protocol

TIMEOUT_MS = 60_000


@pytest.fixture
def login(page: Page) -> Page:
    page.set_viewport_size({"width": 600, "height": 400})
    page.set_content(
        "<input type='password' value='abc'><iframe srcdoc=\"<input type='password'>\"></iframe>"
        "<p style='height: 900px'>"
    )
    return page


def picture(page: Page, size: tuple[int, int] | None = None, sheet: str = "") -> bytes:
    content = chromium_protocol.screenshot(page, size=size, sheet=sheet, timeout_ms=TIMEOUT_MS)
    assert content is not None, "Page.getFrameTree no longer lists the frames of one site: slow screenshots"
    return content


def test_it_is_spoken_with_the_browser_of_the_tests(login: Page) -> None:
    assert chromium_protocol.is_spoken(login), "BrowserType.name of Chromium has changed: slow screenshots"


def test_a_screenshot_is_a_png_of_the_window_or_of_the_size_asked_for(login: Page) -> None:
    shown, whole = picture(login), picture(login, size=(600, 1200))
    sizes = [struct.unpack_from(">II", each, 16) for each in (shown, whole)]
    assert sizes == [(600, 400), (600, 1200)], "Page.captureScreenshot no longer obeys clip beyond the window"


def test_a_screenshot_is_compressed_for_speed(login: Page) -> None:
    ours, playwrights = picture(login), login.screenshot(caret="initial")
    told = "Page.captureScreenshot no longer knows optimizeForSpeed, or Playwright uses it too: drop ours"
    assert len(ours) > len(playwrights), told


def test_a_sheet_holds_in_every_frame_while_the_screenshot_is_taken_and_no_longer(login: Page) -> None:
    plain = picture(login)
    masked = picture(login, sheet=capture.MASK_SHEET)
    assert masked != plain, "CSS.createStyleSheet no longer makes a sheet: password boxes are not masked"
    assert picture(login) == plain, "CSS.setStyleSheetText no longer empties the sheet: the mask stays"
    login.evaluate("() => { document.querySelector('input').value = 'a'; }")
    assert picture(login, sheet=capture.MASK_SHEET) == masked, "the sheet no longer masks a whole box"
