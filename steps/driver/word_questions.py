"""Answers the questions by the words a person reads, on any site, in the site's own words.

Everything is compared folded and waited for: a page may draw itself late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame

from simulator.manual.grammar import Press
from simulator.manual.wording import fold
from steps.driver import questions
from steps.driver.failure import StepFailure
from steps.driver.find import Finder, Place
from steps.driver.form_texts import FormTexts
from steps.driver.looks import Looks
from steps.driver.naming_observer import Named
from steps.driver.profile import PLAIN, Profile
from steps.driver.questions import Pressable, Rows, Thing
from steps.driver.refusals import Refusals
from steps.driver.remarks import MESSAGE, SHOWN, Remarks
from steps.driver.searches import Searches
from steps.driver.text_patterns import dated
from steps.driver.windows import Windows, has_gone
from steps.driver.word_engine import preceding, tables
from steps.driver.word_tables import ACCOUNT, KNOWN, bodies


class WordQuestions:
    """Answers by words, in all frames of the window in front."""

    def __init__(self, windows: Windows, find: Finder, profile: Profile = PLAIN) -> None:
        self._windows, self._find, self._profile = windows, find, profile
        self._searches, self._texts = Searches(profile), FormTexts(windows)
        self.remarks, self.demanding = Remarks(), True
        self._refusals = Refusals(windows, find, self._texts, profile.timeouts, self.remarks)

    def shows(self, text: str) -> None:
        """See Questions."""
        wanted = self._said(text)
        self._until(lambda: wanted in self._words(), lambda: questions.not_shown(text), _line(text))

    def lacks(self, text: str) -> None:
        """See Questions."""
        wanted = self._said(text)
        self._until(lambda: wanted not in self._words(), lambda: questions.not_shown(text, there=False))

    def _said(self, text: str) -> str:
        """Return what this is in the site's own words, folded."""
        return fold(self._profile.names(text)[0])

    def _words(self) -> str:
        return fold(self._find.words_in_front())

    def has(self, label: str, kind: Thing) -> None:
        """See Questions."""
        if kind == "field":
            self._find.field(label)
            return
        press = Press(label, kind)
        named = self._searches.pressable(press).named
        self._until(lambda: bool(self._find.places(press)), lambda: questions.not_there(label, kind), named)

    def has_no(self, label: str, kind: Thing) -> None:
        """See Questions."""

        def is_there() -> bool:
            return (
                self._find.has_field(label)
                if kind == "field"
                else bool(self._find.places(Press(label, kind)))
            )

        self._until(lambda: not is_there(), lambda: questions.not_there(label, kind, there=False))

    def has_exactly(self, kind: Pressable, labels: Sequence[str]) -> None:
        """See Questions: where the page does not mark its tabs as tabs, of those that the manual knows."""
        for label in labels:
            self.has(label, kind)
        self._until(
            lambda: self._are(self._shown(kind, labels), list(map(self._said, labels))),
            lambda: questions.not_exactly(kind, labels, self._shown(kind, labels)),
        )

    def _are(self, shown: list[str], wanted: list[str]) -> bool:
        """Return whether these are shown, in this order where that is demanded."""
        return shown == wanted if self._profile.exact else sorted(shown) == sorted(wanted)

    def _shown(self, kind: Pressable, labels: Sequence[str]) -> list[str]:
        """Return the labels of what there is of a kind, folded and in the page's order."""
        if kind == "tab" and self._profile.exact and (marked := self._marked_tabs()):
            return marked
        places = {label: self._find.places(Press(label, kind)) for label in KNOWN[kind]}
        shown, last = list[tuple[Place, str]](), (-1, -1)
        for label in labels:  # of several places with one label the first that keeps the order, if one does
            if found := places.pop(label, []):
                last = next((place for place in found if place > last), found[0])
                shown.append((last, label))
        shown += [(found[0], label) for label, found in places.items() if found]
        return [self._said(label) for _, label in sorted(shown)]

    def _marked_tabs(self) -> list[str]:
        """Return the words of all things with the role of a tab; none where one is a picture."""
        found = [text for frame in self._frames for text in frame.get_by_role("tab").all_inner_texts()]
        return list(map(fold, found)) if all(map(fold, found)) else []

    def has_cell(self, row: str, text: str) -> None:
        """See Questions."""
        wanted = {self._said(row), self._said(text)}
        self._until(
            lambda: any(wanted <= set(map(fold, line)) for table in self._tables() for line in table),
            lambda: questions.no_cell(row, text),
        )

    def has_table(self, wanted: Rows) -> None:
        """See Questions."""
        if not self._profile.exact and ACCOUNT not in wanted[0]:
            self.has_rows(wanted)  # a site may list more, but no account that was not chosen
            return
        self._until(
            lambda: questions.has_exact(self._bodies(wanted[0]), wanted),
            lambda: questions.no_table(self._bodies(wanted[0])),
        )

    def has_rows(self, wanted: Rows) -> None:
        """See Questions."""
        if not self._profile.exact:
            wanted = self._of_known_columns(wanted)
        reads = questions.alike if self._profile.exact else questions.alike_enough

        def missing() -> list[Sequence[str]]:
            return questions.missing_rows(self._bodies(wanted[0]), wanted, reads)

        self._until(
            lambda: not missing(),
            lambda: questions.no_row([*missing(), wanted[0]][0], self._bodies(wanted[0])),
        )

    def _of_known_columns(self, wanted: Rows) -> Rows:
        """Return the rows without the columns of states, in case this site has none of that name."""
        columns = list(zip(*wanted, strict=True))
        stated = [column for column in columns if set(column[1:]) <= set(questions.STATES)]
        known = [column for column in columns if column not in stated or self._has_heads(column[:1])]
        for column in stated:
            if column not in known:
                self.remarks.differs(SHOWN, f"列「{column[0]}」", "")
        return list(zip(*known, strict=True))

    def _has_heads(self, heads: Sequence[str]) -> bool:
        """Return whether a table of the page has these titles, once it has been drawn."""
        looks = Looks(self._profile.timeouts.perhaps, self._find.breathe)
        return looks.until(lambda: self._is(lambda: bool(self._bodies(heads))))

    def _bodies(self, heads: Sequence[str]) -> list[Rows]:
        """Return the rows below each row that has all of these titles, in the order of heads."""
        return bodies(self._tables(), list(map(self._said, heads)))

    def _tables(self) -> list[list[list[str]]]:
        return [table for frame in self._frames for table in tables(frame)]

    def cells(self) -> list[str]:
        """See Questions."""
        try:
            return [fold(cell) for table in self._tables() for line in table for cell in line]
        except PlaywrightError as error:
            if not has_gone(error):
                raise
            return []

    def has_error(self, word: str, text: str, *, second: bool = False) -> None:
        """See Questions: anywhere, where this site was never seen to tie an error to its field."""
        if not self._profile.demands(text):
            self._refused_in_any_words(word, [text])
            return
        self._is_said(word, text, second=second)
        self._until(
            lambda: self._texts.belongs(self._find.field(word, second=second), self._said(text)),
            lambda: questions.not_at_field(word, text),
        )

    def _is_said(self, word: str, text: str, *, second: bool = False) -> None:
        """Wait for a text that was not there before the form was sent."""
        field, wanted = self._find.field(word, second=second), self._said(text)
        self._until(lambda: self._texts.is_new(field, wanted), lambda: questions.not_shown(text), _line(text))

    def is_refused(self, word: str, value: str, messages: Sequence[str]) -> None:
        """See Questions: as many errors as expected where the page lists them."""
        demanded = list(filter(self._profile.demands, messages))
        if len(demanded) < len(messages):
            self._refused_in_any_words(word, messages)
        for message in demanded:
            self._may_be_said(word, message)
        if len(demanded) < len(messages):
            return
        wanted = list(map(self._said, messages))
        self._until(
            lambda: self._texts.are_all(wanted),
            lambda: questions.other_errors(value, self._texts.listed(wanted)),
        )

    def _refused_in_any_words(self, word: str, messages: Sequence[str]) -> None:
        """Wait for the refusal of the form, and remark on the messages that it does not use."""
        said = self._refusals.said(word)
        shown = fold("".join(said))
        for message in messages:
            if not self._profile.demands(message) and fold(message) not in shown:
                self.remarks.differs(MESSAGE, message, "／".join(said))

    def _may_be_said(self, word: str, message: str) -> None:
        """Wait for a new text that is tied to no other field than this one."""
        self._is_said(word, message)
        self._until(
            lambda: self._texts.may_belong(self._find.field(word), self._said(message)),
            lambda: questions.not_at_field(word, message),
        )

    def is_back(self, word: str) -> None:
        """See Questions: the form, with any text that it did not have before it was sent."""
        if not self._profile.exact:
            self._refusals.said(word)
            return
        self._find.field(word)
        self._until(self._texts.any_new, lambda: questions.not_back(word))

    def holds(self, word: str, value: str) -> None:
        """See Questions."""
        self._until(lambda: self._find.field(word).input_value() == value, lambda: questions.not_held(word))

    def has_before(self, word: str, text: str) -> None:
        """See Questions."""
        wanted = self._said(text)

        def is_before() -> bool:
            texts = preceding(self._find.field(word))
            return wanted in texts or "".join(texts).endswith(wanted)

        self._until(is_before, lambda: questions.not_before(word, text))

    def has_date(self, label: str, day: date) -> None:
        """See Questions: right after the label, in its row, or in its column."""
        name, shown = self._said(label), dated(day)
        beside = re.compile(rf"{re.escape(name)}(?:\([^)]*\))?[:は]?{shown.pattern}")

        def is_there() -> bool:
            column = [fold(line[0]) for body in self._bodies([label]) for line in body]
            return bool(beside.search(self._words())) or any(map(shown.fullmatch, column))

        self._until(is_there, lambda: questions.no_date(label, day))

    def answered(
        self, word: str, leads_to: Sequence[str] = (), *, again: bool = False
    ) -> AbstractContextManager[None]:
        """See Questions."""
        field = self._find.field(word)
        self._texts.remember(again=again or self._profile.exact)
        return self._refusals.answered(field, leads_to)

    @property
    def _frames(self) -> list[Frame]:
        return self._windows.front.frames

    def _until(
        self, is_true: Callable[[], bool], sentence: Callable[[], str], named: Named | None = None
    ) -> None:
        """Wait until something is true. Raises StepFailure with the sentence, and what the notes know.

        Of what is not demanded the sentence is only remarked on.
        """
        waits = self._profile.timeouts
        looks = Looks(waits.find if self.demanding else waits.perhaps, self._find.breathe)
        if looks.until(lambda: self._is(is_true)):
            return
        if not self.demanding:
            self.remarks.differs(SHOWN, sentence().partition("\n")[0], "")
            return
        more = self._find.notes.missed(named, self._windows.recent) if named else ""
        raise StepFailure(f"{sentence()}{more}")

    def _is(self, is_true: Callable[[], bool]) -> bool:
        """Return whether something is true at this moment; not while a frame is changing."""
        try:
            return is_true()
        except PlaywrightError as error:
            if not has_gone(error):
                raise
            return False


def _line(text: str) -> Named:
    """Return how a deployment file would name a line to read."""
    return Named(f"「{text}」という表示", "words", (text,), ("lines",))
