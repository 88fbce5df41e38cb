"""自力 gives help only when asked, and less of it with time; テスト gives none and judges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from simulator.bank.people import MASTER_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from simulator.store.training import PracticeRow
    from tests.coach.trainee import Trainee


def _to_login(trainee: Trainee, mode: str) -> Page:
    """Window B at ログイン, of procedure 1-1."""
    page = trainee.begin("1-1", mode)
    page.get_by_role("link", name="へきしん電子記録債権サービス").first.click()
    page.get_by_role("link", name=re.compile("案内")).first.click()
    with trainee.context.expect_page() as opened:
        page.get_by_role("button", name="ログイン", exact=True).click()
    opened.value.get_by_role("heading", name="ログイン", exact=True).wait_for()
    return opened.value


def _log_in(page: Page, password: str) -> None:
    page.get_by_label("お客様ID").fill(MASTER_ID)
    page.get_by_label("ログインパスワード", exact=True).fill(password)
    page.get_by_role("button", name="ログイン", exact=True).click()


def _issued(trainee: Trainee) -> str:
    page = trainee.context.new_page()
    page.goto(f"{trainee.address}my/letter")
    found = page.get_by_role("row", name=re.compile("^ログインパスワード")).or_(
        page.locator(".fact", has_text="ログインパスワード")
    )
    words = found.first.inner_text().split()[-1]
    page.close()
    return words


def _coach(page: Page) -> Locator:
    return page.locator("densai-coach")


def test_help_comes_only_when_asked_one_level_at_a_time(trainee: Trainee) -> None:
    page = _to_login(trainee, "try")
    coach = _coach(page)
    expect(coach.locator("[data-name=help]")).to_be_visible()
    for part in (".sentence", ".values", ".marker:not([hidden])", ".instead"):
        expect(coach.locator(part)).to_have_count(0)
    for part in (".sentence", ".values", ".marker:not([hidden])", ".instead"):
        coach.locator("[data-name=help]").click()
        expect(coach.locator(part)).to_have_count(1)


def test_help_fades_after_two_clean_passes_and_comes_back_after_a_mistake(
    trainee: Trainee, latest: Callable[[], PracticeRow]
) -> None:
    trainee.sit_down()
    password = _issued(trainee)
    for _ in range(2):
        page = _to_login(trainee, "try")
        _log_in(page, password)
        expect(_coach(page).locator(".step")).to_have_text("自分の力で、最後までできました。")
        assert latest().outcome == "passed"
        page.close()
    page = _to_login(trainee, "try")
    expect(_coach(page).get_by_text("この手順はもう覚えました。")).to_be_visible()
    _coach(page).locator("[data-name=help]").click()
    expect(_coach(page).locator(".sentence")).to_be_visible()
    expect(_coach(page).locator("[data-name=help]")).to_have_count(0)  # and no more
    _log_in(page, "machigai1")
    expect(_coach(page).get_by_text("この手順はもう覚えました。")).to_have_count(0)
    expect(_coach(page).locator("[data-name=help]")).to_be_visible()


def test_a_measured_pass(trainee: Trainee, latest: Callable[[], PracticeRow]) -> None:
    trainee.sit_down()
    password = _issued(trainee)
    page = _to_login(trainee, "measure")
    coach = _coach(page)
    expect(coach.locator(".clock")).to_have_text(re.compile("^残り時間"))
    for part in (".sentence", ".values", ".marker:not([hidden])", "[data-name=help]", ".instead"):
        expect(coach.locator(part)).to_have_count(0)
    assert coach.evaluate("c => c.state.item") is None  # nothing to read in the page's source either
    _log_in(page, password)
    expect(_coach(page).locator(".step")).to_have_text("合格です。")
    assert latest().outcome == "passed"


def test_a_measured_failure_names_the_step(trainee: Trainee, latest: Callable[[], PracticeRow]) -> None:
    page = _to_login(trainee, "measure")
    memo = trainee.context.new_page()
    memo.goto(f"{trainee.address}my/memo")
    expect(memo.get_by_text("テスト", exact=False).first).to_be_visible()
    assert MASTER_ID not in memo.content()
    memo.close()
    _coach(page).get_by_role("button", name="提出する").click()
    _coach(page).get_by_role("button", name="続ける").click()
    _coach(page).get_by_role("button", name="提出する").click()
    _coach(page).get_by_role("button", name="提出する").click()
    expect(_coach(page).locator(".step")).to_contain_text("不合格です。")
    assert latest().outcome == "failed"
    page = trainee.context.pages[0]
    page.goto(f"{trainee.address}my")
    expect(page.get_by_text("最初に違っていた手順：手順1-1")).to_be_visible()
