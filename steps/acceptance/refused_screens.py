"""Screens by which the simulator refuses to go on, as 「セッション終了」, judged by outcome.

A site may refuse with a screen of its own, with words on the same screen, or with nothing at all; what must
not come is the screen to which the way would lead.
"""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import Press, parse
from simulator.manual.wording import fold
from steps.acceptance.demands import manual_screens
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.find import Finder
from steps.driver.hands import Hands
from steps.driver.looks import Looks
from steps.driver.profile import Timeouts
from steps.driver.remarks import SHOWN, Remarks
from steps.driver.windows import Windows

SESSION_OVER = "セッション終了"
# A screen that refuses -> the screens that must not come in its place.
INSTEAD: dict[str, tuple[str, ...]] = {
    "利用できません": ("トップ", "承認パスワード変更"),
    SESSION_OVER: ("管理業務を実施する", "ユーザ管理業務"),
}
# A screen that the browser may still show after a logout -> what must not work on it any more.
STILL_SHOWN = {
    "トップ": "「管理業務を実施する」タブをクリックする",
    "サービス一覧": "「ユーザ管理業務」ボタンをクリックする",
}


def is_refused_screen(screen: str) -> bool:
    """Return whether this is a screen of a refusal that the manual does not show."""
    return screen in INSTEAD and fold(screen) not in manual_screens()


class RefusedScreens:
    """Judges whether a site has refused to go on."""

    def __init__(
        self, windows: Windows, find: Finder, hands: Hands, remarks: Remarks, waits: Timeouts
    ) -> None:
        self._windows, self._find, self._hands = windows, find, hands
        self._remarks, self._waits = remarks, waits
        self._before, self._must_not_come = "", list[str]()

    def remember(self, screen: str) -> None:
        """Keep what the windows show before the click that must be refused with this screen."""
        self._before = self._words()
        self._must_not_come = [each for each in INSTEAD[screen] if not self._find.is_in_front(each)]

    def arrive(self, screen: str) -> None:
        """Wait until the site has refused. Raises StepFailure where it has gone on."""
        if self._has_refused(screen):
            return
        still = next(
            (each for each in STILL_SHOWN if screen == SESSION_OVER and self._find.is_in_front(each)), ""
        )
        if still:
            self._must_not_work(still, screen)
        self._remarks.differs(SHOWN, f"「{screen}」画面", self._title())

    def _must_not_work(self, still: str, screen: str) -> None:
        """Try what a screen offers that the browser has kept. Raises StepFailure where it still works."""
        (press,) = parse(STILL_SHOWN[still])
        assert isinstance(press, Press)
        self.remember(screen)
        if self._find.now(press):
            with suppress(StepFailure):
                self._hands.perform((press,))
        self._has_refused(screen)

    def _has_refused(self, screen: str) -> bool:
        """Return whether this very screen has come; False for any other answer, or none.

        Raises StepFailure where a screen has come that must not.
        """
        looks = Looks(self._waits.find, self._find.breathe)
        for _ in looks:
            if self._find.shows(screen):
                self._find.screen(screen)
                return True
            if led := next(filter(self._find.is_in_front, self._must_not_come), ""):
                raise StepFailure(f"「{led}」画面が表示されました。ここでは操作できないはずです。")
            if self._words() != self._before:
                looks.end_in(self._waits.perhaps)
        return False

    def _words(self) -> str:
        """Return the words of every window."""
        found = []
        for page in self._windows.all:
            with suppress(PlaywrightError, SiteTrouble):
                found += [frame.evaluate("() => document.body?.innerText ?? ''") for frame in page.frames]
        return "\n".join(found)

    def _title(self) -> str:
        pages = self._windows.all
        with suppress(PlaywrightError):
            return pages[0].title() if pages else ""
        return ""
