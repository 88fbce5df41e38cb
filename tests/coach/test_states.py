"""Each state of the coach, drawn on a page of the bank: what it says, marks and offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.coach.axe import ANY, faults
from tests.coach.drawn import NARROW, WIDE, box, shown
from tests.coach.layout import COVERED, IN_VIEW, faults_at
from tests.coach.states import STATES

if TYPE_CHECKING:
    from tests.coach.drawn import Drawn

MOST_SHIFT = 0.02
# Sizes of a window in CSS pixels; the last is 1180×700 at 200 %.
SIZES = (
    WIDE,
    {"width": 1280, "height": 720},
    {"width": 1024, "height": 700},
    NARROW,
    {"width": 590, "height": 350},
)
HERE = """c => c.link.windows.hear({
  type: "here", id: "x", here: "b", practice: 7, turn: "item", place: 3, position: 3, line: "", leads: true,
})"""


TITLES = {
    "nothing_here": "この画面では操作しません",
    "confirm_right": "変更の内容は、課題どおりです",
    "confirm_differs": "課題と違うところが2か所あります",
    "coach_refused": "案内の操作が受け付けられませんでした",
    "own_value": "この承認パスワードは、ご自分で決めた値です",
    "locked": "承認パスワードがロックされました",
    "waiting": "窓口に申し出ました（10:42）",
    "unlocked": "ロックが解除されました（10:45）",
    "wrong_user": "別のユーザを開いています",
    "session_over": "ログインが切れました",
    "procedure_done": "手順2-1を終えました",
    "course_done": "手順2-1の練習が終わりました",
    "time_up": "制限時間になりました",
}


@pytest.mark.parametrize("name", TITLES)
def test_a_box_says_what_the_server_made(drawn: Drawn, name: str) -> None:
    coach = shown(drawn, name)
    made = STATES[name]["boxes"][0]
    expect(box(coach, name).locator("h2")).to_have_text(TITLES[name])
    for text in (*made["lines"], *made["items"], *made["small"]):
        expect(box(coach, name)).to_contain_text(text)
    for button in made["buttons"]:
        expect(box(coach, name).get_by_text(button["label"], exact=True)).to_be_visible()


@pytest.mark.parametrize("name", STATES)
def test_no_state_makes_the_page_jump_or_keeps_anybody_from_using_it(drawn: Drawn, name: str) -> None:
    for size in (NARROW, WIDE):
        drawn.page.set_viewport_size(size)
        shown(drawn, name)
        assert drawn.shift() <= MOST_SHIFT, size
    assert not faults(drawn.page, ANY)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}")
def test_value_and_marker_stand_at_the_due_field_and_the_dock_lists_all(drawn: Drawn, size: Any) -> None:
    drawn.page.set_viewport_size(size)
    coach, page = shown(drawn, "normal"), drawn.page
    expect(page.locator("densai-value")).to_have_count(1)
    expect(page.locator("densai-value .value")).to_have_text("1560hekishin")
    expect(page.locator("densai-value .value")).to_be_in_viewport(ratio=1)
    expect(coach.locator(".marker")).to_be_visible()
    page.get_by_label("ユーザID", exact=True).fill("1560hekishin")
    expect(page.locator("densai-value .ok")).to_have_text("✓ 見本のとおりです")
    expect(page.locator("densai-value .value")).to_have_text("碧海 花子")
    assert coach.evaluate("c => c.target.id") == "name"
    if size["width"] < 1100:
        coach.get_by_role("button", name="開く").click()
    expect(coach.locator(".c-cap")).to_contain_text("1／6 入力済み")
    expect(coach.locator(".c-row.is-past .word")).to_have_text("ユーザ ID")
    expect(coach.locator(".c-row.is-now .word")).to_have_text("ユーザ名")


def test_boxes_are_counted_by_heading_and_one_too_many_is_named_where_it_is(drawn: Drawn) -> None:
    coach, page = shown(drawn, "checking"), drawn.page
    expect(page.locator("densai-badge")).to_have_count(2)
    for each in page.locator("input[type=checkbox][name]").all():
        each.uncheck()
    expect(coach.locator(".c-cap")).to_contain_text("0／5")
    page.locator("input[value=company_info]").check()
    page.locator("input[value=densai]").check()
    expect(coach.locator(".c-row.is-now .of")).to_have_text("3つのうち2つ済み")
    assert coach.evaluate("c => c.target.value") == "partners"
    page.locator("input[name=accounts]").first.check()
    expect(page.locator("densai-value")).to_have_text("課題にない項目です")


def test_one_s_own_value_is_called_that_and_never_shown(drawn: Drawn) -> None:
    coach = shown(drawn, "own_value")
    expect(drawn.page.locator("densai-value .tag")).to_have_text("ご自分で決めた値を入力")
    expect(drawn.page.locator("densai-value button")).to_have_count(0)
    expect(coach.locator(".c-row .of")).to_have_count(0)
    with drawn.page.expect_request("**/my/restore") as asked:
        coach.get_by_role("button", name="忘れたので、控えの値に戻す").click()
    sent = parse_qs(asked.value.post_data or "")
    assert sent["secret"] == ["approval"]
    assert sent["csrf"] == ["token"]
    assert sent["practice"] == ["7"]


def test_the_window_that_is_due_is_named_and_a_closed_one_told(drawn: Drawn) -> None:
    coach = shown(drawn, "window")
    expect(box(coach, "closed").locator("h2")).to_have_text("「サービス一覧」のウィンドウが閉じられています")
    expect(box(coach, "closed").get_by_role("link", name="ログイン画面を開く")).to_be_visible()
    coach.evaluate(HERE)
    expect(box(coach, "window").locator("h2")).to_have_text("次は「サービス一覧」のウィンドウで操作します")
    expect(box(coach, "window").locator(".here-next")).to_have_text("サービス一覧次")
    expect(box(coach, "window").locator(".here-now")).to_have_text("電子記録債権サービスこの画面")
    expect(coach.locator(".marker")).to_be_hidden()
    box(coach, "window").get_by_role(
        "button"
    ).click()  # no window of that name is open: it is closed after all
    expect(box(coach, "closed")).to_be_visible()
    assert len(drawn.page.context.pages) == 1


def test_messages_stand_above_all_and_are_put_away_once_read(drawn: Drawn) -> None:
    coach = shown(drawn, "teacher")
    drawn.answers["/my/pulse"] = (304, "")
    expect(box(coach, "message")).to_have_count(2)
    expect(coach.locator(".c-body .c-box").first).to_contain_text("講師から（全員へ）")
    expect(coach.get_by_role("status")).to_contain_text("講師を呼びました")
    box(coach, "message").first.get_by_role("button", name="読みました").click()
    expect(box(coach, "message")).to_have_count(1)


def test_a_pause_covers_page_and_dock_and_says_when_it_goes_on(drawn: Drawn) -> None:
    coach = shown(drawn, "paused")
    dialog = coach.get_by_role("dialog", name="講師が一時停止しています")
    expect(dialog).to_contain_text("再開されるまで、そのままお待ちください。入力した内容は残っています。")
    drawn.page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    drawn.state["pulse"]["paused"] = None
    coach.evaluate("c => c.link.pulse(true)")
    expect(dialog).to_be_hidden()
    expect(box(coach, "resumed")).to_have_text("再開しました。続けてください。")


def test_a_server_that_is_away_and_a_practice_that_is_over_are_told(drawn: Drawn) -> None:
    coach = shown(drawn, "normal")
    drawn.answers["/my/pulse"] = (503, {})
    coach.evaluate("c => c.link.pulse(true)")
    expect(box(coach, "no_server")).to_contain_text("自動でつなぎ直しています。入力した内容は残っています。")
    drawn.answers.clear()
    coach.evaluate("c => c.link.pulse(true)")
    expect(box(coach, "no_server")).to_have_count(0)
    drawn.answers["/my/pulse"] = (404, {})
    coach.evaluate("c => c.link.pulse(true)")
    expect(box(coach, "elsewhere")).to_contain_text("わたしの訓練から、次の練習を始めてください。")
    expect(drawn.page.locator("densai-value")).to_have_count(0)


def test_a_test_counts_down_shows_the_task_and_asks_before_it_is_submitted(drawn: Drawn) -> None:
    coach = shown(drawn, "test")
    expect(coach.locator(".clock b")).to_contain_text("3分4")
    expect(coach.locator(".task-in")).to_contain_text("でんさい確認：利用")
    submit = coach.get_by_role("button", name="提出する", exact=True)
    submit.click()
    expect(box(coach, "submit").get_by_role("button")).to_have_text(["操作を続ける", "提出して採点する"])
    for button in box(coach, "submit").get_by_role("button").all():
        expect(button).to_be_disabled()
    expect(coach.get_by_role("button", name="操作を続ける")).to_be_focused()
    coach.get_by_role("button", name="操作を続ける").click()
    expect(coach.locator(".task-in")).to_be_visible()


def test_a_hint_is_asked_for_in_jiriki_and_nothing_shown_before(drawn: Drawn) -> None:
    coach = shown(drawn, "alone")
    expect(drawn.page.locator("densai-value")).to_have_count(0)
    expect(coach.locator(".marker")).to_be_hidden()
    expect(coach.locator(".c-text")).to_have_count(0)
    expect(coach.locator(".c-foot")).to_contain_text("ヒントを使うと、「自力で完了」にはなりません。")
    with drawn.page.expect_request("**/my/help"):
        coach.get_by_role("button", name="手順の文を見る").click()


def test_what_is_covered_or_out_of_view_is_noticed(drawn: Drawn) -> None:
    coach = shown(drawn, "normal")
    assert not faults_at(drawn.page, coach)
    coach.evaluate("c => { c.dock.panel.style.width = '70rem'; }")
    assert any("under" in fault for fault in coach.evaluate(COVERED))
    coach.evaluate("c => { c.dock.panel.style.width = ''; c.pointing.chips.of(c.target).hidden = true; }")
    assert coach.evaluate(IN_VIEW) == ["the value at the field is not in view"]
