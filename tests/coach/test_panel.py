"""The panel itself: keyboard, screen reader, corners, pause, messages; no trace of it on a plain seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from simulator.store.training import Member, Training
from simulator.training import starts
from simulator.training.class_control import pause, tell
from simulator.training.classes import make_class
from simulator.training.joining import join
from simulator.training.model import ClassPlan

if TYPE_CHECKING:
    from fixtures.server import Server
    from simulator.store import Worlds
    from tests.coach.trainee import Trainee


def test_by_keyboard_alone(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    handle = page.get_by_role("button", name="訓練の案内（矢印キーで移動できます）")
    panel = page.locator("densai-coach .panel")
    handle.focus()
    for key, corner in (("ArrowLeft", "bl"), ("ArrowRight", "br"), ("ArrowUp", "tr"), ("ArrowDown", "br")):
        page.keyboard.press(key)
        expect(panel).to_have_attribute("data-corner", corner)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="たたむ")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="ひらく")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("densai-coach .sentence")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="ひらく")).to_be_visible()  # as it was left
    page.get_by_role("button", name="ひらく").press("Enter")
    page.locator("densai-coach .home").focus()
    page.keyboard.press("Escape")
    expect(page.locator("densai-coach .body")).to_be_hidden()


def test_the_end_of_every_page_can_be_scrolled_out_from_under_it(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    panel = page.locator("densai-coach .panel")
    page.set_viewport_size({"width": 683, "height": 384})
    # Only at the end: in so small a window the panel leaves its corner while it would stand over its target.
    page.wait_for_function(
        "() => { scrollTo(0, document.documentElement.scrollHeight); return scrollY > 0; }"
    )
    page.get_by_role("button", name="訓練の案内（矢印キーで移動できます）").press("ArrowDown")
    expect(panel).to_have_attribute("data-corner", "br")
    page.wait_for_function(
        """() => {
          scrollTo(0, document.documentElement.scrollHeight);
          const panel = document.querySelector("densai-coach").shadowRoot.querySelector(".panel");
          const end = document.querySelector("footer").getBoundingClientRect().bottom;
          return panel.dataset.corner === "br" && end <= panel.getBoundingClientRect().top;
        }"""
    )


def test_no_room_is_left_for_it_on_paper(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    expect(page.locator("densai-coach .panel")).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator("densai-coach").evaluate("coach => coach.getClientRects().length") == 0


def test_a_screen_reader_hears_the_step(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    coach = page.locator("densai-coach")
    expect(coach.get_by_role("region", name="訓練の案内")).to_be_visible()
    expect(coach.get_by_role("status")).to_contain_text("へきしん電子記録債権サービス画面を表示します。")


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


def test_a_seat_at_which_nothing_is_practised_has_none_either(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    seat = page.url
    page.goto(f"{trainee.address}my")
    page.get_by_role("button", name="やめる").click()
    page.goto(seat)
    assert "coach" not in page.content()


def test_the_instructors_words_and_pause_reach_every_window(trainee: Trainee, worlds: Worlds) -> None:
    kept = Training(worlds)
    id_ = make_class(kept, ClassPlan("伝達の確認", 4, ["1-1"], ["learn"]), 1)
    row = kept.class_(id_)
    assert row
    member = join(kept, row.code, "架空 一郎")
    assert isinstance(member, Member)
    page = trainee.context.new_page()
    page.goto(trainee.address)
    page.get_by_role("textbox", name="席コード").fill(member.code)
    page.get_by_role("button", name="席を開く").click()
    page = trainee.begin("1-1", "learn")
    tell(kept, id_, "10時に休憩します。")
    page.locator("densai-coach").evaluate("c => c.ask()")
    expect(page.locator("densai-coach .message")).to_contain_text("10時に休憩します。")
    page.locator("densai-coach .message button").click()
    expect(page.locator("densai-coach .message")).to_have_count(0)
    pause(kept, id_, on=True)
    page.locator("densai-coach").evaluate("c => c.ask()")
    expect(page.get_by_text("講師が一時停止しています。").first).to_be_visible()


def test_what_was_typed_wrong_is_pointed_at_again(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.goto(f"{page.url}login")
    page.get_by_label("お客様ID").fill("1560heki")
    page.get_by_label("ログインパスワード", exact=True).fill("machigai1")
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.get_by_text("入力内容をご確認ください").wait_for()
    coach = page.locator("densai-coach")
    expect(coach.locator(".marker")).to_be_visible()
    assert coach.evaluate("c => c.target.id") == page.get_by_label("お客様ID").get_attribute("id")


def test_a_locked_master_is_offered_the_banks_desk(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.goto(f"{page.url}login")
    coach = page.locator("densai-coach")
    for number in range(6):
        expect(coach.locator("[data-name=desk]")).to_have_count(0)
        page.get_by_label("お客様ID").fill("d-1560heki")
        page.get_by_label("ログインパスワード", exact=True).fill(f"machigai{number}")
        page.get_by_role("button", name="ログイン", exact=True).click()
        page.get_by_text("入力内容をご確認ください").wait_for()
    coach.locator("[data-name=desk]").click()
    expect(coach.locator("[data-name=desk]")).to_have_count(0)
