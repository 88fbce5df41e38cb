"""The manual's 50 steps written out by hand for Playwright, with no harness: the journey's measure.

`python -m tests.bench.script PORT CODE SEED` prints the seconds from the first click to the last.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from simulator.bank.people import Persona, people
from steps.driver.browser_search import find_browser

AGAIN = "（再入力）"


def press(page: Page, name: str) -> None:
    """A button by its whole name."""
    page.get_by_role("button", name=name, exact=True).first.click()


def press_last(page: Page, name: str) -> None:
    """A button that closes its own window, maybe before the click is reported back."""
    with page.expect_event("close"), suppress(PlaywrightError):
        press(page, name)


def tab(page: Page, name: str) -> None:
    """A tab by its whole name."""
    page.get_by_role("tab", name=name, exact=True).click()


def fill(page: Page, **fields: str) -> None:
    """Fields by their labels."""
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)


def log_in(first: Page, home: str, who: Persona) -> Page:
    """1-1 and 1-2, or 3-1 and 3-2: window B at サービス一覧."""
    first.goto(home)
    first.get_by_role("link", name="へきしん電子記録債権サービス").click()
    first.get_by_role("link", name="「しんきん電子記録債権システム」案内画面へ").click()
    with first.expect_popup() as opened:
        press(first, "ログイン")
    page = opened.value
    fill(page, お客様ID=who.login_id, ログインパスワード=who.issued_password)
    press(page, "ログイン")
    fill(page, 現ログインパスワード=who.issued_password, 新ログインパスワード=who.password)
    page.get_by_label("確認のため、もう一度「新ログインパスワード」を入力してください。").fill(who.password)
    press(page, "変更")
    return page


def enter(listing: Page) -> Page:
    """Window C."""
    with listing.expect_popup() as opened:
        press(listing, "しんきん電子記録債権サービス")
    return opened.value


def set_approval_password(page: Page, who: Persona) -> None:
    """1-3 or 3-3."""
    if who.kind == "general":
        fill(page, 現在の承認パスワード=who.initial_approval_password)
    fill(
        page,
        **{
            "新しい承認パスワード": who.approval_password,
            f"新しい承認パスワード{AGAIN}": who.approval_password,
        },
    )
    press(page, "実行")
    press(page, "トップへ")


def manage_users(page: Page, choice: str) -> None:
    """From トップ to one of the entries of 企業ユーザ管理."""
    tab(page, "管理業務を実施する")
    press(page, "ユーザ情報を管理する")
    press(page, choice)


def grant(page: Page, master: Persona, to: Persona) -> None:
    """1-4 or 2-3: every right and every account."""
    manage_users(page, "企業ユーザを変更する")
    page.get_by_role("row").filter(has=page.get_by_text(to.login_id, exact=True)).get_by_role(
        "button", name="変更", exact=True
    ).click()
    boxes = page.get_by_role("checkbox")
    boxes.first.wait_for()
    for box in boxes.all():
        box.check()
    press(page, "確認")
    if to.kind == "general":
        initial = to.initial_approval_password
        fill(page, **{"初期承認パスワード": initial, f"初期承認パスワード{AGAIN}": initial})
        press(page, "確認")
    fill(page, 承認パスワード=master.approval_password)
    press(page, "変更")
    press(page, "トップへ戻る")


def create_user(page: Page, who: Persona) -> None:
    """2-1, in window B."""
    press(page, "ユーザ管理業務")
    tab(page, "ユーザ管理")
    press(page, "ID 新規作成")
    fill(page, ユーザID=who.login_id.removeprefix("d-"), ユーザ名=who.name)
    for label, value in (("メールアドレス", who.mail), ("初回ログインパスワード", who.issued_password)):
        fill(page, **{label: value, label + AGAIN: value})
    press(page, "登録")
    press(page, "確定")
    press(page, "ユーザ管理業務終了")


def update_users(page: Page, master: Persona) -> None:
    """2-2."""
    manage_users(page, "企業ユーザを追加・更新する")
    press(page, "確認")
    fill(page, 承認パスワード=master.approval_password)
    press(page, "ユーザ更新")
    press(page, "トップへ戻る")


def log_out(service: Page, listing: Page) -> None:
    """4: both windows."""
    service.once("dialog", lambda dialog: dialog.accept())
    press(service, "ログアウト")
    press_last(service, "閉じる")
    press(listing, "ログアウト")
    press(listing, "閉じる")
    press_last(listing, "はい")


def journey(context: BrowserContext, home: str, seed: int) -> None:
    """All 50 steps."""
    both, first = people(seed), context.new_page()
    listing = log_in(first, home, both.master)
    service = enter(listing)
    set_approval_password(service, both.master)
    grant(service, both.master, both.master)
    create_user(listing, both.general)
    update_users(service, both.master)
    grant(service, both.master, both.general)
    log_out(service, listing)
    listing = log_in(first, home, both.general)
    service = enter(listing)
    set_approval_password(service, both.general)
    log_out(service, listing)


def main() -> None:
    """One journey, timed without the start of the browser."""
    port, code, seed = sys.argv[1:]
    browser = find_browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.executable, args=list(browser.args))
        context = started.new_context(
            locale="ja-JP", timezone_id="Asia/Tokyo", viewport=ViewportSize(width=1366, height=768)
        )
        context.set_default_timeout(10_000)
        began = time.perf_counter()
        journey(context, f"http://127.0.0.1:{port}/bank/{code}/", int(seed))
        print(time.perf_counter() - began)
        started.close()


if __name__ == "__main__":
    main()
