"""The pages' pictures, taken from the running program: `python -m tests.docs.pictures` takes them anew.

`python -m tests.docs.pictures desk` takes those of the instructor's screens alone, ``trainee`` the trainee's.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
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
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

    from simulator.store.training import Training

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000
CLASS, SEATS, LEARNER = "新任担当者研修", 12, "渡辺 明"
PASSWORD = "tsukue-no-kagi"
BOARD = {"width": 1366, "height": 716}  # what is read there is many letters
OWN = {"width": 1180, "height": 620}  # a trainee's pages, and the bank's with the coach beside them
PAPER = {"width": 794, "height": 760}  # A4's width
REPORT = {"width": 1100, "height": 720}
ROOT = FOLDER.parents[1]
SIMULATOR = ROOT / "fixtures" / "deployments" / "simulator.toml"
NAME, PORT = "kunren-pc", 8000  # of the server on a classroom's LAN
LOCKED = "佐々木 亮"  # whose seat asks the bank's desk
MARGIN = "document.body.style.padding = '24px'"  # which a printer leaves
MOST_SECONDS = 30
# What 見る has typed of the login ID when its picture is taken, at a speed at which that can be seen.
SOME_LETTERS = 6
SPEED = "speed => sessionStorage.setItem('densai-speed', speed)"
SLOW, FAST = "2", "0.03"


def take(whose: str = "") -> None:
    """Write every picture, or those of the desk or the trainee. RuntimeError for one too large for a page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        if whose != "trainee":
            alter = f"{classroom.__name__}:{classroom.name_server.__name__}", NAME
            with _served(alter) as (bank, port):
                mapped = f"--host-resolver-rules=MAP {NAME}:{PORT} {server.HOST}:{port}"
                with _browser(playwright, mapped) as browser:
                    Desk(_person(browser).new_page(), f"http://{NAME}:{PORT}/").take_all(bank)
        if whose != "desk":
            with _served(None) as (bank, port), _browser(playwright) as browser:
                Photographer(browser, bank, f"http://{server.HOST}:{port}/").take_all()
                if not whose:
                    take_report(browser, bank, port)
    if large := [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > MOST_BYTES]:
        raise RuntimeError(f"larger than {MOST_BYTES} bytes: {large}")


def take_report(browser: Browser, bank: Bank, port: int) -> None:
    """Picture the report of an acceptance of procedures 1-1 and 1-2, at the step that logs in."""
    seat = starts.make_seats(bank.worlds)[0]
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "kaisu1"
        options = {
            "tags": "none",
            "until": "1-2",
            "deployment": SIMULATOR,
            "evidence": evidence,
            "state": folder,
        }
        command = [
            sys.executable,
            "-m",
            "simulator",
            "accept",
            *(f"--{key}={of}" for key, of in options.items()),
        ]
        known = environment(people(seat.seed), f"http://{server.HOST}:{port}/bank/{seat.code}/")
        subprocess.run(command, cwd=ROOT, env=os.environ | known, check=True, stdout=subprocess.DEVNULL)
        page = browser.new_page(viewport=REPORT, locale="ja-JP")  # type: ignore[arg-type]
        page.goto((evidence / "report.html").as_uri())
        _keep_part(page.get_by_role("row", name="4. 当金庫からお渡しした").first, "report")


@contextmanager
def _browser(playwright: Playwright, *arguments: str) -> Iterator[Browser]:
    found = find_browser()
    browser = playwright.chromium.launch(executable_path=found.executable, args=[*found.args, *arguments])
    yield browser
    browser.close()


@contextmanager
def _served(alter: tuple[str, str] | None) -> Iterator[tuple[Bank, int]]:
    """A server of its own, and its bank as this process reaches it."""
    with tempfile.TemporaryDirectory() as folder:
        running = server.start(Path(folder), alter)
        bank = Bank(open_bank(Path(folder) / "densai.sqlite3"))
        try:
            yield bank, running.port
        finally:
            bank.worlds.close()
            running.stop()


def _person(browser: Browser) -> BrowserContext:
    return browser.new_context(
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        viewport=VIEWPORT,  # type: ignore[arg-type]
    )


class Desk:
    """Walks through the instructor's screens."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def take_all(self, bank: Bank) -> None:
        """One picture after another of a class at work."""
        page = self.page
        code = self.make_class(pictured=True)
        classroom.fill(bank, bank.app.extensions["densai-training"], code)
        page.set_viewport_size(BOARD)  # type: ignore[arg-type]
        page.reload()
        _keep(page, "board")
        page.get_by_role("link", name=re.compile(LOCKED)).first.click()
        page.get_by_role("heading", name="現在の画面").wait_for()
        _keep(page, "seat")
        page.get_by_role("link", name="結果").click()
        charts = page.locator(".chart img")
        for name, chart in (("progress", charts.first), ("heat_map", charts.last)):
            _keep_part(chart, name)
        page.get_by_role("link", name="席の状況").click()
        self._keep_what_the_class_sees()

    def make_class(self, *, pictured: bool) -> str:
        """A class made by its form; what trainees type to join it."""
        page = self.page
        page.goto(f"{self.address}desk/login")
        for label in ("パスワード", "パスワード（再入力）"):
            page.get_by_label(label, exact=True).fill(PASSWORD)
        page.get_by_role("button", name="設定して開く").click()
        page.get_by_label("クラス名").fill(CLASS)
        page.get_by_label("席の数").fill(str(SEATS))
        if pictured:
            _keep(page, "new_class")
        page.get_by_role("button", name="クラスを作成する").click()
        return page.locator(".codes .code").inner_text()

    def _keep_what_the_class_sees(self) -> None:
        page, board = self.page, self.page.url
        page.goto(f"{board.partition('?')[0]}/projection")
        _keep(page, "projection")
        page.goto(board)
        page.get_by_role("button", name="通知書面を印刷する").click()
        page.get_by_text("訓練サイトのアドレス").first.wait_for()
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)  # type: ignore[arg-type]
        page.evaluate(MARGIN)
        _keep(page, "seat_card")


class Photographer:
    """Walks through the program as a trainee."""

    def __init__(self, browser: Browser, bank: Bank, address: str) -> None:
        self.browser, self.bank, self.address = browser, bank, address

    def take_all(self) -> None:
        """One picture after another, as things come about."""
        desk = _person(self.browser).new_page()
        code = Desk(desk, self.address).make_class(pictured=False)
        trainee = self._join(code)
        self._show(trainee)
        self._learn(trainee)
        self._measure(trainee)
        self._my_page(trainee)

    # The trainee --------------------------------------------------------------------------------

    def _join(self, code: str) -> Trainee:
        context = _person(self.browser)
        page = context.new_page()
        page.goto(self.address)
        page.get_by_label("クラスコード").fill(code)
        page.get_by_label("お名前").fill(LEARNER)
        _keep(page, "entrance")
        page.get_by_role("button", name="参加する").click()
        page.get_by_role("button", name="控えました。練習を始める").click()
        return Trainee(context, self.address)

    def _show(self, trainee: Trainee) -> None:
        """見本, while it types the login ID."""
        page = _begin(trainee, "1-1", "show")
        page.evaluate(SPEED, SLOW)
        box = _until(lambda: _typing(trainee))
        _keep(box.page, "show")
        for each in trainee.context.pages:
            each.evaluate(SPEED, FAST)
        trainee.watch_to_the_end()

    def _learn(self, trainee: Trainee) -> None:
        """案内つき: a mistake of the login ID's, later the values of a new user."""
        _begin(trainee, "1-1", "learn")
        page = self._follow_until(trainee, "1-1.4")
        page.get_by_role("textbox", name="お客様ID").fill(MASTER_ID.removeprefix("d-"))
        page.get_by_label("ログインパスワード", exact=True).fill("himitsu1")
        page.get_by_role("button", name="ログイン", exact=True).click()
        page.locator("densai-coach [data-state=refusal]").wait_for()
        _keep(page, "mistake")
        trainee.follow_to_the_end()
        _begin(trainee, "2-1", "learn")
        page = self._follow_until(trainee, "2-1.4")
        page.locator("densai-value").first.wait_for()
        _keep(page, "learn")
        trainee.follow_to_the_end()

    def _follow_until(self, trainee: Trainee, key: str) -> Page:
        """Go on until this step is due; its window."""

        def stop(page: Page, due: str) -> None:
            if due == key:
                raise ReachedError(page)

        try:
            trainee.follow_to_the_end(stop)
        except ReachedError as reached:
            reached.page.set_viewport_size(OWN)  # type: ignore[arg-type]
            return reached.page
        raise RuntimeError(f"step {key} never came")

    def _measure(self, trainee: Trainee) -> None:
        """テスト: its brief, the time that is left with the task, and its result."""
        page = trainee.context.pages[0]
        page.set_viewport_size(OWN)  # type: ignore[arg-type]
        page.goto(f"{self.address}my/brief?course=d-04&mode=measure")
        _keep(page, "brief")
        page.set_viewport_size(OWN)  # type: ignore[arg-type]
        page.get_by_role("button", name="テストを開始する").click()
        page.locator("densai-coach [data-name=submit]").wait_for()
        _keep(page, "measure")
        kept: Training = self.bank.app.extensions["densai-training"]
        member = next(each for each in kept.members(1) if each.name == LEARNER)
        number = classroom.fail_a_test(self.bank, kept, member)
        page.set_viewport_size(OWN)  # type: ignore[arg-type]
        page.goto(f"{self.address}my/result/{number}")
        page.get_by_role("heading", name="課題と、設定した内容").wait_for()
        _keep(page, "result")

    def _my_page(self, trainee: Trainee) -> None:
        _begin(trainee, "1-2", "learn")
        self._follow_until(trainee, "1-2.1")
        page = trainee.context.pages[0]
        page.set_viewport_size(OWN)  # type: ignore[arg-type]
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
    for page, coach, said in trainee.told():
        trainee.click_as_asked(page, coach, said["asked"])
        box = page.get_by_role("textbox", name="お客様ID")
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
    take(*sys.argv[1:2])
