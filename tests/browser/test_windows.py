"""Windows A, B and C: named by seat, closable where a page opened them, usable without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from simulator.training import starts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from fixtures.server import Server
    from simulator.bank.people import People
    from simulator.store import Seat, Worlds


def _opened_login(context: BrowserContext, address: str) -> Page:
    guide = context.new_page()
    guide.goto(f"{address}guide")
    with context.expect_page() as opened:
        guide.get_by_role("button", name="ログイン").click()
    opened.value.get_by_role("heading", name="ログイン", exact=True).wait_for()
    return opened.value


def test_two_seats_in_one_browser_never_share_a_window(
    context: BrowserContext, bank_server: Server, worlds: Worlds
) -> None:
    first, second = starts.make_seats(worlds, 2)
    one = _opened_login(context, bank_server.address(first.code))
    other = _opened_login(context, bank_server.address(second.code))
    assert first.code in one.url
    assert second.code in other.url
    assert one.evaluate("window.name") != other.evaluate("window.name")


def test_the_service_opens_once_and_is_used_again(service_list: Page) -> None:
    buttons = service_list.get_by_role("button", name="しんきん電子記録債権サービス")
    with service_list.context.expect_page() as opened:
        buttons.first.click()
    opened.value.get_by_role("heading", name="トップ", exact=True).wait_for()
    with opened.value.expect_navigation():
        buttons.last.click()
    assert len(service_list.context.pages) == 2


def test_a_window_that_no_page_opened_says_how_to_close_it(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.goto(f"{home}left-service")
    page.goto(f"{home}left-service?again")  # a second entry: the browser now keeps it open
    page.get_by_role("button", name="閉じる").click()
    expect(page.get_by_text("このウィンドウを閉じてください。", exact=True)).to_be_visible()


def test_cancelling_the_confirm_leaves_the_service_open(top: Page) -> None:
    top.once("dialog", lambda dialog: dialog.dismiss())
    top.get_by_role("button", name="ログアウト").click()
    top.get_by_role("tab", name="トップ").click()
    expect(top.get_by_role("heading", level=1)).to_have_text("トップ")


def test_every_account_is_ticked_and_unticked_at_once(top: Page) -> None:
    top.get_by_role("tab", name="管理業務を実施する").click()
    top.get_by_role("button", name="ユーザ情報を管理する").click()
    top.get_by_role("button", name="企業ユーザを変更する").click()
    top.get_by_role("button", name="変更", exact=True).click()
    every = top.get_by_role("checkbox", name="全選択")
    accounts = top.get_by_role("table").last.get_by_role("checkbox")
    expect(every).to_be_checked()  # as they all are already
    every.uncheck()
    assert not any(box.is_checked() for box in accounts.all())
    accounts.nth(1).check()
    expect(every).not_to_be_checked()
    accounts.nth(2).check()
    expect(every).to_be_checked()


def test_the_print_button_prints_and_the_print_says_training(top: Page) -> None:
    top.get_by_role("tab", name="管理業務を実施する").click()
    top.get_by_role("button", name="操作履歴を確認する").click()
    top.evaluate("window.print = () => { document.title = 'printed'; }")
    top.get_by_role("button", name="印刷").click()
    expect(top).to_have_title("printed")
    top.emulate_media(media="print")
    expect(top.get_by_text("訓練用").first).to_be_visible()
    expect(top.get_by_role("button", name="印刷")).to_be_hidden()


@pytest.mark.parametrize("screen", ["", "service", "guide", "login", "keyboard"])
def test_nothing_is_wider_than_a_small_screen_at_twice_the_size(
    context: BrowserContext, home: str, screen: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 683, "height": 384})  # 1366×768 at 200 %
    page.goto(f"{home}{screen}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_screens_work_without_script(
    browser: Browser, bank_server: Server, seat: Seat, people: People
) -> None:
    starts.reset(seat, "2-1")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{bank_server.address(seat.code)}login")
    page.get_by_label("お客様ID").fill(people.master.login_id)
    page.get_by_label("ログインパスワード", exact=True).fill(people.master.password)
    page.get_by_role("button", name="ログイン", exact=True).click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="しんきん電子記録債権サービス").first.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("トップ")
    opened.value.get_by_role("button", name="ログアウト").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("ログアウト")
    context.close()


def test_a_person_with_a_keyboard_alone_can_log_in(login_page: Page, seat: Seat, people: People) -> None:
    starts.reset(seat, "2-1")
    login_page.get_by_label("お客様ID").focus()
    login_page.keyboard.type(people.master.login_id)
    login_page.keyboard.press("Tab")
    login_page.keyboard.type(people.master.password)
    login_page.keyboard.press("Enter")
    expect(login_page.get_by_role("heading", level=1)).to_have_text("サービス一覧")
