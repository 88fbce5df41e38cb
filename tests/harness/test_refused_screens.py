"""「セッション終了」 and 「利用できません」 on a site of somebody else: anything but going on will do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from steps.acceptance.refused_screens import RefusedScreens, is_refused_screen
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.hands import Hands
from steps.driver.profile import Profile, Timeouts
from steps.driver.remarks import SHOWN, Remarks
from steps.driver.windows import Windows

WAITS = Timeouts(find=0.8, role=0.01, perhaps=0.2)
OVER, SHUT = "セッション終了", "利用できません"
LEFT = "<h1>ログアウト</h1><p>ありがとうございました。</p>"
TOP = "<h1>トップ</h1><a role=tab href='#' onclick=\"{}\">管理業務を実施する</a>"


@pytest.fixture
def profile() -> Profile:
    return Profile(timeouts=WAITS, exact=False)


@pytest.fixture
def remarks() -> Remarks:
    return Remarks()


@pytest.fixture
def refused(opened: Windows, finder: Finder, hands: Hands, remarks: Remarks) -> RefusedScreens:
    return RefusedScreens(opened, finder, hands, remarks, WAITS)


def test_only_screens_that_the_manual_does_not_show_are_judged_so() -> None:
    assert is_refused_screen(OVER)
    assert is_refused_screen(SHUT)
    assert not is_refused_screen("ログアウト")


def answered(page: Page, refused: RefusedScreens, screen: str, before: str, after: str) -> None:
    page.set_content(before)
    refused.remember(screen)
    page.set_content(after)
    refused.arrive(screen)


def test_our_own_screen_is_no_remark(page: Page, refused: RefusedScreens, remarks: Remarks) -> None:
    answered(page, refused, OVER, LEFT, "<h1>セッション終了</h1>")
    assert remarks.differences == []


@pytest.mark.parametrize(
    "after",
    [
        "<title>エラー</title><h1>再度ログインしてください</h1>",
        "<title>エラー</title>" + LEFT,
        "<title>エラー</title>" + LEFT.replace("ありがとう", "操作できません。ありがとう"),
    ],
)
def test_any_other_answer_refuses(page: Page, refused: RefusedScreens, remarks: Remarks, after: str) -> None:
    answered(page, refused, OVER, LEFT, after)
    assert remarks.differences == [(SHOWN, f"「{OVER}」画面", "エラー")]


@pytest.mark.parametrize(
    ("screen", "came"), [(OVER, "管理業務を実施する"), (SHUT, "トップ"), (SHUT, "承認パスワード変更")]
)
def test_going_on_is_a_failure(page: Page, refused: RefusedScreens, screen: str, came: str) -> None:
    with pytest.raises(StepFailure, match=f"「{came}」画面が表示されました"):
        answered(page, refused, screen, LEFT, f"<h1>{came}</h1>")


def test_a_screen_that_the_browser_has_kept_must_not_work(
    page: Page, refused: RefusedScreens, remarks: Remarks
) -> None:
    answered(page, refused, OVER, LEFT, TOP.format("document.body.append('時間切れです')"))
    assert [kind for kind, _, _ in remarks.differences] == [SHOWN]
    works = "document.querySelector('h1').textContent = '管理業務を実施する'"
    with pytest.raises(StepFailure, match="「管理業務を実施する」画面が表示されました"):
        answered(page, refused, OVER, LEFT, TOP.format(works))


def test_the_way_back_may_be_closed(page: Page, opened: Windows) -> None:
    page.route("http://bank.example/**", serve)
    page.goto("http://bank.example/form")
    page.click("button")
    page.goto("http://bank.example/next")
    refusal = opened.go_back()
    assert refusal in ("", "ERR_CACHE_MISS")


def serve(route: Route) -> None:
    form = "<form action=/sent method=post><button>送る</button></form>"
    headers = {"Cache-Control": "no-store"}
    route.fulfill(body=form, content_type="text/html", headers=headers)


def test_a_way_back_that_fails_otherwise_is_told_in_a_sentence(page: Page, opened: Windows) -> None:
    page.route("http://bank.example/**", serve)
    page.goto("http://bank.example/form")
    page.goto("http://bank.example/next")
    page.unroute_all()
    page.route("http://bank.example/**", lambda route: route.abort("connectionreset"))
    with pytest.raises(StepFailure, match="前の画面に戻れません: "):
        opened.go_back()
