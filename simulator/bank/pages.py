"""Lists in pages of ten rows, with the manual's pager: 10ページ前, 前, 次, 10ページ次."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PER_PAGE = 10
FAR = 10
LONGEST_NUMBER = 6  # digits of a page number that an address may ask for


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, the numbers for "N件中 a-b件", and the pages that can be reached."""

    rows: Sequence[Any]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 for an empty list."""
        return (self.number - 1) * PER_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * PER_PAGE, self.total)

    @property
    def near(self) -> range:
        """The page numbers to show: those of the same ten."""
        start = (self.number - 1) // FAR * FAR + 1
        return range(start, min(start + FAR - 1, self.pages) + 1)

    def moved(self, by: int) -> int | None:
        """Return the number of the page ``by`` pages on, kept inside the list; None if that is this page."""
        target = min(max(self.number + by, 1), self.pages)
        return None if target == self.number else target


def page_number(asked: str, total: int) -> tuple[int, int]:
    """Return the page that an address asks for, kept inside the list, and how many pages there are."""
    pages = max(1, -(-total // PER_PAGE))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
    return min(max(number, 1), pages), pages


def page_of(rows: Sequence[Any], asked: str) -> Page:
    """Return the page of a list that an address asks for."""
    number, pages = page_number(asked, len(rows))
    return Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], len(rows), number, pages)
