"""Things are found by their words: one, none, several, and in which window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from simulator.manual.grammar import Press
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.windows import Windows

USERS = """<title>一覧</title><h1>一覧</h1><table>
<tr><th>ID</th><th>操作</th></tr>
<tr><td>d-1560heki</td><td><button>変更</button></td></tr>
<tr><td>d-1560hekishin</td><td><button id="second">変更</button></td></tr></table>"""
FORM = """<div role="group"><label for="a">新しい承認パスワード</label><input id="a" type="password">
<button id="first">ソフトウェアキーボードを開く</button></div>
<div role="group"><label for="b">新しい承認パスワード（再入力）</label><input id="b" type="password">
<button>ソフトウェアキーボードを開く</button></div>
<div role="group"><label for="c">お客様ID</label><input id="c"></div>"""


def test_a_row_says_which_of_equal_buttons(page: Page, finder: Finder) -> None:
    page.set_content(USERS)
    found = finder.pressable(Press("変更", "button"), row="d-1560hekishin")
    assert found.get_attribute("id") == "second"


def test_several_of_a_label_are_not_guessed_among(page: Page, finder: Finder) -> None:
    page.set_content(USERS)
    with pytest.raises(StepFailure, match="「変更」ボタンが 2 個あります"):
        finder.pressable(Press("変更", "button"))


def test_only_one_of_them_can_be_seen(page: Page, finder: Finder) -> None:
    page.set_content(USERS.replace('<button id="second">', '<button id="second" style="visibility: hidden">'))
    assert finder.pressable(Press("変更", "button")).get_attribute("id") is None


def test_the_two_equal_buttons_of_the_service_list_are_equal(page: Page, finder: Finder) -> None:
    page.set_content(
        "<button id='top'>しんきん電子記録債権サービス</button><button>しんきん電子記録債権サービス</button>"
    )
    assert finder.pressable(Press("しんきん電子記録債権サービス", "button")).get_attribute("id") == "top"


def test_what_is_not_there_is_told_with_what_is(page: Page, finder: Finder) -> None:
    page.set_content(USERS)
    with pytest.raises(
        StepFailure, match="「登録」ボタンが見つかりません。\n  ウィンドウ: 一覧 （ボタン: 変更、変更）"
    ):
        finder.pressable(Press("登録", "button"))


def test_a_field_its_second_place_and_its_other_name(page: Page, finder: Finder) -> None:
    page.set_content(FORM)
    assert finder.field("新しい承認パスワード").get_attribute("id") == "a"
    assert finder.field("新しい承認パスワード", second=True).get_attribute("id") == "b"
    assert finder.field("ログイン ID（お客様 ID）").get_attribute("id") == "c"


def test_a_field_says_which_of_equal_buttons(page: Page, finder: Finder) -> None:
    page.set_content(FORM)
    press = Press("ソフトウェアキーボードを開く", "button", field="新しい承認パスワード")
    assert finder.pressable(press).get_attribute("id") == "first"


def test_a_tab_is_no_button(page: Page, finder: Finder) -> None:
    page.set_content("<div role=tablist><a role=tab href='#'>ユーザ管理</a></div><button>ユーザ管理</button>")
    assert finder.pressable(Press("ユーザ管理", "tab")).get_attribute("role") == "tab"
    assert finder.pressable(Press("ユーザ管理", "button")).get_attribute("role") is None


def test_the_window_in_front_goes_first_and_the_others_follow(
    page: Page, opened: Windows, finder: Finder
) -> None:
    page.set_content("<h1>一覧</h1><button>ログアウト</button><button>ユーザ管理業務</button>")
    with page.expect_popup() as popup:
        page.evaluate("() => { window.open('about:blank'); }")
    front = popup.value
    front.set_content("<h1>トップ</h1><button>ログアウト</button>")
    assert finder.pressable(Press("ログアウト", "button")).page is front
    assert finder.pressable(Press("ログアウト", "button", screen="一覧")).page is page
    opened.use(front)
    assert finder.pressable(Press("ユーザ管理業務", "button")).page is page
    assert opened.front is page


def test_a_screen_that_comes_late_is_waited_for(page: Page, finder: Finder) -> None:
    page.set_content("<h1>前</h1>")
    # Late enough for a slow computer to have looked once before.
    page.evaluate("() => { setTimeout(() => { document.querySelector('h1').textContent = '後'; }, 1000); }")
    assert finder.shows("後") is None
    assert finder.screen("後") is page
    with pytest.raises(StepFailure, match="「前」画面が見つかりません"):
        finder.screen("前")
