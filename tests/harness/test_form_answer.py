"""A form that was sent is not looked at before the site has answered it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions

SITE = "http://bank.test/"
FIELD = "<label>承認パスワード <input type=password></label>"
FETCHING = f'<h1>古い</h1>{FIELD}<button onclick="{{}}">実行</button>'
POST = (
    "fetch('/sent', {method: 'POST'}).then(answer => answer.text())"
    ".then(text => { document.body.innerHTML = text })"
)
LOOKS = 20
POLL = "fetch('/sent')"
NEW = f"<h1>新しい</h1>{FIELD}"


class SlowSite:
    """A site that answers what was sent only after it was looked at a few times."""

    def __init__(self, page: Page, form: str) -> None:
        self.held: list[Route] = []
        page.route(SITE, lambda route: route.fulfill(body=form, content_type="text/html; charset=utf-8"))
        page.route(f"{SITE}sent", self.hold)
        page.goto(SITE)

    def hold(self, route: Route) -> None:
        """Do not answer yet."""
        self.held.append(route)

    def answer(self) -> None:
        """Answer now."""
        self.held.pop().fulfill(body=NEW, content_type="text/html; charset=utf-8")


def asked_of(windows: Windows, finder: Finder, page_seconds: float = 30) -> WordQuestions:
    """Questions that wait but shortly where nothing is under way."""
    return WordQuestions(windows, finder, Profile(timeouts=Timeouts(page=page_seconds, redraw=0.3)))


@pytest.mark.parametrize("late", [False, True], ids=["clicked", "the click itself waited in vain"])
def test_a_slow_answer_is_waited_for(
    page: Page, opened: Windows, finder: Finder, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, breathe, seen = SlowSite(page, FETCHING.format(POST)), finder.breathe, list[str]()

    def breathing() -> None:
        breathe()
        seen.append(page.inner_text("h1"))
        if len(seen) == LOOKS:
            site.answer()

    monkeypatch.setattr(finder, "breathe", breathing)
    with asked_of(opened, finder).answered("承認パスワード"):
        with page.expect_request(f"{SITE}sent"):  # a click may return before the browser has told of it
            page.get_by_role("button").click()
        if late:
            raise StepFailure("クリックできません")
    assert page.inner_text("h1") == "新しい"
    assert seen[:LOOKS] == ["古い"] * LOOKS


def test_a_click_that_was_not_done_is_a_failure(page: Page, opened: Windows, finder: Finder) -> None:
    SlowSite(page, FETCHING.format(""))
    with (
        pytest.raises(StepFailure, match="クリックできません"),
        asked_of(opened, finder).answered("承認パスワード"),
    ):
        raise StepFailure("クリックできません")


def test_what_is_never_answered_is_trouble_of_the_site(page: Page, opened: Windows, finder: Finder) -> None:
    site = SlowSite(page, FETCHING.format(POST))
    with (
        pytest.raises(SiteTrouble, match=r"timeouts\.page"),
        asked_of(opened, finder, 0.5).answered("承認パスワード"),
    ):
        page.get_by_role("button").click()
    assert site.held


@pytest.mark.parametrize("script", ["", POLL], ids=["nothing", "a poll"])
def test_a_form_that_sends_nothing_is_not_waited_for(
    page: Page, opened: Windows, finder: Finder, script: str
) -> None:
    SlowSite(page, FETCHING.format(script))
    with asked_of(opened, finder, 0.5).answered("承認パスワード"):
        page.get_by_role("button").click()
    assert page.inner_text("h1") == "古い"


def test_a_window_that_closes_has_answered(page: Page, opened: Windows, finder: Finder) -> None:
    SlowSite(page, FETCHING.format(""))
    with asked_of(opened, finder).answered("承認パスワード"):
        page.close()
    assert not opened.all
