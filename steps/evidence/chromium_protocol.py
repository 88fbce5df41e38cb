"""Screenshots by Chromium's own protocol (CDP): the one place that speaks it.

Playwright 1.65 has two public ways to mask a screenshot, and neither is enough. With
``page.screenshot(mask=…)`` a run with evidence takes 1.64 times as long as one without; with this protocol,
which masks by a style sheet and asks for a PNG that is packed for speed, 1.48 times (medians of five rounds
side by side on two busy cores; 1.60 is the promise). ``page.screenshot(style=…)`` masks nothing on a page
whose Content-Security-Policy forbids inline styles. Both change the page while they work; this does not.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

Size = tuple[int, int]

# One session per window, opened once; it ends with the window.
_SESSIONS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def is_spoken(page: Page) -> bool:
    """Return whether the window's browser speaks this protocol: Chromium, Chrome and Edge do."""
    browser = page.context.browser
    return browser is not None and browser.browser_type.name == "chromium"


def screenshot(page: Page, *, size: Size | None, sheet: str, timeout_ms: float) -> bytes | None:
    """Return a PNG of the window, or of ``size`` CSS pixels from its top left corner.

    sheet: a style sheet that holds while the screenshot is taken; "" for none. It is no part of the page, so
    the page's own elements are not touched. None where a frame of another site would escape the sheet.
    timeout_ms: how long Chromium may take for each answer. Raises playwright.sync_api.Error.
    """
    session = _session(page, timeout_ms)
    frames = list(_frame_ids(_send(session, "Page.getFrameTree", timeout_ms)["frameTree"])) if sheet else []
    if sheet and len(frames) < len(page.frames):
        return None
    options: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
    if size:
        # The caller's size, which a script in the page has measured: Chromium's own word may be 0 x 0.
        clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
        options |= {"captureBeyondViewport": True, "clip": clip}
    with _styled(session, frames, sheet, timeout_ms):
        return base64.b64decode(_send(session, "Page.captureScreenshot", timeout_ms, **options)["data"])


def _session(page: Page, timeout_ms: float) -> CDPSession:
    if page not in _SESSIONS:
        _SESSIONS[page] = session = page.context.new_cdp_session(page)
        _send(session, "DOM.enable", timeout_ms)
        _send(session, "CSS.enable", timeout_ms)
    return _SESSIONS[page]


def _send(session: CDPSession, method: str, timeout_ms: float, **params: object) -> dict[str, Any]:
    """Return Chromium's answer. A window that goes to another page meanwhile may never give one."""
    return session.send(method, params, timeout=timeout_ms)


def _frame_ids(tree: dict[str, Any]) -> Iterator[str]:
    """Yield the frames that the session reaches; a frame of another site has a session of its own."""
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", ()):
        yield from _frame_ids(child)


@contextmanager
def _styled(session: CDPSession, frames: Sequence[str], sheet: str, timeout_ms: float) -> Iterator[None]:
    ids = [
        _send(session, "CSS.createStyleSheet", timeout_ms, frameId=each)["styleSheetId"] for each in frames
    ]
    try:
        for each in ids:
            _send(session, "CSS.setStyleSheetText", timeout_ms, styleSheetId=each, text=sheet)
        yield
    finally:
        with suppress(PlaywrightError):  # the page has gone, and the sheet with it
            for each in ids:
                _send(session, "CSS.setStyleSheetText", timeout_ms, styleSheetId=each, text="")
