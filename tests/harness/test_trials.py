"""Values that a field itself does not take: nothing is sent, and that is how the field refuses them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import BrowserContext

from simulator.bank.people import people
from steps.bank_under_test import BankUnderTest
from steps.driver.failure import NotTypeable
from steps.driver.profile import Profile, Timeouts
from steps.driver.remarks import MESSAGE
from steps.invalid_input_trials import try_each

TOO_LONG = "13文字です。6文字以上12文字以内で入力してください。"
FORM = """<h1>ログインパスワード変更</h1><label>現ログインパスワード<input type=password></label>
<label>新ログインパスワード<input type=password maxlength=12></label>
<label>新ログインパスワード（再入力）<input type=password maxlength=12></label>
<button onclick="sent = true">変更</button>"""


def bank(context: BrowserContext, *, exact: bool) -> BankUnderTest:
    profile = Profile(timeouts=Timeouts(find=0.5, role=0.01), exact=exact)
    made = BankUnderTest(context, None, "about:blank", who=people(7), profile=profile, way="words")
    made.windows.front.set_content(FORM)
    return made


def tried(made: BankUnderTest, *row: str) -> None:
    try_each(made, "新ログインパスワード", "変更", [row])


def test_what_must_be_refused_is_refused_by_a_field_that_does_not_take_it(context: BrowserContext) -> None:
    made = bank(context, exact=False)
    tried(made, "abcdefghij123", TOO_LONG)
    assert made.windows.front.evaluate("window.sent") is None
    ((kind, ours, theirs),) = made.ask.remarks.differences
    assert (kind, ours) == (MESSAGE, TOO_LONG)
    assert "この値は入力できません（12文字まで）" in theirs
    assert "abcdefghij" not in theirs


ROWS: Sequence[tuple[bool, str]] = [(True, TOO_LONG), (False, "「サービス一覧」画面")]


@pytest.mark.parametrize(("exact", "outcome"), ROWS)
def test_what_must_be_taken_and_every_value_on_the_simulator_can_be_typed(
    context: BrowserContext, outcome: str, *, exact: bool
) -> None:
    with pytest.raises(NotTypeable):
        tried(bank(context, exact=exact), "abcdefghij123", outcome)
