"""The hands tell of each thing before they use it, and the publishing watcher takes pictures of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.manual.grammar import parse
from steps.publishing.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page

    from steps.driver.hands import Hands
    from steps.driver.story import Story
    from steps.driver.use_observer import Kind
    from steps.driver.windows import Windows
    from steps.publishing.book import Picture

    Watch = Callable[..., tuple[Picture, ...]]

FORM = """<title>設定｜訓練用</title><main><h2>権限リスト</h2>
<table><tr><th scope="row">でんさい確認</th><td><label><input type="checkbox"> 利用</label></td></tr>
<tr><th scope="row">各種取引</th><td><label><input type="checkbox"> 担当者</label></td></tr></table>
<label for="b">承認パスワード</label><input id="b" type="password">
<button onclick="document.title = '済み'">確認</button>
<button onclick="confirm('終わりますか')">ログアウト</button></main>"""


class Told:
    """Keeps what was told, with how many boxes were ticked and what had been typed by then."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.uses: list[tuple[str, str, int, str]] = []

    def using(self, kind: Kind, word: str, _thing: Locator | None, value: str = "") -> None:
        if kind == "answer":  # the page is held up
            self.uses.append((kind, word, 0, value))
            return
        ticked = self._page.get_by_role("checkbox", checked=True).count()
        self.uses.append((kind, word, ticked, self._page.get_by_label("承認パスワード").input_value()))


@pytest.fixture
def watch(
    browser: Browser, hands: Hands, opened: Windows, story: Story
) -> Callable[..., tuple[Picture, ...]]:
    """Does sentences as one step, and returns its pictures."""
    watcher = Watcher(browser, opened, story.seen())
    hands.uses = watcher

    def do(*sentences: str) -> tuple[Picture, ...]:
        watcher.begin("1-1.1")
        for place, sentence in enumerate(sentences):
            after = parse(sentences[place + 1]) if place + 1 < len(sentences) else ()
            hands.perform(parse(sentence), after)
        return watcher.end()

    return do


def test_each_thing_is_told_of_before_it_is_used(page: Page, hands: Hands, story: Story) -> None:
    page.set_content(FORM)
    told = Told(page)
    hands.uses = told
    hands.perform(parse("利用する業務をチェックし、承認パスワードを入力し、「確認」ボタンをクリックする"))
    typed = story.me.approval_password
    assert told.uses == [
        ("tick", "", 0, ""),
        ("tick", "", 1, ""),
        ("fill", "承認パスワード", 2, ""),
        ("press", "確認", 2, typed),
    ]


def test_boxes_of_one_table_are_one_mark_and_the_picture_is_taken_before_the_press(
    page: Page, watch: Watch, story: Story
) -> None:
    page.set_content(FORM)
    (shown,) = watch("利用する業務をチェックし、承認パスワードを入力し、「確認」ボタンをクリックする")
    assert [str(each) for each in shown.marks] == [
        "「権限リスト」の欄をチェック",
        f"「承認パスワード」に {story.me.approval_password} と入力",
        "「確認」をクリック",
    ]
    assert (shown.screen, page.title()) == ("設定", "済み")
    assert page.evaluate("document.querySelector('densai-marks')") is None


def test_a_question_of_the_browsers_own_is_a_picture_after_that_of_its_button(
    page: Page, watch: Watch
) -> None:
    page.set_content(FORM)
    pictures = watch("「ログアウト」ボタンをクリックする", "「OK」ボタンをクリックする")
    assert [(str(*each.marks), each.is_dialog) for each in pictures] == [
        ("「ログアウト」をクリック", False),
        ("「OK」をクリック", True),
    ]


def test_data_that_are_looked_at_are_framed_together(page: Page, watch: Watch, story: Story) -> None:
    page.set_content(f"<main><h1>確認</h1><p>{'、'.join(story.seen())}</p></main>")
    (shown,) = watch("登録したユーザ情報を確認する")
    assert [str(each) for each in shown.marks] == ["登録したユーザ情報を確認"]


def test_a_step_that_uses_nothing_has_a_picture_of_its_screen(page: Page, watch: Watch) -> None:
    page.set_content("<title>トップ｜訓練用</title><main>トップ</main>")
    (shown,) = watch()
    assert (shown.screen, shown.marks) == ("トップ", ())
