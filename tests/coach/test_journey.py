"""The whole course in 案内つき, and at every step the page is measured at five sizes, in one browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.manual.grammar import Fill, Press, Show, Tick
from simulator.manual.wording import is_home_page
from simulator.training.lessons import courses
from tests.coach.axe import Looks
from tests.coach.layout import faults_at
from tests.coach.refusing import Refusals, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from simulator.store.training import PracticeRow
    from tests.coach.trainee import Trainee

DRILLS = [id_ for id_, course in courses().items() if course.kind == "drill"]
WITH_FORMS = [id_ for id_ in DRILLS if set(forms(id_)) - set(forms("all"))]  # that only they have


def to_use(course: str) -> set[str]:
    """The steps of a course in which something on the page is used."""
    return {
        item.key
        for item in courses()[course].items
        for action in item.actions
        if isinstance(action, Fill | Tick)
        or (isinstance(action, Press) and action.label != "OK" and not action.only_if_shown)
        or (isinstance(action, Show) and not is_home_page(action.page))
    }


def test_at_every_step_and_size_nothing_is_covered_and_the_value_is_in_view(
    trainee: Trainee, latest: Callable[[], PracticeRow]
) -> None:
    found: list[str] = []

    def measure(page: Page, key: str) -> None:
        found.extend(f"{key} {fault}" for fault in faults_at(page, page.locator("densai-coach")))

    trainee.begin("all", "learn")
    trainee.follow_to_the_end(measure)
    assert not found, "\n".join(found)
    assert trainee.pointed >= to_use("all")
    assert latest().outcome == "done"


@pytest.fixture(scope="module")
def looks() -> Looks:
    """Each screen is looked at once, whichever drill comes to it."""
    return Looks()


@pytest.mark.parametrize("course", DRILLS)
def test_every_drill_can_be_followed_to_its_end(
    trainee: Trainee, latest: Callable[[], PracticeRow], course: str, looks: Looks
) -> None:
    trainee.look = lambda page, _coach: looks.look(page)
    refusals = Refusals()
    trainee.begin(course, "learn")
    trainee.follow_to_the_end(refusals.before if course in WITH_FORMS else lambda *_: None)
    assert refusals.done == (forms(course) if course in WITH_FORMS else [])
    assert trainee.pointed >= to_use(course)
    assert latest().outcome == "done"
    assert looks.seen
    assert not looks.faults
