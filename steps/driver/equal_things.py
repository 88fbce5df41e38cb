"""Finds one of several equal buttons, tabs or links by its number, as those of サービス一覧 (R09)."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from simulator.manual.grammar import Press
from steps.driver.failure import StepFailure
from steps.driver.find import Finder, seeker
from steps.driver.looks import Looks
from steps.driver.profile import Profile
from steps.driver.searches import Search, Searches
from steps.driver.windows import Windows, has_gone
from steps.driver.word_engine import every


class EqualThings:
    """Counts the equal things of the window in front, by whatever way each of them is found."""

    def __init__(self, windows: Windows, find: Finder, profile: Profile) -> None:
        self._windows, self._find = windows, find
        self._searches, self._longest = Searches(profile), profile.timeouts.find

    def numbered(self, press: Press) -> Locator:
        """Return the one that press.number means, from 1 in the page's order.

        Raises StepFailure where there are fewer.
        """
        self._find.pressable(press)  # brings its window to the front
        search, found = self._searches.pressable(press), list[Locator]()
        for _ in Looks(self._longest, self._find.breathe):
            if len(found := self._all(search)) >= press.number:
                return found[press.number - 1]
        raise StepFailure(f"{search.what}は {len(found)} 個しかありません。{self._find.seen()}")

    def _all(self, search: Search) -> list[Locator]:
        makes = (search.make, *map(seeker, search.queries))
        try:
            return [each for frame in self._windows.front.frames for each in every(frame, makes)]
        except PlaywrightError as error:
            if not has_gone(error):
                raise
            return []
