"""Differences that a foreign site may show: they are remarked on, and fail nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.remarks import SHOWN
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions

WAITS = Timeouts(find=0.4, role=0.01, perhaps=0.1)
TABS = ("トップ", "管理業務を実施する")
RIGHTS = (("業務", "担当者", "承認者"), ("各種取引", "○", "－"))
STATES = (("ログインID", "口座権限"), ("d-1560hekishin", "未設定"))
ACCOUNTS = (("口座種別", "口座番号"), ("普通", "＊"))


@pytest.fixture
def profile() -> Profile:
    return Profile(timeouts=WAITS, exact=False)


@pytest.fixture
def ask(opened: Windows, finder: Finder, profile: Profile) -> WordQuestions:
    return WordQuestions(opened, finder, profile)


def table(*rows: tuple[str, ...]) -> str:
    return f"<table>{''.join('<tr><td>' + '<td>'.join(row) for row in rows)}</table>"


def tabs(*labels: str) -> str:
    return "".join(f"<a role=tab href='#'>{label}</a>" for label in labels)


Asked = Callable[[WordQuestions], None]
HOLDS: dict[str, tuple[str, Asked]] = {
    "more tabs in another order": (
        tabs("お知らせ", *reversed(TABS)),
        lambda ask: ask.has_exactly("tab", TABS),
    ),
    "more columns and rows": (
        table((*RIGHTS[0], "備考"), ("合計", "1", "0", ""), ("各種取引", "○", "－", "")),
        lambda ask: ask.has_table(RIGHTS),
    ),
    "its own sign for no": (table(RIGHTS[0], ("各種取引", "◯", "×")), lambda ask: ask.has_table(RIGHTS)),
    "nothing for no": (table(RIGHTS[0], ("各種取引", "〇", "")), lambda ask: ask.has_table(RIGHTS)),
    "its own word for a state": (table(STATES[0], (STATES[1][0], "なし")), lambda ask: ask.has_rows(STATES)),
    "no column of states": (table(STATES[0][:1], STATES[1][:1]), lambda ask: ask.has_rows(STATES)),
}
FAILS: dict[str, tuple[str, Asked]] = {
    "a tab too few": (tabs("トップ"), lambda ask: ask.has_exactly("tab", TABS)),
    "a tab of a right that is not held": (
        tabs(*TABS, "でんさいを支払う"),
        lambda ask: ask.has_exactly("tab", TABS),
    ),
    "a right too many": (table(RIGHTS[0], ("各種取引", "○", "○")), lambda ask: ask.has_table(RIGHTS)),
    "a right too few": (table(RIGHTS[0], ("各種取引", "－", "－")), lambda ask: ask.has_table(RIGHTS)),
    "the opposite state": (table(STATES[0], (STATES[1][0], "設定済")), lambda ask: ask.has_rows(STATES)),
    "nobody of that name": (table(STATES[0], ("d-1560heki", "未設定")), lambda ask: ask.has_rows(STATES)),
    "an account too many": (
        table(ACCOUNTS[0], ("当座", "1560001"), ("普通", "1560002")),
        lambda ask: ask.has_table(ACCOUNTS),
    ),
}


@pytest.mark.parametrize("case", HOLDS)
def test_what_the_manual_leaves_open_holds(page: Page, ask: WordQuestions, case: str) -> None:
    html, asked = HOLDS[case]
    page.set_content(html)
    asked(ask)


@pytest.mark.parametrize("case", FAILS)
def test_what_the_manual_states_fails(page: Page, ask: WordQuestions, case: str) -> None:
    html, asked = FAILS[case]
    page.set_content(html)
    with pytest.raises(StepFailure):
        asked(ask)


def test_what_is_not_demanded_is_remarked_on_without_a_long_wait(page: Page, ask: WordQuestions) -> None:
    page.set_content("<h1>ログイン</h1>")
    ask.demanding = False
    ask.shows("ロックされています")
    assert ask.remarks.differences == [(SHOWN, "「ロックされています」と表示されていません。", "")]
    ask.demanding = True
    with pytest.raises(StepFailure, match="「ロックされています」と表示されていません。"):
        ask.shows("ロックされています")


def test_a_missing_column_of_states_is_remarked_on(page: Page, ask: WordQuestions) -> None:
    page.set_content(HOLDS["no column of states"][0])
    ask.has_rows(STATES)
    assert ask.remarks.differences == [(SHOWN, "列「口座権限」", "")]
