"""The dock itself: keyboard, rail and sheet, screen reader, paper; no trace of it on a plain seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from simulator.store.training import Training
from simulator.training import starts
from simulator.training.class_control import pause, tell
from tests.coach.classes_of_one import class_of_one

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from fixtures.server import Server
    from simulator.store import Worlds
    from tests.coach.trainee import Trainee

WIDE, PHONE = {"width": 1180, "height": 700}, {"width": 390, "height": 844}


def has_focus(page: Page, selector: str) -> bool:
    found: bool = page.locator("densai-coach").evaluate(
        "(coach, selector) => Boolean(coach.root.activeElement?.matches(selector))", selector
    )
    return found


def test_f6_leads_from_the_page_to_the_dock_and_back(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    link = page.get_by_role("link", name="へきしん電子記録債権サービス").first
    link.focus()
    page.keyboard.press("F6")
    assert has_focus(page, ".c-head button")
    page.keyboard.press("F6")
    expect(link).to_be_focused()


def test_the_rail_is_kept_over_pages_and_leaves_marker_and_values(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    coach = page.locator("densai-coach")
    coach.get_by_role("button", name="たたむ").press("Enter")
    expect(coach.locator(".c-body")).to_be_hidden()
    assert has_focus(page, ".c-rail button")
    assert page.evaluate("getComputedStyle(document.body).paddingRight") == "52px"
    page.reload()
    expect(coach.locator(".c-rail .of")).to_have_text("2／4")
    expect(coach.locator(".marker")).to_be_visible()
    coach.get_by_role("button", name="開く").press("Enter")
    expect(coach.locator(".c-body")).to_be_visible()


def test_the_sheet_opens_by_a_press_and_closes_by_escape(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    coach = page.locator("densai-coach")
    expect(coach.locator(".c-peek .text")).to_have_text("へきしん電子記録債権サービス画面を表示します。")
    expect(coach.locator(".c-body")).to_be_hidden()
    coach.get_by_role("button", name="開く").press("Enter")
    expect(coach.locator(".c-text")).to_be_visible()
    height = coach.locator(".coach").evaluate("panel => panel.getBoundingClientRect().height")
    assert height <= PHONE["height"] * 0.7 + 1
    page.wait_for_function(
        "height => Math.abs(parseFloat(getComputedStyle(document.body).paddingBottom) - height) < 1",
        arg=height,
    )
    coach.get_by_role("link", name="わたしの訓練に戻る").focus()
    page.keyboard.press("Escape")
    expect(coach.locator(".c-body")).to_be_hidden()
    assert has_focus(page, ".c-peek .open")


def test_no_room_is_left_for_it_on_paper(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    expect(page.locator("densai-coach .coach")).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator("densai-coach").evaluate("coach => coach.getClientRects().length") == 0
    assert page.evaluate("getComputedStyle(document.body).paddingRight") == "0px"


def test_a_screen_reader_hears_the_step(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    coach = page.locator("densai-coach")
    expect(coach.get_by_role("complementary", name="訓練の案内")).to_be_attached()
    expect(coach.get_by_role("status")).to_contain_text("へきしん電子記録債権サービス画面を表示します。")


def test_colours_of_the_system_are_enough_to_tell_marker_from_focus(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.emulate_media(forced_colors="active")
    style = page.locator("densai-coach .marker").evaluate("marker => getComputedStyle(marker).borderTopStyle")
    assert style == "dashed"


def test_a_plain_seat_has_no_trace_of_it(trainee: Trainee, worlds: Worlds, bank_server: Server) -> None:
    plain = starts.make_seats(worlds, 1)[0]
    trainee.begin("1-1", "learn")
    page = trainee.context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(bank_server.address(plain.code))
    assert "coach" not in page.content()
    assert "/my" not in page.content()
    assert not [url for url in requests if "coach" in url or "/my" in url]


def test_a_practice_that_was_ended_elsewhere_is_told(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    seat, other = page.url, trainee.context.new_page()
    other.goto(f"{trainee.address}my")
    other.evaluate("""() => {
      const form = document.createElement("form");
      Object.assign(form, { method: "post", action: "/my/stop" });
      form.append(document.querySelector("input[name=csrf]").cloneNode());
      document.body.append(form);
      form.submit();
    }""")
    other.get_by_role("heading", name="わたしの訓練").wait_for()
    page.locator("densai-coach").evaluate("c => c.link.pulse(true)")
    over = page.locator("densai-coach [data-state=elsewhere]")
    expect(over).to_contain_text("この練習は終了しています")
    page.goto(seat)
    assert "densai-coach" not in page.content()


def test_the_instructors_words_and_pause_reach_every_window(trainee: Trainee, worlds: Worlds) -> None:
    kept = Training(worlds)
    id_, member = class_of_one(kept)
    trainee.take_seat(member.code)
    page = trainee.begin("1-1", "learn")
    coach = page.locator("densai-coach")
    tell(kept, id_, "10時に休憩します。")
    coach.evaluate("c => c.link.pulse(true)")
    expect(coach.locator("[data-state=message]")).to_contain_text("10時に休憩します。")
    coach.get_by_role("button", name="読みました").click()
    expect(coach.locator("[data-state=message]")).to_have_count(0)
    coach.get_by_role("button", name="講師を呼ぶ").click()
    expect(coach.locator("[data-state=hand]")).to_contain_text("そのままお待ちください。")
    coach.get_by_role("button", name="呼び出しを取り消す").click()
    expect(coach.locator("[data-state=hand]")).to_have_count(0)
    pause(kept, id_, on=True)
    coach.evaluate("c => c.link.pulse(true)")
    expect(coach.get_by_role("dialog", name="講師が一時停止しています")).to_be_visible()
    pause(kept, id_, on=False)
    coach.evaluate("c => c.link.pulse(true)")
    expect(coach.locator("[data-state=resumed]")).to_have_text("再開しました。続けてください。")
