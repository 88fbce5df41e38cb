"""見本 and 案内つき in a browser that blocks what no click opened: the whole manual, and every drill.

Procedures and chapters are parts of the whole manual's course; what sets them apart, their starts and ends,
is judged without a browser in tests/practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.manual.grammar import Fill, Press, Show, Tick
from simulator.manual.wording import is_home_page
from simulator.training.lessons import courses
from tests.coach.axe import Looks

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.store.training import PracticeRow
    from tests.coach.trainee import Trainee

DESK, TABLET, ZOOMED = (
    {"width": 1366, "height": 768},
    {"width": 1180, "height": 820},
    {"width": 683, "height": 384},  # 1366×768 at 200 %
)
DRILLS = [id_ for id_, course in courses().items() if course.kind == "drill"]
OWN_CLICKS = {"ログイン", "ログインへ", "しんきん電子記録債権サービス"}


@pytest.mark.parametrize("strict_context", [DESK], indirect=True, ids=["1366x768"])
@pytest.mark.parametrize("course", ["all", *DRILLS])
def test_it_plays_to_its_end_by_itself(
    trainee: Trainee, latest: Callable[[], PracticeRow], course: str
) -> None:
    trainee.begin(course, "show")
    trainee.watch_to_the_end()
    assert set(trainee.asked) <= OWN_CLICKS
    assert trainee.asked
    assert latest().outcome == "done"  # shown, never passed
    assert not trainee.covered


@pytest.mark.parametrize(
    ("course", "strict_context"),
    [("all", TABLET), ("all", ZOOMED), *((drill, ZOOMED) for drill in DRILLS)],
    indirect=["strict_context"],
    ids=["all-tablet", "all-zoomed", *DRILLS],
)
def test_every_step_is_pointed_at_and_never_covered_and_every_screen_can_be_used(
    trainee: Trainee, latest: Callable[[], PracticeRow], course: str
) -> None:
    looks = Looks()
    trainee.look = looks.look
    trainee.begin(course, "learn")
    trainee.follow_to_the_end()
    to_use = {
        item.key
        for item in courses()[course].items
        for action in item.actions
        if isinstance(action, Fill | Tick)
        or (isinstance(action, Press) and action.label != "OK" and not action.only_if_shown)
        or (isinstance(action, Show) and not is_home_page(action.page))
    }
    assert trainee.pointed >= to_use
    assert latest().outcome == "done"
    assert not trainee.covered
    assert looks.seen
    assert not looks.faults
