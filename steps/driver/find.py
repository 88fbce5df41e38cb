"""Finding a thing by the words a person reads, in the window in front first and then in the others.

First by role and name, at once. Only when nothing is found so for a moment, by the words around things, in
the order of word_engine.RUNGS: pages of real banks have layout tables, picture buttons and frames.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal, cast

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator, Page

from simulator.manual.grammar import Press
from simulator.manual.wording import names_of
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.naming_observer import BY_FILE, BY_ROLE, Notes, Unnoted
from steps.driver.profile import PLAIN, Profile
from steps.driver.searches import Kind, Make, Search, Searches
from steps.driver.site_watch import Untroubled, Watch
from steps.driver.text_patterns import exactly
from steps.driver.windows import TIMEOUT_MS, Windows
from steps.driver.word_engine import Query, described, offered, seek

# What is not there yet is looked for again after this long, in every window. Between the looks the browser
# has its time for itself: Playwright's own waiting asks the page in every frame, at a whole core's cost.
SLICE_MS = 20
# How long a page may take to show a thing by role and name before other ways are tried.
MOMENT = 0.4
# The same on a site where other ways have found something before.
SHORT_MOMENT = 0.12
# How long a dialog in the page may take that a site may have or not.
SOON = 1.0
GONE = ("closed", "detached", "destroyed", "navigat")


class Finder:
    """Looks for things in the windows of one browser."""

    def __init__(self, windows: Windows, profile: Profile = PLAIN) -> None:
        self._windows, self._profile = windows, profile
        self._moment = MOMENT
        # What only words have found on this site: its words are tried at the first look.
        self._by_words_before: set[str] = set()
        self._searches = Searches(profile)
        self.watch: Watch = Untroubled()
        self.notes: Notes = Unnoted()

    def pressable(self, press: Press, row: str = "") -> Locator:
        """The one button, tab or link that a sentence means; row is the text of a cell in its row."""
        return self._one(self._searches.pressable(press, row))

    def now(self, press: Press) -> Locator | None:
        """The same if it is there at this moment, in the window in front or another."""
        search = self._searches.pressable(press)
        return self._by_role(search) or (None if self._profile is PLAIN else self._by_words(search))

    def here(self, press: Press) -> Locator | None:
        """The same, in the window in front alone."""
        search, front = self._searches.pressable(press), self._windows.front
        makes = [search.make]
        if self._profile is not PLAIN:
            makes += [_seeker(query) for query in search.queries]
        found = next((found for make in makes if (found := self._found_in(front, make))), None)
        return self._chosen(found, search) if found else None

    def way_to(self, title: str) -> Locator | None:
        """A link in the window in front that is named like a screen, if there is one."""
        return self.here(Press(self._profile.titles(title)[0], "link"))

    def soon(self, press: Press) -> bool:
        """Whether it comes within the moment that an answer takes."""
        end = time.monotonic() + SOON
        while not self.now(press):
            if time.monotonic() > end:
                return False
            self._wait()
        return True

    def field(self, word: str, *, second: bool = False) -> Locator:
        """The place to type in that has this word, or the place beside it to type the same again."""
        return self._one(self._searches.field(word, second=second))

    def has_field(self, word: str) -> bool:
        """Whether the window in front has a place to type in with this word at this moment."""
        return self._is_on(self._windows.front, self._searches.field(word))

    def link(self, *names: str, about: str = "") -> Locator:
        """A link with one of these words, or with this word among its own."""
        return self._one(self._searches.link(*names, about=about))

    def box(self, thing: str, label: str) -> Locator:
        """The check box with this label in the row of this thing."""
        return self._one(self._searches.box(thing, label))

    def account(self, words: str) -> Locator:
        """The check box of an account, by words of its row."""
        return self._one(self._searches.account(words))

    def every(self, role: Literal["checkbox", "textbox"]) -> list[Locator]:
        """Every box of a kind in the window in front, once there is one; in all of its frames."""
        self._one(Search(f"{role} ", lambda frame: frame.get_by_role(role).first))
        return [each for frame in self._windows.front.frames for each in frame.get_by_role(role).all()]

    def things(self, label: str, kind: str | None) -> Locator:
        """Every button, tab or link with this label in the window in front; without a kind, every field."""
        page = self._windows.front
        if kind is None:
            return page.get_by_label(exactly(*self._profile.names(*names_of(label))))
        return page.get_by_role(cast(Kind, kind), name=exactly(*self._profile.names(label)))

    def row(self, text: str) -> Locator:
        """The row of a table that has a cell with this text."""
        return self._one(Search(f"「{text}」の行", lambda frame: self._searches.row_in(frame, text)))

    def words_in_front(self) -> str:
        """All that a person reads in the window in front: its main part where the page has one."""
        frames = self._windows.front.frames
        script = "() => (document.querySelector('main') ?? document.body)?.innerText ?? ''"
        return "\n".join(frame.evaluate(script) for frame in frames)

    def breathe(self) -> None:
        """Let the browser go on for a moment, for whoever looks again then."""
        self.watch.look(self._windows.recent)
        self._wait()

    def screen(self, title: str) -> Page:
        """The window that shows this screen, put in front; waits for it."""
        found = self._one(self._searches.screen(title))
        found.page.wait_for_load_state("domcontentloaded")
        return found.page

    def screen_about(self, words: str) -> Page:
        """The window whose screen has these words in its title; waits for it."""
        return self._one(self._searches.screen_about(words)).page

    def shows(self, title: str) -> Page | None:
        """The window that shows this screen at this moment, if one does."""
        search = self._searches.screen(title)
        return next((page for page in self._windows.recent if self._is_on(page, search)), None)

    def _is_on(self, page: Page, search: Search) -> bool:
        if self._found_in(page, search.make):
            return True
        return self._profile is not PLAIN and any(
            self._found_in(page, _seeker(query)) for query in search.queries
        )

    def _one(self, search: Search) -> Locator:
        """The only such thing in the first window that has any. Raises StepFailure for none or several."""
        declared = self._profile.declared(*search.keys)
        start = time.monotonic()
        while time.monotonic() - start < self._patience():
            if declared:
                found = self._by_file(search)
            elif not (found := self._by_role(search)) and time.monotonic() - start > self._head_start(search):
                found = self._by_words(search)
            if found:
                return found
            self.watch.look(self._windows.recent)
            if self._paused():
                start = time.monotonic()
            self._wait()
        raise self._missing(search)

    def _missing(self, search: Search) -> StepFailure:
        """What was not found, what there was, and what the site's own trouble may be."""
        told = f"{search.what}が見つかりません。{self._seen()}"
        why = self.watch.suspicion(self._windows.recent)
        if why:
            return SiteTrouble(f"{told}\n  {why}")
        return StepFailure(told + self.notes.missed(search.named, list(self._pages(search))))

    def _head_start(self, search: Search) -> float:
        """Return for how many seconds a thing is looked for by role and name alone."""
        return 0 if search.what in self._by_words_before else self._moment

    def _patience(self) -> float:
        times = self._profile.timeouts
        return times.find if times else TIMEOUT_MS / 1000

    def _by_role(self, search: Search) -> Locator | None:
        return self._in_windows(search, search.make, BY_ROLE)

    def _by_words(self, search: Search) -> Locator | None:
        for query in search.queries:
            if found := self._in_windows(search, _seeker(query), str(query.get("rung") or query["kind"])):
                self._moment = SHORT_MOMENT
                self._by_words_before.add(search.what)
                return found
        return None

    def _by_file(self, search: Search) -> Locator | None:
        """What the deployment file says, on the screen that it says it for."""
        declared = self._profile.declared(*search.keys)
        if not declared:
            return None
        screen, place = declared
        on = replace(search, screen=screen or search.screen)

        def make(frame: Frame) -> Locator:
            if place.role:
                name = exactly(place.name) if place.name else None
                return frame.get_by_role(cast(Kind, place.role), name=name)
            return frame.get_by_text(exactly(place.text)) if place.text else frame.locator(place.css)

        return self._in_windows(on, make, BY_FILE, place.frame)

    def _in_windows(self, search: Search, make: Make, way: str, frame: str = "") -> Locator | None:
        for page in self._pages(search):
            if found := self._found_in(page, make, frame):
                self._windows.use(page)
                chosen = self._chosen(found, search)
                self.notes.found(search.named, way, chosen)
                return chosen
        return None

    def _pages(self, search: Search) -> Iterator[Page]:
        """The windows in which it may be."""
        for page in self._windows.recent:
            if not search.screen or self._is_on(page, self._searches.screen(search.screen)):
                yield page

    def _found_in(self, page: Page, make: Make, frame: str = "") -> list[Locator]:
        """What is found in each frame of a window that has any."""
        places = [each for each in page.frames if not frame or frame in (each.name, each.url)]
        return [found for each in places if _count(found := make(each))]

    def _chosen(self, found: list[Locator], search: Search) -> Locator:
        if search.any_will_do:
            return found[0].first
        if len(found) == 1 and _count(found[0]) == 1:
            return found[0]
        return _visible(found, search.what)

    def _paused(self) -> bool:
        """Wait for a person where the file says that only he can pass a screen; whether that was so."""
        for title, what in self._profile.pause.items():
            if self.shows(title):
                self.watch.person_needed(title, what)
                end = time.monotonic() + (self._profile.timeouts.pause if self._profile.timeouts else 0)
                while self.shows(title):
                    if time.monotonic() > end:
                        raise StepFailure(f"「{title}」画面で待ちましたが、操作されませんでした: {what}")
                    self.breathe()
                return True
        return False

    def _wait(self) -> None:
        """Let the browser go on for the time between two looks."""
        with suppress(PlaywrightError):  # the window has just gone
            self._windows.front.wait_for_timeout(SLICE_MS)

    def _seen(self) -> str:
        """What there was instead, for the tester."""
        return "".join(f"\n  ウィンドウ: {offered(page)}" for page in self._windows.recent)


def _seeker(query: Query) -> Make:
    return lambda frame: seek(frame, query)


def _count(found: Locator) -> int:
    """How many there are; none in a window or frame that has just gone."""
    try:
        return found.count()
    except PlaywrightError as error:
        if any(word in error.message for word in GONE):
            return 0
        raise


def _visible(found: Sequence[Locator], what: str) -> Locator:
    every = [each for place in found for each in place.all()]
    visible = [each for each in every if each.is_visible()]
    if len(visible) == 1:
        return visible[0]
    lines = "".join(f"\n  {line}" for place in found for line in described(place))
    raise StepFailure(f"{what}が {len(every)} 個あります。どれか 1 つに決められません。{lines}")
