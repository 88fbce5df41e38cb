"""The next recommendation: each of the eight rules, in their order, and only what the class offers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.manual.order import CHAPTERS
from simulator.store.training import PracticeRow
from simulator.training.drill_groups import BY_CHAPTER, GROUPS
from simulator.training.lessons import courses
from simulator.training.model import MODES
from simulator.training.next_step import Next, Record, next_step

if TYPE_CHECKING:
    from simulator.training.model import Mode

T0 = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PROCEDURES = [id_ for _, parts in CHAPTERS.values() for id_ in parts]
DRILLS = [course.id for course in courses().values() if course.kind == "drill"]


def rows(*goes: tuple[str, str, str]) -> list[PracticeRow]:
    """Practices as (course, mode, outcome), oldest first."""
    return [
        PracticeRow(n, "seki", course, mode, T0, T0 + timedelta(minutes=n) if outcome else None, outcome, b"")
        for n, (course, mode, outcome) in enumerate(goes, 1)
    ]


def states(state: str, *but: tuple[str, str]) -> dict[str, str]:
    """Every procedure in this state, but for these."""
    return {**dict.fromkeys(PROCEDURES, state), **dict(but)}


def found(record: Record) -> tuple[int, str, str]:
    """The rule, the course and the mode."""
    return _short(next_step(record))


def _short(following: Next) -> tuple[int, str, str]:
    return following.rule, following.course.id if following.course else "", following.mode


def test_a_practice_that_runs_goes_on() -> None:
    kept = rows(("1-4", "measure", "failed"), ("d-03", "try", ""))
    assert found(Record(kept, {}, {"1-4": 5}, "1-4.5")) == (1, "d-03", "try")


def test_after_a_failed_test_the_procedure_of_its_first_wrong_step_is_learnt() -> None:
    record = Record(rows(("ch2", "measure", "failed")), states("合格"), {"2-1": 7}, "2-3.5")
    assert found(record) == (2, "2-3", "learn")
    assert next_step(record).reason == "テストで違っていた手順です。"


def test_a_failed_drill_is_learnt_itself() -> None:
    record = Record(rows(("d-04", "measure", "failed")), {}, {}, "d-04.5")
    assert found(record) == (2, "d-04", "learn")


@pytest.mark.parametrize(
    ("later", "rule"),
    [
        (("2-3", "learn", "done"), 4),
        (("ch2", "learn", "done"), 4),
        (("2-3", "learn", "stopped"), 2),
        (("2-1", "learn", "done"), 2),
        (("2-3", "measure", "passed"), 4),
    ],
)
def test_once_it_has_been_practised_to_its_end_the_failed_test_is_over(
    later: tuple[str, str, str], rule: int
) -> None:
    wrong = "" if later[1] == "measure" else "2-3.5"
    assert found(Record(rows(("ch2", "measure", "failed"), later), {}, {}, wrong))[0] == rule


@pytest.mark.parametrize(("state", "mode"), [("途中", "learn"), ("案内つきで完了", "try"), ("合格", "try")])
def test_two_mistakes_at_a_procedure_repeat_it(state: str, mode: str) -> None:
    record = Record(rows(("ch1", "learn", "done")), states(state), {"1-1": 1, "1-4": 3, "1-3": 2})
    assert found(record) == (3, "1-4", mode)
    assert next_step(record).reason == "間違いが3回ありました。"


def test_one_mistake_repeats_nothing() -> None:
    record = Record(rows(("ch1", "learn", "done")), states("未着手", ("1-1", "見本まで")), {"1-4": 1})
    assert found(record) == (4, "1-1", "learn")


def test_the_very_first_procedure_is_shown_and_then_learnt() -> None:
    assert found(Record([], {})) == (4, "1-1", "show")
    assert next_step(Record([], {})).reason == "まだ練習していない手順です。"
    assert found(Record([], {"1-1": "見本まで"})) == (4, "1-1", "learn")
    assert found(Record([], {"1-1": "案内つきで完了"})) == (4, "1-2", "learn")


def test_the_first_below_learnt_in_the_manuals_order_comes_next() -> None:
    assert found(Record([], states("合格", ("2-2", "途中"), ("3-1", "未着手")))) == (4, "2-2", "learn")


def test_drills_follow_the_chapters_and_those_of_no_chapter_come_last() -> None:
    known = states("案内つきで完了")
    firsts = []
    for _ in GROUPS:
        rule, course, mode = found(Record([], known))
        assert (rule, mode) == (5, "learn")
        firsts.append(course)
        known[course] = "途中"
    assert firsts == ["d-06", "d-03", "d-05", "d-12", "d-10"] == [group.drills[0] for group in BY_CHAPTER]
    assert found(Record([], known)) == (6, "1-1", "try")
    assert next_step(Record([], states("合格"))).reason.startswith("1章を終えました。")


def test_every_drill_is_in_one_group() -> None:
    assert sorted(id_ for group in GROUPS for id_ in group.drills) == sorted(DRILLS)


def test_then_every_procedure_alone_and_every_chapter_as_a_test() -> None:
    drills = dict.fromkeys(DRILLS, "途中")
    known = {**drills, **states("自力で完了", ("2-2", "案内つきで完了"))}
    assert found(Record([], known)) == (6, "2-2", "try")
    known["2-2"] = "自力で完了"
    assert found(Record([], known)) == (7, "ch1", "measure")
    known |= dict.fromkeys(CHAPTERS["ch1"][1], "合格")
    assert found(Record([], known)) == (7, "ch2", "measure")


def test_at_last_the_whole_as_a_test_and_then_nothing() -> None:
    known = {**dict.fromkeys(DRILLS, "途中"), **states("合格")}
    assert found(Record([], known)) == (8, "all", "measure")
    record = Record(rows(("all", "measure", "passed")), known)
    assert (next_step(record).course, next_step(record).reason) == (None, "すべて合格しています。")


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        (["learn"], (4, "1-1", "learn")),
        (["try", "measure"], (4, "1-1", "try")),
        (["measure"], (4, "1-1", "measure")),
        (["show"], (4, "1-1", "show")),
    ],
)
def test_a_mode_that_the_class_does_not_offer_gives_way_to_the_nearest(
    modes: list[Mode], expected: tuple[int, str, str]
) -> None:
    assert found(Record([], {}, modes=modes)) == expected


def test_what_the_class_does_not_offer_is_not_recommended() -> None:
    assert found(Record([], {}, offered=["2-1", "d-03"])) == (4, "2-1", "learn")
    assert found(Record([], {"2-1": "合格", "d-03": "合格"}, offered=["2-1", "d-03"])) == (8, "", "learn")
    record = Record(rows(("1-4", "measure", "failed")), {}, {}, "1-4.5", offered=["2-1"])
    assert found(record) == (4, "2-1", "learn")


def test_what_can_earn_no_more_is_not_recommended() -> None:
    known = {**dict.fromkeys(DRILLS, "見本まで"), **states("見本まで")}
    record = Record([], known, modes=["show"])
    assert next_step(record) == Next(8, None, "learn", "このクラスの練習は、すべて終えています。")


@pytest.mark.parametrize(
    ("offered", "known", "expected"),
    [
        (["d-03"], {}, (8, "d-03", "learn")),
        (["d-03"], {"d-03": "案内つきで完了"}, (8, "d-03", "try")),
        (["d-03"], {"d-03": "合格"}, (8, "", "learn")),
        (["all"], {}, (8, "all", "learn")),
        (["ch2"], {"2-1": "合格", "2-2": "合格"}, (7, "ch2", "measure")),
        (["ch4"], {}, (7, "ch4", "measure")),
        (["1-1", "d-03"], {"1-1": "合格"}, (8, "d-03", "learn")),
    ],
)
def test_a_class_of_other_courses_has_something_to_recommend_as_well(
    offered: list[str], known: dict[str, str], expected: tuple[int, str, str]
) -> None:
    assert found(Record([], known, offered=offered)) == expected


def test_a_course_that_is_no_more_runs_no_more() -> None:
    assert found(Record(rows(("9-9", "learn", "")), {})) == (4, "1-1", "show")


def test_the_modes_are_those_of_the_trainer() -> None:
    assert list(Record([], {}).modes) == list(MODES)
