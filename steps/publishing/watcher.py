"""Watches the hands at work and takes a picture of each state of a window, with what is used framed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import Error as PlaywrightError

from steps.driver.failure import StepFailure
from steps.driver.use_observer import Kind
from steps.driver.windows import Windows
from steps.publishing import dialog_picture
from steps.publishing.book import TRAINING, Doing, Picture, quoted
from steps.publishing.framing import Mark, Size, clip_of
from steps.publishing.packing import packed

MARKS = Path(__file__).with_name("marks.js").read_text(encoding="utf-8")
ENDS = ("press", "answer")  # what leads to another state of the window


@dataclass
class Watcher:
    """Takes the pictures of one step after the other.

    browser: draws dialogs of the browser's own, which no picture of a window shows. seen: the data that a
    person looks at where a step says to check them.
    """

    browser: Browser
    windows: Windows
    seen: Sequence[str]

    def __post_init__(self) -> None:
        self._key = ""
        self._page: Page | None = None
        self._marks: list[Mark] = []
        self._taken: list[Picture] = []

    def begin(self, key: str) -> None:
        """Begin with the step with this key."""
        self._key, self._page, self._marks, self._taken = key, None, [], []

    def end(self) -> tuple[Picture, ...]:
        """End the step and return its pictures; at least one, of the window in front."""
        if self._marks or not self._taken:
            self._take(self._page or self.windows.front)
        taken, self._key = tuple(self._taken), ""
        return taken

    def using(self, kind: Kind, word: str, thing: Locator | None, value: str = "") -> None:
        """Frame a thing; take the picture before the last use, when all that comes before it is done."""
        if not self._key:
            return
        if kind == "answer":
            self._take_dialog(word)
            return
        thing = thing or self._reviewed()
        if self._page and self._page is not thing.page:
            self._take(self._page)
        self._page = thing.page
        self._add(kind, word, value, thing)
        if kind in ENDS:
            self._take(self._page)

    def _reviewed(self) -> Locator:
        """Return the innermost thing that shows all the data to be checked."""
        has = "".join(f":has-text({_quoted(text)})" for text in self.seen)
        return self.windows.front.locator(f"main {has}").last

    def _add(self, kind: Kind, word: str, value: str, thing: Locator) -> None:
        at = thing.evaluate(f"(thing, group) => ({MARKS}).place(thing, group)", kind == "tick")
        title, shown = at.pop("title"), at.pop("shown")
        word = shown if kind == "press" and shown else word or title
        again = any(each.kind == kind and each.word == word for each in self._marks)
        mark = Mark(kind, word, again=again, value=value, **at)
        if kind != "tick" or all(each.area != mark.area for each in self._marks):
            self._marks.append(mark)

    def _take(self, page: Page) -> None:
        """Take a picture of a window with its marks. Raises StepFailure."""
        marks = [mark.area_json() for mark in self._marks]
        page.mouse.move(0, 0)
        try:
            clip, part = clip_of(Size(**page.evaluate(f"() => ({MARKS}).measure()")), self._marks)
            told = [marks, TRAINING, clip["y"]]
            page.evaluate(f"([marks, words, top]) => ({MARKS}).draw(marks, words, top)", told)
            png = page.screenshot(full_page=True, clip=clip, caret="hide", animations="disabled", scale="css")
            page.evaluate(f"() => ({MARKS}).clear()")
        except PlaywrightError as error:
            raise StepFailure(f"画面を撮影できません: {error.message.splitlines()[0]}") from None
        screen = page.title().partition("｜")[0]
        self._keep(png, screen, tuple(mark.doing for mark in self._marks), part=part)
        self._page, self._marks = None, []

    def _take_dialog(self, label: str) -> None:
        dialog = self.windows.dialog
        assert dialog
        png = dialog_picture.draw(self.browser, dialog.message, label)
        self._keep(png, dialog.message, (Doing(f"{quoted(label)}をクリック"),), is_dialog=True)

    def _keep(self, png: bytes, screen: str, doings: tuple[Doing, ...], **flags: Any) -> None:
        content, (width, height) = packed(png)
        name = f"{self._key.replace('.', '-')}-{len(self._taken) + 1}.png"
        self._taken.append(Picture(name, width, height, screen, doings, content, **flags))


@cache
def _quoted(text: str) -> str:
    """Return a text as a string of a selector."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
