"""The pages' pictures, taken from the running program: `python -m tests.docs.pictures` takes them anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from fixtures import server
from fixtures.browser_fixtures import VIEWPORT
from fixtures.open_seat import environment
from simulator.bank.people import MASTER_ID, people
from simulator.training import starts
from steps.driver.browser_search import find_browser
from tests.coach.trainee import Trainee
from tests.docs import classroom
from tests.screens.banks import Bank, open_bank

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000
CLASS, SEATS, LEARNER = "新任担当者研修", 12, "渡辺 明"
PASSWORD = "tsukue-no-kagi"
BOARD = {"width": 1366, "height": 716}  # what is read there is many letters
PAPER = {"width": 794, "height": 640}  # A4's width
REPORT = {"width": 1100, "height": 720}
ROOT = FOLDER.parents[1]
SIMULATOR = ROOT / "fixtures" / "deployments" / "simulator.toml"
MARGIN = "document.body.style.padding = '24px'"  # which a printer leaves
MOST_SECONDS = 30
# What 見る has typed of the login ID when its picture is taken, at a speed at which that can be seen.
SOME_LETTERS = 6
SPEED = "speed => sessionStorage.setItem('densai-speed', speed)"
SLOW, FAST = "2", "0.03"


def take() -> None:
    """Write every picture. Raises RuntimeError for one that is too large for a page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        running = server.start(Path(folder))
        bank = Bank(open_bank(Path(folder) / "densai.sqlite3"))
        found = find_browser()
        browser = playwright.chromium.launch(executable_path=found.executable, args=list(found.args))
        try:
            Photographer(browser, bank, f"http://{server.HOST}:{running.port}/").take_all()
            take_report(browser, bank, running, Path(folder))
        finally:
            browser.close()
            bank.worlds.close()
            running.stop()
    if large := [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > MOST_BYTES]:
        raise RuntimeError(f"larger than {MOST_BYTES} bytes: {large}")


def take_report(browser: Browser, bank: Bank, running: server.Server, folder: Path) -> None:
    """Picture the report of an acceptance of procedures 1-1 and 1-2, at the step that logs in."""
    seat = starts.make_seats(bank.worlds)[0]
    evidence = folder / "kaisu1"
    options = {"tags": "none", "until": "1-2", "deployment": SIMULATOR, "evidence": evidence, "state": folder}
    command = [sys.executable, "-m", "simulator", "accept", *(f"--{key}={of}" for key, of in options.items())]
    known = environment(people(seat.seed), running.address(seat.code))
    subprocess.run(command, cwd=ROOT, env=os.environ | known, check=True, stdout=subprocess.DEVNULL)
    page = browser.new_page(viewport=REPORT, locale="ja-JP")  # type: ignore[arg-type]
    page.goto((evidence / "report.html").as_uri())
    _keep_part(page.get_by_role("row", name="4. 当金庫からお渡しした").first, "report")


class Photographer:
    """Walks through the program as an instructor and as a trainee, each in a browser of his own."""

    def __init__(self, browser: Browser, bank: Bank, address: str) -> None:
        self.browser, self.bank, self.address = browser, bank, address

    def take_all(self) -> None:
        """One picture after another, as things come about."""
        desk = self._person().new_page()
        code = self._make_class(desk)
        classroom.fill(self.bank, self.bank.app.extensions["densai-training"], code)
        trainee = self._join(code)
        self._show(trainee)
        self._learn(trainee)
        self._measure(trainee)
        self._my_page(trainee)
        self._desk(desk)

    def _person(self) -> BrowserContext:
        return self.browser.new_context(
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            viewport=VIEWPORT,  # type: ignore[arg-type]
        )

    # The instructor -----------------------------------------------------------------------------

    def _make_class(self, desk: Page) -> str:
        """A class made by its form; what trainees type to join it."""
        desk.goto(f"{self.address}desk/login")
        for label in ("パスワード", "パスワード（再入力）"):
            desk.get_by_label(label, exact=True).fill(PASSWORD)
        desk.get_by_role("button", name="設定して開く").click()
        desk.get_by_label("クラス名").fill(CLASS)
        desk.get_by_label("席の数").fill(str(SEATS))
        _keep(desk, "new_class")
        desk.get_by_role("button", name="クラスを作成する").click()
        return desk.locator(".class-line .code").inner_text()

    def _desk(self, desk: Page) -> None:
        desk.reload()
        desk.get_by_text("止まっている席を先に並べる").wait_for()
        desk.set_viewport_size(BOARD)  # type: ignore[arg-type]
        _keep(desk, "board")
        desk.get_by_role("link", name="結果とグラフ").click()
        charts = desk.locator(".chart img")
        for name, chart in (("progress", charts.first), ("heat_map", charts.last)):
            _keep_part(chart, name)
        desk.go_back()
        desk.get_by_role("link", name="通知書面を印刷する").click()
        desk.emulate_media(media="print")
        desk.set_viewport_size(PAPER)  # type: ignore[arg-type]
        desk.evaluate(MARGIN)
        _keep(desk, "seat_card")

    # The trainee --------------------------------------------------------------------------------

    def _join(self, code: str) -> Trainee:
        context = self._person()
        page = context.new_page()
        page.goto(self.address)
        page.get_by_label("クラスコード").fill(code)
        page.get_by_label("お名前").fill(LEARNER)
        _keep(page, "entrance")
        page.get_by_role("button", name="参加する").click()
        page.get_by_role("button", name="控えました。練習を始める").click()
        return Trainee(context, self.address)

    def _show(self, trainee: Trainee) -> None:
        """見る, while it types the login ID."""
        page = _begin(trainee, "1-1", "show")
        page.evaluate(SPEED, SLOW)
        box = _until(lambda: _typing(trainee))
        _keep(box.page, "show")
        for each in trainee.context.pages:
            each.evaluate(SPEED, FAST)
        trainee.watch_to_the_end()

    def _learn(self, trainee: Trainee) -> None:
        """習う: a mistake of the login ID's, later the boxes of 取引権限."""
        _begin(trainee, "1-1", "learn")
        page = self._follow_until(trainee, "1-1.4")
        page.get_by_label("お客様ID").fill(MASTER_ID.removeprefix("d-"))
        page.get_by_label("ログインパスワード", exact=True).fill("himitsu1")
        page.get_by_role("button", name="ログイン", exact=True).click()
        page.locator("densai-coach .mistake").wait_for()
        _keep(page, "mistake")
        trainee.follow_to_the_end()
        _begin(trainee, "2-1", "learn")
        page = self._follow_until(trainee, "2-1.4")
        page.locator("densai-coach .values").wait_for()
        _keep(page, "learn")

    def _follow_until(self, trainee: Trainee, key: str) -> Page:
        """Go on until this step is due; its window."""

        def stop(_: Trainee, page: Page, due: str) -> None:
            if due == key:
                raise ReachedError(page)

        try:
            trainee.follow_to_the_end(stop)
        except ReachedError as reached:
            reached.page.set_viewport_size(VIEWPORT)  # type: ignore[arg-type]
            return reached.page
        raise RuntimeError(f"step {key} never came")

    def _measure(self, trainee: Trainee) -> None:
        """測る: only the time that is left."""
        page = _begin(trainee, "1-4", "measure")
        page.locator("densai-coach .clock").wait_for()
        page.get_by_role("link", name=re.compile("へきしん電子記録債権サービス")).first.click()
        page.locator("densai-coach .clock").wait_for()
        _keep(page, "measure")

    def _my_page(self, trainee: Trainee) -> None:
        page = trainee.context.pages[0]
        page.goto(f"{self.address}my")
        page.get_by_role("button", name="提出する").click()
        page.get_by_text("前回の結果").wait_for()
        _begin(trainee, "1-2", "learn")
        trainee.follow_to_the_end()
        page.goto(f"{self.address}my")
        _keep(page, "my")


class ReachedError(Exception):
    """The step is due that was waited for."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.url)
        self.page = page


def _begin(trainee: Trainee, course: str, mode: str) -> Page:
    """A course from its beginning, the windows of the last one closed."""
    for page in trainee.context.pages[1:]:
        page.close()
    return trainee.begin(course, mode)


def _typing(trainee: Trainee) -> Locator | None:
    """The box of the login ID once some of it stands there."""
    for page, coach in trainee.coaches():
        trainee._click_if_asked(page, coach)
        box = page.get_by_label("お客様ID")
        if box.count() and len(box.input_value()) >= SOME_LETTERS:
            return box
    return None


def _until(find: Callable[[], Locator | None]) -> Locator:
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        if found := find():
            return found
        time.sleep(0.05)
    raise RuntimeError("it never came")


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{name}.png")


def _keep_part(part: Locator, name: str) -> None:
    part.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    take()
