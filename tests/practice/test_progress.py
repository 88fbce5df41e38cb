"""The map of one trainee: what each procedure and drill is worth to him, and what to repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.store.training import PracticeRow, TrailRow
from simulator.training import progress_map
from simulator.training.lessons import courses

if TYPE_CHECKING:
    from simulator.training.progress_map import Place
    from tests.practice.trainees import Trainee

T0 = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def row(course: str, mode: str, outcome: str, number: int = 1, seconds: int = 60) -> PracticeRow:
    started = T0 + timedelta(hours=number)
    ended = started + timedelta(seconds=seconds) if outcome else None
    return PracticeRow(number, "seki", course, mode, started, ended, outcome, b"")


def mistake(item: str) -> TrailRow:
    return TrailRow(1, "seki", T0, "mistake", item, {"what": "", "rule": ""})


def place(course: str, rows: list[PracticeRow], trail: list[TrailRow] | None = None) -> Place:
    found = {place.course.id: place for place in progress_map.map_of(rows, trail or [])}
    return found[course]


def test_the_map_has_every_procedure_and_drill_and_nothing_else() -> None:
    ids = [place.course.id for place in progress_map.map_of([], [])]
    assert ids == [course.id for course in courses().values() if course.kind in ("procedure", "drill")]
    assert {place.state for place in progress_map.map_of([], [])} == {"未着手"}


@pytest.mark.parametrize(
    ("mode", "outcome", "state"),
    [
        ("learn", "", "途中"),
        ("learn", "stopped", "途中"),
        ("show", "done", "見本まで"),
        ("learn", "done", "案内つきで完了"),
        ("try", "done", "案内つきで完了"),
        ("try", "passed", "自力で完了"),
        ("measure", "failed", "途中"),
        ("measure", "passed", "合格"),
    ],
)
def test_what_a_practice_is_worth(mode: str, outcome: str, state: str) -> None:
    assert place("1-4", [row("1-4", mode, outcome)]).state == state


def test_the_best_of_several_counts() -> None:
    rows = [row("1-4", "measure", "passed"), row("1-4", "show", "done", 2), row("1-4", "learn", "", 3)]
    found = place("1-4", rows)
    assert (found.state, found.goes) == ("合格", 3)


def test_a_chapter_counts_for_each_of_its_procedures_and_a_drill_for_itself_alone() -> None:
    rows = [row("ch2", "measure", "passed"), row("d-03", "try", "passed", 2)]
    states = {each.course.id: each.state for each in progress_map.map_of(rows, [])}
    assert {id_: state for id_, state in states.items() if state != "未着手"} == {
        "2-1": "合格", "2-2": "合格", "2-3": "合格", "d-03": "自力で完了",
    }  # fmt: skip


def test_the_whole_counts_for_all_eleven() -> None:
    states = [each.state for each in progress_map.map_of([row("all", "measure", "passed")], [])]
    assert states.count("合格") == 11


def test_the_time_is_that_of_the_last_go_that_came_to_its_end() -> None:
    rows = [
        row("1-4", "learn", "done", 1, 90),
        row("1-4", "try", "passed", 2, 70),
        row("1-4", "try", "stopped", 3, 10),
        row("ch1", "try", "passed", 4, 600),
    ]
    found = place("1-4", rows)
    assert found.seconds == 70
    assert found.last == rows[-1].ended
    assert place("1-3", rows).seconds is None


def test_mistakes_are_counted_at_their_own_procedure() -> None:
    trail = [mistake("1-4.6"), mistake("1-4.5"), mistake("2-1.4"), mistake("d-08.4")]
    counts = {each.course.id: each.mistakes for each in progress_map.map_of([], trail) if each.mistakes}
    assert counts == {"1-4": 2, "2-1": 1, "d-08": 1}


def test_what_went_wrong_and_was_not_done_alone_since_is_to_be_repeated() -> None:
    assert place("1-4", [row("1-4", "learn", "done")], [mistake("1-4.6")]).repeat
    assert not place("1-4", [row("1-4", "try", "passed")], [mistake("1-4.6")]).repeat
    assert not place("1-4", [row("1-4", "learn", "done")]).repeat
    assert place("1-4", [row("1-4", "measure", "passed"), row("1-4", "measure", "failed", 2)]).repeat


def test_what_comes_next_is_what_went_wrong_else_the_first_not_done_alone() -> None:
    assert progress_map.next_of(progress_map.map_of([], [])) == progress_map.map_of([], [])[0]
    rows = [row("1-1", "try", "passed"), row("1-2", "learn", "done", 2)]
    following = progress_map.next_of(progress_map.map_of(rows, []))
    assert following
    assert following.course.id == "1-2"
    repeated = progress_map.next_of(progress_map.map_of(rows, [mistake("2-1.4")]))
    assert repeated
    assert repeated.course.id == "2-1"


def test_nothing_comes_next_when_all_is_passed() -> None:
    rows = [row(id_, "measure", "passed", n) for n, id_ in enumerate(courses())]
    assert progress_map.next_of(progress_map.map_of(rows, [])) is None


def test_a_course_that_is_no_more_is_on_no_map() -> None:
    assert {each.state for each in progress_map.map_of([row("9-9", "try", "passed")], [])} == {"未着手"}


def test_a_real_practice_stands_on_his_map(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-2").items)
    trainee.begin("1-3", "learn")
    kept, seat = trainee.kept, trainee.seat.code
    states = {
        each.course.id: each.state
        for each in progress_map.map_of(kept.practices_of(seat), kept.trail_of(seat))
        if each.goes
    }
    assert states == {"1-2": "合格", "1-3": "途中"}
