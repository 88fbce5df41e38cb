"""The map of one trainee: what each procedure and drill is worth to him, and what to repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from simulator.store.training import PracticeRow, TrailRow
from simulator.training import progress_map
from simulator.training.lessons import courses
from simulator.training.model import Practice

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


def test_a_chapter_counts_for_the_procedures_done_in_it_while_it_runs_and_when_it_is_interrupted() -> None:
    course = courses()["ch1"]
    passed = [n for n, item in enumerate(course.items) if item.lesson in ("1-1", "1-2")]
    kept = Practice("ch1", "learn", position=len(passed) + 1, passed=passed)
    for outcome in ("", "stopped"):
        done = replace(row("ch1", "learn", outcome), document=msgspec.json.encode(kept))
        states = [place(id_, [done]).state for id_ in ("1-1", "1-2", "1-3", "1-4")]
        assert states == ["案内つきで完了", "案内つきで完了", "途中", "未着手"]


def test_a_test_of_a_chapter_that_failed_counts_for_none_of_its_procedures() -> None:
    kept = Practice("ch1", "measure", position=9, passed=list(range(9)))
    failed = replace(row("ch1", "measure", "failed"), document=msgspec.json.encode(kept))
    assert {place(id_, [failed]).state for id_ in ("1-1", "1-2")} == {"途中"}


def test_the_time_of_a_chapter_counts_for_its_procedures() -> None:
    rows = [row("ch1", "try", "passed", 1, 600)]
    steps = (("1-1.3", 20), ("1-1.4", 50), ("1-2.1", 80))
    entries = [TrailRow(1, "seki", T0 + timedelta(seconds=at), "passed", key, {}) for key, at in steps]
    trail = [*reversed(entries), TrailRow(1, "seki", T0, "began", "1-1.1", {})]
    assert [place(id_, rows, trail).seconds for id_ in ("1-1", "1-2")] == [50, 30]


def test_the_time_of_a_practice_is_without_what_lay_between() -> None:
    kept = Practice("1-4", "learn", paused_seconds=40)
    done = replace(row("1-4", "learn", "done", seconds=100), document=msgspec.json.encode(kept))
    assert place("1-4", [done]).seconds == 60
    assert progress_map.seconds_taken(row("1-4", "learn", "")) is None


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
