"""Finds a thing by the words a person reads, in the window in front first and then in the others.

Where a deployment file declares the thing, as the file says. Else by role and name; after timeouts.role
seconds without success also by the words around things, in the order of word_engine.RUNGS: pages of real
banks have layout tables, picture buttons and frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal, cast

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator, Page

from simulator.manual.grammar import Press
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.interruptions import Interruptions
from steps.driver.looks import Look, Looks
from steps.driver.naming_observer import BY_FILE, BY_ROLE, Notes, Unnoted
from steps.driver.profile import PLAIN, Profile
from steps.driver.searches import Kind, Make, Search, Searches
from steps.driver.site_watch import Untroubled, Watch
from steps.driver.text_patterns import exactly
from steps.driver.windows import Windows, has_gone
from steps.driver.word_engine import Query, described, offered, placed, read, seek

Place = tuple[int, int]


class Finder:
    """Looks for things in the windows of one browser.

    by_words: whether a single look (now, here, shows, has_field, places) also goes by the words around
    things; what is waited for always does after a moment.
    """

    def __init__(self, windows: Windows, profile: Profile = PLAIN, *, by_words: bool = True) -> None:
        self._windows, self._profile, self._quick_words = windows, profile, by_words
        self._moment = profile.timeouts.role
        # What only words have found on this site: its words are tried at the first look.
        self._by_words_before: set[str] = set()
        self._searches = Searches(profile)
        self.watch: Watch = Untroubled()
        self.notes: Notes = Unnoted()
        self.in_front = Interruptions(windows, self, profile)

    def pressable(self, press: Press, row: str = "") -> Locator:
        """Return the one button, tab or link that a sentence means; row is the text of a cell in its row."""
        return self._one(self._searches.pressable(press, row))

    def now(self, press: Press) -> Locator | None:
        """Return the button, tab or link if it is there at this moment, in any window."""
        search = self._searches.pressable(press)
        return self._by_role(search) or (self._by_words(search) if self._quick_words else None)

    def here(self, press: Press) -> Locator | None:
        """Return the button, tab or link if it is in the window in front at this moment."""
        search, front = self._searches.pressable(press), self._windows.front
        found = next((found for make in self._ways(search) if (found := self._found_in(front, make))), None)
        return self._chosen(found, search) if found else None

    def places(self, press: Press) -> list[Place]:
        """Return where in the window in front such a button, tab or link stands, in the page's order.

        A place is the number of the frame and that of the element in it. Of the ways to find a thing the
        first that finds any counts.
        """
        frames = self._windows.front.frames
        search = self._searches.pressable(press)
        for make in (search.make, *(seeker(query) for query in search.queries if self._quick_words)):
            if found := [(at, element) for at, frame in enumerate(frames) for element in placed(make(frame))]:
                return found
        return []

    def way_to(self, title: str) -> Locator | None:
        """Return a link in the window in front that is named like a screen, if there is one."""
        return self.here(Press(self._profile.titles(title)[0], "link"))

    def soon(self, press: Press) -> bool:
        """Return whether the button, tab or link comes within timeouts.perhaps seconds."""
        looks = Looks(self._profile.timeouts.perhaps, self._windows.pass_time)
        return looks.until(lambda: self.now(press))

    def field(self, word: str, *, second: bool = False) -> Locator:
        """Return the field with this word, or the second one, in which the same is typed again."""
        return self._one(self._searches.field(word, second=second))

    def has_field(self, word: str) -> bool:
        """Return whether the window in front has a field with this word at this moment."""
        return self.field_now(word) is not None

    def field_now(self, word: str, *, second: bool = False) -> Locator | None:
        """Return the field, or the second one, if the window in front has it at this moment."""
        search, front = self._searches.field(word, second=second), self._windows.front
        if self._profile.declared(*search.keys):
            return self._by_file(search)
        found = next((found for make in self._ways(search) if (found := self._found_in(front, make))), None)
        return found[0].first if found else None

    def is_in_front(self, title: str) -> bool:
        """Return whether the window in front shows this screen at this moment."""
        return self._is_on(self._windows.front, self._searches.screen(title))

    def link(self, *names: str, about: str = "") -> Locator:
        """Return the link with one of these names, or with about as a part of its name."""
        return self._one(self._searches.link(*names, about=about))

    def box(self, thing: str, label: str) -> Locator:
        """Return the check box with this label in the row of this thing."""
        return self._one(self._searches.box(thing, label))

    def account(self, words: str) -> Locator:
        """Return the check box of an account, by words of its row."""
        return self._one(self._searches.account(words))

    def every(self, role: Literal["checkbox", "textbox"]) -> list[Locator]:
        """Return every box of this role in all frames of the window in front; waits for the first."""
        self._one(Search(f"{role} ", lambda frame: frame.get_by_role(role).first))
        return [each for frame in self._windows.front.frames for each in frame.get_by_role(role).all()]

    def words_in_front(self) -> str:
        """Return the visible words of the window in front, frame by frame; of <main> where a page has one."""
        return "\n".join(map(read, self._windows.front.frames))

    def seen(self) -> str:
        """Return what every window offers, one line each, for a failure's message."""
        return "".join(f"\n  ウィンドウ: {offered(page)}" for page in self._windows.recent)

    def breathe(self) -> None:
        """Let the browser go on for a moment. Raises SiteTrouble for an error of the server."""
        self.watch.look(self._windows.recent)
        self.in_front.close_notices()
        self._windows.pass_time()

    def screen(self, title: str) -> Page:
        """Return the window that shows this screen, put in front; waits for it."""
        found = self._one(self._searches.screen(title))
        with suppress(PlaywrightError):  # it has been seen; the last screen's window may close itself at once
            found.page.wait_for_load_state("domcontentloaded")
        return found.page

    def screen_about(self, words: str) -> Page:
        """Return the window whose screen has these words in its title; waits for it."""
        return self._one(self._searches.screen_about(words)).page

    def shows(self, title: str) -> Page | None:
        """Return the window that shows this screen at this moment, if one does."""
        search = self._searches.screen(title)
        return next((page for page in self._windows.recent if self._is_on(page, search)), None)

    def _is_on(self, page: Page, search: Search) -> bool:
        return any(self._found_in(page, make) for make in self._ways(search))

    def _ways(self, search: Search) -> list[Make]:
        """Return the ways of a single look: by role and name, then by words where they count."""
        return [search.make, *([seeker(_any(search))] if self._quick_words and search.queries else [])]

    def _one(self, search: Search) -> Locator:
        """Return the only such thing in the first window that has any; waits timeouts.find seconds.

        Raises:
            StepFailure: there is none, or there are several.
        """
        declared = self._profile.declared(*search.keys)
        for look in Looks(self._profile.timeouts.find, self._windows.pass_time):
            self.in_front.close_notices()
            found = self._by_file(search) if declared else self._by_either(search, look)
            if found:
                return found
            self.watch.look(self._windows.recent)
            if self.in_front.waited_for_person():
                return self._one(search)
        raise self._missing(search)

    def _missing(self, search: Search) -> StepFailure:
        """Return the failure that names what is missing, what is there, and what ails the site, if known."""
        reply = self.watch.reply(self._windows.recent, screen=search.table == "screens")
        told = f"{reply.told}{search.what}が見つかりません。{self.seen()}"
        if why := self.watch.suspicion(self._windows.recent):
            return SiteTrouble(f"{told}\n  {why}")
        more = "" if reply.refused else self.notes.missed(search.named, list(self._pages(search)))
        return StepFailure(told + more)

    def _by_either(self, search: Search, look: Look) -> Locator | None:
        """Return the thing by role, then by words; the other way round if only words found it before."""
        first, then = self._by_role, self._by_words
        if search.what in self._by_words_before:
            first, then = then, first
        return first(search) or (then(search) if look.is_last or look.waited > self._moment else None)

    def _by_role(self, search: Search) -> Locator | None:
        return self._in_windows(search, search.make, BY_ROLE)

    def _by_words(self, search: Search) -> Locator | None:
        for query in search.queries:
            if found := self._in_windows(search, seeker(query), str(query.get("rung") or query["kind"])):
                self._moment = self._profile.timeouts.role / 3
                self._by_words_before.add(search.what)
                return found
        return None

    def _by_file(self, search: Search) -> Locator | None:
        """Return the thing where the deployment file says it is, on the screen for which it says so."""
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
        """Yield the windows in which it may be."""
        for page in self._windows.recent:
            if not search.screen or self._is_on(page, self._searches.screen(search.screen)):
                yield page

    def _found_in(self, page: Page, make: Make, frame: str = "") -> list[Locator]:
        """Return what each frame of a window has of it, of the frames that have any."""
        places = [each for each in page.frames if not frame or frame in (each.name, each.url)]
        return [found for each in places if _count(found := make(each))]

    def _chosen(self, found: list[Locator], search: Search) -> Locator:
        if search.any_will_do:
            return found[0].first
        if len(found) == 1 and _count(found[0]) == 1:
            return found[0]
        return _visible(found, search.what)


def _any(search: Search) -> Query:
    """Return the query for what the search's queries find: the strongest of them that finds any."""
    return {"kind": "any", "queries": search.queries}


def seeker(query: Query) -> Make:
    """Return the locator by the words of a query, in a frame."""
    return lambda frame: seek(frame, query)


def _count(found: Locator) -> int:
    """Return how many there are; 0 in a window or frame that has just gone."""
    try:
        return found.count()
    except PlaywrightError as error:
        if not has_gone(error):
            raise
        return 0


def _visible(found: Sequence[Locator], what: str) -> Locator:
    every = [each for place in found for each in place.all()]
    visible = [each for each in every if each.is_visible()]
    if len(visible) == 1:
        return visible[0]
    lines = "".join(f"\n  {line}" for place in found for line in described(place))
    raise StepFailure(f"{what}が {len(every)} 個あります。どれか 1 つに決められません。{lines}")
