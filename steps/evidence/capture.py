"""A picture and the words of a window, taken so that no password gets into either."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Frame, Locator, Page

TIMEOUT_MS = 5_000  # a window that does not let itself be looked at must not stop the run
PAINT = "#5b5f66"
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
VALUES = "all => all.map(each => each.value ?? '')"
LINE = re.compile(r"""^(?P<indent>\s*)- '?(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<rest>.*)$""")
SPOKEN = re.compile(r"^(?: \[[^\]]*\])*:? ?(?P<text>.*?)'?$")

# A window's own line to Chromium, opened once; it ends with the window.
_SESSIONS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


@dataclass(frozen=True)
class Look:
    """A quick look at a window: enough to tell whether it has changed, and what must be painted over.

    still: nothing in it can move by itself. fits: there is nothing of it beyond the window's edges.
    """

    state: tuple[object, ...]
    still: bool
    passwords: bool
    secrets: bool
    fits: bool


def look(page: Page, secrets: Sequence[str]) -> Look:
    """What the window shows now. The texts come here to be compared; no secret goes there."""
    seen = [frame.evaluate(LOOK) for frame in page.frames]
    texts = "\0".join(text for each in seen for text in each["texts"])
    return Look(
        state=(page.url, *(tuple(each["state"]) for each in seen)),
        still=not any(each["moving"] for each in seen),
        passwords=any(each["passwords"] for each in seen),
        secrets=any(secret in texts for secret in secrets),
        fits=seen[0]["fits"],
    )


def picture(page: Page, secrets: Sequence[str], before: Look) -> bytes:
    """A PNG of the whole page. Boxes for passwords, and whatever shows a secret, are painted over.

    The browser paints them over as it takes the picture, so none without the paint ever exists. Where a
    secret came up meanwhile, the picture is thrown away and taken again.
    Raises Playwright's error for a window that has just closed.
    """
    content = _taken(page, secrets if before.secrets else (), passwords=before.passwords, fits=before.fits)
    if before.secrets:
        return content
    after = look(page, secrets)
    if after.secrets or after.fits < before.fits:
        content = _taken(page, secrets if after.secrets else (), passwords=True, fits=after.fits)
    return content


def _taken(page: Page, secrets: Sequence[str], *, passwords: bool, fits: bool) -> bytes:
    masks: list[Locator] = []
    if passwords:
        masks += [frame.locator("input[type=password]") for frame in page.frames]
    if secrets:
        masks += chain.from_iterable(_secret_places(frame, secrets) for frame in page.frames)
    if not masks and page.context.browser and page.context.browser.browser_type.name == "chromium":
        return _quick(page, fits=fits)
    # Hiding the caret would touch the page's own boxes: a record must leave no trace in what it records.
    # To picture more than the window shows, the browser lays the page out anew; where it fits, it need not.
    return page.screenshot(
        mask=masks, mask_color=PAINT, full_page=not fits, caret="initial", timeout=TIMEOUT_MS
    )


def _quick(page: Page, *, fits: bool) -> bytes:
    """The same from Chromium itself, which packs it twice as fast where nothing is to be painted over."""
    if page not in _SESSIONS:
        _SESSIONS[page] = page.context.new_cdp_session(page)
    session = _SESSIONS[page]
    options: dict[str, object] = {"format": "png", "optimizeForSpeed": True}
    if not fits:
        size = session.send("Page.getLayoutMetrics")["cssContentSize"]
        options |= {"captureBeyondViewport": True, "clip": {**size, "scale": 1}}
    return base64.b64decode(session.send("Page.captureScreenshot", options)["data"])


def _secret_places(frame: Frame, secrets: Sequence[str]) -> Iterator[Locator]:
    yield frame.get_by_text(re.compile("|".join(map(re.escape, secrets))))
    boxes = frame.locator("input:not([type=password]), textarea, select")
    for place, value in enumerate(boxes.evaluate_all(VALUES)):
        if any(secret in value for secret in secrets):
            yield boxes.nth(place)


def words(page: Page) -> dict[str, tuple[str, ...]]:
    """The words of a page by what they are: fields, buttons, links, tabs, messages, heads, titles.

    Of what a field holds nothing is kept. Raises Playwright's error for a window that has just closed.
    """
    seen = _Seen()
    for frame in page.frames:
        for line in frame.locator(":root").aria_snapshot(timeout=TIMEOUT_MS).splitlines():
            seen.read(line)
    return {kind: tuple(texts) for kind, texts in seen.found.items()}


KINDS = {
    "textbox": "fields",
    "combobox": "fields",
    "checkbox": "fields",
    "radio": "fields",
    "spinbutton": "fields",
    "searchbox": "fields",
    "button": "buttons",
    "link": "links",
    "tab": "tabs",
    "columnheader": "heads",
    "heading": "titles",
}
SAYING = ("alert", "status", "dialog", "alertdialog")


class _Seen:
    """Reads an accessibility tree line by line."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self._before = ""  # the text that stands before: what labels a box without a label of its own
        self._message_indent: int | None = None

    def read(self, line: str) -> None:
        """Take one line of the tree."""
        if not (match := LINE.match(line)):
            return
        role, indent = match["role"], len(match["indent"])
        name = _unescaped(match["name"]) if match["name"] is not None else ""
        if kind := KINDS.get(role):
            self._add(kind, name or (self._before if kind == "fields" else _spoken(match["rest"])))
        else:
            # The name of what has things in it is put together from them, the values of boxes included.
            whole = match["rest"].rstrip("'").endswith(":") and role not in SAYING
            self._read_text(role, indent, "" if whole else name or _spoken(match["rest"]))

    def _read_text(self, role: str, indent: int, text: str) -> None:
        if self._message_indent is not None and indent <= self._message_indent:
            self._message_indent = None
        if role in SAYING:
            self._message_indent = indent
        self._before = text or self._before
        if self._message_indent is not None and text and role not in ("list", "row"):
            self._add("messages", text)

    def _add(self, kind: str, text: str) -> None:
        # A dialog has its words as its name, too.
        if text and not (kind == "messages" and text in self.found.get(kind, ())):
            self.found.setdefault(kind, []).append(text)


def _unescaped(name: str) -> str:
    return name.replace('\\"', '"').replace("\\\\", "\\")


def _spoken(rest: str) -> str:
    match = SPOKEN.match(rest)
    return match["text"].strip().strip('"') if match else ""
