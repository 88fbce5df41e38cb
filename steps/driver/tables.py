"""Comparing a table on the screen with one in a feature."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from steps.driver.failure import StepFailure
from steps.driver.words import exactly, fold

ANYTHING = "＊"
Rows = Sequence[Sequence[str]]


def shows_table(page: Page, wanted: Rows) -> None:
    """Pass if a table with these heads has exactly these rows, in this order. Raises StepFailure."""
    shown = _rows_of(page, wanted[0])
    if len(shown) != len(wanted) - 1 or not all(map(_alike, wanted[1:], shown)):
        raise StepFailure(f"表が違います。{_written(shown)}")


def shows_rows(page: Page, wanted: Rows) -> None:
    """Pass if a table with these heads has all of these rows. Raises StepFailure."""
    shown = _rows_of(page, wanted[0])
    for row in wanted[1:]:
        if not any(_alike(row, each) for each in shown):
            raise StepFailure(f"「{'、'.join(row)}」の行がありません。{_written(shown)}")


def _rows_of(page: Page, heads: Sequence[str]) -> list[list[str]]:
    """The body of the first table with these columns: their cells' words, in the order of heads."""
    table = _table(page, heads)
    expect(table).to_have_count(1)
    titles = [fold(text) for text in table.get_by_role("columnheader").all_inner_texts()]
    columns = [titles.index(fold(head)) for head in heads]
    lines = [_cells(row) for row in table.get_by_role("row").all()[1:]]
    return [[cells[column] for column in columns] for cells in lines]


def _table(page: Page, heads: Sequence[str]) -> Locator:
    found = page.get_by_role("table")
    for head in heads:
        found = found.filter(has=page.get_by_role("columnheader", name=exactly(head)))
    return found


def _cells(row: Locator) -> list[str]:
    return row.get_by_role("rowheader").or_(row.get_by_role("cell")).all_inner_texts()


def _alike(wanted: Sequence[str], shown: Sequence[str]) -> bool:
    return all(want == ANYTHING or fold(want) == fold(show) for want, show in zip(wanted, shown, strict=True))


def _written(rows: Rows) -> str:
    return "\n".join(["表示されている行:", *("  | " + " | ".join(row) + " |" for row in rows)])
