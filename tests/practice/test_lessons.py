"""The courses: everything that a course says can be found, and every step of the manual is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import OPERATIONS
from simulator.manual.drills import drills
from simulator.manual.grammar import parse
from simulator.manual.order import CHAPTERS, STARTS
from simulator.manual.procedures import procedures, titles
from simulator.training import judge, starts
from simulator.training.lessons import LEAST_MINUTES, SECONDS_A_STEP, courses, item_of
from simulator.training.model import Practice
from tests.practice.goes import Go

if TYPE_CHECKING:
    from simulator.training.lessons import Course

EVERY = list(courses().values())
IDS = [course.id for course in EVERY]
# These leave a bank as it was: only what happened tells that they were done.
WITHOUT_TRACE = {"1-1", "3-1", "4", "ch4"}


def test_the_courses_are_the_procedures_the_chapters_the_whole_and_the_drills() -> None:
    kinds = {kind: [course.id for course in EVERY if course.kind == kind] for kind in ("procedure", "drill")}
    assert kinds["procedure"] == list(titles())
    assert kinds["drill"] == [drill.id for drill in drills()] == [f"d-{n:02}" for n in range(1, 14)]
    others = {course.id for course in EVERY} - {*kinds["procedure"], *kinds["drill"]}
    assert others == {*CHAPTERS, "all"}


def test_the_chapters_hold_every_procedure_once() -> None:
    assert [part for _, parts in CHAPTERS.values() for part in parts] == [
        *(id_ for id_ in titles() if id_ != "4"),
        "4",
    ]


def test_the_whole_has_all_fifty_steps_and_both_log_out() -> None:
    keys = [item.key for item in courses()["all"].items]
    every = [f"{each.id}.{step.number}" for each in procedures() for step in each.steps]
    assert len(every) == 50
    assert set(keys) == set(every)
    assert sorted(keys) == sorted([*every, *(key for key in every if key.startswith("4."))])


def test_whoever_worked_logs_out() -> None:
    logouts = [item.who for item in courses()["all"].items if item.key == "4.1"]
    assert logouts == ["master", "general"]
    assert courses()["4"].items[0].who == courses()["ch4"].items[0].who == "master"


@pytest.mark.parametrize("course", EVERY, ids=IDS)
def test_every_step_is_found_by_its_key_and_says_what_its_sentence_says(course: Course) -> None:
    for item in course.items:
        found = item_of(item.key)
        assert (found.sentence, found.actions) == (item.sentence, item.actions)
        assert parse(item.sentence, item.rows) == item.actions


@pytest.mark.parametrize("course", EVERY, ids=IDS)
def test_each_step_begins_where_the_one_before_it_ends(course: Course) -> None:
    for before, item in zip(course.items, course.items[1:], strict=False):
        if before.lesson == item.lesson and before.who == item.who:
            assert item.screen == (before.next_screen or before.screen)


@pytest.mark.parametrize("course", EVERY, ids=IDS)
def test_every_proof_is_something_that_the_bank_records(course: Course) -> None:
    kinds = {kind for item in course.items for kind in item.events}
    assert kinds
    assert kinds <= set(OPERATIONS)


@pytest.mark.parametrize("course", EVERY, ids=IDS)
def test_a_step_is_either_proven_or_seen_or_said_to_be_unseen(course: Course) -> None:
    for item in course.items:
        assert bool(item.events) + item.unseen <= 1
        assert item.events or item.unseen or item.next_screen


def test_the_steps_that_no_bank_can_see() -> None:
    assert {item.key for course in EVERY for item in course.items if item.unseen} == {
        "2-2.5", "4.1", "4.3", "4.5", "4.6", "d-12.2",
    }  # fmt: skip


@pytest.mark.parametrize("course", EVERY, ids=IDS)
def test_no_goal_is_reached_at_the_start(course: Course) -> None:
    go = Go(course.id)
    assert not judge.is_reached(go.practice, course, go.world, [])
    done = Practice(course.id, "measure", passed=list(range(len(course.items))))
    assert judge.is_reached(done, course, go.world, []) is (course.id in WITHOUT_TRACE)


@pytest.mark.parametrize("course", [course for course in EVERY if not course.drill], ids=lambda one: one.id)
def test_the_goal_of_a_course_is_where_the_story_goes_on(course: Course) -> None:
    last = [id_ for id_ in course.lessons if id_ != "4"] or ["4"]
    next_ = starts.world_at(1560, STARTS[STARTS.index(last[-1]) + 1])
    assert judge.unreached(course, next_, []) == []


def test_the_time_limit_grows_with_the_steps() -> None:
    assert courses()["1-2"].limit_seconds == LEAST_MINUTES * 60
    assert courses()["all"].limit_seconds == 56 * SECONDS_A_STEP


def test_an_unknown_step_is_an_error() -> None:
    with pytest.raises(KeyError):
        item_of("9-9.1")
