"""Things of other people's pages that are found without a line in the deployment file."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from simulator.manual.grammar import Press
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.windows import Windows

PROFILE = Profile(timeouts=Timeouts(find=0.5, role=0.01), exact=False)

BOX = {sign: f"<input type=checkbox id={sign}>" for sign in "PAU"}


@pytest.fixture
def opened(context: BrowserContext) -> Windows:
    return Windows(context, PROFILE.timeouts)


@pytest.fixture
def page(opened: Windows) -> Page:
    return opened.front


@pytest.fixture
def finder(opened: Windows) -> Finder:
    return Finder(opened, PROFILE)


def row(*cells: str) -> str:
    """A row; P, A and U stand for the boxes of 担当者, 承認者 and 利用."""
    return "<tr>" + "".join(f"<td>{BOX.get(cell, cell)}" for cell in cells) + "</tr>"


ROWS = {
    "the next cell": row("各種取引", "P", "担当者", "A", "承認者"),
    "the cell before": row("各種取引", "担当者", "P", "承認者", "A"),
    "the head of the column": row("業務", "担当者", "承認者") + row("各種取引", "P", "A"),
    "after it in its cell": f"<tr><td>各種取引<td>{BOX['P']}担当者 {BOX['A']}承認者",
    "before it in its cell": f"<tr><td>各種取引<td>担当者{BOX['P']} 承認者{BOX['A']}",
}


@pytest.mark.parametrize("where", ROWS)
def test_a_box_is_named_by_the_words_beside_it(page: Page, finder: Finder, where: str) -> None:
    page.set_content(f"<table>{ROWS[where]}</table>")
    for label, id_ in (("担当者", "P"), ("承認者", "A")):
        assert finder.box("各種取引", label).get_attribute("id") == id_


@pytest.mark.parametrize(
    "cells", [("でんさい確認", "U", "利用"), ("でんさい確認", "利用", "U"), ("U", "利用", "でんさい確認")]
)
def test_the_only_box_of_a_row_is_named_in_its_row(
    page: Page, finder: Finder, cells: tuple[str, ...]
) -> None:
    page.set_content(f"<table>{row(*cells)}</table>")
    assert finder.box("でんさい確認", "利用").get_attribute("id") == "U"


@pytest.mark.parametrize(
    "words", ["［ログイン］", "＜ ログイン", "【ログイン】 ▶", "ログ\u200bイン", "ログイン »", "ロ グ イ ン"]
)
def test_what_decorates_a_word_is_no_part_of_it(page: Page, finder: Finder, words: str) -> None:
    page.set_content(f"<input type=button value='ログアウト'><input type=button id=x value='{words}'>")
    assert finder.pressable(Press("ログイン", "button")).get_attribute("id") == "x"


def test_how_a_word_is_read_is_no_part_of_it(page: Page, finder: Finder) -> None:
    page.set_content(
        "<h1><ruby>承認<rp>(</rp><rt>しょうにん</rt><rp>)</rp></ruby>パスワード変更</h1><table><tr>"
        "<td>新しい<ruby>承認<rt>しょうにん</rt></ruby>パスワード：<td><input id=x></table>"
    )
    assert finder.screen("承認パスワード変更") is page
    assert finder.field("新しい承認パスワード").get_attribute("id") == "x"


def users(row: str, between: str = "") -> str:
    """Two users, each in a row of this markup; the button of the second one is x."""
    made = (
        row.format(id=id_, press=f"<a href='#' id={place}>変更</a>")
        for id_, place in (("d-1560heki", "w"), ("d-1560hekishin", "x"), ("d-1560hek", "y"))
    )
    return between.join(made)


ROW = "<tr><td>{id}<td>{press}"
INNER = "<td><table><tr><td>{}</table>"
GRID = "<div style='display: grid; grid-template-columns: auto auto'>{}</div>"
BUTTONS = {
    "a table for layout": users(f"<table role=presentation>{ROW}</table>"),
    "a table in one for layout": f"<table><tr><td><table>{users(ROW)}</table></table>",
    "tables beside each other": f"<table><tr>{users(f'<td><table>{ROW}</table>')}</table>",
    "the button in a table in its row": f"<table>{users('<tr><td>{id}' + INNER.format('{press}'))}</table>",
    "its words in a table in it": f"<table>{users('<tr>' + INNER.format('{id}') + '<td>{press}')}</table>",
    "blocks as rows": users("<div><div>{id}</div><div>{press}</div></div>"),
    "a grid of blocks": GRID.format(users("<div>{id}</div><div>{press}</div>")),
    "words among others": f"<table>{users('<tr><td>ID: {id} 碧海<td>{press}')}</table>",
    "lines": users("<span>{id}（碧海）</span> {press}", "<br>"),
}


@pytest.mark.parametrize("where", BUTTONS)
def test_a_button_is_found_in_its_row(page: Page, finder: Finder, where: str) -> None:
    page.set_content(BUTTONS[where])
    press = Press("変更", "button")
    for row, id_ in (("d-1560heki", "w"), ("d-1560hekishin", "x"), ("d-1560hek", "y")):
        assert finder.pressable(press, row).get_attribute("id") == id_
