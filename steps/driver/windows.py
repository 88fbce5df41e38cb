"""The windows of one browser, the last used in front, and the native dialogs over them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from playwright.sync_api import BrowserContext, Dialog, Frame, Locator, Page
from playwright.sync_api import Error as PlaywrightError

from steps.driver.failure import StepFailure

ACCEPTING, DISMISSING = ("OK", "はい"), ("キャンセル", "いいえ")
TIMEOUT_MS = 10_000
# How long something may take that a site may have or not: a native dialog, a window sent on by another.
PERHAPS_MS = 1_000


class Windows:
    """Every open window of a browser context, including those that pages open themselves."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._recent: list[Page] = []
        self._expecting = False
        self._held: Dialog | None = None
        self._surprises: list[str] = []
        self._used: Page | None = None
        # How many pages each window has shown, and what the others had when one was clicked in.
        self._shown: Counter[Page] = Counter()
        self._clicked: Page | None = None
        self._before: dict[Page, int] = {}
        context.set_default_timeout(TIMEOUT_MS)
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
        if self._expecting:
            self._held = dialog
            return
        self._surprises.append(dialog.message)
        with suppress(PlaywrightError):  # its window may be gone by now
            dialog.dismiss()

    @property
    def recent(self) -> list[Page]:
        """The open windows, the one in front first. Raises StepFailure if a dialog came unasked."""
        if self._surprises:
            raise StepFailure(f"予期しないダイアログが表示されました: {self._surprises.pop()}")
        return list(self._recent)

    @property
    def all(self) -> list[Page]:
        """The same, without complaint: for the record of a failure."""
        return list(self._recent)

    @property
    def front(self) -> Page:
        """The window in front; a new one where none is open."""
        open_ = self.recent
        return open_[0] if open_ else self._context.new_page()

    def wait_for_closing(self, number: int) -> None:
        """Wait while more windows than this are open: one that closes itself takes a moment."""
        with suppress(PlaywrightError):  # it does not close, or has closed just now
            while len(self._recent) > number:
                self._recent[0].wait_for_event("close")

    def first(self) -> Page:
        """The window that was opened by hand, where the bank's home page is."""
        by_hand = [page for page in self._context.pages if page.opener() is None]
        return by_hand[0] if by_hand else self._context.new_page()

    def close_opened(self) -> None:
        """Close every window that a page opened."""
        # Asked before any is closed: a window whose opener has gone has none.
        for page in [each for each in self._recent if each.opener() is not None]:
            page.close()

    def use(self, page: Page) -> None:
        """Put a window in front."""
        self._used = page
        if page in self._recent and self._recent[0] is not page:
            self._recent.remove(page)
            self._recent.insert(0, page)

    def clicking(self, page: Page) -> None:
        """A click comes in this window: it may send another one, that is open already, to its next page."""
        self._clicked = page
        self._before = {each: self._shown[each] for each in self._recent if each is not page}

    def perhaps_goes_on(self, page: Page) -> bool:
        """Wait a moment for a window that still shows what it did before the click in another one."""
        clicked, self._clicked = self._clicked, None
        if clicked is None or clicked.is_closed() or self._before.get(page) != self._shown[page]:
            return False
        try:
            page.wait_for_event("framenavigated", _is_whole, timeout=PERHAPS_MS)
        except PlaywrightError:
            return False
        return True

    def left_by_itself(self) -> bool:
        """Whether the window last used has gone since; told once."""
        used, self._used = self._used, None
        return used is not None and used.is_closed()

    @property
    def dialog(self) -> Dialog | None:
        """The native dialog that waits for its answer."""
        return self._held

    def click_for_dialog(self, target: Locator, *, must_come: bool = True) -> bool:
        """Click what opens a native dialog, and leave the dialog open for the next sentence.

        An ordinary click would not return before the answer, so the page clicks for us once it has been
        made sure that a person could. A confirm that must come and does not is a StepFailure; else the
        answer is whether it came.
        """
        target.click(trial=True)
        self._expecting = True
        try:
            with target.page.expect_event("dialog", timeout=None if must_come else PERHAPS_MS):
                target.evaluate("thing => { setTimeout(() => thing.click(), 0); }")
        except PlaywrightError:
            if not must_come:
                return False
            raise StepFailure("確認のダイアログが表示されませんでした。") from None
        finally:
            self._expecting = False
        return True

    def answer(self, label: str) -> None:
        """Press a button of the held dialog."""
        dialog, self._held = self._held, None
        assert dialog
        with suppress(PlaywrightError):  # accepting may close the window before it answers
            if label in ACCEPTING:
                dialog.accept()
            else:
                dialog.dismiss()

    def leave_nothing_open(self) -> None:
        """Dismiss a dialog that no sentence answered; an open one would keep the browser from closing."""
        if self._held:
            self.answer(DISMISSING[0])


def _is_whole(frame: Frame) -> bool:
    """Whether a frame is its window's own, in which the others are."""
    return frame.parent_frame is None
