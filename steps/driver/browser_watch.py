"""Gives every question to a browser an end: one that does not answer any more is ended, and the run says so.

Playwright's ``count``, ``evaluate``, ``title`` and the like have no timeout: a page whose script never ends
keeps them waiting for ever. So a thread looks at what is being waited for, and ends the browser's process
where one answer takes too long, or all answers together since the last click or typing. Whoever waits then
gets BrowserEnded. This is the one place that knows how Playwright's API waits (``wait_for_future``, of 1.65).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from playwright._impl import _sync_base
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from steps.driver.failure import SiteTrouble
from steps.driver.profile import Timeouts

WAITING = "wait_for_future"
TICK = 0.1
MOST_WINDOWS = 20  # a manual's journey has three
# What a person does, which a page has taken: from then on its answers are counted anew.
ACTS = {"click", "fill", "press", "press_sequentially", "type", "check", "uncheck", "set_checked"}
ACTS |= {"select_option", "goto", "go_back"}
# What waits by itself for no longer than its own timeout.
WAITS = ACTS | {"wait_for", "wait_for_event", "wait_for_load_state", "wait_for_timeout"}


class BrowserEnded(SiteTrouble, PlaywrightError):  # noqa: N818  a failure, as the others of the driver
    """The browser was ended because the site kept it from answering.

    It is an error of the browser, too: what tolerates a window that has gone, tolerates this.
    """

    def __init__(self, message: str) -> None:
        PlaywrightError.__init__(self, message)


@dataclass
class _Call:
    """A call that is waiting for the browser: its name in Playwright's API, and for how many seconds."""

    name: str
    seconds: float = 0


class BrowserWatch:
    """Watches over the questions to one browser.

    why: why the browser was ended, in a sentence; "" where it was not.
    """

    def __init__(self, timeouts: Timeouts) -> None:
        self.why = ""
        self._longest = timeouts.page + timeouts.find
        self._most = 2 * self._longest
        self._calls: dict[object, _Call] = {}
        self._spent = 0.0  # seconds of waiting for answers since the last act
        self._process = 0

    @contextmanager
    def watching(self, browser: Browser) -> Iterator[None]:
        """Watch over this browser in this context.

        A release of Playwright that waits in another way is used unwatched: the tests tell us of it.
        """
        original = getattr(_sync_base, WAITING, None)
        if original is None:
            yield
            return
        self._process = _process_of(browser)
        over = Event()
        thread = Thread(target=self._look, args=(over,), daemon=True)
        setattr(_sync_base, WAITING, self._counted(original))
        thread.start()
        try:
            yield
        finally:
            setattr(_sync_base, WAITING, original)
            over.set()
            thread.join()

    def count_windows(self, context: BrowserContext) -> None:
        """End the browser, too, where a context comes to have more than MOST_WINDOWS windows."""
        context.on("page", self._opened)

    def _opened(self, page: Page) -> None:
        if len(page.context.pages) > MOST_WINDOWS:
            self._end(
                f"ウィンドウが次々に開いて {MOST_WINDOWS} 個を超えたため、ブラウザーを終了しました。 "
                "The site opens windows without end; the browser was ended."
            )

    def _counted(self, wait: Callable[..., None]) -> Callable[..., None]:
        """Return Playwright's function that waits for an answer, counted while it waits."""

        def wait_for_future(loop: Any, fiber: Any, future: asyncio.Future[Any]) -> None:
            if self.why:
                future.cancel()
                raise BrowserEnded(self.why)
            key, call = object(), _Call(_name_of_call())
            self._calls[key] = call
            try:
                wait(loop, fiber, future)
            finally:
                del self._calls[key]
            failed = future.cancelled() or future.exception()
            if failed and self.why:
                raise BrowserEnded(self.why)
            if call.name in ACTS and not failed:
                self._spent = 0

        return wait_for_future

    def _look(self, over: Event) -> None:
        """Count until the context is left; time in which this computer sleeps is not counted."""
        last = time.monotonic()
        while not over.wait(TICK) and not self.why:
            now = time.monotonic()
            self.tick(min(now - last, 10 * TICK))
            last = now

    def tick(self, seconds: float) -> None:
        """Count the seconds that have passed, and end the browser where a limit is reached."""
        calls = list(self._calls.values())
        for each in calls:
            each.seconds += seconds
        if any(each.name not in WAITS for each in calls):
            self._spent += seconds
        if any(each.seconds > self._longest for each in calls):
            self._no_answer(self._longest)
        elif self._spent > self._most:
            self._no_answer(self._most)

    def _no_answer(self, seconds: float) -> None:
        self._end(
            f"サイトの画面が {seconds:.0f} 秒のあいだ応答しないため、ブラウザーを終了しました（timeouts）。"
            "終わらないスクリプトや、大きすぎる画面ではないか、確かめてください。 "
            "The page does not answer; the browser was ended."
        )

    def _end(self, why: str) -> None:
        self.why = self.why or why
        if self._process:
            with suppress(OSError):  # it has just ended by itself
                os.kill(self._process, getattr(signal, "SIGKILL", signal.SIGTERM))


def _name_of_call() -> str:
    """Return the name of the API's method that waits: it calls ``_sync``, which calls what calls this."""
    frame = sys._getframe(2)  # noqa: SLF001  documented, and made for this
    caller = frame.f_back
    return caller.f_code.co_name if frame.f_code.co_name == "_sync" and caller else "wait_for_event"


def _process_of(browser: Browser) -> int:
    """Return the process of a browser that was started here; 0 where it does not tell, as Firefox."""
    with suppress(PlaywrightError, NotImplementedError):
        session = browser.new_browser_cdp_session()
        told = session.send("SystemInfo.getProcessInfo")["processInfo"]
        session.detach()
        return next((int(each["id"]) for each in told if each["type"] == "browser"), 0)
    return 0
