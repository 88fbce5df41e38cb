"""Answers the questions by roles and accessible names, as the simulator's semantic markup has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from playwright.sync_api import Locator, Page, expect

from simulator.manual.wording import fold, names_of
from steps.driver import questions
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import PLAIN, Profile
from steps.driver.questions import Pressable, Rows, Thing
from steps.driver.remarks import Remarks
from steps.driver.searches import Searches
from steps.driver.text_patterns import containing, exactly
from steps.driver.windows import Windows


class RoleQuestions:
    """Answers by role, in the main frame of the window in front."""

    def __init__(self, windows: Windows, find: Finder, profile: Profile = PLAIN) -> None:
        self._windows, self._find, self._profile = windows, find, profile
        self._searches, self._ms = Searches(profile), profile.timeouts.find_ms
        self.remarks, self.demanding = Remarks(), True

    @property
    def _front(self) -> Page:
        return self._windows.front

    @property
    def _summary(self) -> Locator:
        """The list of errors above a form."""
        return self._front.get_by_role("alert")

    @contextmanager
    def _else(self, sentence: str) -> Iterator[None]:
        """Tell what Playwright's expect has not found in one sentence, and what the windows offer."""
        try:
            yield
        except StepFailure:
            raise
        except AssertionError:
            raise StepFailure(f"{sentence}{self._find.seen()}") from None

    def shows(self, text: str) -> None:
        """See Questions."""
        with self._else(questions.not_shown(text)):
            expect(self._front.get_by_text(containing(text)).first).to_be_visible(timeout=self._ms)

    def lacks(self, text: str) -> None:
        """See Questions."""
        with self._else(questions.not_shown(text, there=False)):
            expect(self._front.get_by_text(containing(text))).to_have_count(0, timeout=self._ms)

    def has(self, label: str, kind: Thing) -> None:
        """See Questions."""
        with self._else(questions.not_there(label, kind)):
            expect(self._things(label, kind).first).to_be_visible(timeout=self._ms)

    def has_no(self, label: str, kind: Thing) -> None:
        """See Questions."""
        with self._else(questions.not_there(label, kind, there=False)):
            expect(self._things(label, kind)).to_have_count(0, timeout=self._ms)

    def _things(self, label: str, kind: Thing) -> Locator:
        if kind == "field":
            return self._front.get_by_label(exactly(*self._profile.names(*names_of(label))))
        return self._front.get_by_role(kind, name=exactly(*self._profile.names(label)))

    def has_exactly(self, kind: Pressable, labels: Sequence[str]) -> None:
        """See Questions."""
        within = self._front.get_by_role("main") if kind == "button" else self._front
        found = within.get_by_role(kind)
        try:
            expect(found).to_have_text(list(map(exactly, labels)), timeout=self._ms)
        except AssertionError:
            shown = list(map(str.strip, found.all_inner_texts()))
            raise StepFailure(questions.not_exactly(kind, labels, shown)) from None

    def has_cell(self, row: str, text: str) -> None:
        """See Questions."""
        line = self._searches.row_in(self._front.main_frame, row)
        with self._else(questions.no_cell(row, text)):
            expect(line.get_by_role("cell", name=exactly(text)).first).to_be_visible(timeout=self._ms)

    def has_table(self, wanted: Rows) -> None:
        """See Questions."""
        bodies = self._bodies(wanted[0])
        if not questions.has_exact(bodies, wanted):
            raise StepFailure(questions.no_table(bodies))

    def has_rows(self, wanted: Rows) -> None:
        """See Questions."""
        bodies = self._bodies(wanted[0])
        if missing := questions.missing_rows(bodies, wanted):
            raise StepFailure(questions.no_row(missing[0], bodies))

    def _bodies(self, heads: Sequence[str]) -> list[Rows]:
        """Return the rows of each table with these columns, as their cells' words in the order of heads."""
        found = self._front.get_by_role("table")
        for head in heads:
            found = found.filter(has=self._front.get_by_role("columnheader", name=exactly(head)))
        with self._else(questions.no_table([])):
            expect(found.first).to_be_visible(timeout=self._ms)
        return [_body(table, heads) for table in found.all()]

    def has_error(self, word: str, text: str, *, second: bool = False) -> None:
        """See Questions: in the summary, and as the field's own description."""
        with self._else(questions.not_shown(text)):
            expect(self._summary).to_contain_text(containing(text), timeout=self._ms)
        self._describes(self._find.field(word, second=second), word, text)

    def _describes(self, field: Locator, word: str, text: str) -> None:
        with self._else(questions.not_at_field(word, text)):
            expect(field).to_have_accessible_description(containing(text), timeout=self._ms)

    def is_refused(self, word: str, value: str, messages: Sequence[str]) -> None:
        """See Questions: each error in the summary, and at the field where the summary links to one."""
        faults = self._summary.get_by_role("listitem")
        if faults.count() != len(messages):
            raise StepFailure(questions.other_errors(value, faults.all_inner_texts()))
        for number, message in enumerate(messages):
            fault = faults.nth(number)
            with self._else(questions.not_shown(message)):
                expect(fault).to_contain_text(containing(message), timeout=self._ms)
            if fault.get_by_role("link").count():
                self._describes(self._find.field(word), word, message)

    def is_back(self, word: str) -> None:
        """See Questions."""
        with self._else(questions.not_back(word)):
            expect(self._summary).to_be_visible(timeout=self._ms)

    def holds(self, word: str, value: str) -> None:
        """See Questions."""
        field = self._find.field(word)
        with self._else(questions.not_held(word)):
            expect(field).to_have_value(value, timeout=self._ms)

    def has_before(self, word: str, text: str) -> None:
        """See Questions."""
        field = self._find.field(word)
        group = self._front.get_by_role("group").filter(has=field)
        with self._else(questions.not_before(word, text)):
            expect(group.get_by_text(exactly(text)).first).to_be_visible(timeout=self._ms)

    def has_date(self, label: str, day: date) -> None:
        """See Questions."""
        fact = self._front.get_by_role("main").filter(has_text=containing(f"{label}{day:%Y/%m/%d}"))
        with self._else(questions.no_date(label, day)):
            expect(fact).to_be_visible(timeout=self._ms)

    @contextmanager
    def answered(self, word: str, leads_to: Sequence[str] = (), *, again: bool = False) -> Iterator[None]:  # noqa: ARG002
        """See Questions: the answer may look just like the form did, so a new page is waited for."""
        with self._front.expect_event("domcontentloaded"):
            yield

    def cells(self) -> list[str]:
        """See Questions."""
        found = self._front.get_by_role("cell").or_(self._front.get_by_role("rowheader"))
        return list(map(fold, found.all_inner_texts()))


def _body(table: Locator, heads: Sequence[str]) -> Rows:
    titles = list(map(fold, table.get_by_role("columnheader").all_inner_texts()))
    columns = [titles.index(fold(head)) for head in heads]
    lines = [_cells(row) for row in table.get_by_role("row").all()[1:]]
    return [[cells[column] for column in columns] for cells in lines]


def _cells(row: Locator) -> list[str]:
    return row.get_by_role("rowheader").or_(row.get_by_role("cell")).all_inner_texts()
