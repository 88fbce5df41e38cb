"""A trainee's own pages in a browser: axe, no jump, every width, and clicks that are doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from simulator.store.training import Training
from simulator.training import classes, practice
from simulator.training.lessons import courses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Locator, Page

    from fixtures.server import Server
    from simulator.store import Worlds
    from simulator.store.training import Member

WIDTHS = (1366, 1024, 683, 390)
MOST_SHIFT = 0.02
SHIFTS = """() => new Promise((tell) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => tell(sum)));
})"""


@pytest.fixture
def kept(worlds: Worlds) -> Training:
    return Training(worlds)


@pytest.fixture
def member(kept: Training) -> Member:
    made = classes.sit_alone(kept, 71)
    assert made
    return made


@pytest.fixture
def page(context: BrowserContext, bank_server: Server, member: Member) -> Page:
    """わたしの訓練 of a new seat."""
    made = context.new_page()
    made.goto(f"http://127.0.0.1:{bank_server.port}/?seat={member.code}")
    made.get_by_role("button", name="席を開く").click()
    expect(made.get_by_role("heading", level=1)).to_have_text("わたしの訓練")
    made.wait_for_load_state()  # the heading is there before the page's script has run
    return made


def go(page: Page, path: str) -> None:
    page.goto(page.url.partition("/my")[0].partition("/bank")[0] + path)


def begin(kept: Training, member: Member, course: str, mode: Any) -> int:
    """Begin a practice straight in the database; its number."""
    seat = kept.worlds.seat(member.seat)
    assert seat
    practice.begin(kept, seat, member, courses()[course], mode)
    row = kept.current(member.seat)
    assert row
    return row.id


def goes(kept: Training, member: Member) -> list[tuple[str, str, str]]:
    return [(row.course, row.mode, row.outcome) for row in kept.practices_of(member.seat)]


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{page.title()}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"]
    ]


def open_everything(page: Page) -> None:
    page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; }")


# How it looks ----------------------------------------------------------------------------------


def pages(kept: Training, member: Member, page: Page) -> Iterator[str]:
    """Show every page of a trainee, one after the other; its name."""
    go(page, "/my")
    yield "new"
    open_everything(page)
    yield "everything open"
    go(page, "/my/brief?course=d-04&mode=measure")
    yield "brief"
    go(page, "/my/brief?course=all&mode=try")
    yield "brief of the whole"
    begin(kept, member, "ch1", "learn")
    test = begin(kept, member, "d-04", "measure")
    go(page, "/my")
    yield "test"
    go(page, "/my/submit")
    yield "submit"
    begin(kept, member, "2-3", "learn")
    go(page, f"/my/result/{test}")
    yield "result"
    open_everything(page)
    yield "result, everything open"
    go(page, "/my")
    yield "running, with interrupted ones"
    page.locator("details.stop summary").first.click()
    page.locator("details.stop[open]").get_by_role("button", name="案内つきで練習する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("別の練習に切り替えますか？")
    yield "question"
    for paper in ("memo", "letter"):
        go(page, f"/my/{paper}")
        yield paper


def test_axe_finds_nothing_and_nothing_jumps_or_overflows(page: Page, kept: Training, member: Member) -> None:
    for name in pages(kept, member, page):
        if not name.endswith("everything open"):  # what a click opens is no jump
            assert page.evaluate(SHIFTS) <= MOST_SHIFT, name
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            beyond = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert beyond <= 0, (name, width)
            if width in (WIDTHS[0], WIDTHS[-1]):
                assert faults(page) == [], (name, width)
        page.set_viewport_size({"width": WIDTHS[0], "height": 768})


# Clicks ----------------------------------------------------------------------------------------


def double(button: Locator, heading: str) -> None:
    button.dblclick()
    expect(button.page.get_by_role("heading", level=1)).to_have_text(heading)


def test_every_button_that_begins_or_ends_does_it_once_however_often_it_is_clicked(
    page: Page, kept: Training, member: Member
) -> None:
    def press(name: str) -> Locator:
        return page.locator("main").get_by_role("button", name=name).first

    double(press("見本を見る"), "当金庫ホームページ")
    assert goes(kept, member) == [("1-1", "show", "")]
    go(page, "/my/brief?course=d-04&mode=measure")
    press("テストを開始する").click()
    double(press("中断して切り替える"), "当金庫ホームページ")
    assert goes(kept, member) == [("1-1", "show", "stopped"), ("d-04", "measure", "")]
    go(page, "/my/submit")
    double(press("提出して採点する"), "テストの結果ユーザ更新の後に、必要な権限だけを設定する")
    assert goes(kept, member)[-1] == ("d-04", "measure", "failed")
    go(page, "/my")
    double(press("再開する"), "当金庫ホームページ")
    assert goes(kept, member) == [("d-04", "measure", "failed"), ("1-1", "show", "")]


def test_going_back_and_sending_again_does_nothing_more(page: Page, kept: Training, member: Member) -> None:
    go(page, "/my/brief?course=1-4&mode=measure")
    page.get_by_role("button", name="テストを開始する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("当金庫ホームページ")
    page.go_back()
    page.get_by_role("button", name="テストを開始する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("別の練習に切り替えますか？")
    page.get_by_role("button", name="テストに戻る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("当金庫ホームページ")
    assert goes(kept, member) == [("1-4", "measure", "")]


def test_two_tabs_begin_one_practice(
    page: Page, kept: Training, member: Member, context: BrowserContext
) -> None:
    other = context.new_page()
    other.goto(page.url)
    other.locator("section.continue").get_by_role("button", name="見本を見る").click()
    page.locator("section.continue").get_by_role("button", name="見本を見る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("当金庫ホームページ")
    assert goes(kept, member) == [("1-1", "show", "")]


def test_the_tab_names_itself_so_that_everything_opens_in_it(page: Page, member: Member) -> None:
    assert page.evaluate("window.name") == f"densai-{member.seat}-a"
    page.get_by_role("button", name="見本を見る").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("当金庫ホームページ")
    assert len(page.context.pages) == 1


def test_a_value_is_copied_also_where_there_is_no_clipboard(page: Page) -> None:
    page.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })")
    button = page.get_by_role("button", name="席コードをコピー")
    button.click()
    expect(button).to_have_text("コピーしました")
