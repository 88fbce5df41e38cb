"""The windows of one browser context, the one used last in front, and its native dialogs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext, Dialog, Frame, Locator, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from simulator.manual.wording import fold
from steps.driver.failure import StepFailure, UnexpectedDialog
from steps.driver.profile import PLAIN, Timeouts

# What Playwright's errors say of a window or a frame that has just gone.
GONE = ("closed", "detached", "destroyed", "navigat")
# The browser's errors for a page that is not to be shown a second time, as one that answered a form.
NOT_AGAIN = re.compile(r"ERR_(?:CACHE_MISS|ABORTED|BLOCKED_BY_\w+)")
ACCEPTING, DISMISSING = ("OK", "はい"), ("キャンセル", "いいえ")
# The dialogs without a message of their own.
UNSAID = {"beforeunload": "このページを離れてよいかの確認（beforeunload）"}


# The time between two looks for what is not there yet. Playwright's own waiting asks every page in every
# animation frame, which takes a whole core.
SLICE_MS = 20


def unheard(_words: str, _message: str) -> None:
    """Keep nothing of an alert that was answered."""


def unhinted(_dialog: Dialog) -> str:
    """Return nothing to add to the message on an unexpected dialog."""
    return ""


class Windows:
    """Every open window of a browser context, including those that pages open themselves.

    answers: words of the dialogs that are answered with OK wherever they come; on_answer: called with these
    words and the dialog's whole message. hint: returns what to add to the message on an unexpected dialog.
    """

    def __init__(self, context: BrowserContext, timeouts: Timeouts = PLAIN.timeouts) -> None:
        self._context, self._timeouts = context, timeouts
        self._recent: list[Page] = []
        self._expecting = False
        self._held: Dialog | None = None
        self._surprises: list[str] = []
        self.answers: set[str] = set()
        self.on_answer: Callable[[str, str], None] = unheard
        self.hint: Callable[[Dialog], str] = unhinted
        # Where what alerts say is kept while a form is sent whose answer is judged.
        self._hearing: list[str] | None = None
        self._used: Page | None = None
        # How many pages each window has shown, and how many the other windows had when one was clicked in.
        self._shown: Counter[Page] = Counter()
        self._clicked: Page | None = None
        self._before: dict[Page, int] = {}
        context.set_default_timeout(timeouts.find_ms)
        context.set_default_navigation_timeout(timeouts.page * 1000)
        context.on("page", self._opened)
        context.on("dialog", self._asked)
        for page in context.pages:
            self._opened(page)

    def _opened(self, page: Page) -> None:
        self._recent.insert(0, page)
        page.on("close", self._closed)
        page.on("framenavigated", self._gone_on)

    def _gone_on(self, frame: Frame) -> None:
        if _is_whole(frame):
            self._shown[frame.page] += 1

    def _closed(self, page: Page) -> None:
        if page in self._recent:
            self._recent.remove(page)

    def _asked(self, dialog: Dialog) -> None:
        if words := self._listed(dialog):
            with suppress(PlaywrightError):
                dialog.accept()
            self.on_answer(words, dialog.message)
            return
        if self._expecting:
            self._held = dialog
            return
        if self._hearing is not None and dialog.type == "alert":
            self._hearing.append(dialog.message)
            with suppress(PlaywrightError):
                dialog.accept()
            return
        self._surprises.append((dialog.message or UNSAID.get(dialog.type, "")) + self.hint(dialog))
        with suppress(PlaywrightError):  # its window may be gone by now
            dialog.dismiss()

    def _listed(self, dialog: Dialog) -> str:
        """Return the words for which a dialog is answered with OK; "" where it is not."""
        if self._expecting and dialog.type == "confirm":  # the next sentence answers it
            return ""
        said = fold(dialog.message)
        return next((words for words in sorted(self.answers) if fold(words) in said), "")

    @contextmanager
    def hearing(self) -> Iterator[list[str]]:
        """Return what alerts say in this context; each is answered by its only button."""
        heard: list[str] = []
        self._hearing = heard
        try:
            yield heard
        finally:
            self._hearing = None

    @property
    def recent(self) -> list[Page]:
        """Return the open windows, the one in front first.

        Raises:
            UnexpectedDialog: a native dialog came that no sentence expected; it has been dismissed.
        """
        if self._surprises:
            raise UnexpectedDialog(f"予期しないダイアログが表示されました: {self._surprises.pop()}")
        return list(self._recent)

    @property
    def all(self) -> list[Page]:
        """Return the open windows, the one in front first, even after an unexpected dialog."""
        return list(self._recent)

    @property
    def front(self) -> Page:
        """Return the window in front; a new one where none is open."""
        open_ = self.recent
        return open_[0] if open_ else self._context.new_page()

    def wait_for_closing(self, number: int) -> None:
        """Wait while more windows than this are open: a window that closes itself takes a moment."""
        with suppress(PlaywrightError):  # it does not close, or has closed just now
            while len(self._recent) > number:
                self._recent[0].wait_for_event("close")

    def first(self) -> Page:
        """Return the window that no page opened, where the bank's home page is, or a new one."""
        by_hand = [page for page in self._context.pages if page.opener() is None]
        return by_hand[0] if by_hand else self._context.new_page()

    def pass_time(self) -> None:
        """Let the browser go on for the time between two looks."""
        with suppress(PlaywrightError):  # the window has just gone
            self.front.wait_for_timeout(SLICE_MS)

    def close_opened(self) -> None:
        """Close every window that a page opened."""
        # All are asked for their opener before any is closed: a window whose opener has gone has none.
        for page in [each for each in self._recent if each.opener() is not None]:
            page.close()

    def use(self, page: Page) -> None:
        """Put a window in front."""
        self._used = page
        if page in self._recent and self._recent[0] is not page:
            self._recent.remove(page)
            self._recent.insert(0, page)

    def go_back(self) -> str:
        """Go back to the page before, in the window in front; "" where it came or the window has closed.

        Returns the browser's code where it shows an error page instead, because the page before must not be
        shown again: a site that refuses the way back. Raises StepFailure for every other error.
        """
        page = self.front
        try:
            page.go_back(wait_until="domcontentloaded", timeout=self._timeouts.find_ms)
        except PlaywrightTimeoutError:  # a frame of it may have gone back, or nothing
            return ""
        except PlaywrightError as error:
            refusal = NOT_AGAIN.search(error.message)
            if page.is_closed() or refusal:
                return refusal[0] if refusal else ""
            raise StepFailure(f"前の画面に戻れません: {error.message.splitlines()[0]}") from None
        return ""

    def clicking(self, page: Page) -> None:
        """Note that a click in this window follows: it may send another open window to its next page."""
        self._clicked = page
        self._before = {each: self._shown[each] for each in self._recent if each is not page}

    def perhaps_goes_on(self, page: Page) -> bool:
        """Return whether a window has gone on to another page because of the last click in another window.

        Waits timeouts.perhaps seconds for it where the window still shows the page from before the click.
        """
        clicked, self._clicked = self._clicked, None
        if clicked is None or clicked.is_closed() or self._before.get(page) != self._shown[page]:
            return False
        try:
            page.wait_for_event("framenavigated", _is_whole, timeout=self._timeouts.perhaps_ms)
        except PlaywrightError:
            return False
        return True

    def left_by_itself(self) -> bool:
        """Return whether the window used last has closed since; true once only."""
        used, self._used = self._used, None
        return used is not None and used.is_closed()

    @property
    def dialog(self) -> Dialog | None:
        """Return the native dialog that is open, if one is."""
        return self._held

    def click_for_dialog(self, target: Locator, *, must_come: bool = True) -> bool:
        """Click what opens a native dialog, leave the dialog open, and return whether it came.

        An ordinary click would not return before the dialog is answered, so the click is done by the page's
        own script after a trial click has shown that a person could do it.

        Raises:
            StepFailure: must_come, and no dialog came within timeouts.find seconds.
        """
        target.click(trial=True)
        self._expecting = True
        try:
            waiting = None if must_come else self._timeouts.perhaps_ms
            with target.page.expect_event("dialog", lambda _: self._held is not None, timeout=waiting):
                target.evaluate("thing => { setTimeout(() => thing.click(), 0); }")
        except PlaywrightError:
            if not must_come:
                return False
            raise StepFailure("確認のダイアログが表示されませんでした。") from None
        finally:
            self._expecting = False
        return True

    def answer(self, label: str) -> None:
        """Press this button of the native dialog that is open."""
        dialog, self._held = self._held, None
        assert dialog
        with suppress(PlaywrightError):  # accepting may close the window before it answers
            if label in ACCEPTING:
                dialog.accept()
            else:
                dialog.dismiss()

    def leave_nothing_open(self) -> None:
        """Dismiss a native dialog that is still open: it would keep the browser from closing."""
        if self._held:
            self.answer(DISMISSING[0])


def has_gone(error: PlaywrightError) -> bool:
    """Return whether an error says that a window or a frame has just gone."""
    return any(word in error.message for word in GONE)


def _is_whole(frame: Frame) -> bool:
    """Return whether a frame is its window's main frame."""
    return frame.parent_frame is None
