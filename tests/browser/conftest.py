"""A page of a bank in a browser, at any of its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.training import starts

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from fixtures.server import Server
    from simulator.bank.people import People
    from simulator.store import Seat


@pytest.fixture
def home(bank_server: Server, seat: Seat) -> str:
    """The address of this seat's front page."""
    return bank_server.address(seat.code)


@pytest.fixture
def login_page(context: BrowserContext, home: str) -> Page:
    """S04 in a window that was opened by its address."""
    page = context.new_page()
    page.goto(f"{home}login")
    return page


@pytest.fixture
def service_list(login_page: Page, seat: Seat, people: People) -> Page:
    """S06 for a master who has done everything of chapter 1."""
    starts.reset(seat, "2-1")
    login_page.get_by_label("お客様ID").fill(people.master.login_id)
    login_page.get_by_label("ログインパスワード", exact=True).fill(people.master.password)
    login_page.get_by_role("button", name="ログイン", exact=True).click()
    login_page.get_by_role("heading", name="サービス一覧").wait_for()
    return login_page


@pytest.fixture
def top(service_list: Page) -> Page:
    """S09 in window C."""
    with service_list.context.expect_page() as opened:
        service_list.get_by_role("button", name="しんきん電子記録債権サービス").first.click()
    opened.value.get_by_role("heading", name="トップ", exact=True).wait_for()
    return opened.value
