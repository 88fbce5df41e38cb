"""A page's own message explains a missing thing, beside what there is; a standing warning does not."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from simulator.manual.grammar import Press
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.find import Finder
from steps.driver.site_watch import SiteWatch

WARNING = "<p>6 回続けて間違えるとロックされます。</p>"
LOCKED = "<p>ロックされました。</p>"
THERE = "<button>次へ</button>"


def failure(page: Page, finder: Finder, context: BrowserContext, *, judging: bool) -> StepFailure:
    """Return the failure for a missing button, after a form of a page with a warning was sent or not."""
    finder.watch = watch = SiteWatch(context, print, lambda: judging)
    if judging:
        page.set_content(WARNING)
        watch.sending([page])
    page.set_content(f"{WARNING}{THERE}{LOCKED * judging}")
    with pytest.raises(StepFailure) as caught:
        finder.pressable(Press("ログイン", "button"))
    return caught.value


def test_a_new_word_of_a_lock_is_told_after_what_there_was(
    page: Page, finder: Finder, context: BrowserContext
) -> None:
    told = failure(page, finder, context, judging=True)
    assert isinstance(told, SiteTrouble)
    first, *_, last = str(told).splitlines()
    assert first == "「ログイン」ボタンが見つかりません。"
    assert "（ボタン: 次へ）" in str(told)
    assert "この利用者はロックされているようです。" in last


def test_a_standing_warning_of_a_lock_explains_nothing(
    page: Page, finder: Finder, context: BrowserContext
) -> None:
    told = failure(page, finder, context, judging=False)
    assert not isinstance(told, SiteTrouble)
    assert "ロックされているようです" not in str(told)


def test_a_warning_that_stood_before_the_form_was_sent_explains_nothing(
    page: Page, context: BrowserContext
) -> None:
    watch = SiteWatch(context, print, lambda: True)
    page.set_content(WARNING)
    watch.sending([page])
    page.set_content(f"{THERE}{WARNING}")
    assert watch.suspicion([page]) == ""
    page.set_content(f"{WARNING}<p>メンテナンス中です。</p>")
    assert "メンテナンス中" in watch.suspicion([page])
