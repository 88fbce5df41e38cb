"""What a person reads in the window in front of a site whose markup says little: words, tables, things.

Everything is compared folded, in the site's own words, and waited for: a page may draw itself late.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from playwright.sync_api import ElementHandle, Page, Request
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import Press
from simulator.manual.wording import fold
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.find import Finder
from steps.driver.naming_observer import Named
from steps.driver.profile import Profile, Timeouts
from steps.driver.searches import Searches
from steps.driver.windows import TIMEOUT_MS, Windows

if TYPE_CHECKING:
    from collections.abc import Iterator

Rows = Sequence[Sequence[str]]
# A form that is refused without a new page being drawn is taken as answered after this long, once nothing
# that it sent is under way.
ANSWER_SECONDS = 2.0
# What may carry a form's contents; a page's own polling and beacons do not hold anybody up.
SENDING = ("document", "xhr", "fetch")
# The rows of every innermost table, each row as the words of its cells.
TABLES = """() => [...document.querySelectorAll('table,[role=table],[role=grid]')]
  .filter((table) => !table.querySelector('table,[role=table],[role=grid]') && table.getClientRects().length)
  .map((table) => [...table.querySelectorAll('tr,[role=row]')].map((row) =>
    [...row.querySelectorAll('td,th,[role=cell],[role=columnheader],[role=rowheader]')]
      .map((cell) => cell.innerText)))"""

NO_ANSWER = (
    "送信した内容に、サイトが時間内に応答しませんでした（timeouts.page）。届いたかどうかは分かりません。 "
    "The site has not answered what was sent: nobody knows whether it took it."
)


class Reader:
    """Reads the windows of one browser in the words of one site."""

    def __init__(self, windows: Windows, find: Finder, profile: Profile) -> None:
        self._windows, self._find, self._profile = windows, find, profile
        self._searches = Searches(profile)

    def said(self, text: str) -> str:
        """What this is in the site's own words, folded."""
        return fold(self._profile.names(text)[0])

    def shows(self, text: str) -> None:
        """Pass as soon as these words stand in the window in front. Raises StepFailure."""
        wanted = self.said(text)
        named = Named(f"「{text}」という表示", "words", (text,), ("lines",))
        self._until(lambda: wanted in self.words(), f"「{text}」と表示されていません。", named)

    def lacks(self, text: str) -> None:
        """Pass if these words stand nowhere in the window in front. Raises StepFailure."""
        wanted = self.said(text)
        self._until(lambda: wanted not in self.words(), f"「{text}」と表示されています。")

    def words(self) -> str:
        """All words of the window in front, folded; none while it is changing."""
        try:
            return fold(self._find.words_in_front())
        except PlaywrightError:
            return ""

    def has(self, press: Press, *, there: bool = True) -> None:
        """Pass if something to press is there, or is not. Raises StepFailure."""
        failure = f"「{press.label}」が表示されて{'いません' if there else 'います'}。"
        named = self._searches.pressable(press).named if there else None
        self._until(lambda: bool(self._find.here(press)) == there, failure, named)

    def has_exactly(self, kind: str, labels: Sequence[str], known: Sequence[str]) -> None:
        """Pass if, of all that the manual knows of this kind, these are there and no other."""
        for label in known:
            self.has(Press(label, kind), there=label in labels)

    def has_row(self, words: str, text: str) -> None:
        """Pass if a row with these words has a cell with this text. Raises StepFailure."""
        row, cell = self.said(words), self.said(text)
        self._until(
            lambda: any({row, cell} <= set(map(fold, line)) for table in self._tables() for line in table),
            f"「{words}」の行に「{text}」と表示されていません。",
        )

    def has_table(self, wanted: Rows, alike: Callable[[Sequence[str], Sequence[str]], bool]) -> None:
        """Pass if a table with these heads has exactly these rows. Raises StepFailure."""

        def there() -> bool:
            return any(
                len(body) == len(wanted) - 1 and all(map(alike, wanted[1:], body))
                for body in self._bodies(wanted[0])
            )

        self._until(there, "この表がありません。")

    def has_rows(self, wanted: Rows, alike: Callable[[Sequence[str], Sequence[str]], bool]) -> None:
        """Pass if tables with these heads have all of these rows. Raises StepFailure."""

        def there() -> bool:
            lines = [line for body in self._bodies(wanted[0]) for line in body]
            return all(any(alike(row, line) for line in lines) for row in wanted[1:])

        self._until(there, "この行がありません。")

    def holds(self, word: str, value: str) -> None:
        """Pass if this stands in the field. Raises StepFailure, without what stands there."""
        self._until(
            lambda: self._find.field(word).input_value() == value, f"「{word}」の欄の内容が違います。"
        )

    @contextmanager
    def answered(self, word: str) -> Iterator[None]:
        """Around what sends a form: until the form that had this field has been drawn anew or is gone.

        Raises SiteTrouble while what was sent stays without an answer for longer than a page may take.
        """
        field = self._find.field(word)
        with _under_way(field.page) as sent:
            form = field.element_handle()
            try:
                yield
            except StepFailure:
                if not sent:
                    raise
                # The click was done, and only the page that it leads to is late.
            with suppress(PlaywrightError):  # its page is gone, and the field with it
                self._wait_for_answer(form, sent)

    def _wait_for_answer(self, field: ElementHandle, sent: set[Request]) -> None:
        """Until the field is gone, or nothing has been under way for the moment that drawing takes."""
        times = self._profile.timeouts
        last = time.monotonic() + (times.page if times else Timeouts().page)
        quiet = time.monotonic()
        while field.evaluate("field => field.isConnected"):
            now = time.monotonic()
            quiet = now if sent else quiet
            if now - quiet >= ANSWER_SECONDS:
                return
            if now > last:
                raise SiteTrouble(NO_ANSWER)
            self._find.breathe()

    def _bodies(self, heads: Sequence[str]) -> list[Rows]:
        """The rows under each heading that has all of these columns, in the order of heads."""
        wanted = [self.said(head) for head in heads]
        found: list[Rows] = []
        for table in self._tables():
            titles = list(map(fold, table[0])) if table else []
            if set(wanted) <= set(titles):
                columns = [titles.index(head) for head in wanted]
                found.append([[line[column] for column in columns] for line in table[1:]])
        return found

    def _tables(self) -> list[list[list[str]]]:
        try:
            return [table for frame in self._windows.front.frames for table in frame.evaluate(TABLES)]
        except PlaywrightError:
            return []  # a frame is changing

    def cells(self) -> list[str]:
        """What every cell of every table in the window in front says."""
        return [fold(cell) for table in self._tables() for line in table for cell in line]

    def _until(self, true: Callable[[], bool], failure: str, named: Named | None = None) -> None:
        end = time.monotonic() + TIMEOUT_MS / 1000
        while not true():
            if time.monotonic() > end:
                more = self._find.notes.missed(named, self._windows.recent) if named else ""
                raise StepFailure(failure + more)
            self._find.breathe()


@contextmanager
def _under_way(page: Page) -> Iterator[set[Request]]:
    """The requests that this page has sent from now on and that are not answered yet."""
    sent: set[Request] = set()

    def begun(request: Request) -> None:
        if request.resource_type in SENDING and (request.is_navigation_request() or request.method != "GET"):
            sent.add(request)

    def ended(request: Request) -> None:
        sent.discard(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    try:
        yield sent
    finally:
        page.remove_listener("request", begun)
        page.remove_listener("requestfinished", ended)
        page.remove_listener("requestfailed", ended)
