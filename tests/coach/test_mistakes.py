"""案内つき: more is said with each refusal, at every form; the coach acts where it is left to it.

The forms that only drills have are refused in test_journey, on the way through them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from simulator.training.lessons import item_of
from simulator.training.practice import kept
from tests.coach.axe import faults
from tests.coach.refusing import Refusals, form_of, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from simulator.store.training import PracticeRow
    from tests.coach.trainee import Trainee


def test_four_refusals_at_every_form_say_more_each_time(trainee: Trainee) -> None:
    refusals, found = Refusals(), list[str]()

    def err(page: Page, key: str) -> None:
        refusals.before(page, key)
        if key == "2-1.4":
            found.extend(faults(page))

    trainee.begin("all", "learn")
    trainee.follow_to_the_end(err)
    assert refusals.done == forms("all")
    assert not found


def test_what_is_left_to_the_coach_is_done_and_counted_as_guided(
    trainee: Trainee, latest: Callable[[], PracticeRow]
) -> None:
    left: list[str] = []

    def leave(page: Page, key: str) -> None:
        act = page.locator("densai-coach .c-foot [data-name=act]")
        if form_of(item_of(key)) and act.count():
            act.click()
            left.append(key)

    trainee.begin("2-1", "learn")
    trainee.follow_to_the_end(leave)
    assert left
    row = latest()
    assert row.outcome == "done"
    assert kept(row).faults_in_all == 0


def test_a_locked_master_asks_the_banks_desk_and_goes_on(trainee: Trainee) -> None:
    page = trainee.begin("1-1", "learn")
    page.goto(f"{page.url}login")
    coach = page.locator("densai-coach")
    for number in range(6):
        expect(coach.locator("[data-state=locked]")).to_have_count(0)
        page.get_by_label("お客様ID", exact=True).fill("d-1560heki")
        page.get_by_label("ログインパスワード", exact=True).fill(f"machigai{number}")
        page.get_by_role("button", name="ログイン", exact=True).click()
        page.get_by_text("入力内容をご確認ください").wait_for()
    locked = coach.locator("[data-state=locked]")
    expect(locked).to_contain_text("続けて6回間違えました")
    locked.get_by_role("button", name="窓口に申し出る").click()
    expect(coach.locator("[data-state=unlocked]")).to_contain_text("間違いの回数は0回に戻りました")
    expect(page.locator("densai-value .value").first).to_be_visible()
