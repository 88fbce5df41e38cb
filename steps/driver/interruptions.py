"""Interruptions of any page: notices that the deployment file lists, and screens that need a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from steps.driver.failure import StepFailure
from steps.driver.looks import Looks
from steps.driver.profile import Notice, Profile
from steps.driver.site_watch import Watch
from steps.driver.windows import Windows, has_gone
from steps.driver.word_engine import seek


class Screens(Protocol):
    """The search for the screens of a site."""

    watch: Watch

    def shows(self, title: str) -> Page | None:
        """Return the window that shows this screen at this moment, if one does."""

    def breathe(self) -> None:
        """Let the browser go on for a moment."""


def unnoted(_sentence: str) -> None:
    """Keep nothing of a notice: no evidence is recorded."""


class Interruptions:
    """Closes notices wherever they appear, and waits where only a person can go on.

    on_closed: called with a sentence on each notice that was closed and each alert that was answered.
    """

    def __init__(self, windows: Windows, screens: Screens, profile: Profile) -> None:
        self._windows, self._screens, self._profile = windows, screens, profile
        self._notices = [notice for notice in profile.notices if not notice.alert]
        self.on_closed: Callable[[str], None] = unnoted
        windows.answers = {notice.alert for notice in profile.notices if notice.alert}
        windows.on_answer = self.answered

    def close_notices(self) -> None:
        """Close the listed notices that stand in the windows at this moment.

        Raises StepFailure where one does not go.
        """
        for notice in self._notices:
            for page in self._windows.recent:
                if closer := self._closer(page, notice):
                    self._close(page, notice, closer)

    def make_way(self, thing: Locator) -> None:
        """Close the listed notices until a thing can be clicked; one may come while it is waited for.

        What still keeps it from being clicked is told by the click itself.
        """
        waits = self._profile.timeouts
        for _ in Looks(waits.find, self._windows.pass_time):
            self.close_notices()
            if not self._notices or _can_be_clicked(thing, waits.perhaps_ms):
                return

    def _closer(self, page: Page, notice: Notice) -> Locator | None:
        """Return what closes a notice in this window; None where the notice is not there."""
        return next(self._closers(page, notice), None)

    def _closers(self, page: Page, notice: Notice) -> Iterator[Locator]:
        query = {"kind": "notice", "names": [notice.words], "close": [notice.close]}
        try:
            found = [place for frame in page.frames if (place := seek(frame, query)).count()]
        except PlaywrightError as error:
            if not has_gone(error):
                raise
            return
        if found and (not notice.screen or self._screens.shows(notice.screen) is page):
            yield from found

    def _close(self, page: Page, notice: Notice, closer: Locator) -> None:
        waits = self._profile.timeouts
        try:
            closer.click(timeout=waits.perhaps_ms)
        except PlaywrightError as error:
            if not has_gone(error):  # another notice may stand in front of it, to be closed first
                return
        self._screens.watch.closed(notice.words)
        self.on_closed(f"お知らせを閉じました: 「{notice.words}」（「{notice.close}」）")
        if not Looks(waits.perhaps, self._windows.pass_time).until(
            lambda: self._closer(page, notice) is None
        ):
            raise StepFailure(
                f"お知らせ「{notice.words}」が「{notice.close}」を押しても消えません。"
                "設定ファイルの [[notices]] を確かめてください。 The notice does not go."
            )

    def answered(self, words: str, message: str) -> None:
        """Tell of an alert that was answered with OK; words: the file's of it. message: its own."""
        self._screens.watch.closed(words)
        self.on_closed(f"ダイアログに「OK」で答えました: 「{message}」")

    def waited_for_person(self) -> bool:
        """Wait at a screen of [pause] until a person has passed it; return whether one was shown.

        Raises StepFailure where it stays longer than timeouts.pause seconds.
        """
        found = ((title, what) for title, what in self._profile.pause.items() if self._screens.shows(title))
        title, what = next(found, ("", ""))
        if not title:
            return False
        self._screens.watch.person_needed(title, what)
        looks = Looks(self._profile.timeouts.pause, self._screens.breathe)
        if not looks.until(lambda: not self._screens.shows(title)):
            raise StepFailure(f"「{title}」画面で待ちましたが、操作されませんでした: {what}")
        return True


def _can_be_clicked(thing: Locator, timeout_ms: float) -> bool:
    """Return whether nothing is in front of a thing; true, too, where it has gone."""
    try:
        thing.click(trial=True, timeout=timeout_ms)
    except PlaywrightTimeoutError:
        return False
    except PlaywrightError as error:
        return has_gone(error)
    return True
