"""The order of the story is what the features' 前提 say, and every list of it is made from the one."""

from __future__ import annotations

import pytest

from simulator.manual import order
from simulator.manual.procedures import procedures, titles
from simulator.manual.scenarios import played_scenarios
from simulator.manual.wording import GENERAL, MASTER

STORY = [
    (each.procedure, each.after, each.person)
    for each in sorted(
        (each for each in played_scenarios() if each.is_procedure),
        key=lambda each: (each.person != MASTER, each.procedure),
    )
]


def test_each_procedure_follows_the_one_that_its_feature_names() -> None:
    assert [id_ for id_, _, _ in STORY] == list(order.STORY)
    for place, (_, after, _) in enumerate(STORY):
        before = [id_ for id_ in order.STORY[:place] if id_ != order.LOG_OUT]
        assert after == (before[-1] if before else "")


def test_each_procedure_is_done_by_the_person_whom_its_feature_names() -> None:
    assert [order.person_of(id_) for id_, _, _ in STORY if id_ != "4"] == [
        person for id_, _, person in STORY if id_ != "4"
    ]
    names = [f"{id_} {person}" if id_ == order.LOG_OUT else id_ for id_, _, person in STORY]
    assert list(order.ORDER) == names


def test_the_starts_and_the_chapters_hold_every_procedure_once() -> None:
    assert sorted(order.STARTS) == sorted([*titles(), order.END])
    parts = [part for _, chapter in order.CHAPTERS.values() for part in chapter]
    assert parts == [each.id for each in procedures()]


@pytest.mark.parametrize(
    ("procedure", "start", "before"),
    [
        ("1-1", "1-2", ("1-1",)),
        ("2-3", "3-1", order.MASTERS_PART),
        ("4", "3-1", order.MASTERS_PART),
        ("3-3", "end", (*order.MASTERS_PART, *order.GENERALS_PART)),
    ],
)
def test_a_procedure_leads_to_the_next_start(procedure: str, start: str, before: tuple[str, ...]) -> None:
    assert order.following(procedure) == start
    assert order.done_before(start) == before
    assert order.done_before("1-1") == ()


def test_a_start_or_a_procedure_that_there_is_not_is_an_error() -> None:
    for ask in (order.following, order.done_before):
        with pytest.raises(ValueError, match="not in tuple"):
            ask("9-9")
    assert order.person_of("3-2") == GENERAL
