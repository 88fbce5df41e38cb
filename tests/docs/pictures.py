"""The README's pictures, taken from the running program: `python -m tests.docs.pictures` takes them anew."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from fixtures import server
from fixtures.bank_data import people
from fixtures.browser import find_browser
from fixtures.browser_fixtures import VIEWPORT
from simulator.store import Worlds
from simulator.training import starts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SEED = 1560


def take() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        running = server.start(Path(folder))
        worlds = Worlds(running.database)
        options = find_browser().launch_options()
        browser = playwright.chromium.launch(**options)  # type: ignore[arg-type]
        try:
            _take(browser, running, worlds)
        finally:
            browser.close()
            worlds.close()
            running.stop()


def _take(browser: Browser, running: server.Server, worlds: Worlds) -> None:
    seat = starts.make_seats(worlds, seed=SEED)[0]
    starts.reset(seat, "2-3")
    context = browser.new_context(locale="ja-JP", viewport=VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"http://{server.HOST}:{running.port}/")
    _keep(page, "seats")
    master = people(seat.seed).master
    page.goto(running.address(seat.code) + "login")
    _keep(page, "login")
    page.get_by_label("お客様ID").fill(master.login_id)
    page.get_by_label("ログインパスワード", exact=True).fill(master.password)
    page.get_by_role("button", name="ログイン", exact=True).click()
    _keep(page, "service_list")
    with context.expect_page() as opened:
        page.get_by_role("button", name="しんきん電子記録債権サービス").first.click()
    service = opened.value
    service.set_viewport_size(VIEWPORT)  # type: ignore[arg-type]
    service.get_by_role("tab", name="管理業務を実施する").click()
    service.get_by_role("button", name="ユーザ情報を管理する").click()
    service.get_by_role("button", name="企業ユーザを変更する").click()
    service.get_by_role("row", name="碧海 花子").get_by_role("button", name="変更").click()
    service.get_by_role("heading", name="ユーザ情報変更").wait_for()
    _keep(service, "rights")


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    take()
