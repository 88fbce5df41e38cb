"""Where a form does not lead on, the site's own words come first, with what they probably mean."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.form_reply import NO_REPLY, NOT_THE_NAME, NOT_THE_VALUE, NOTHING_SAID, FormReplies
from steps.driver.naming_observer import Named
from steps.driver.site_watch import SiteWatch

FORM = (
    "<h1>ログイン</h1><p>誤りが続くとロックされます。</p><form><label>お客様ID <input name=i></label>"
    "<label>パスワード <input name=p type=password></label><button>ログイン</button></form>"
)
WRONG = "<p class=e>ログインIDまたはパスワードに誤りがあります。</p>"


class Proposals:
    """Notes what is proposed for the deployment file."""

    def __init__(self) -> None:
        self.proposed: list[str] = []

    def found(self, *_: object) -> None:
        """Nothing."""

    def missed(self, named: Named, _pages: object) -> str:
        self.proposed.append(named.what)
        return "\n  写す行"


@pytest.mark.parametrize(
    ("came", "words", "meaning", "refused"),
    [
        (f"{FORM}{WRONG}", "「ログインIDまたはパスワードに誤りがあります。」", NOT_THE_NAME, True),
        (f"{FORM}<p>もう一度どうぞ</p>", "「もう一度どうぞ」", NOT_THE_NAME, True),
        (FORM, "なし（同じ画面のままです）", NOTHING_SAID, True),
        ("<h1>エラー</h1><p>E-102</p><a href=#>戻る</a>", "「エラー」", NOT_THE_NAME, True),
        (f"<h1>お知らせ</h1>{WRONG}", "「ログインIDまたはパスワードに誤りがあります。」", NOT_THE_NAME, True),
        ("<h1>ご利用メニュー</h1><p>業務をお選びください。</p>", "「ご利用メニュー」", NOT_THE_VALUE, False),
        ("<p>一覧</p>", "見出しのない画面", NOT_THE_VALUE, False),
    ],
)
def test_the_reply_to_a_form_is_quoted_with_its_likely_meaning(
    page: Page, came: str, words: str, meaning: str, *, refused: bool
) -> None:
    replies = FormReplies()
    page.set_content(FORM)
    replies.sending([page])
    page.set_content(came)
    reply = replies.reply([page])
    assert (reply.told, reply.refused) == (f"サイトの表示: {words}。{meaning}\n", refused)


def test_without_a_form_that_was_sent_there_is_no_reply(page: Page) -> None:
    replies = FormReplies()
    assert replies.reply([page]) == NO_REPLY
    page.set_content("<h1>案内</h1><button>ログイン</button>")
    replies.sending([page])
    assert replies.reply([page]) == NO_REPLY
    page.set_content(FORM)
    replies.sending([page])
    replies.forget()
    assert replies.reply([page]) == NO_REPLY
    replies.sending([page])
    assert replies.reply([]) == NO_REPLY


@pytest.mark.parametrize(
    ("came", "first", "proposed"),
    [
        (f"{FORM}{WRONG}", "サイトの表示: 「ログインIDまたはパスワードに誤りがあります。」。", []),
        ("<h1>ご利用メニュー</h1>", "サイトの表示: 「ご利用メニュー」。", ["「サービス一覧」画面"]),
    ],
)
def test_a_screen_that_does_not_come_is_told_by_the_reply_and_a_refusal_proposes_nothing(
    page: Page, context: BrowserContext, finder: Finder, came: str, first: str, proposed: list[str]
) -> None:
    finder.watch = watch = SiteWatch(context, print, lambda: False)
    finder.notes = notes = Proposals()
    page.set_content(FORM)
    watch.pressing([page])
    page.set_content(came)
    with pytest.raises(StepFailure) as caught:
        finder.screen("サービス一覧")
    assert str(caught.value).startswith(first)
    assert "「サービス一覧」画面が見つかりません。" in str(caught.value).splitlines()[1]
    assert notes.proposed == proposed
