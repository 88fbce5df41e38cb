"""Screenshots and on-screen words of a window, with every password masked before they leave the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator, Page

from steps.driver.word_engine import asking, together
from steps.evidence import chromium_protocol

TIMEOUT_MS = 5_000  # a window that does not answer must not stop the run
MASK_COLOR = "#5e5e5e"
# The same grey for password boxes by a style sheet: all of the box, whatever stands or is selected in it,
# first black and then as grey as the mask. What is important in a layer wins over what is in a page.
MASK_SHEET = """@layer densai { input[type=password] { background: #000 !important;
transition: none !important; animation: none !important; filter: brightness(0) invert(.3686) !important } }"""
PAGE_STATE = Path(__file__).with_name("page_state.js").read_text(encoding="utf-8")
VALUES = "all => all.map(each => each.value ?? '')"


@dataclass(frozen=True)
class PageState:
    """The state of a window: enough to tell whether it has changed, and what must be masked.

    fingerprint: equal for two states of one window only where nothing in it has changed.
    is_static: nothing in it can move by itself (no video, canvas or plug-in).
    has_passwords: it has a box for a password. has_unstyled: one of these boxes is out of reach of a style
    sheet of the document: it stands in a shadow root, or its own style is more important.
    shows_secret: a text or the value of another box holds a secret.
    size: width and height of the whole page in CSS pixels; None where the window shows all of it.
    words: the words that it shows by kind (titles, messages, fields, buttons, links, tabs, heads), never the
    value of a box; only where they were asked for.
    """

    fingerprint: tuple[object, ...]
    title: str
    is_static: bool
    has_passwords: bool
    has_unstyled: bool
    shows_secret: bool
    size: tuple[int, int] | None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)


def read_state(page: Page, secrets: Sequence[str], *, words: bool = False) -> PageState:
    """Return the window's present state, with its words where ``words`` asks for them.

    The texts are compared with the secrets here; no secret is sent to the page.
    Raises playwright.sync_api.Error for a window that has just closed.
    """
    frames = [frame.evaluate(_state_and_words() if words else PAGE_STATE) for frame in page.frames]
    shown = together([each["words"] for each in frames if words])
    text = "\0".join(each["text"] for each in frames)
    first = frames[0]
    return PageState(
        fingerprint=(page.url, *(tuple(each["fingerprint"]) for each in frames)),
        title=first["title"],
        is_static=not any(each["moving"] for each in frames),
        has_passwords=any(each["passwords"] for each in frames),
        has_unstyled=any(each["unstyled"] for each in frames),
        shows_secret=any(secret in text for secret in secrets),
        size=tuple(first["size"]) if first["size"] else None,
        words={kind: tuple(texts) for kind, texts in shown.items()},
    )


@cache
def _state_and_words() -> str:
    return f"() => ({{ ...({PAGE_STATE})(), words: ({asking('shown')})() }})"


def masked_screenshot(page: Page, secrets: Sequence[str], before: PageState) -> bytes:
    """Return a PNG of the whole page with password boxes, and whatever shows a secret, masked.

    The browser masks them as it takes the screenshot, so none without the mask is ever kept. Where a secret
    came up meanwhile, or the page changed, the screenshot is thrown away and taken again.
    before: the state that was read right before. Raises playwright.sync_api.Error for a window that has gone.
    """
    content = _screenshot(page, secrets, before)
    if before.shows_secret:
        return content
    after = read_state(page, secrets)
    # A page that has changed may be another one, which the mask of the first did not reach.
    unmasked = after.has_passwords and after.fingerprint != before.fingerprint
    if after.shows_secret or unmasked or (after.size and after.size != before.size):
        content = _screenshot(page, secrets, replace(after, has_passwords=True))
    return content


def _screenshot(page: Page, secrets: Sequence[str], state: PageState) -> bytes:
    if chromium_protocol.is_spoken(page) and not (state.shows_secret or state.has_unstyled):
        sheet = MASK_SHEET if state.has_passwords else ""
        with suppress(PlaywrightError):  # unanswered: then in Playwright's way
            if content := chromium_protocol.screenshot(
                page, size=state.size, sheet=sheet, timeout_ms=TIMEOUT_MS
            ):
                return content
    # Hiding the caret would touch the page's own boxes: a record must leave no trace in what it records.
    # A page larger than the window is laid out anew for the screenshot; one that fits need not be.
    return page.screenshot(
        mask=list(_masks(page, secrets, state)),
        mask_color=MASK_COLOR,
        full_page=state.size is not None,
        caret="initial",
        timeout=TIMEOUT_MS,
    )


def _masks(page: Page, secrets: Sequence[str], state: PageState) -> Iterator[Locator]:
    for frame in page.frames:
        if state.has_passwords:
            yield frame.locator("input[type=password]")
        if state.shows_secret:
            yield from _secret_places(frame, secrets)


def _secret_places(frame: Frame, secrets: Sequence[str]) -> Iterator[Locator]:
    yield frame.get_by_text(re.compile("|".join(map(re.escape, secrets))))
    boxes = frame.locator("input:not([type=password]), textarea, select")
    for place, value in enumerate(boxes.evaluate_all(VALUES)):
        if any(secret in value for secret in secrets):
            yield boxes.nth(place)
