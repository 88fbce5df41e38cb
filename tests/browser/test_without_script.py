"""Without script the bank works all the same: the manual's way through it, in windows and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.screens.doings import NEW, NEW_ID

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from simulator.bank.people import People, Persona

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)
AGAIN = "確認のため、もう一度「新ログインパスワード」を入力してください。"
SERVICE = "しんきん電子記録債権サービス"


def fill(page: Page, **values: str) -> None:
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)


def press(page: Page, *labels: str) -> None:
    """One button after another, each of the page that the last has led to."""
    for label in labels:
        page.get_by_role("button", name=label, exact=True).first.click()


def opened(page: Page, label: str) -> Page:
    """The window that a button opens."""
    with page.context.expect_page() as found:
        press(page, label)
    return found.value


def shows(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def log_in(context: BrowserContext, home: str, who: Persona) -> Page:
    """From the front page to ログインパスワード変更, in a window of its own."""
    front = context.new_page()
    front.goto(home)
    front.get_by_role("link", name="へきしん電子記録債権サービス").click()
    front.get_by_role("link", name="「しんきん電子記録債権システム」案内画面へ").click()
    page = opened(front, "ログイン")
    fill(page, お客様ID=who.login_id, ログインパスワード="a b")
    press(page, "ログイン")
    expect(page.get_by_role("alert")).to_contain_text("空白（スペース）が含まれています。")
    fill(page, ログインパスワード=who.issued_password)
    press(page, "ログイン")
    shows(page, "ログインパスワード変更")
    fill(page, 現ログインパスワード=who.issued_password, 新ログインパスワード=who.password)
    page.get_by_label(AGAIN, exact=True).fill(who.password)
    press(page, "変更")
    shows(page, "サービス一覧")
    return page


def set_approval_password(services: Page, who: Persona) -> Page:
    """The service's window, on トップ."""
    page = opened(services, SERVICE)
    shows(page, "承認パスワード変更")
    for label in ("新しい承認パスワード", "新しい承認パスワード（再入力）"):
        page.get_by_label(label, exact=True).fill(who.approval_password)
    press(page, "実行", "トップへ")
    shows(page, "トップ")
    return page


def grant_rights(page: Page, who: Persona) -> None:
    page.get_by_role("tab", name="管理業務を実施する").click()
    press(page, "ユーザ情報を管理する", "企業ユーザを変更する", "変更")
    shows(page, "ユーザ情報変更")
    expect(page.locator("[data-all]")).to_be_hidden()
    for box in page.locator("td input[type=checkbox]").all():
        box.check()
    press(page, "確認", "戻る")
    expect(page.locator("td input[type=checkbox]").first).to_be_checked()
    press(page, "確認")
    fill(page, 承認パスワード=who.approval_password)
    press(page, "変更")
    shows(page, "ユーザ情報変更完了")
    press(page, "トップへ戻る")
    expect(page.get_by_role("tab")).to_have_count(7)


def create_user(page: Page) -> None:
    press(page, "ユーザ管理業務")
    page.get_by_role("tab", name="ユーザ管理").click()
    press(page, "ID 新規作成")
    for name, value in NEW.items():
        page.locator(f"#{name}").fill(value)
    press(page, "登録", "確定")
    shows(page, "ID 新規作成完了")
    press(page, "ユーザ管理業務終了")


def update_users(page: Page, who: Persona) -> None:
    page.get_by_role("tab", name="管理業務を実施する").click()
    press(page, "ユーザ情報を管理する", "企業ユーザを追加・更新する", "確認")
    fill(page, 承認パスワード=who.approval_password)
    press(page, "ユーザ更新")
    shows(page, "ユーザ情報更新完了")
    expect(page.get_by_role("cell", name=NEW_ID)).to_be_visible()
    expect(page.get_by_text("印刷")).to_be_hidden()


def is_left(page: Page) -> None:
    """A logged-out window that nothing can close but the person."""
    shows(page, "ログアウト")
    expect(page.locator("[data-close]")).to_be_hidden()
    expect(page.get_by_text("このウィンドウを閉じてください。", exact=True)).to_be_visible()


def test_the_manuals_way_works_in_its_three_windows(
    context: BrowserContext, home: str, people: People
) -> None:
    services = log_in(context, home, people.master)
    service = set_approval_password(services, people.master)
    grant_rights(service, people.master)
    create_user(services)
    update_users(service, people.master)
    assert len(context.pages) == 3
    press(service, "ログアウト")
    is_left(service)
    press(services, "ログアウト")
    is_left(services)


def test_nothing_is_offered_that_only_a_script_can_do(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.goto(f"{home}login")
    expect(page.get_by_label("ログインパスワード", exact=True)).to_be_visible()
    expect(page.locator("[data-keyboard]")).to_be_hidden()
    help_ = opened_by_link(page, "使用方法")
    shows(help_, "ソフトウェアキーボードの使用方法")
    expect(help_.locator("[data-close]")).to_be_hidden()


def opened_by_link(page: Page, name: str) -> Page:
    with page.context.expect_page() as found:
        page.get_by_role("link", name=name).click()
    return found.value
