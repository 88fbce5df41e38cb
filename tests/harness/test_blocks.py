"""Blocks laid out side by side are read as the rows of a table."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions

HEADS = ("口座種別", "口座番号")
ACCOUNTS = (HEADS, ("普通", "1560002"))
STYLES = {
    "flex": ("display: flex", "width: 9em"),
    "cells": ("display: table-row", "display: table-cell"),
    "floats": ("overflow: hidden", "float: left; width: 9em"),
}


@pytest.fixture
def profile() -> Profile:
    return Profile(timeouts=Timeouts(find=0.2, role=0.01), exact=False)


@pytest.fixture
def ask(opened: Windows, finder: Finder, profile: Profile) -> WordQuestions:
    return WordQuestions(opened, finder, profile)


def rows(style: str, *lines: tuple[str, ...]) -> str:
    row, cell = STYLES[style]
    cells = ("".join(f"<div style='{cell}'>{text}</div>" for text in line) for line in lines)
    return "".join(f"<div style='{row}'>{line}</div>" for line in cells)


@pytest.mark.parametrize("style", STYLES)
def test_rows_of_blocks_are_a_table_up_to_what_is_no_row(page: Page, ask: WordQuestions, style: str) -> None:
    before, after = rows(style, ("ログインID", "d-1560heki")), rows(style, ("業務", "利用"), ("照会", "○"))
    page.set_content(f"{before}<div>口座</div>{rows(style, *ACCOUNTS)}<div>業務</div>{after}")
    ask.has_table(ACCOUNTS)
    ask.has_rows((("業務", "利用"), ("照会", "○")))
    with pytest.raises(StepFailure):
        ask.has_table((*ACCOUNTS, ("当座", "1560001")))
    page.set_content(rows(style, *ACCOUNTS, ("当座", "1560001")))
    with pytest.raises(StepFailure):
        ask.has_table(ACCOUNTS)


def test_words_in_a_line_and_blocks_below_each_other_are_no_table(page: Page, ask: WordQuestions) -> None:
    lines = "".join(f"<div>{'<br>'.join(line)}</div><p>{' '.join(line)}</p>" for line in ACCOUNTS)
    spans = "".join(f"<div><span>{one}</span> <span>{two}</span></div>" for one, two in ACCOUNTS)
    page.set_content(lines + spans)
    assert ask.cells() == []
