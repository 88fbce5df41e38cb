"""Watches the hands at work and keeps each window as it stood before anything in it was used."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from steps.driver.failure import StepFailure
from steps.driver.use_observer import Kind, Uses
from steps.driver.windows import Windows
from steps.publishing.scenes import Frame, Use

SNAPSHOT = Path(__file__).with_name("snapshot.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Several:
    """Tells several of what is used, one after the other."""

    each: Sequence[Uses]

    def using(self, kind: Kind, word: str, thing: Locator | None, value: str = "") -> None:
        """Tell everyone."""
        for one in self.each:
            one.using(kind, word, thing, value)


@dataclass
class SceneWatcher:
    """Keeps the frames of one step after the other."""

    windows: Windows
    _page: Page | None = None
    _frames: list[Frame] = field(default_factory=list)
    _last: Frame | None = None

    def begin(self) -> None:
        """Begin with the next step."""
        self._page, self._frames = None, []

    def end(self) -> tuple[Frame, ...]:
        """End the step and return its frames; at least one, of the window in front."""
        if not self._frames:
            self._open(self.windows.front)
        self._leave()
        self._last = self._frames[-1]
        return tuple(self._frames)

    def using(self, kind: Kind, word: str, thing: Locator | None, value: str = "") -> None:
        """Keep the window first if nothing in it was used yet, then what is used."""
        if kind == "answer":
            self._ask(word)
            return
        page = thing.page if thing else self.windows.front
        if page is not self._page:
            self._leave()
            self._open(page)
        path = tuple(thing.evaluate(f"thing => ({SNAPSHOT}).path(thing)")) if thing else ()
        self._use(Use(kind, word, path, value))
        if kind == "press":
            self._leave()

    def _use(self, use: Use) -> None:
        frame = self._frames[-1]
        self._frames[-1] = replace(frame, uses=(*frame.uses, use))

    def _open(self, page: Page) -> None:
        """Keep a window as it stands. Raises StepFailure."""
        try:
            page.wait_for_load_state()
            kept = page.evaluate(f"() => ({SNAPSHOT}).page()")
        except PlaywrightError as error:
            raise StepFailure(f"画面を保存できません: {error.message.splitlines()[0]}") from None
        behind = [
            title for each in reversed(self.windows.all) if each is not page and (title := _title(each))
        ]
        self._page = page
        self._frames.append(Frame(_screen(kept["title"]), kept["html"], tuple(behind), ()))

    def _leave(self) -> None:
        """Keep which boxes are ticked, where some were to be; what is used next belongs to another frame."""
        page, self._page = self._page, None
        if page and any(use.kind == "tick" for use in self._frames[-1].uses):
            ticked = page.evaluate(f"() => ({SNAPSHOT}).ticked()")
            self._frames[-1] = replace(self._frames[-1], ticked=tuple(map(tuple, ticked)))

    def _ask(self, label: str) -> None:
        """Keep the dialog of the browser's own; the page that asks does not answer before it is answered."""
        dialog = self.windows.dialog
        assert dialog
        below = self._frames[-1] if self._frames else self._last
        assert below
        self._frames.append(
            replace(below, uses=(Use("answer", label),), ticked=None, question=dialog.message)
        )


def _title(page: Page) -> str:
    """Return the title of a window's screen; "" for one that has just closed."""
    with suppress(PlaywrightError):
        return _screen(page.title())
    return ""


def _screen(title: str) -> str:
    """Return the screen's part of a page's title."""
    return title.partition("｜")[0]
