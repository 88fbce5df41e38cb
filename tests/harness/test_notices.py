"""Notices in front of a page are closed where the file lists them, and told; nothing else is."""

from __future__ import annotations

import tomllib

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page

from simulator.manual.grammar import parse
from steps.driver.failure import StepFailure, UnexpectedDialog
from steps.driver.find import Finder
from steps.driver.hands import Hands
from steps.driver.profile import Notice, Profile, Timeouts
from steps.driver.site_watch import Untroubled
from steps.driver.story import Story
from steps.driver.windows import Windows

NOTICE = Notice("重要なお知らせ", "閉じる")
COVER = "<div id=cover style='position: fixed; inset: 0; background: white'>{}</div>"
CLOSING = "<p>重要な お知らせ</p><a href='#' onclick=\"document.querySelector('#cover').remove()\">閉じる</a>"
PAGE = "<h1>サービス一覧</h1><button onclick=\"document.title = 'go'\">次へ</button><button>閉じる</button>"
GO = parse("「次へ」ボタンをクリックする")


class Site:
    """A driver with a file of notices, and what it has told of them."""

    def __init__(self, windows: Windows, story: Story, *notices: Notice) -> None:
        profile = Profile(notices=list(notices), timeouts=Timeouts(find=1.5, perhaps=0.3))
        self.find, self.told = Finder(windows, profile), list[str]()
        self.find.in_front.on_closed = self.told.append
        self.hands = Hands(windows, self.find, story, "about:blank", profile)


def test_a_notice_over_a_page_is_closed_by_its_own_button_and_told(
    page: Page, opened: Windows, story: Story
) -> None:
    site = Site(opened, story, NOTICE)
    page.set_content(PAGE + COVER.format(CLOSING))
    site.hands.perform(GO)
    assert page.title() == "go"
    assert site.told == ["お知らせを閉じました: 「重要なお知らせ」（「閉じる」）"]
    site.hands.perform(GO)
    assert len(site.told) == 1


def test_without_a_line_it_is_told_what_stands_in_front_and_how_to_list_it(
    page: Page, opened: Windows, story: Story
) -> None:
    page.context.set_default_timeout(300)
    page.set_content(PAGE + COVER.format(f"<p>11月26日</p>{CLOSING}"))
    with pytest.raises(StepFailure, match="重なっています: 「11月26日 重要な お知らせ") as told:
        Site(opened, story, Notice("メンテナンス", "閉じる")).hands.perform(GO)
    (line,) = tomllib.loads(str(told.value).partition("写す行:")[2])["notices"]
    assert line == {"words": "重要な お知らせ", "close": "閉じる"}
    Site(opened, story, Notice(**line)).hands.perform(GO)
    assert page.title() == "go"


def test_a_notice_that_comes_while_something_is_clicked_is_closed(
    page: Page, opened: Windows, story: Story
) -> None:
    site = Site(opened, story, NOTICE)
    page.set_content(PAGE + COVER.format(""))
    fill = "html => setTimeout(() => { document.querySelector('#cover').innerHTML = html }, 400)"
    page.evaluate(fill, CLOSING)
    site.hands.perform(GO)
    assert page.title() == "go"


def test_a_page_in_between_is_passed_and_a_notice_on_another_screen_is_left(
    page: Page, opened: Windows, story: Story
) -> None:
    leave = "document.body.innerHTML = document.querySelector('template').innerHTML"
    page.set_content(
        f"<h1>ご案内</h1><p>重要なお知らせ</p><a href='#' onclick=\"{leave}\">次に進む</a>"
        f"<template>{PAGE}</template>"
    )
    listed = replace(NOTICE, close="次に進む")
    with pytest.raises(StepFailure, match="「サービス一覧」画面が見つかりません"):
        Site(opened, story, replace(listed, screen="ログイン")).find.screen("サービス一覧")
    site = Site(opened, story, replace(listed, screen="ご案内"))
    assert site.find.screen("サービス一覧") is page
    assert site.told


def test_a_notice_that_does_not_go_is_told(page: Page, opened: Windows, story: Story) -> None:
    page.set_content(PAGE + "<p>重要なお知らせ <button>了解</button></p>")
    with pytest.raises(StepFailure, match="お知らせ「重要なお知らせ」が「了解」を押しても消えません。"):
        Site(opened, story, replace(NOTICE, close="了解")).find.screen("サービス一覧")


ALERT = "alert('前回のご利用：2026年11月26日');"
LEAVE = "if (confirm('終わりますか')) document.title = 'out'"


def test_a_listed_alert_is_answered_and_a_question_still_waits_for_its_sentence(
    page: Page, opened: Windows, story: Story
) -> None:
    site = Site(opened, story, Notice(alert="前回の ご利用"), Notice(alert="終わりますか"))
    page.set_content(f'<button onclick="{ALERT}{LEAVE}">ログアウト</button>')
    pressing, answering = map(parse, ("「ログアウト」ボタンをクリックする", "「OK」ボタンをクリックする"))
    site.hands.perform(pressing, answering)
    assert opened.dialog
    site.hands.perform(answering)
    page.wait_for_function("document.title === 'out'")
    assert site.told == ["ダイアログに「OK」で答えました: 「前回のご利用：2026年11月26日」"]


def test_an_alert_that_is_not_listed_is_refused(page: Page, opened: Windows, story: Story) -> None:
    site = Site(opened, story, Notice(alert="満期"))
    page.set_content(f'<button onclick="{ALERT}">次へ</button>')
    site.hands.perform(GO)
    with pytest.raises(UnexpectedDialog, match="予期しないダイアログが表示されました: 前回のご利用"):
        site.find.screen("サービス一覧")
    assert not site.told


@pytest.mark.parametrize(
    ("notice", "right"),
    [
        ({"words": "重要", "close": "閉じる"}, True),
        ({"words": "重要", "close": "閉じる", "screen": "トップ"}, True),
        ({"alert": "前回"}, True),
        ({}, False),
        ({"words": "重要"}, False),
        ({"close": "閉じる"}, False),
        ({"words": "　", "close": "閉じる"}, False),
        ({"words": "重要", "close": "閉じる", "alert": "前回"}, False),
        ({"alert": "前回", "screen": "トップ"}, False),
    ],
)
def test_a_notice_is_on_the_page_or_an_alert(notice: dict[str, str], right: bool) -> None:
    if right:
        assert Notice(**notice).screen in ("", "トップ")
    else:
        with pytest.raises(ValueError, match="words と close"):
            Notice(**notice)


class Asked(Untroubled):
    """Keeps what a person is asked to do, and has it done at once."""

    def __init__(self, page: Page, then: str) -> None:
        self.page, self.then, self.needed = page, then, list[str]()

    def person_needed(self, screen: str, what: str) -> None:
        self.needed.append(f"{screen}: {what}")
        self.page.set_content(self.then)


@pytest.mark.parametrize("passed", [True, False])
def test_a_screen_that_needs_a_person_is_waited_at(page: Page, opened: Windows, passed: bool) -> None:
    waits = Timeouts(find=0.2, role=0.01, pause=0.1)
    finder = Finder(opened, Profile(pause={"追加の確認": "番号を入力"}, timeouts=waits))
    page.set_content("<h1>追加の確認</h1>")
    finder.watch = asked = Asked(page, PAGE if passed else "<h1>追加の確認</h1>")
    if passed:
        assert finder.screen("サービス一覧") is page
    else:
        with pytest.raises(StepFailure, match="「追加の確認」画面で待ちましたが、操作されませんでした"):
            finder.screen("サービス一覧")
    assert asked.needed == ["追加の確認: 番号を入力"]
