"""Comparing a table on the screen with one in a feature."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from simulator.manual.wording import fold
from steps.driver.failure import StepFailure
from steps.driver.text_patterns import exactly

ANYTHING = "＊"
Rows = Sequence[Sequence[str]]


def shows_table(page: Page, wanted: Rows) -> None:
    """Pass if a table with these heads has exactly these rows, in this order. Raises StepFailure."""
    tables = _tables(page, wanted[0])
    if not any(len(each) == len(wanted) - 1 and all(map(alike, wanted[1:], each)) for each in tables):
        raise StepFailure(f"この表がありません。{_written(tables)}")


def shows_rows(page: Page, wanted: Rows) -> None:
    """Pass if tables with these heads have all of these rows. Raises StepFailure."""
    tables = _tables(page, wanted[0])
    for row in wanted[1:]:
        if not any(alike(row, each) for table in tables for each in table):
            raise StepFailure(f"「{'、'.join(row)}」の行がありません。{_written(tables)}")


def _tables(page: Page, heads: Sequence[str]) -> list[Rows]:
    """The bodies of the tables with these columns: the words of their cells, in the order of heads."""
    found = page.get_by_role("table")
    for head in heads:
        found = found.filter(has=page.get_by_role("columnheader", name=exactly(head)))
    expect(found.first).to_be_visible()
    return [_body(table, heads) for table in found.all()]


def _body(table: Locator, heads: Sequence[str]) -> Rows:
    titles = [fold(text) for text in table.get_by_role("columnheader").all_inner_texts()]
    columns = [titles.index(fold(head)) for head in heads]
    lines = [_cells(row) for row in table.get_by_role("row").all()[1:]]
    return [[cells[column] for column in columns] for cells in lines]


def _cells(row: Locator) -> list[str]:
    return row.get_by_role("rowheader").or_(row.get_by_role("cell")).all_inner_texts()


def alike(wanted: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether a row reads as wanted; ＊ stands for anything."""
    return all(want == ANYTHING or fold(want) == fold(show) for want, show in zip(wanted, shown, strict=True))


def _written(tables: Sequence[Rows]) -> str:
    lines = ["  | " + " | ".join(row) + " |" for rows in tables for row in (*rows, ())]
    return "\n".join(["表示されている行:", *lines])
