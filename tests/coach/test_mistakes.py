"""案内つき: more is said with each refusal, at every form; the coach acts where it is left to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from simulator.manual.grammar import Fill, Press
from simulator.training.lessons import courses, item_of
from simulator.training.practice import kept
from tests.coach.axe import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from simulator.store.training import PracticeRow
    from simulator.training.lessons import Item
    from tests.coach.trainee import Trainee

TITLES = tuple("受け付けられませんでした" + (f"（{n}回目）" if n > 1 else "") for n in (1, 2, 3, 4))


def refused(page: Page, button: str) -> None:
    """Send a form in which everything is empty or off."""
    for box in page.locator("input:not([type=hidden]):not([type=checkbox]):visible").all():
        box.fill("")
    for box in page.locator("input[type=checkbox]:checked:visible").all():
        box.uncheck()
    page.get_by_role("button", name=button, exact=True).first.click()
    page.get_by_text("入力内容をご確認ください").wait_for()


def form_of(item: Item) -> str:
    """The button that sends what a step has typed; "" for a step that types nothing."""
    last = item.actions[-1]
    typed = any(isinstance(action, Fill) for action in item.actions)
    return last.label if typed and isinstance(last, Press) else ""


def forms(course: str) -> list[str]:
    """The steps of a course that send a form, each once."""
    return list(dict.fromkeys(item.key for item in courses()[course].items if form_of(item)))


# Every form of the manual, and the drills that have forms of their own.
COURSES = ["all", *(id_ for id_ in courses() if set(forms(id_)) - set(forms("all")))]


def refusal_of(page: Page) -> Locator:
    return page.locator("densai-coach [data-state=refusal]")


@pytest.mark.parametrize("course", COURSES)
def test_four_refusals_at_every_form_say_more_each_time(trainee: Trainee, course: str) -> None:
    done: list[str] = []
    found: list[str] = []

    def err(page: Page, key: str) -> None:
        button = form_of(item_of(key))
        if not button:
            return
        for level, title in enumerate(TITLES, 1):
            refused(page, button)
            expect(refusal_of(page).locator("h3")).to_have_text(title)
            assert 1 <= refusal_of(page).locator(".c-faults li").count() <= 2
            offered = refusal_of(page).locator("[data-name=act]").count()
            assert offered == (level == 4)
        if key == "2-1.4":
            found.extend(faults(page))
        done.append(key)

    trainee.begin(course, "learn")
    trainee.follow_to_the_end(err)
    assert done == forms(course)
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
