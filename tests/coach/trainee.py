"""A trainee in a browser who does what the coach says and nothing else."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Dialog, ElementHandle, Locator, Page

BY_HAND = re.compile(r"「(.+?)」をご自分で")
MOST_SECONDS = 150
LOOK_EVERY = 0.04
IS_DUE = "c.ready && c.mine && c.state.turn === 'item'"
COVERED = """coach => {
  coach.point();
  const target = coach.target;
  if (!target || coach.marker.hidden) return false;
  const own = coach.panel.getBoundingClientRect(), other = target.getBoundingClientRect();
  return own.left < other.right && own.right > other.left && own.top < other.bottom && own.bottom > other.top;
}"""


@dataclass
class Trainee:
    """Somebody at a browser, who has sat down alone."""

    context: BrowserContext
    address: str
    asked: list[str] = field(default_factory=list)  # what he had to click himself
    dialogs: list[str] = field(default_factory=list)
    covered: set[str] = field(default_factory=set)  # steps at which the panel stood over its target
    pointed: set[str] = field(default_factory=set)  # steps of which a target was pointed at
    look: Callable[[Page], None] = lambda _page: None

    def __post_init__(self) -> None:
        self.context.set_default_timeout(5000)
        self.context.on("dialog", self._answer)

    def _answer(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        with suppress(PlaywrightError):  # its window may be gone by now
            dialog.accept()

    def leave_dialogs_alone(self) -> None:
        """Somebody else answers them."""
        self.context.remove_listener("dialog", self._answer)

    def sit_down(self) -> Page:
        """わたしの訓練 of a new seat."""
        page = self.context.new_page()
        page.goto(self.address)
        page.get_by_role("button", name="ひとりで始める").click()
        page.get_by_role("heading", name="わたしの訓練").wait_for()
        return page

    def begin(self, course: str, mode: str) -> Page:
        """The home page of the bank, where a course begins."""
        page = self.context.pages[0] if self.context.pages else self.sit_down()
        page.goto(f"{self.address}my")
        page.locator(f"form:has(input[name=course][value='{course}']) button[value={mode}]").last.click()
        page.locator("densai-coach").wait_for(state="attached")
        return page

    # What the coach says -----------------------------------------------------------------------

    def coaches(self) -> Iterator[tuple[Page, Locator]]:
        """The coach of every open window that has one."""
        for page in [page for page in self.context.pages if not page.is_closed()]:
            with suppress(PlaywrightError):  # it may be going to another page just now
                if page.locator("densai-coach").count():
                    yield page, page.locator("densai-coach")

    def has_finished(self) -> bool:
        """Whether a coach says that the course is over."""
        for _, coach in self.coaches():
            with suppress(PlaywrightError):
                if coach.get_by_text("最後まで", exact=False).count():
                    return True
        return False

    def watch_to_the_end(self) -> None:
        """見る: click only what the coach asks for."""
        end = time.monotonic() + MOST_SECONDS
        while not self.has_finished():
            assert time.monotonic() < end, self._where()
            for page, coach in self.coaches():
                with suppress(PlaywrightError):
                    self._note(page, coach)
                    self._click_if_asked(page, coach)
            time.sleep(LOOK_EVERY)

    def _click_if_asked(self, page: Page, coach: Locator) -> None:
        person = coach.locator(".person")
        words = BY_HAND.search(person.inner_text()) if person.count() else None
        if words:
            self.asked.append(words.group(1))
            page.get_by_role("button", name=words.group(1), exact=True).first.click()
            person.wait_for(state="detached")

    def _note(self, page: Page, coach: Locator) -> None:
        if coach.evaluate(COVERED):
            self.covered.add(f"{page.title()} {coach.locator('.label').all_inner_texts()}")
        self.look(page)

    def _where(self) -> str:
        pages = [f"{page.url} {page.title()}" for page in self.context.pages]
        return "\n".join([*pages, *(coach.locator(".panel").inner_text() for _, coach in self.coaches())])

    # Doing it himself --------------------------------------------------------------------------

    def follow_to_the_end(self, before: Callable[[Trainee, Page, str], None] = lambda *_: None) -> None:
        """案内つき: do what is marked, one thing after another; `before` is called once at each step."""
        end, seen = time.monotonic() + 2 * MOST_SECONDS, set[str]()
        while not self.has_finished():
            assert time.monotonic() < end, self._where()
            for page, key in self._due_anew(seen):
                before(self, page, key)
            with suppress(PlaywrightError):  # a page may be going to another just now
                any(self._do_next(page, coach) for page, coach in list(self.coaches()))
            time.sleep(LOOK_EVERY)

    def _due_anew(self, seen: set[str]) -> list[tuple[Page, str]]:
        """The step that is due for the first time, and its window."""
        found = []
        for page, coach in list(self.coaches()):
            with suppress(PlaywrightError):
                if (key := self.due(coach)) and key not in seen:
                    seen.add(key)
                    found.append((page, key))
        return found

    def due(self, coach: Locator) -> str:
        """The step that is due in this window; none for one on the way to it."""
        found: str = coach.evaluate(f"c => {IS_DUE} ? c.state.item.key : ''")
        return found

    def _do_next(self, page: Page, coach: Locator) -> bool:
        self._note(page, coach)
        if coach.locator(".instead:disabled").count():
            return True  # it is being done for him
        for name in ("desk", "away", "reviewed", "instead"):
            if (offered := coach.locator(f"[data-name={name}]:enabled")).count():
                offered.click()
                return True
        if (open_ := coach.get_by_role("link", name="当金庫ホームページを開く")).count():
            open_.click()
            return True
        if target := self._target(coach):
            self._use(page, coach, target)
            return True
        return self._close_if_told(page, coach)

    def _target(self, coach: Locator) -> ElementHandle | None:
        return coach.evaluate_handle("c => c.ready ? c.target : null").as_element()

    def _use(self, page: Page, coach: Locator, target: ElementHandle) -> None:
        key = self.due(coach)
        if key:
            self.pointed.add(key)
        if target.evaluate("t => t.matches('input:not([type=checkbox])')"):
            target.fill(self._value(coach, target))
            return
        before = page.url
        target.click(no_wait_after=True)
        with suppress(PlaywrightError):
            page.wait_for_url(lambda url: url != before, wait_until="commit", timeout=300)

    def _value(self, coach: Locator, target: ElementHandle) -> str:
        """What the panel says is to be typed there."""
        name: str = target.evaluate("t => fold(t.labels[0].textContent)")
        item: dict[str, Any] = coach.evaluate("c => c.state.item")
        for action in item["actions"]:
            words = coach.evaluate("(c, names) => names.map(fold)", action.get("names", []))
            if action["do"] == "fill" and any(word in name for word in words):
                shown = coach.locator(".values dd").get_by_text(action["value"], exact=True)
                expect(shown.first).to_be_attached()  # the panel is drawn just after its state came
                return str(action["value"])
        raise AssertionError(f"nothing to type into {name}")

    def _close_if_told(self, page: Page, coach: Locator) -> bool:
        """Close a window that has no 閉じる where the step is to close it."""
        told: bool = coach.evaluate(f"c => {IS_DUE} && c.state.item.actions.some(a => a.do === 'close')")
        if told:
            page.close(run_before_unload=True)
        return told
