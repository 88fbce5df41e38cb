"""A link or a form on another site: what is open in the browser stays open, and nothing is done by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route


LEAVE = re.compile("席を離れる|この席の利用を終える")
PORTAL = "http://portal.example/"


@pytest.fixture
def root(home: str) -> str:
    """The address of the server's entrance."""
    return re.sub(r"bank/.*", "", home)


@pytest.fixture
def my(context: BrowserContext, root: str) -> Page:
    """わたしの訓練 of somebody who begins alone."""
    page = context.new_page()
    page.goto(root)
    page.get_by_role("button", name="ひとりで始める").click()
    page.wait_for_url("**/my")
    return page


def portal(context: BrowserContext, content: str) -> Page:
    """A page of another site in a window beside."""
    page = context.new_page()

    def answer(route: Route) -> None:
        route.fulfill(body=content, content_type="text/html; charset=utf-8")

    page.route(PORTAL, answer)
    page.goto(PORTAL)
    return page


def test_a_portals_link_finds_the_trainees_own_page(context: BrowserContext, root: str, my: Page) -> None:
    beside = portal(context, f'<a href="{root}my">訓練</a>')
    beside.get_by_role("link").click()
    beside.wait_for_url("**/my")
    assert beside.get_by_role("heading", name="わたしの訓練").count() == 1
    my.get_by_role("button", name=LEAVE).click()
    my.wait_for_url(root)  # the form of the first window is still good


def test_another_sites_form_does_nothing_and_takes_no_cookie_away(
    context: BrowserContext, root: str, my: Page
) -> None:
    before = context.cookies()
    beside = portal(context, f'<form method="post" action="{root}my/leave"><button>x</button></form>')
    with beside.expect_response("**/my/leave") as answer:
        beside.get_by_role("button").click()
    assert answer.value.status == 409
    assert context.cookies() == before
    my.reload()
    assert my.url == f"{root}my"


def test_a_portals_link_to_login_leaves_the_banks_session_alone(
    context: BrowserContext, home: str, service_list: Page
) -> None:
    before = context.cookies()
    beside = portal(context, f'<a href="{home}login">ログイン</a>')
    beside.get_by_role("link").click()
    beside.wait_for_url("**/login")
    assert context.cookies() == before
    service_list.reload()
    assert service_list.get_by_role("heading", level=1).inner_text() == "サービス一覧"
