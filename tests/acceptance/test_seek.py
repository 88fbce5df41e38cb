"""Things are found where roles and labels do not tell: in the words around them, in frames, by the file."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from simulator.manual.grammar import Press
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.windows import Windows

TABLE = """<table>
<tr><td>■ログインＩＤ：</td><td><input id=i></td></tr>
<tr><td>利用者名　（必須）</td><td><input id=n></td></tr>
<tr><td>初回ログインパスワード</td>
<td><input id=p type=password><br><input id=q type=password>（確認）</td></tr>
</table>"""
USERS = """<table><tr><td>ﾛｸﾞｲﾝID</td><td>操作</td></tr>
<tr><td>d-1560heki</td><td><a id=a href="javascript:void(0)">変更</a></td></tr>
<tr><td>d-1560hekishin</td><td><a id=b href="javascript:void(0)">変更</a></td></tr></table>"""
BOXES = """<table><tr><td>業務</td><td>担当者</td><td>承認者</td></tr>
<tr><td>各種取引（振出など）</td>
<td><input type=checkbox id=a></td><td><input type=checkbox id=b></td></tr>
<tr><td>指定許可管理</td>
<td><input type=checkbox id=c>可</td><td><input type=checkbox id=d>可</td></tr></table>"""


@pytest.mark.parametrize(
    "markup",
    [
        "<input type=submit value='ログイン' id=x>",
        "<input type=image alt='ログイン' id=x src=''>",
        "<input type=image title='ﾛｸﾞｲﾝ' id=x src=''>",
        "<a href='javascript:void(0)' id=x>ログイン</a>",
        "<a href='#' id=x><img alt='ログイン' src='' width=9 height=9></a>",
        "<table><tr><td onclick='go()' id=x>ロ グ イ ン</td></tr></table>",
        "<div style='cursor: pointer' id=x><span>ログイン</span></div>",
        "<button aria-label='ログイン' id=x>➡</button>",
        "<button id=x>［ログイン］</button>",
    ],
)
def test_what_plays_a_button_is_one(page: Page, finder: Finder, markup: str) -> None:
    page.set_content(f"<p>ログイン</p><h2>ログイン</h2>{markup}<button>ログインできないとき</button>")
    assert finder.pressable(Press("ログイン", "button")).get_attribute("id") == "x"


@pytest.mark.parametrize(
    ("word", "second", "id_"),
    [
        ("ログイン ID（お客様 ID）", False, "i"),
        ("ユーザ名", False, "n"),
        ("初回ログインパスワード", False, "p"),
        ("初回ログインパスワード", True, "q"),
    ],
)
def test_a_field_is_called_by_the_cell_before_it(
    page: Page, finder: Finder, word: str, second: bool, id_: str
) -> None:
    page.set_content(TABLE)
    assert finder.field(word, second=second).get_attribute("id") == id_


@pytest.mark.parametrize(
    "markup",
    [
        "<input placeholder='ログインID' id=x>",
        "<input title='ログインID' id=x>",
        "<dl><dt>ログインID<dd><input id=x></dl>",
        "<div><div>ログインID</div><div><input id=x></div></div>",
        "メール <input><br>ログインID <input id=x>",
        "<table><tr><th>メール<th>ログインID<tr><td><input><td><input id=x></table>",
    ],
)
def test_a_field_is_called_by_what_stands_at_it(page: Page, finder: Finder, markup: str) -> None:
    page.set_content(markup)
    assert finder.field("ログインID").get_attribute("id") == "x"


def test_a_row_says_which_of_equal_links(page: Page, finder: Finder) -> None:
    page.set_content(USERS)
    assert finder.pressable(Press("変更", "button"), row="d-1560heki").get_attribute("id") == "a"
    assert finder.pressable(Press("変更", "button"), row="d-1560hekishin").get_attribute("id") == "b"


def test_two_that_remain_are_both_listed(page: Page, finder: Finder) -> None:
    page.set_content(USERS)
    with pytest.raises(StepFailure) as told:
        finder.pressable(Press("変更", "button"))
    assert "「変更」ボタンが 2 個あります" in str(told.value)
    assert "（行: d-1560heki 変更）" in str(told.value)
    assert "（行: d-1560hekishin 変更）" in str(told.value)


def test_none_lists_what_there_was_and_never_what_was_typed(page: Page, finder: Finder) -> None:
    page.set_content(TABLE + "<a href='#'>戻る</a><input type=submit value='次へ'>")
    page.locator("#p").fill("himitsu1")
    with pytest.raises(StepFailure) as told:
        finder.pressable(Press("登録", "button"))
    assert "ボタン: 次へ" in str(told.value)
    assert "リンク: 戻る" in str(told.value)
    assert "■ログインID:" in str(told.value)
    assert "himitsu1" not in str(told.value)


@pytest.mark.parametrize(
    ("thing", "label", "id_"),
    [("各種取引", "担当者", "a"), ("各種取引", "承認者", "b"), ("指定許可管理", "承認者", "d")],
)
def test_a_box_is_found_by_its_row_and_its_column(
    page: Page, finder: Finder, thing: str, label: str, id_: str
) -> None:
    page.set_content(BOXES)
    assert finder.box(thing, label).get_attribute("id") == id_


def test_frames_of_the_window_in_front_are_looked_into(page: Page, finder: Finder) -> None:
    inner = "<b>サービス一覧</b><a href='#' id=x>ユーザ管理業務</a>"
    page.set_content(
        f"""<title>信金</title><iframe srcdoc="<p>案内</p>"></iframe><iframe srcdoc="{inner}"></iframe>"""
    )
    assert finder.screen("サービス一覧") is page
    assert finder.pressable(Press("ユーザ管理業務", "button")).get_attribute("id") == "x"


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>サービス一覧</h2>",
        "<title>サービス一覧 | 信金</title><h1></h1>",
        "<td><font size=5><b>サービス 一覧</b></font>",
        "<h3><img alt='サービス一覧' src='' width=9 height=9></h3>",
    ],
)
def test_a_screen_is_known_by_what_looks_like_its_title(page: Page, finder: Finder, markup: str) -> None:
    page.set_content(f"<table><tr>{markup}</table>" if "<td>" in markup else markup)
    assert finder.screen("サービス一覧") is page


@pytest.mark.parametrize(
    "markup", ["<h1>別</h1><b>トップ</b>", "<h1>別</h1><a href='#'><b>トップ</b></a>", "<p>トップ</p>"]
)
def test_words_elsewhere_are_no_title(page: Page, finder: Finder, markup: str) -> None:
    page.set_content(markup)
    assert finder.shows("トップ") is None


def test_the_file_goes_first_on_the_screen_that_it_names(page: Page, finder: Finder) -> None:
    page.set_content("<h1>ログイン</h1><button>進む</button><i id=stubborn>➡</i><span id=p>プリント</span>")
    assert finder.pressable(Press("進む", "button")).get_attribute("id") == "stubborn"
    assert finder.pressable(Press("印刷", "button")).get_attribute("id") == "p"
    page.set_content("<h1>べつ</h1><button>進む</button>")
    with pytest.raises(StepFailure, match="見つかりません"):
        finder.pressable(Press("進む", "button"))


def test_what_is_drawn_late_is_waited_for(page: Page, finder: Finder) -> None:
    page.set_content("<div id=app></div>")
    page.evaluate(
        "() => { setTimeout(() => { document.querySelector('#app').innerHTML ="
        " '<div id=x style=\"cursor: pointer\">次へ</div>'; }, 700); }"
    )
    assert finder.pressable(Press("次へ", "button")).get_attribute("id") == "x"


def test_what_only_words_have_found_is_not_waited_for_by_role_again(
    page: Page, opened: Windows, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.set_content(TABLE)
    finder.field("ログインID")
    finder._moment = 60  # seconds that this site's things may take to be found by role
    waits = []
    monkeypatch.setattr(opened, "pass_time", lambda: waits.append(1))
    assert finder.field("ログインID").get_attribute("id") == "i"
    assert not waits
    assert finder.field("ユーザ名").get_attribute("id") == "n"
    assert waits


def test_a_role_still_goes_before_words_where_words_were_needed_once(page: Page, finder: Finder) -> None:
    page.set_content(TABLE)
    finder.field("ログインID")
    page.set_content(f"{TABLE}<label>ログインID <input id=labelled></label>")
    assert finder.field("ログインID").get_attribute("id") == "labelled"
