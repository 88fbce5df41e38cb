"""Forms sent empty, four times each: what the coach says after each refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from simulator.manual.grammar import Fill, Press
from simulator.training.lessons import courses, item_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from simulator.training.lessons import Item

TITLES = tuple("受け付けられませんでした" + (f"（{n}回目）" if n > 1 else "") for n in (1, 2, 3, 4))


def form_of(item: Item) -> str:
    """The button that sends what a step has typed; "" for a step that types nothing."""
    last = item.actions[-1]
    typed = any(isinstance(action, Fill) for action in item.actions)
    return last.label if typed and isinstance(last, Press) else ""


def forms(course: str) -> list[str]:
    """The steps of a course that send a form, each once."""
    return list(dict.fromkeys(item.key for item in courses()[course].items if form_of(item)))


class Refusals:
    """Sends the form of each step four times, empty or off, before the step is done. done: those steps."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def before(self, page: Page, key: str) -> None:
        """Err at this step, if it sends a form."""
        button = form_of(item_of(key))
        if not button:
            return
        told = page.locator("densai-coach [data-state=refusal]")
        for level, title in enumerate(TITLES, 1):
            self._send(page, button)
            expect(told.locator("h2")).to_have_text(title)
            assert 1 <= told.locator(".c-faults li").count() <= 2
            assert told.locator("[data-name=act]").count() == (level == len(TITLES))
        self.done.append(key)

    def _send(self, page: Page, button: str) -> None:
        for box in page.locator("input:not([type=hidden]):not([type=checkbox]):visible").all():
            box.fill("")
        for box in page.locator("input[type=checkbox]:checked:visible").all():
            box.uncheck()
        page.get_by_role("button", name=button, exact=True).first.click()
        page.get_by_text("入力内容をご確認ください").wait_for()
