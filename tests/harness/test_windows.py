"""Windows by recency, and the native dialogs over them."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from steps.driver.failure import StepFailure
from steps.driver.windows import Windows

CONFIRM = """<title>t</title>
<button onclick="document.title = confirm('本当に?') ? 'はい' : 'いいえ'">出る</button>"""
OPENER = "<button onclick=\"window.open('about:blank', 'B')\">開く</button>"


def test_a_new_window_comes_to_the_front_and_the_last_used_follows(page: Page, opened: Windows) -> None:
    page.set_content(OPENER)
    with page.expect_popup() as popup:
        page.get_by_role("button").click()
    assert opened.recent == [popup.value, page]
    opened.use(page)
    assert opened.front is page
    page.close()
    assert opened.recent == [popup.value]


def test_windows_that_were_open_before_are_known(context: BrowserContext) -> None:
    page = context.new_page()
    assert Windows(context).recent == [page]


def test_the_first_window_is_the_one_no_page_opened(page: Page, opened: Windows) -> None:
    page.set_content(OPENER)
    with page.expect_popup() as popup:
        page.get_by_role("button").click()
    assert opened.front is popup.value
    assert opened.first() is page
    opened.close_opened()
    assert opened.recent == [page]


SENDING = "<button onclick=\"setTimeout(() => opened.location = '/after', 200)\">次へ</button>"


@pytest.fixture
def other(page: Page) -> Page:
    """A window that the first one has opened and can send on."""
    page.context.route("https://bank.example.jp/**", lambda route: route.fulfill(body=route.request.url))
    page.goto("https://bank.example.jp/")
    page.set_content(f'{SENDING}<button onclick="void 0">そのまま</button>')
    with page.expect_popup() as popup:
        page.evaluate("() => { window.opened = window.open('/before') }")
    popup.value.wait_for_url("**/before")
    return popup.value


def test_a_window_that_a_click_in_another_sends_on_is_waited_for(
    page: Page, opened: Windows, other: Page
) -> None:
    opened.clicking(page)
    page.get_by_role("button", name="次へ").click()
    assert opened.perhaps_goes_on(other)
    assert other.url.endswith("/after")
    assert not opened.perhaps_goes_on(other)


def test_a_window_that_stays_as_it_was_is_not_waited_for_long(
    page: Page, opened: Windows, other: Page
) -> None:
    opened.clicking(page)
    page.get_by_role("button", name="そのまま").click()
    assert not opened.perhaps_goes_on(other)
    opened.clicking(other)
    other.close()
    with page.expect_popup():
        page.evaluate("() => { window.open('/before') }")
    assert not opened.perhaps_goes_on(page)


def question(opened: Windows) -> str | None:
    return opened.dialog.message if opened.dialog else None


@pytest.mark.parametrize(("answer", "title"), [("OK", "はい"), ("キャンセル", "いいえ")])
def test_a_dialog_waits_for_its_answer(page: Page, opened: Windows, answer: str, title: str) -> None:
    page.set_content(CONFIRM)
    opened.click_for_dialog(page.get_by_role("button"))
    assert question(opened) == "本当に?"
    opened.answer(answer)
    assert question(opened) is None
    page.wait_for_function("title => document.title === title", arg=title)


def test_a_dialog_that_does_not_come_is_told(page: Page, opened: Windows, context: BrowserContext) -> None:
    context.set_default_timeout(1_500)
    page.set_content("<button>出る</button>")
    with pytest.raises(StepFailure, match="表示されませんでした"):
        opened.click_for_dialog(page.get_by_role("button"))


def test_a_dialog_that_nobody_expects_is_dismissed_and_told(page: Page, opened: Windows) -> None:
    page.set_content(CONFIRM)
    page.get_by_role("button").click()
    page.wait_for_function("document.title === 'いいえ'")
    with pytest.raises(StepFailure, match=r"予期しないダイアログ.*本当に"):
        opened.recent  # noqa: B018  asking is what tells
    assert opened.recent == [page]


def test_a_dialog_left_over_does_not_keep_the_browser(page: Page, opened: Windows) -> None:
    page.set_content(CONFIRM)
    opened.click_for_dialog(page.get_by_role("button"))
    opened.leave_nothing_open()
    page.wait_for_function("document.title === 'いいえ'")
