"""案内つき: help rises one level with each mistake, at every step where the bank can see one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from simulator.manual.grammar import Fill, Press
from simulator.manual.wording import fold
from simulator.training.lessons import courses, item_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from simulator.training.lessons import Item
    from tests.coach.trainee import Trainee

HINTS = (
    "画面のメッセージをお読みください。",
    "もう一度、次のとおりに操作してください。",
    "光っているところを操作してください。",
    "「代わりに操作します」を押すと、案内が操作します。",
)


def _refused(page: Page, button: str) -> None:
    """Send a form in which everything is empty or off."""
    for box in page.locator("input:not([type=hidden]):not([type=checkbox]):visible").all():
        box.fill("")
    for box in page.locator("input[type=checkbox]:checked:visible").all():
        box.uncheck()
    page.get_by_role("button", name=button, exact=True).first.click()
    page.get_by_text("入力内容をご確認ください").wait_for()


def _form(item: Item) -> str:
    """The button that sends what a step has typed; "" for a step that types nothing."""
    last = item.actions[-1]
    typed = any(isinstance(action, Fill) for action in item.actions)
    return last.label if typed and isinstance(last, Press) else ""


def _forms(course: str) -> list[str]:
    """The steps of a course that send a form, each once."""
    return list(dict.fromkeys(item.key for item in courses()[course].items if _form(item)))


# Every form of the manual, and the drills that have forms of their own.
COURSES = ["all", *(id_ for id_ in courses() if set(_forms(id_)) - set(_forms("all")))]


@pytest.mark.parametrize("course", COURSES)
def test_four_levels_one_after_another(trainee: Trainee, course: str) -> None:
    done: list[str] = []

    def err(_trainee: Trainee, page: Page, key: str) -> None:
        button = _form(item_of(key))
        if not button:
            return
        for level, hint in enumerate(HINTS, 1):
            _refused(page, button)
            coach = page.locator("densai-coach")
            expect(coach.locator(".mistake .hint")).to_have_text(hint)
            assert fold(page.locator(".alert li, [role=alert] li").first.inner_text()) in fold(
                coach.locator(".mistake p").first.inner_text()
            )
            strong = coach.locator(".marker.strong")
            assert strong.count() == (level >= 3)
            assert coach.locator(".instead").count() == (level == 4)
        done.append(key)

    trainee.begin(course, "learn")
    trainee.follow_to_the_end(err)
    assert done == _forms(course)
