"""The instructor's screens in a browser: a class on one screen, axe, and what arrives within 3 seconds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from simulator import training as training_package
from simulator.bank.people import MASTER_ID
from simulator.store.training import Training, read
from simulator.training import class_control, classes, joining
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan, Learner, utc_now
from tests.training.filled_class import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from fixtures.server import Server
    from simulator.store import Worlds
    from simulator.store.training import Member

PASSWORD = "kunren-no-tsukue-1"
SCREEN = {"width": 1366, "height": 768}
# Milliseconds of a page's own time after which it has asked: a board every two seconds, a seat every 2.5.
BOARD_ASKS, SEAT_ASKS = 2_000, 2_500
STATIC = Path(training_package.__file__).parents[1] / "static"


@pytest.fixture
def kept(worlds: Worlds) -> Training:
    return Training(worlds)


@pytest.fixture
def desk(context: BrowserContext, bank_server: Server) -> Page:
    """The instructor, in a browser of this test's."""
    page = context.new_page()
    page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
    page.goto(f"http://127.0.0.1:{bank_server.port}/desk/login")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("クラス一覧")
    return page


@pytest.fixture
def other_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """A trainee's browser, which is not the instructor's."""
    made = browser.new_context(**browser_context_args)
    yield made
    made.close()


@pytest.fixture
def make(kept: Training) -> Callable[[str, int], int]:
    """Make a class of so many seats; its number."""

    def made(name: str, seats: int) -> int:
        return classes.make_class(kept, ClassPlan(name, 1, list(courses()), list(MODES)), seats)

    return made


def address(page: Page, path: str) -> str:
    return page.url.partition("/desk")[0] + path


def beyond_the_screen(page: Page) -> list[int]:
    """How far the page reaches beyond the screen, downwards and to the right."""
    reach: list[int] = page.evaluate(
        "() => [document.documentElement.scrollHeight - innerHeight,"
        " document.documentElement.scrollWidth - innerWidth]"
    )
    return reach


# Elements whose words are cut off at their right end.
CUT = """() => [...document.querySelectorAll(".seat .nm, .seat .at, .need .what, .deskbar h1")]
  .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent)"""


def test_forty_seats_and_all_that_is_done_for_them_stand_on_one_screen(
    desk: Page, kept: Training, make: Callable[[str, int], int]
) -> None:
    class_id = make("一画面の確認", 40)
    fill(kept, class_id)
    for is_paused in (False, True):
        class_control.pause(kept, class_id, on=is_paused)
        desk.goto(address(desk, f"/desk/classes/{class_id}"))
        expect(desk.locator(".seat")).to_have_count(40)
        expect(desk.locator(".need li")).to_have_count(4)
        assert beyond_the_screen(desk) == [0, 0]
        assert desk.evaluate(CUT) == []
    desk.goto(address(desk, f"/desk/classes/{class_id}?view=table"))
    assert beyond_the_screen(desk) == [0, 0]
    rows = desk.locator("table.board tbody tr").all()
    assert {round(row.bounding_box()["height"]) for row in rows} == {round(rows[0].bounding_box()["height"])}  # type: ignore[index]
    for width in (1024, 683, 390):  # and it wraps where there is less room
        desk.set_viewport_size({"width": width, "height": 768})
        desk.goto(address(desk, f"/desk/classes/{class_id}"))
        assert beyond_the_screen(desk)[1] == 0, width


def faults(page: Page) -> list[str]:
    """Rule and element of everything that axe-core finds, the landmarks included."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def test_nothing_keeps_anybody_from_using_a_screen_of_the_instructor(
    desk: Page, kept: Training, make: Callable[[str, int], int]
) -> None:
    class_id = make("見やすさの確認", 40)
    fill(kept, class_id)
    found = faults(desk)
    class_control.tell(kept, class_id, "休憩は15時までです。")
    class_control.pause(kept, class_id, on=True)
    seat = kept.members(class_id)[3].seat
    pages = (
        "",
        "?view=table",
        "/message",
        "/actions",
        "/settings",
        "/archive",
        "/delete",
        "/results",
        "/cards",
    )
    walls = ("/cards", "/projection", "/projection?show=pause", "/projection?show=message")
    for path in (*(f"/desk/classes/{class_id}{each}" for each in (*pages, *walls)), f"/desk/seats/{seat}"):
        desk.goto(address(desk, path))
        found += faults(desk)
    desk.goto(address(desk, f"/desk/classes/{class_id}"))
    desk.locator(".need").get_by_role("button", name="メッセージ").first.click()
    found += faults(desk)
    desk.goto(address(desk, "/desk/password"))
    assert found + faults(desk) == []


def sit_down(kept: Training, class_id: int, name: str) -> Member:
    row = kept.class_(class_id)
    assert row
    member = joining.join(kept, row.code, name)
    assert not isinstance(member, joining.Question)
    return member


class Classroom(NamedTuple):
    """A class of two: its instructor at the board, a trainee at work; each page has a clock to be moved."""

    desk: Page
    seat: Page
    member: Member

    def board_asks(self) -> None:
        self.desk.clock.run_for(BOARD_ASKS)

    def tell(self, button: str, words: str) -> None:
        self.desk.get_by_role("button", name=button).click()
        self.desk.get_by_role("textbox", name="メッセージ").fill(words)
        self.desk.get_by_role("button", name="送る").click()
        expect(self.desk.get_by_role("status")).to_contain_text("メッセージを送りました。")


@pytest.fixture
def classroom(
    desk: Page, other_context: BrowserContext, kept: Training, make: Callable[[str, int], int]
) -> Classroom:
    class_id = make(f"伝わる早さの確認 {len(kept.classes())}", 2)
    member = sit_down(kept, class_id, "架空 一郎")
    seat = other_context.new_page()
    seat.clock.install()
    seat.goto(address(desk, f"/?seat={member.code}"))
    seat.get_by_role("button", name="席を開く").click()
    seat.locator("details.stop summary").first.click()
    seat.locator("details.stop[open]").get_by_role("button", name="案内つきで練習する").click()
    seat.get_by_role("heading", name="当金庫ホームページ").wait_for()
    desk.clock.install()
    desk.goto(address(desk, f"/desk/classes/{class_id}"))
    return Classroom(desk, seat, member)


def test_a_call_reaches_the_board_and_a_message_or_an_unlock_the_seat_within_three_seconds(
    classroom: Classroom, kept: Training
) -> None:
    coach = classroom.seat.locator("densai-coach")
    message = coach.locator("[data-state=message]")
    call(kept, classroom.member)
    classroom.board_asks()
    expect(classroom.desk.locator(".need li")).to_contain_text("講師を呼んでいます")
    classroom.tell("架空 一郎さんにメッセージ", "そのままお待ちください。")
    classroom.seat.clock.run_for(SEAT_ASKS)
    expect(message).to_contain_text("講師から（架空 一郎さんへ）")
    coach.get_by_role("button", name="読みました").click()
    expect(message).to_have_count(0)
    ask_the_banks_desk(kept, classroom.member)
    classroom.board_asks()
    classroom.desk.get_by_role("button", name="ロックを解除する").click()
    expect(classroom.desk.get_by_role("status")).to_have_text("ロックを解除しました。")
    classroom.seat.clock.run_for(SEAT_ASKS)
    expect(coach.locator("[data-state=unlocked]")).to_contain_text("ロックが解除されました")


def test_a_message_reaches_a_page_of_the_trainees_own_as_soon(
    classroom: Classroom, other_context: BrowserContext
) -> None:
    own = other_context.new_page()
    own.clock.install()
    own.goto(address(classroom.desk, "/my"))
    classroom.tell("全員にメッセージ", "10時に休憩します。")
    own.clock.run_for(SEAT_ASKS)
    news = own.get_by_role("status", name="講師からのお知らせ")
    expect(news).to_contain_text("講師から（全員へ） 10時に休憩します。")
    own.get_by_role("button", name="読みました").click()
    expect(news).not_to_contain_text("講師から")


def test_a_pause_reaches_the_seat_as_soon_and_a_page_that_came_instead_leads_back(
    classroom: Classroom, other_context: BrowserContext
) -> None:
    desk, seat = classroom.desk, classroom.seat
    dialog = seat.locator("densai-coach dialog")
    desk.get_by_role("button", name="全員を一時停止する").click()
    expect(desk.locator(".deskbar.paused")).to_contain_text("一時停止中（")
    seat.clock.run_for(SEAT_ASKS)
    expect(dialog).to_contain_text("講師が一時停止しています")
    instead = other_context.new_page()
    instead.clock.install()
    instead.goto(f"{seat.url}login")
    expect(instead.get_by_role("heading", level=1)).to_have_text("講師が一時停止しています")
    desk.get_by_role("button", name="再開する").click()
    expect(desk.get_by_role("button", name="全員を一時停止する")).to_be_visible()
    seat.clock.run_for(SEAT_ASKS)
    expect(dialog).to_be_hidden()
    instead.clock.run_for(SEAT_ASKS)
    expect(instead.get_by_role("heading", level=1)).to_have_text("ログイン")


def call(kept: Training, member: Member) -> None:
    with kept.changing() as change:
        now = change.member(member.seat)
        assert now
        learner = read(now.document, Learner)
        learner.hand_since = utc_now()
        change.save_member(member.seat, learner)


def ask_the_banks_desk(kept: Training, member: Member) -> None:
    with kept.changing() as change:
        with change.world(member.seat) as world:
            world.users[MASTER_ID].approval_failures = world.settings.lock_after
        now = change.member(member.seat)
        assert now
        learner = read(now.document, Learner)
        learner.asks_desk_since = utc_now()
        change.save_member(member.seat, learner)


@pytest.mark.parametrize("script", ["desk.js", "class_news.js"])
def test_no_script_asks_for_what_plain_http_on_a_lan_does_not_have(script: str) -> None:
    text = (STATIC / script).read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
    assert not re.search(r"navigator\.clipboard|randomUUID|serviceWorker|crypto\.subtle", code)
