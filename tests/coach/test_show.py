"""見本 in a browser that blocks what no click opened: the whole manual, and every drill.

Procedures and chapters are parts of the whole manual's course; what sets them apart, their starts and ends,
is judged without a browser in tests/practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from simulator.training.lessons import courses

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.store.training import PracticeRow
    from tests.coach.trainee import Trainee

DRILLS = [id_ for id_, course in courses().items() if course.kind == "drill"]
OWN_CLICKS = {"ログイン", "ログインへ", "しんきん電子記録債権サービス"}


@pytest.mark.parametrize("course", ["all", *DRILLS])
def test_it_plays_to_its_end_by_itself(
    trainee: Trainee, latest: Callable[[], PracticeRow], course: str
) -> None:
    trainee.begin(course, "show")
    trainee.watch_to_the_end()
    assert set(trainee.asked) <= OWN_CLICKS
    assert trainee.asked
    assert latest().outcome == "done"  # shown, never passed


def test_it_can_be_held_and_led_on_one_step_at_a_time(trainee: Trainee) -> None:
    trainee.context.add_init_script("try { sessionStorage.setItem('densai-speed', '1'); } catch (error) {}")
    page = trainee.begin("1-1", "show")
    coach = page.locator("densai-coach")
    coach.get_by_role("button", name="一時停止").click()
    expect(coach.get_by_role("button", name="続ける")).to_be_visible()
    before = page.title()
    coach.get_by_role("button", name="1つ進む").click()
    page.wait_for_function("title => document.title !== title", arg=before)
    expect(coach.get_by_role("button", name="続ける")).to_be_visible()
