"""The hands at a page: each action, and a failure that never says what was typed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from simulator.manual.grammar import parse
from steps.driver.attempt_observer import Uncounted
from steps.driver.failure import NotTypeable, StepFailure
from steps.driver.find import Finder
from steps.driver.hands import Hands
from steps.driver.profile import Profile, Timeouts, Typing, WindowRules
from steps.driver.story import Story
from steps.driver.windows import Windows
from steps.evidence import failure_record

LOGIN = """<label for="a">お客様ID</label><input id="a">
<label for="b">ログインパスワード</label><input id="b" type="password">
<button onclick="document.title = 'go'">ログイン</button>"""
BOXES = """<table><tr><th scope="row">でんさい確認</th>
<td><label><input type=checkbox checked> 利用</label></td></tr>
<tr><th scope="row">各種取引（お取引）</th><td><label><input type=checkbox id="p"> 担当者</label>
<label><input type=checkbox id="a"> 承認者</label></td></tr></table>"""
CLOSING = """<button onclick="{}">閉じる</button><dialog open hidden><button>はい</button></dialog>
<p hidden>このウィンドウを閉じてください。</p>"""


def test_a_sentence_is_done_whole(page: Page, hands: Hands, story: Story) -> None:
    page.set_content(LOGIN)
    hands.perform(
        parse("ログイン ID（お客様 ID）とログインパスワードを入力し、[ログイン] ボタンをクリックします。")
    )
    assert page.get_by_label("お客様ID").input_value() == story.me.login_id
    assert page.get_by_label("ログインパスワード").input_value() == story.me.issued_password
    assert page.title() == "go"


def test_a_failure_to_type_does_not_say_what(
    page: Page, hands: Hands, story: Story, context: BrowserContext
) -> None:
    context.set_default_timeout(200)
    page.set_content(LOGIN.replace('type="password"', 'type="password" disabled'))
    with pytest.raises(StepFailure) as told:
        hands.perform(parse("ログインパスワードを入力する"))
    assert "「ログインパスワード」に入力できません。" in str(told.value)
    assert story.me.issued_password not in str(told.getrepr(style="long", funcargs=False))
    assert told.value.__suppress_context__


def test_every_box_is_ticked_or_those_of_the_table_alone(page: Page, hands: Hands) -> None:
    page.set_content(BOXES)
    hands.perform(parse("利用する業務および口座をチェックする"))
    assert page.get_by_role("checkbox", checked=True).count() == 3
    hands.perform(parse("以下の業務および口座をチェックする", [["各種取引", "承認者"]]))
    assert [box.get_attribute("id") for box in page.get_by_role("checkbox", checked=True).all()] == ["a"]


def test_what_should_be_empty_must_be(page: Page, hands: Hands) -> None:
    page.set_content("<input aria-label='ログインID'>")
    hands.perform(parse("ユーザ検索条件は入力せずに、そのまま「確認」ボタンをクリックする")[:1])
    page.get_by_role("textbox").fill("d-")
    with pytest.raises(StepFailure, match="すでに値が入っています"):
        hands.perform(parse("ユーザ検索条件は入力せずに、そのまま「確認」ボタンをクリックする")[:1])


def test_what_is_looked_over_must_be_there(page: Page, hands: Hands, story: Story) -> None:
    page.set_content(f"<main>{'、'.join(story.seen())}</main>")
    hands.perform(parse("登録したユーザ情報を確認する"))
    page.set_content(f"<main>{'、'.join(story.seen()[:2])}</main>")
    with pytest.raises(StepFailure, match="表示されていません"):
        hands.perform(parse("登録したユーザ情報を確認する"))


def test_a_window_is_closed_by_its_button(page: Page, hands: Hands, opened: Windows) -> None:
    with page.expect_popup() as popup:
        page.evaluate("() => { window.open('about:blank'); }")
    popup.value.set_content(CLOSING.format("window.close()"))
    hands.perform(parse("ウィンドウを閉じます。"))
    assert opened.recent == [page]


def test_a_window_that_asks_stays_until_it_is_answered(page: Page, hands: Hands, opened: Windows) -> None:
    page.set_content(CLOSING.format("document.querySelector('dialog').hidden = false"))
    hands.perform(parse("ウィンドウを閉じます。"))
    assert opened.recent == [page]
    hands.perform(parse("下記の画面が表示された場合は、「はい」ボタンをクリックします。"))


def test_a_window_that_may_not_close_itself_or_has_no_button_is_closed_by_hand(
    page: Page, hands: Hands, opened: Windows
) -> None:
    page.set_content(CLOSING.format("document.querySelector('p').hidden = false"))
    hands.perform(parse("ウィンドウを閉じる"))
    assert opened.recent == []
    opened.front.set_content("<p>何もない</p>")
    hands.perform(parse("ウィンドウを閉じる"))
    assert opened.recent == []


LOGGING_OUT = ("「ログアウト」ボタンをクリックする", "「OK」ボタンをクリックする")
GOODBYE = "document.body.innerHTML = '<h1>ログアウト</h1>'"


@pytest.mark.parametrize(
    "onclick",
    [
        f"if (confirm('終わりますか')) {GOODBYE}",
        f"document.body.innerHTML = '<button id=ok>OK</button>'; ok.onclick = () => {GOODBYE}",
        GOODBYE,
    ],
    ids=["native", "html", "none"],
)
def test_a_hand_that_is_told_nothing_finds_out_how_a_site_asks(
    page: Page, opened: Windows, story: Story, onclick: str
) -> None:
    hands = Hands(opened, Finder(opened), story, "about:blank", Profile(windows=WindowRules(confirm="auto")))
    page.set_content(f'<button onclick="{onclick}">ログアウト</button>')
    pressing, answering = map(parse, LOGGING_OUT)
    hands.perform(pressing, answering)
    hands.perform(answering)
    assert page.get_by_role("heading", name="ログアウト").is_visible()


def test_a_step_only_if_shown_is_passed_over(page: Page, hands: Hands) -> None:
    page.set_content("<button>いいえ</button>")
    hands.perform(parse("下記の画面が表示された場合は、「はい」ボタンをクリックします。"))
    with pytest.raises(StepFailure, match="「はい」ボタンが見つかりません"):
        hands.perform(parse("「はい」ボタンをクリックする"))


def test_the_record_of_a_failure_has_no_secret(page: Page, tmp_path: Path) -> None:
    page.set_content("<title>控え</title><p>himitsu123 と himitsu12</p>")
    folder = tmp_path / "kept"
    failure_record.save([page], folder, {"himitsu12", "himitsu123"})
    assert (folder / "window1.png").stat().st_size
    assert (folder / "window1.txt").read_text(encoding="utf-8").split() == [
        "about:blank",
        "控え",
        "●●●●",
        "と",
        "●●●●",
    ]


CUTS = "<label>新ログインパスワード<input type=password {}></label><button onclick='sent = 1'>変更</button>"
SAYS = "「新ログインパスワード」に、この値は入力できません（{}）。送信していません。"


@pytest.mark.parametrize(
    ("attribute", "why"),
    [
        ("maxlength=12", "12文字まで"),
        ("oninput='this.value = this.value.toUpperCase()'", "欄が入力を変えます"),
        ("onblur='this.value = this.value.slice(0, 3)'", "欄が入力を変えます"),
    ],
)
def test_a_value_that_does_not_stand_in_its_box_is_not_sent(
    page: Page, hands: Hands, attribute: str, why: str
) -> None:
    page.set_content(CUTS.format(attribute))
    hands.attempts = counted = Counted()
    with pytest.raises(NotTypeable) as told:
        hands.perform(
            parse(
                "以下の項目を入力し、[変更] ボタンをクリックする", [["新ログインパスワード", "abcdefghij123"]]
            )
        )
    assert str(told.value) == SAYS.format(why)
    assert page.evaluate("window.sent") is None
    assert counted.calls == ["typed", "abandoned"]
    page.set_content(CUTS.format("maxlength=13"))
    hands.perform(
        parse("以下の項目を入力し、[変更] ボタンをクリックする", [["新ログインパスワード", "abcdefghij123"]])
    )
    assert page.evaluate("sent") == 1


class Counted(Uncounted):
    """Keeps what the hands tell of passwords."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:  # noqa: ARG002
        self.calls.append("typed")

    def abandoned(self) -> None:
        self.calls.append("abandoned")


def test_a_name_may_be_written_with_another_space(page: Page, hands: Hands) -> None:
    spaced = "oninput=\"this.value = this.value.replace(' ', '\u3000')\""
    page.set_content(f"<label>ユーザ名<input {spaced}></label><button onclick='sent = 1'>登録</button>")
    hands.perform(parse("ユーザ名を入力し、[登録] ボタンをクリックする"))
    assert page.evaluate("sent") == 1


def test_the_second_place_may_be_typed_anew(page: Page, hands: Hands) -> None:
    second = "<label>新ログインパスワード（再入力）<input type=password></label>"
    page.set_content(CUTS.format("") + second)
    twice = [["新ログインパスワード（2 箇所）", "abcdef12"]]
    hands.perform(parse("以下の項目を入力する", twice))
    hands.type_again("新ログインパスワード", "abcd12")
    hands.perform(parse("「変更」ボタンをクリックする"))
    assert page.evaluate("sent") == 1


KEYS = """<label>ログインパスワード<input id=b type=password onkeyup="go.disabled = false"></label>
<button id=go disabled onclick="document.title = b.value">ログイン</button>"""


def test_a_button_that_keys_switch_on_is_reached_by_keys(page: Page, hands: Hands, story: Story) -> None:
    page.set_content(KEYS)
    hands.perform(parse("ログインパスワードを入力し、[ログイン] ボタンをクリックする"))
    assert page.title() == story.me.issued_password


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (KEYS.replace(' onkeyup="go.disabled = false"', ""), "クリックできません: 無効になっています"),
        (KEYS.replace("id=b", "id=b readonly"), "「ログインパスワード」に入力できません。読み取り専用に"),
        (KEYS.replace("id=b", "id=b disabled"), "「ログインパスワード」に入力できません。無効になっています"),
        (
            KEYS.replace("disabled onclick", "onclick")
            + "<div style='position: fixed; inset: 0; background: white'>重要な お知らせ</div>",
            "重なっています: 「重要な お知らせ",
        ),
    ],
)
def test_what_keeps_a_thing_from_being_used_is_told(
    page: Page, hands: Hands, context: BrowserContext, html: str, why: str
) -> None:
    context.set_default_timeout(400)
    page.set_content(html)
    with pytest.raises(StepFailure) as told:
        hands.perform(parse("ログインパスワードを入力し、[ログイン] ボタンをクリックする"))
    assert why in str(told.value)


def test_a_box_that_is_read_only_until_it_is_clicked_is_clicked(page: Page, hands: Hands) -> None:
    page.set_content(KEYS.replace("id=b", "id=b readonly onfocus='this.readOnly = false'"))
    hands.perform(parse("ログインパスワードを入力し、[ログイン] ボタンをクリックする"))
    assert page.title()


KEYBOARD = """<label>ログインパスワード<input id=b type=password readonly></label>
<input type=checkbox checked onchange="b.readOnly = this.checked"> ソフトウェア キーボードを使う
<a href="#" onclick="b.readOnly = false">キーで入力</a>"""
TYPE = parse("ログインパスワードを入力する")


def test_a_keyboard_on_the_screen_is_told_with_the_line_that_puts_it_away(
    page: Page, hands: Hands, opened: Windows, story: Story
) -> None:
    page.set_content(KEYBOARD)
    with pytest.raises(StepFailure) as told:
        hands.perform(TYPE)
    assert "「ログインパスワード」に入力できません。読み取り専用に" in str(told.value)
    assert "「ソフトウェア キーボードを使う」にチェックが付いて" in str(told.value)
    lines = tomllib.loads(str(told.value).partition("写す行:")[2])
    profile = Profile(typing=Typing(**lines["typing"]), timeouts=Timeouts(find=1))
    Hands(opened, Finder(opened, profile), story, "about:blank", profile).perform(TYPE)
    assert page.locator("#b").input_value() == story.me.issued_password
    assert not page.get_by_role("checkbox").is_checked()


@pytest.mark.parametrize(("words", "ticked"), [("キーで入力", True), ("ソフトウェアキーボードを使う", False)])
def test_what_the_file_names_is_pressed_before_typing_and_only_where_typing_needs_it(
    page: Page, opened: Windows, story: Story, words: str, ticked: bool
) -> None:
    profile = Profile(typing=Typing(words), timeouts=Timeouts(find=1))
    hands = Hands(opened, Finder(opened, profile), story, "about:blank", profile)
    page.set_content(KEYBOARD)
    for _ in range(2):
        hands.perform(TYPE)
        assert page.locator("#b").input_value() == story.me.issued_password
        assert page.get_by_role("checkbox").is_checked() is ticked


def test_what_the_file_names_and_the_page_lacks_is_told(page: Page, opened: Windows, story: Story) -> None:
    profile = Profile(typing=Typing("直接入力"), timeouts=Timeouts(find=1, perhaps=0.1))
    page.set_content(KEYBOARD)
    with pytest.raises(StepFailure, match="先に押す「直接入力」は見つかりません。"):
        Hands(opened, Finder(opened, profile), story, "about:blank", profile).perform(TYPE)
