"""自力 gives hints when asked, and fewer with time; テスト gives none and judges what is submitted."""

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

HINTS = ("手順の文を見る", "入力する内容を見る", "操作する場所を示す")


def to_login(trainee: Trainee, mode: str) -> Page:
    """Window B at ログイン, of procedure 1-1."""
    page = trainee.begin("1-1", mode)
    page.get_by_role("link", name="へきしん電子記録債権サービス").first.click()
    page.get_by_role("link", name=re.compile("案内画面")).first.click()
    with trainee.context.expect_page() as opened:
        page.get_by_role("button", name="ログイン", exact=True).click()
    opened.value.get_by_role("heading", name="ログイン", exact=True).wait_for()
    return opened.value


def log_in(page: Page, password: str) -> None:
    page.get_by_label("お客様ID", exact=True).fill(MASTER_ID)
    page.get_by_label("ログインパスワード", exact=True).fill(password)
    page.get_by_role("button", name="ログイン", exact=True).click()


def issued(trainee: Trainee) -> str:
    page = trainee.context.new_page()
    page.goto(f"{trainee.address}my/letter")
    found = page.locator(".fact", has_text="ログインパスワード").first.inner_text().split()[-1]
    page.close()
    return found


def coach_of(page: Page) -> Locator:
    return page.locator("densai-coach")


def shown(page: Page) -> list[bool]:
    """Whether sentence, values and marker are shown."""
    return [
        coach_of(page).locator(".c-text").count() > 0,
        page.locator("densai-value .value").count() > 0,
        coach_of(page).locator(".marker").is_visible(),
    ]


def test_hints_come_only_when_asked_one_at_a_time(trainee: Trainee) -> None:
    page = to_login(trainee, "try")
    coach = coach_of(page)
    for level, words in enumerate(HINTS):
        button = coach.get_by_role("button", name=words)
        expect(button).to_be_visible()
        assert shown(page) == [level > place for place in range(3)]
        button.click()
    expect(coach.get_by_role("button", name="案内に操作を任せる")).to_be_visible()
    assert shown(page) == [True, True, True]
    expect(coach.locator(".c-foot")).to_contain_text("ヒントを使うと、「自力で完了」にはなりません。")


def test_hints_fade_after_two_clean_passes_and_come_back_after_a_mistake(
    trainee: Trainee, latest: Callable[[], PracticeRow]
) -> None:
    trainee.sit_down()
    password = issued(trainee)
    for _ in range(2):
        page = to_login(trainee, "try")
        log_in(page, password)
        expect(coach_of(page).locator("[data-state=procedure_done]")).to_contain_text("自力で完了しました。")
        assert latest().outcome == "passed"
        page.close()
    page = to_login(trainee, "try")
    coach = coach_of(page)
    expect(coach.get_by_text("この手順は、続けて正しくできています。")).to_be_visible()
    coach.locator("[data-name=help]").click()
    expect(coach.locator(".c-text")).to_be_visible()
    expect(coach.locator("[data-name=help]")).to_have_count(0)  # and no more
    log_in(page, "machigai1")
    expect(coach.get_by_text("この手順は、続けて正しくできています。")).to_have_count(0)
    expect(coach.locator("[data-name=help]")).to_be_visible()


def test_a_test_that_is_passed(trainee: Trainee, latest: Callable[[], PracticeRow]) -> None:
    trainee.sit_down()
    password = issued(trainee)
    page = to_login(trainee, "measure")
    coach = coach_of(page)
    expect(coach.locator(".clock b")).to_have_text(re.compile("^[0-9]+分[0-9]{2}秒$"))
    assert shown(page) == [False, False, False]
    expect(coach.locator("[data-name=help], [data-name=act]")).to_have_count(0)
    assert coach.evaluate("c => c.state.step") is None  # nothing to read in the page's source either
    log_in(page, password)
    page.get_by_role("heading", name="ログインパスワード変更").wait_for()
    if latest().outcome == "":
        submit(trainee, page)
    assert latest().outcome == "passed"


def submit(trainee: Trainee, page: Page) -> None:
    """提出する, with a double click on what asks, and see the result."""
    coach = coach_of(page)
    coach.get_by_role("button", name="提出する", exact=True).dblclick()
    expect(coach.get_by_role("button", name="操作を続ける")).to_be_focused()
    coach.get_by_role("button", name="提出して採点する").click()
    trainee.context.pages[0].wait_for_url(re.compile("/my/result/"))


def test_a_test_that_is_failed_names_the_step_in_its_result(
    trainee: Trainee, latest: Callable[[], PracticeRow]
) -> None:
    page = to_login(trainee, "measure")
    coach = coach_of(page)
    coach.get_by_role("button", name="提出する", exact=True).click()
    coach.get_by_role("button", name="操作を続ける").click()
    expect(coach.get_by_role("button", name="提出する", exact=True)).to_be_focused()
    submit(trainee, page)
    assert latest().outcome == "failed"
    expect(trainee.context.pages[0].get_by_text("不合格").first).to_be_visible()


def test_what_is_next_after_a_procedure_begins_in_the_first_window(
    trainee: Trainee, latest: Callable[[], PracticeRow]
) -> None:
    trainee.begin("1-1", "learn")
    trainee.follow_to_the_end()
    done = trainee.context.pages[1].locator("densai-coach [data-state=procedure_done]")
    done.get_by_role("button", name="次の手順へ進む").click()
    trainee.context.pages[0].wait_for_url(re.compile("/bank/[a-z0-9]+/$"))
    assert (latest().course, latest().mode) == ("1-2", "learn")
    assert len(trainee.context.pages) == 2
