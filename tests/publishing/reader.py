"""Somebody who plays the trial version by what the page shows alone: its marker, values and buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ConsoleMessage, Page

WAIT = "() => new Promise((resolve) => setTimeout(resolve, 20))"
MOST = 2000  # looks at the page, of which the whole manual takes some hundred
LOOK = Path(__file__).with_name("reader.js").read_text(encoding="utf-8")


@dataclass
class Reader:
    """Plays in one window. errors: what the console said."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def due(self) -> dict[str, Any]:
        """Return what there is to do, as soon as there is something."""
        for _ in range(1500):
            if found := self.page.evaluate(LOOK):
                return dict(found)
            self.page.evaluate(WAIT)
        raise AssertionError("nothing to do")

    def play(self) -> Iterator[str]:
        """Do procedure after procedure; yield the label of what is pressed, of an end its words."""
        before: dict[str, Any] = {}
        for _ in range(MOST):
            found = self.due()
            if found == before:  # the page has not answered yet
                self.page.evaluate(WAIT)
                before = {}
                continue
            before = found
            if found["what"] == "type":
                self.page.mouse.click(found["x"], found["y"], click_count=3)  # what stands there is selected
                self.page.keyboard.type(found["value"])
                continue
            if found["what"] != "scroll":
                yield found["label"]
            self.page.mouse.click(found["x"], found["y"])
        raise AssertionError(f"no end after {before}")

    def until(self, words: str) -> Iterator[str]:
        """Do what there is to do, and stop before what has these words; yield what ``play`` yields."""
        for label in self.play():
            yield label
            if label == words:
                return
