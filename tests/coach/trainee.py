"""A trainee in a browser who does what the coach says and nothing else."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Dialog, ElementHandle, Locator, Page

MOST_SECONDS = 25  # in which nothing goes on
LOOK_EVERY = 0.04
MOST_FOR_A_CLICK = 3
DUE = "c => c.isReady && c.link.speaks && c.state.turn === 'item' && c.state.step ? c.state.step.key : ''"
# All that a coach says of what is to be done, in one question: a look has many windows.
TOLD = """() => {
  const coach = document.querySelector("densai-coach");
  if (!coach?.shadowRoot || !coach.state) return null;
  const has = selector => coach.shadowRoot.querySelector(selector) !== null;
  const { turn, step } = coach.state, speaks = Boolean(coach.isReady && coach.link.speaks);
  return {
    isOver: coach.isConnected && turn === "done",
    isSpeaking: Boolean(speaks && coach.dock.step),
    due: speaks && turn === "item" && step ? step.key : "",
    asked: coach.shadowRoot.querySelector("[data-state=person] h2")?.textContent ?? "",
    isActing: has("[data-name=act]:disabled"),
    // Buttons and a link of the coach that go on with a step.
    leadsOn: ["desk", "away", "passed"].map(name => `[data-name=${name}]:enabled`)
      .concat("[data-name=home-page]").find(has) ?? "",
    closes: turn === "item" && Boolean(step?.actions.some(action => action.do === "close")),
  };
}"""
IS_FIELD = "t => t.matches('input:not([type=checkbox])')"
CHIP = """t => {
  const chip = t.parentElement.querySelector("densai-value");
  return chip?.shadowRoot.querySelector(".value")?.textContent ?? "";
}"""
SIGNS = "[performance.timeOrigin, document.querySelector('dialog[open]') !== null]"


@dataclass
class Trainee:
    """Somebody at a browser. own: what he types for himself, by the step and the label of a field.

    asked: what he had to click himself. look: called before each thing that he does, with page and coach.
    """

    context: BrowserContext
    address: str
    own: Callable[[str, str], str] = lambda _key, _label: ""
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    pointed: set[str] = field(default_factory=set)  # steps of which a target was pointed at
    look: Callable[[Page, Locator], None] = lambda _page, _coach: None

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

    def take_seat(self, code: str) -> Page:
        """わたしの訓練 of the seat with this code."""
        page = self.context.new_page()
        page.goto(self.address)
        page.get_by_role("textbox", name="席コード").fill(code)
        page.get_by_role("button", name="席を開く").click()
        page.get_by_role("heading", name="わたしの訓練").wait_for()
        return page

    def begin(self, course: str, mode: str) -> Page:
        """The home page of the bank, where a course begins."""
        page = self.context.pages[0] if self.context.pages else self.sit_down()
        page.goto(f"{self.address}my")
        page.evaluate(START, [course, mode])
        page.locator("densai-coach").wait_for(state="attached")
        return page

    # What the coach says -----------------------------------------------------------------------

    def coaches(self) -> Iterator[tuple[Page, Locator]]:
        """The coach of every open window that has one."""
        for page in [page for page in self.context.pages if not page.is_closed()]:
            with suppress(PlaywrightError):  # it may be going to another page just now
                if page.locator("densai-coach").count():
                    yield page, page.locator("densai-coach")

    def told(self) -> Iterator[tuple[Page, Locator, dict[str, Any]]]:
        """Yield every open window whose page has a coach, with what it says (TOLD)."""
        for page in [page for page in self.context.pages if not page.is_closed()]:
            with suppress(PlaywrightError):  # it may be going to another page just now
                if said := page.evaluate(TOLD):
                    yield page, page.locator("densai-coach"), said

    def due(self, coach: Locator) -> str:
        """The step that is due in this window; "" for one on the way to it."""
        found: str = coach.evaluate(DUE)
        return found

    def watch_to_the_end(self) -> None:
        """見本: click only what the coach asks for."""
        end = time.monotonic() + 10 * MOST_SECONDS
        while True:
            for page, coach, said in self.told():
                if said["isOver"]:
                    return
                with suppress(PlaywrightError):  # it may be going to another page just now
                    self.click_as_asked(page, coach, said["asked"])
            assert time.monotonic() < end, self.where()
            time.sleep(LOOK_EVERY)

    def click_as_asked(self, page: Page, coach: Locator, asked: str) -> None:
        """Make the click that only a person can make, if the coach asks for one."""
        if not asked.endswith("をクリックしてください"):
            return
        label = asked.partition("」")[0].removeprefix("「")
        self.asked.append(label)
        page.get_by_role("button", name=label, exact=True).first.click()
        coach.locator("[data-state=person] h2").wait_for(state="detached")

    def where(self) -> str:
        """Return the open windows and the coach's words there."""
        pages = [f"{page.url} {page.title()}" for page in self.context.pages]
        return "\n".join([*pages, *(coach.locator(".coach").inner_text() for _, coach in self.coaches())])

    # Doing it himself --------------------------------------------------------------------------

    def follow_to_the_end(self, before: Callable[[Page, str], None] = lambda *_: None) -> None:
        """案内つき: do what is marked, one thing after another; `before` is called once at each step."""
        end, seen = time.monotonic() + MOST_SECONDS, set[str]()
        while True:
            windows = list(self.told())
            if any(said["isOver"] for _, _, said in windows):
                return
            assert time.monotonic() < end, self.where()
            anew = [(page, said["due"]) for page, _, said in windows if said["due"] not in {"", *seen}]
            for page, key in anew:
                seen.add(key)
                before(page, key)
                end = time.monotonic() + MOST_SECONDS
            if not anew:  # else the coach may say something else by now
                with suppress(PlaywrightError):  # a page may be going to another just now
                    any(self._do_next(page, coach, said) for page, coach, said in windows)
            time.sleep(LOOK_EVERY)

    def _do_next(self, page: Page, coach: Locator, said: dict[str, Any]) -> bool:
        if not said["isSpeaking"]:
            return False
        self.look(page, coach)
        if said["isActing"]:
            return True  # it is being done for him
        if said["leadsOn"]:  # in a sheet that is closed, say
            coach.locator(said["leadsOn"]).evaluate("thing => thing.click()")
            return True
        if target := coach.evaluate_handle("c => c.target").as_element():
            self._use(page, coach, target)
            return True
        if said["closes"]:  # a window that has no 閉じる
            page.close(run_before_unload=True)
        return bool(said["closes"])

    def _use(self, page: Page, coach: Locator, target: ElementHandle) -> None:
        key = self.due(coach)
        if key:
            self.pointed.add(key)
        if target.evaluate(IS_FIELD):
            target.fill(self._value(key, target))
            coach.evaluate("c => c.point()")
            return
        if target.evaluate("t => t.type === 'checkbox'"):
            target.check()
            return
        before = self._signs(page)
        target.click(no_wait_after=True)
        end = time.monotonic() + MOST_FOR_A_CLICK
        while self._signs(page) == before and time.monotonic() < end:
            page.evaluate("new Promise(done => setTimeout(done, 20))")

    def _signs(self, page: Page) -> tuple[float, int, int, bool]:
        """Return all that a click can change: the page, the windows, a dialog of the browser or the page."""
        loaded, asks = page.evaluate(SIGNS)
        return loaded, len(self.context.pages), len(self.dialogs), asks

    def _value(self, key: str, target: ElementHandle) -> str:
        """Return the value that the page gives for a field, or the trainee's own."""
        label: str = target.evaluate("t => t.labels[0].textContent.trim()")
        shown: str = target.evaluate(CHIP)
        found = self.own(key, label) or shown
        assert found, f"nothing to type into {label} at {key}"
        return found


# Send the form that begins a course, whatever the page around it looks like.
START = """([course, mode]) => {
  const form = document.createElement("form");
  const token = document.querySelector("input[name=csrf]").value;
  Object.assign(form, { method: "post", action: "/my/start" });
  for (const [name, value] of Object.entries({ csrf: token, course, mode })) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}"""
