"""A picture and the words of a window, taken so that no password gets into either."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Frame, Locator, Page
from playwright.sync_api import Error as PlaywrightError

from steps.driver.word_engine import asking, together

TIMEOUT_MS = 5_000  # a window that does not let itself be looked at must not stop the run
PAINT = "#5e5e5e"
# The same for boxes of a page's own document: all of the box, whatever stands or is marked in it, first
# black and then as grey as the paint. What is important in a layer wins over what a page calls important.
COVER = """@layer densai { input[type=password] { background: #000 !important; transition: none !important;
animation: none !important; filter: brightness(0) invert(.3686) !important } }"""
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
VALUES = "all => all.map(each => each.value ?? '')"

# A window's own line to Chromium, opened once; it ends with the window.
_SESSIONS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


@dataclass(frozen=True)
class Look:
    """A quick look at a window: enough to tell whether it has changed, and what must be painted over.

    still: nothing in it can move by itself. buried: a box for a password is where no sheet of the page's
    document reaches it, or has a style of its own that none overrules. size: the width and height of all
    of it, in CSS pixels; None where nothing of it is beyond the window's edges. words: those that it
    shows, by what they are (titles, messages, fields, buttons, links, tabs, heads), where they were asked
    for.
    """

    state: tuple[object, ...]
    title: str
    still: bool
    passwords: bool
    buried: bool
    secrets: bool
    size: tuple[int, int] | None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)


def look(page: Page, secrets: Sequence[str], *, words: bool = False) -> Look:
    """What the window shows now. The texts come here to be compared; no secret goes there.

    words: whether they are kept, too; nothing of what a field holds. Raises Playwright's error for a window
    that has just closed.
    """
    seen = _in_frames(page, _look_and_words() if words else LOOK)
    said = [each["words"] for each in seen if words]
    texts = "\0".join(text for each in seen for text in each["texts"])
    return Look(
        state=(page.url, *(tuple(each["state"]) for each in seen)),
        title=seen[0]["title"],
        still=not any(each["moving"] for each in seen),
        passwords=any(each["passwords"] for each in seen),
        buried=any(each["buried"] for each in seen),
        secrets=any(secret in texts for secret in secrets),
        size=tuple(seen[0]["size"]) if seen[0]["size"] else None,
        words={kind: tuple(texts) for kind, texts in together(said).items()},
    )


@cache
def _look_and_words() -> str:
    return f"() => ({{ ...({LOOK})(), words: ({asking('shown')})() }})"


def picture(page: Page, secrets: Sequence[str], before: Look) -> bytes:
    """A PNG of the whole page. Boxes for passwords, and whatever shows a secret, are painted over.

    The browser paints them over as it takes the picture, so none without the paint is ever kept. Where a
    secret came up meanwhile, or the page changed, the picture is thrown away and taken again.
    Raises Playwright's error for a window that has just closed.
    """
    content = _taken(page, secrets, before)
    if before.secrets:
        return content
    after = look(page, secrets)
    # A page that has changed may be another one, which the paint of the first did not reach.
    unpainted = after.passwords and after.state != before.state
    if after.secrets or unpainted or (after.size and after.size != before.size):
        content = _taken(page, secrets, replace(after, passwords=True))
    return content


def _taken(page: Page, secrets: Sequence[str], seen: Look) -> bytes:
    if _is_chromium(page) and not (seen.secrets or seen.buried):
        with suppress(PlaywrightError):  # where it gives none: then in Playwright's way
            if content := _quick(page, seen):
                return content
    # Hiding the caret would touch the page's own boxes: a record must leave no trace in what it records.
    # To picture more than the window shows, the browser lays the page out anew; where it fits, it need not.
    return page.screenshot(
        mask=list(_masks(page, secrets, seen)),
        mask_color=PAINT,
        full_page=seen.size is not None,
        caret="initial",
        timeout=TIMEOUT_MS,
    )


def _masks(page: Page, secrets: Sequence[str], seen: Look) -> Iterator[Locator]:
    for frame in page.frames:
        if seen.passwords:
            yield frame.locator("input[type=password]")
        if seen.secrets:
            yield from _secret_places(frame, secrets)


def _quick(page: Page, seen: Look) -> bytes | None:
    """The picture from Chromium itself, which packs it twice as fast; none where a frame is out of reach."""
    session = _session(page)
    frames = list(_frames_in(_ask(session, "Page.getFrameTree")["frameTree"])) if seen.passwords else []
    if seen.passwords and len(frames) < len(page.frames):
        return None
    options: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
    if seen.size:
        # The size is the look's, which lays the page out first: the browser's own word for it may be 0 x 0.
        clip = {"x": 0, "y": 0, "width": seen.size[0], "height": seen.size[1], "scale": 1}
        options |= {"captureBeyondViewport": True, "clip": clip}
    with _covered(session, frames):
        return base64.b64decode(_ask(session, "Page.captureScreenshot", **options)["data"])


def _session(page: Page) -> CDPSession:
    if page not in _SESSIONS:
        _SESSIONS[page] = session = page.context.new_cdp_session(page)
        _ask(session, "DOM.enable")
        _ask(session, "CSS.enable")
    return _SESSIONS[page]


def _ask(session: CDPSession, method: str, **params: object) -> dict[str, Any]:
    """Ask Chromium, for so long: of a window that goes to another page meanwhile it may never answer."""
    return session.send(method, params, timeout=TIMEOUT_MS)


def _frames_in(tree: dict[str, Any]) -> Iterator[str]:
    """The frames that this line reaches; one of another site has its own."""
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", ()):
        yield from _frames_in(child)


@contextmanager
def _covered(session: CDPSession, frames: Sequence[str]) -> Iterator[None]:
    """While the picture is taken, by a sheet that is no part of the page: its own boxes are not touched."""
    sheets = [_ask(session, "CSS.createStyleSheet", frameId=each)["styleSheetId"] for each in frames]
    try:
        for sheet in sheets:
            _ask(session, "CSS.setStyleSheetText", styleSheetId=sheet, text=COVER)
        yield
    finally:
        with suppress(PlaywrightError):  # the page has gone, and the sheet with it
            for sheet in sheets:
                _ask(session, "CSS.setStyleSheetText", styleSheetId=sheet, text="")


def _secret_places(frame: Frame, secrets: Sequence[str]) -> Iterator[Locator]:
    yield frame.get_by_text(re.compile("|".join(map(re.escape, secrets))))
    boxes = frame.locator("input:not([type=password]), textarea, select")
    for place, value in enumerate(boxes.evaluate_all(VALUES)):
        if any(secret in value for secret in secrets):
            yield boxes.nth(place)


def _in_frames(page: Page, script: str) -> list[Any]:
    """What a script says in each of the window's frames. script: a JavaScript function."""
    if _is_chromium(page) and len(page.frames) == 1:
        with suppress(PlaywrightError):  # of a window that goes on: then Playwright's way, which waits
            said = _ask(_session(page), "Runtime.evaluate", expression=f"({script})()", returnByValue=True)
            if "exceptionDetails" not in said:
                return [said["result"]["value"]]
    return [frame.evaluate(script) for frame in page.frames]


def _is_chromium(page: Page) -> bool:
    browser = page.context.browser
    return browser is not None and browser.browser_type.name == "chromium"
