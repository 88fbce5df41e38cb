"""A table of a feature is compared with those of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from steps.driver.failure import StepFailure
from steps.driver.table_comparison import shows_rows, shows_table

PAGE = """<table>
<thead><tr><th scope=col>業務</th><th scope=col>担当者</th><th scope=col>承認者</th></tr></thead>
<tbody><tr><th scope=row>各種取引</th><td>○</td><td>－</td></tr>
<tr><th scope=row>指定許可管理</th><td>－</td><td>○</td></tr></tbody></table>
<table><thead><tr><th scope=col>業務</th><th scope=col>利用</th></tr></thead>
<tbody><tr><th scope=row>でんさい確認</th><td>○</td></tr></tbody></table>"""
HEADS = ["業務", "担当者", "承認者"]
ROWS = [["各種取引", "○", "－"], ["指定許可管理", "－", "○"]]


@pytest.mark.parametrize(
    "table",
    [
        [HEADS, *ROWS],
        [["業務", "承認者"], ["各種取引", "-"], ["指定許可管理", "＊"]],
        [["業務", "利用"], ["でんさい確認", "○"]],
    ],
)
def test_the_same_table_passes(page: Page, table: list[list[str]]) -> None:
    page.set_content(PAGE)
    shows_table(page, table)
    shows_rows(page, table)


@pytest.mark.parametrize(
    "rows", [ROWS[:1], [*ROWS, ROWS[0]], ROWS[::-1], [["各種取引", "○", "○"], ROWS[1]], []]
)
def test_a_row_too_few_too_many_elsewhere_or_other_is_found(page: Page, rows: list[list[str]]) -> None:
    page.set_content(PAGE)
    with pytest.raises(StepFailure, match=r"この表がありません。[\s\S]*\| 各種取引 \| ○ \| － \|"):
        shows_table(page, [HEADS, *rows])


def test_rows_may_stand_among_others_but_must_be_there(page: Page) -> None:
    page.set_content(PAGE)
    shows_rows(page, [HEADS, ROWS[1]])
    with pytest.raises(StepFailure, match="「各種取引、○、○」の行がありません"):
        shows_rows(page, [HEADS, ["各種取引", "○", "○"]])
