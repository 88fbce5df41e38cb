"""Whatever a site does to the browser, each question to it ends, and with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from steps.acceptance import probe
from steps.acceptance.connection_errors import ProxyWatch, open_failure
from steps.acceptance.probe_draft import report
from steps.driver import browser_watch
from steps.driver.browser_watch import MOST_WINDOWS, BrowserEnded, BrowserWatch, _Call
from steps.driver.failure import SiteTrouble, StepFailure
from steps.driver.profile import Profile, Timeouts
from steps.driver.site_watch import SiteWatch
from steps.evidence import failure_record
from steps.evidence.recorder import Recorder
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import Note, read_steps
from steps.masking import masked
from steps.proxy import Proxy
from tests.harness.hostile import ENDLESS, HOME, served

SOON = Timeouts(find=0.5, page=0.5)
QUICK = Profile(timeouts=Timeouts(find=0.3))  # nothing is waited for that will come


@pytest.fixture
def own_browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """A browser that may be ended: the others' tests have theirs."""
    made = launch_browser()
    yield made
    with suppress(PlaywrightError):
        made.close()


def told_by(watch: BrowserWatch, name: str, *, ticks: int) -> str:
    """Return the message after a call of this name has taken so many seconds."""
    watch._calls[name] = _Call(name)
    for _ in range(ticks):
        watch.tick(1)
    del watch._calls[name]
    return watch.why


def test_one_answer_may_take_as_long_as_a_page_and_no_longer() -> None:
    watch = BrowserWatch(Timeouts(find=10, page=30))
    assert told_by(watch, "count", ticks=40) == ""
    assert "40 秒のあいだ応答しないため" in told_by(watch, "evaluate", ticks=41)


def test_many_answers_may_take_twice_as_long_together_but_what_waits_by_itself_is_not_counted() -> None:
    watch = BrowserWatch(Timeouts(find=10, page=30))
    for _ in range(100):
        assert told_by(watch, "wait_for_timeout", ticks=30) == ""
        assert told_by(watch, "goto", ticks=30) == ""
    for _ in range(4):
        assert told_by(watch, "count", ticks=20) == ""
    assert "80 秒のあいだ応答しないため" in told_by(watch, "count", ticks=1)


def test_a_page_that_never_answers_ends_the_browser_and_all_that_is_asked_then(
    own_browser: Browser, tmp_path: Path
) -> None:
    watch, page = BrowserWatch(SOON), own_browser.new_page()
    recorder = Recorder(tmp_path, RunInfo("試験"), set)
    with watch.watching(own_browser):
        page.set_content(HOME)
        with pytest.raises(BrowserEnded, match="応答しないため、ブラウザーを終了しました"):
            page.evaluate(f"() => {{ {ENDLESS} }}")
        with pytest.raises(SiteTrouble, match="応答しないため"):
            page.title()
        recorder.record_screen(page, "failed")
        failure_record.save([page], tmp_path / "failed", set())
    assert not own_browser.is_connected()
    assert [each.text for each in read_steps(tmp_path) if isinstance(each, Note)]
    assert watch.why in (tmp_path / "failed" / "window1.txt").read_text(encoding="utf-8")


def test_an_act_that_a_page_has_taken_begins_the_count_anew(page: Page) -> None:
    browser = page.context.browser
    assert browser
    watch = BrowserWatch(Timeouts())
    with watch.watching(browser):
        page.set_content("<input><button disabled>")
        watch._spent = 5
        page.locator("input").fill("x")
        assert watch._spent == 0
        watch._spent = 5
        with suppress(PlaywrightError):
            page.locator("button").click(timeout=1)
        assert page.locator("input").input_value() == "x"
        assert watch._spent >= 5


def test_a_playwright_that_waits_in_another_way_is_used_unwatched(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = page.context.browser
    assert browser
    monkeypatch.setattr(browser_watch, "WAITING", "no_such_function")
    with BrowserWatch(SOON).watching(browser):
        page.set_content(HOME)
        assert page.title() == "当金庫ホームページ"


def test_windows_without_end_end_the_browser(own_browser: Browser) -> None:
    watch, context = BrowserWatch(Timeouts()), own_browser.new_context()
    with watch.watching(own_browser):
        watch.count_windows(context)
        page = context.new_page()
        page.evaluate("() => { setInterval(() => open('about:blank'), 1) }")
        with pytest.raises(BrowserEnded, match=f"{MOST_WINDOWS} 個を超えた"):
            page.wait_for_event("download", timeout=60_000)


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with served() as address:
        yield address


def test_a_page_that_does_not_come_in_the_middle_of_a_run_is_told_until_another_comes(
    page: Page, context: BrowserContext, hostile: str
) -> None:
    watch = SiteWatch(context, print, lambda: False)
    page.goto(f"{hostile}/signs")
    watch.look([page])
    with page.expect_event("requestfailed"):
        page.evaluate("() => { location = '/reset' }")
    with pytest.raises(SiteTrouble, match=r"接続が切れました。.*ERR_CONNECTION_RESET"):
        watch.look([page])
    page.goto(f"{hostile}/signs")
    watch.look([page])


def probed(browser: Browser, address: str) -> str:
    """Return the output of probing an address, as its command prints it."""
    try:
        pages = probe.walked(browser, {}, address, ProxyWatch(Proxy()), QUICK)
        return masked("\n".join(report(pages)), set())
    except StepFailure as failure:
        return str(failure)
    except PlaywrightError as error:
        return open_failure(error.message, address)
    finally:
        for context in browser.contexts:
            context.close()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("redirect", "転送がいつまでも終わりません。"),
        ("reset", "接続が切れました。"),
        ("alert-interval", "予期しないダイアログが表示されました: お知らせ"),
        ("401", "site.user と site.password"),
        ("500", "サイトがエラー 500 を返しました。"),
        ("503", "サイトがエラー 503 を返しました。"),
    ],
)
def test_what_a_broken_site_does_is_told_in_a_sentence(
    browser: Browser, hostile: str, path: str, told: str
) -> None:
    assert told in probed(browser, f"{hostile}/{path}")


@pytest.mark.parametrize(("path", "told"), [("signs", "リンク: ␛]0;mine␇"), ("garbage", "見つかりました")])
def test_what_cannot_be_read_is_told_in_signs_that_can(
    browser: Browser, hostile: str, path: str, told: str
) -> None:
    found = probed(browser, f"{hostile}/{path}")
    assert told in found
    assert all(each.isprintable() or each == "\n" for each in found)
