"""The instructor's screens in a browser: a class on one screen, axe, and what arrives within 3 seconds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def test_pause_message_and_unlock_reach_the_seat_and_a_call_the_board_within_three_seconds(
    desk: Page, other_context: BrowserContext, kept: Training, make: Callable[[str, int], int]
) -> None:
    class_id = make("伝わる早さの確認", 2)
    member = sit_down(kept, class_id, "架空 一郎")
    mine = other_context.new_page()
    mine.clock.install()
    mine.goto(address(desk, f"/?seat={member.code}"))
    mine.get_by_role("button", name="席を開く").click()
    mine.get_by_role("button", name="手順1-1　マスターユーザがログインするを案内つき").first.click()
    mine.get_by_role("heading", name="当金庫ホームページ").wait_for()
    coach = mine.locator("densai-coach")
    desk.clock.install()
    desk.goto(address(desk, f"/desk/classes/{class_id}"))

    call(kept, member)
    desk.clock.run_for(BOARD_ASKS)
    expect(desk.locator(".need li")).to_contain_text("講師を呼んでいます")
    desk.get_by_role("button", name="架空 一郎さんにメッセージ").click()
    desk.get_by_role("textbox", name="メッセージ").fill("そのままお待ちください。")
    desk.get_by_role("button", name="送る").click()
    expect(desk.get_by_role("status")).to_have_text("メッセージを送りました。")
    mine.clock.run_for(SEAT_ASKS)
    expect(coach.locator(".message")).to_contain_text("講師から（架空 一郎さんへ）")
    coach.get_by_role("button", name="読みました").click()
    expect(coach.locator(".message")).to_have_count(0)

    ask_the_banks_desk(kept, member)
    desk.clock.run_for(BOARD_ASKS)
    desk.get_by_role("button", name="ロックを解除する").click()
    expect(desk.get_by_role("status")).to_have_text("ロックを解除しました。")
    mine.clock.run_for(SEAT_ASKS)
    expect(coach.locator(".message")).to_contain_text("ロックが解除されました")

    desk.get_by_role("button", name="全員を一時停止する").click()
    expect(desk.locator(".deskbar.paused")).to_contain_text("一時停止中（")
    mine.clock.run_for(SEAT_ASKS)
    expect(coach.locator("dialog")).to_contain_text("講師が一時停止しています。")
    other = other_context.new_page()  # a page that comes instead of the bank's in a pause
    other.clock.install()
    other.goto(f"{mine.url}login")
    expect(other.get_by_role("heading", level=1)).to_have_text("講師が一時停止しています")
    desk.get_by_role("button", name="再開する").click()
    expect(desk.get_by_role("button", name="全員を一時停止する")).to_be_visible()
    mine.clock.run_for(SEAT_ASKS)
    expect(coach.locator("dialog")).to_be_hidden()
    other.clock.run_for(SEAT_ASKS)
    expect(other.get_by_role("heading", level=1)).to_have_text("ログイン")


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
