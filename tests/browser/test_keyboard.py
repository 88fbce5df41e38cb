"""ソフトウェアキーボード: opens on demand, a new order each time, and types what is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KEYS = sorted("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def _opened(page: Page) -> Locator:
    page.get_by_role("button", name="ソフトウェアキーボード入力").click()
    return page.get_by_role("group", name="ソフトウェアキーボード")


def _order(keyboard: Locator) -> list[str]:
    return [text for text in keyboard.get_by_role("button").all_inner_texts() if len(text) == 1]


def test_it_has_every_half_width_letter_and_digit_once(login_page: Page) -> None:
    assert sorted(_order(_opened(login_page))) == KEYS


def test_its_order_is_another_one_each_time(login_page: Page) -> None:
    first = _order(_opened(login_page))
    login_page.get_by_role("button", name="閉じる").click()
    assert _order(_opened(login_page)) != first


def test_clicked_keys_are_typed_and_can_be_taken_back(login_page: Page) -> None:
    keyboard = _opened(login_page)
    field = login_page.get_by_label("ログインパスワード", exact=True)
    for key in "aB3z":
        keyboard.get_by_role("button", name=key, exact=True).click()
    expect(field).to_have_value("aB3z")
    keyboard.get_by_role("button", name="1文字クリア").click()
    expect(field).to_have_value("aB3")
    keyboard.get_by_role("button", name="すべてクリア").click()
    expect(field).to_have_value("")


def test_typing_by_hand_stays_possible_while_it_is_open(login_page: Page) -> None:
    keyboard = _opened(login_page)
    field = login_page.get_by_label("ログインパスワード", exact=True)
    field.press_sequentially("ab1")
    keyboard.get_by_role("button", name="7", exact=True).click()
    expect(field).to_have_value("ab17")


def test_it_closes_by_its_button_its_opener_and_escape_and_gives_the_focus_back(login_page: Page) -> None:
    opener = login_page.get_by_role("button", name="ソフトウェアキーボード入力")
    keyboard = _opened(login_page)
    keyboard.get_by_role("button", name="閉じる").click()
    expect(keyboard).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    keyboard.get_by_role("button", name="5", exact=True).press("Escape")
    expect(keyboard).to_have_count(0)
    opener.click()
    opener.click()
    expect(keyboard).to_have_count(0)


def test_its_help_opens_in_a_window_that_closes(login_page: Page) -> None:
    with login_page.context.expect_page() as opened:
        login_page.get_by_role("link", name="使用方法").click()
    manual = opened.value
    expect(manual.get_by_role("heading", level=1)).to_have_text("ソフトウェアキーボードの使用方法")
    with manual.expect_event("close"):
        # Clicked once this has been answered: a window that has closed answers nobody.
        manual.evaluate("setTimeout(() => document.querySelector('[data-close]').click(), 0)")
