"""Finding a thing by the words a person reads, in the window in front first and then in the others.

First by role and name, at once. Only when nothing is found so for a moment, by the words around things, in
the order of seeking.RUNGS: pages of real banks have layout tables, picture buttons and frames.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator, Page

from simulator.sentences import Press
from simulator.wording import fold, names_of
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.profile import PLAIN, Profile
from steps.driver.seeking import RUNGS, Query, described, inventory, seek
from steps.driver.trouble import Untroubled, Watch
from steps.driver.windows import TIMEOUT_MS, Windows
from steps.driver.words import again, containing, exactly

Make = Callable[[Frame], Locator]
Kind = Literal["button", "tab", "link"]

# A window may still be opening while another is watched: look round again after this long.
SLICE_MS = 40
# How long a page may take to show a thing by role and name before other ways are tried.
MOMENT = 0.4
# The same on a site where other ways have found something before.
SHORT_MOMENT = 0.12
# How long a dialog in the page may take that a site may have or not.
SOON = 1.0
# R09: サービス一覧 has this button twice, and either will do.
EQUAL = ("しんきん電子記録債権サービス",)
KINDS = {"button": "ボタン", "tab": "タブ", "link": "リンク"}
# A name that nothing has: waiting for it is waiting for a moment.
NOBODY = "（だれも持たない名前）"
GONE = ("closed", "detached", "destroyed", "navigat")


@dataclass(frozen=True)
class Search:
    """One thing to look for: what it is to a person, by role and name, and other ways where that fails.

    keys: how a deployment file may call it. screen: only in a window that shows this one.
    """

    what: str
    make: Make
    queries: tuple[Query, ...] = ()
    keys: tuple[str, ...] = ()
    screen: str = ""
    any_will_do: bool = False


class Finder:
    """Looks for things in the windows of one browser."""

    def __init__(self, windows: Windows, profile: Profile = PLAIN) -> None:
        self._windows, self._profile = windows, profile
        self._moment = MOMENT
        self.watch: Watch = Untroubled()

    def pressable(self, press: Press, row: str = "") -> Locator:
        """The one button, tab or link that a sentence means; row is the text of a cell in its row."""
        return self._one(self._for(press, row))

    def now(self, press: Press) -> Locator | None:
        """The same if it is there at this moment, in the window in front or another."""
        search = self._for(press, "")
        return self._by_role(search) or (None if self._profile is PLAIN else self._by_words(search))

    def here(self, press: Press) -> Locator | None:
        """The same, in the window in front alone."""
        search, front = self._for(press, ""), self._windows.front
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
            self._wait(self._for(press, "").make)
        return True

    def _for(self, press: Press, row: str) -> Search:
        kind = cast(Kind, press.kind)
        names = self._profile.names(press.label)

        def make(frame: Frame) -> Locator:
            return self._scope(frame, row, press.field).get_by_role(kind, name=exactly(*names))

        field = self._profile.names(*names_of(press.field)) if press.field else ()
        query = {"kind": kind, "names": names, "row": row, "field": field}
        return Search(
            f"「{press.label}」{KINDS[kind]}",
            make,
            tuple({**query, "rung": rung} for rung in RUNGS),
            (press.label, f"{press.label}{KINDS[kind]}"),
            press.screen,
            press.label in EQUAL,
        )

    def field(self, word: str, *, second: bool = False) -> Locator:
        """The place to type in that has this word, or the place beside it to type the same again."""
        return self._one(self._to_type(word, second=second))

    def has_field(self, word: str) -> bool:
        """Whether the window in front has a place to type in with this word at this moment."""
        return self._is_on(self._windows.front, self._to_type(word))

    def _to_type(self, word: str, *, second: bool = False) -> Search:
        names = self._profile.names(*names_of(word))
        name = again(*names) if second else exactly(*names)
        kinds: Sequence[Query] = [{"kind": "again"}]
        if not second:
            kinds = [{"kind": "field", "rung": rung} for rung in RUNGS[:3]]
        ending = "（再入力）" if second else ""
        return Search(
            f"「{word}」の{'2 箇所目の' * second}入力欄",
            lambda frame: frame.get_by_label(name),
            tuple({**kind, "names": names} for kind in kinds),
            tuple(f"{each}{ending}{tail}" for each in names_of(word) for tail in ("", "欄")),
        )

    def link(self, *names: str, about: str = "") -> Locator:
        """A link with one of these words, or with this word among its own."""
        called = self._profile.names(*names)

        def make(frame: Frame) -> Locator:
            whole = frame.get_by_role("link", name=exactly(*called))
            return whole.or_(frame.get_by_role("link", name=containing(about))) if about else whole

        queries = tuple({"kind": "link", "names": called, "rung": rung} for rung in RUNGS)
        return self._one(Search(f"「{names[0]}」へのリンク", make, queries, (*names, f"{names[0]}リンク")))

    def box(self, thing: str, label: str) -> Locator:
        """The check box with this label in the row of this thing."""
        (row,), names = self._profile.names(thing), self._profile.names(label)
        return self._one(
            Search(
                f"「{thing}」の「{label}」のチェックボックス",
                lambda frame: self._row(frame, row).get_by_role("checkbox", name=exactly(*names)),
                ({"kind": "box", "names": names, "row": row},),
                (f"{thing}の{label}",),
            )
        )

    def account(self, words: str) -> Locator:
        """The check box of an account, by words of its row."""
        (row,) = self._profile.names(words)
        return self._one(
            Search(
                f"口座「{words}」のチェックボックス",
                lambda frame: frame.get_by_role("checkbox", name=containing(row)),
                ({"kind": "account", "row": row, "names": (row,)},),
            )
        )

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
        return self._one(Search(f"「{text}」の行", lambda frame: self._row(frame, text)))

    def words_in_front(self) -> str:
        """All that a person reads in the window in front: its main part where the page has one."""
        frames = self._windows.front.frames
        script = "() => (document.querySelector('main') ?? document.body)?.innerText ?? ''"
        return "\n".join(frame.evaluate(script) for frame in frames)

    def breathe(self) -> None:
        """Let the browser go on for a moment, for whoever looks again then."""
        self.watch.look(self._windows.recent)
        self._wait(lambda frame: frame.get_by_role("heading", name=NOBODY))

    def screen(self, title: str) -> Page:
        """The window that shows this screen, put in front; waits for it."""
        found = self._one(self._titled(title))
        found.page.wait_for_load_state("domcontentloaded")
        return found.page

    def _titled(self, title: str) -> Search:
        titles = self._profile.titles(title)
        return Search(
            f"「{title}」画面",
            lambda frame: frame.get_by_role("heading", level=1, name=exactly(*titles)).first,
            tuple({"kind": kind, "names": titles} for kind in ("screen", "titled")),
            (f"{title}画面",),
            any_will_do=True,
        )

    def screen_about(self, words: str) -> Page:
        """The window whose screen has these words in its title; waits for it."""
        return self._one(
            Search(
                f"{words}",
                lambda frame: frame.get_by_role("heading", level=1, name=containing(words)).first,
                tuple({"kind": kind, "names": (words,), "part": True} for kind in ("screen", "titled")),
                any_will_do=True,
            )
        ).page

    def shows(self, title: str) -> Page | None:
        """The window that shows this screen at this moment, if one does."""
        search = self._titled(title)
        return next((page for page in self._windows.recent if self._is_on(page, search)), None)

    def _is_on(self, page: Page, search: Search) -> bool:
        if self._found_in(page, search.make):
            return True
        return self._profile is not PLAIN and any(
            self._found_in(page, _seeker(query)) for query in search.queries
        )

    def _row(self, frame: Frame, text: str) -> Locator:
        cells = frame.get_by_role("cell", name=exactly(text))
        heads = frame.get_by_role("rowheader", name=containing(text))
        return frame.get_by_role("row").filter(has=cells.or_(heads))

    def _scope(self, frame: Frame, row: str, field: str) -> Frame | Locator:
        if row:
            return self._row(frame, row)
        if field:
            names = self._profile.names(*names_of(field))
            return frame.get_by_role("group").filter(has=frame.get_by_label(exactly(*names)))
        return frame

    def _one(self, search: Search) -> Locator:
        """The only such thing in the first window that has any. Raises StepFailure for none or several."""
        declared = self._profile.declared(*search.keys)
        start = time.monotonic()
        while time.monotonic() - start < self._patience():
            if declared:
                found = self._by_file(search)
            elif not (found := self._by_role(search)) and time.monotonic() - start > self._moment:
                found = self._by_words(search)
            if found:
                return found
            self.watch.look(self._windows.recent)
            if self._paused():
                start = time.monotonic()
            self._wait(search.make)
        raise self._missing(search)

    def _missing(self, search: Search) -> StepFailure:
        """What was not found, what there was, and what the site's own trouble may be."""
        told = f"{search.what}が見つかりません。{self._seen()}"
        why = self.watch.suspicion(self._windows.recent)
        return SiteTrouble(f"{told}\n  {why}") if why else StepFailure(told)

    def _patience(self) -> float:
        times = self._profile.timeouts
        return times.find if times else TIMEOUT_MS / 1000

    def _by_role(self, search: Search) -> Locator | None:
        return self._in_windows(search, search.make)

    def _by_words(self, search: Search) -> Locator | None:
        for query in search.queries:
            if found := self._in_windows(search, _seeker(query)):
                self._moment = SHORT_MOMENT
                return found
        return None

    def _by_file(self, search: Search) -> Locator | None:
        """What the deployment file says, on the screen that it says it for."""
        declared = self._profile.declared(*search.keys)
        if not declared:
            return None
        screen, place = declared
        on = Search(search.what, search.make, screen=screen or search.screen, any_will_do=search.any_will_do)

        def make(frame: Frame) -> Locator:
            if place.role:
                name = exactly(place.name) if place.name else None
                return frame.get_by_role(cast(Kind, place.role), name=name)
            return frame.get_by_text(exactly(place.text)) if place.text else frame.locator(place.css)

        return self._in_windows(on, make, place.frame)

    def _in_windows(self, search: Search, make: Make, frame: str = "") -> Locator | None:
        for page in self._windows.recent:
            if search.screen and not self._is_on(page, self._titled(search.screen)):
                continue
            if found := self._found_in(page, make, frame):
                self._windows.use(page)
                return self._chosen(found, search)
        return None

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

    def _wait(self, make: Make) -> None:
        """Let the browser go on, and come back early when the thing appears in front."""
        try:
            make(self._windows.front.main_frame).first.wait_for(state="attached", timeout=SLICE_MS)
        except PlaywrightError:
            return

    def _seen(self) -> str:
        """What there was instead, for the tester."""
        return "".join(f"\n  ウィンドウ: {_offers(page)}" for page in self._windows.recent)


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


def _offers(page: Page) -> str:
    try:
        return f"{page.title()} {''.join(_in_words(frame) for frame in page.frames)}"
    except PlaywrightError:
        return "（閉じています）"


OFFERED = {"tabs": "タブ", "links": "リンク", "fields": "入力欄", "boxes": "チェックボックス"}


def _in_words(frame: Frame) -> str:
    found = inventory(frame)
    return f"（ボタン: {'、'.join(found['buttons']) or 'なし'}）" + "".join(_kinds(found))


def _kinds(found: dict[str, list[str]]) -> Iterator[str]:
    for kind, name in OFFERED.items():
        if found[kind]:
            yield f"（{name}: {'、'.join(map(fold, found[kind]))}）"
