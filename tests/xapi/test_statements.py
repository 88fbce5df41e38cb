"""A practice as statements: who, which verb, how it came out; nothing of a person or a code in them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from simulator.store.training import Member, PracticeRow
from simulator.store.training_report import Began, History
from simulator.training.lessons import courses
from simulator.training.model import Mode, Practice, Row, Verdict
from simulator.xapi.statements import Teller, is_told
from tests.xapi.strict_lrs import RefusedError, check

START = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
MEMBER = Member("sekinoadoresu", 7, 12, "abcdefghjk", "山田 太郎", START, b"{}")
TELLER = Teller(UUID(int=5), "kurasuko", "四月の研修")
BEGAN = History((Began(40, START),))


def row(mode: Mode = "measure", outcome: str = "passed", course: str = "2-1", **filled: Any) -> PracticeRow:
    """A practice of 75 minutes, or one that runs."""
    document = Practice(course, mode, helps_in_all=1, paused_seconds=60, **filled)
    ended = START + timedelta(hours=1, minutes=15, seconds=3) if outcome else None
    return PracticeRow(
        9, MEMBER.seat, course, mode, START, ended, outcome, msgspec.json.encode(document), faults=2
    )


def told(kept: PracticeRow, history: History = BEGAN, teller: Teller = TELLER) -> list[dict[str, Any]]:
    made = [*teller.beginnings(MEMBER, kept, history), *teller.ending(MEMBER, kept, history)]
    for each in made:
        check(json.loads(json.dumps(each)))
    return made


def verbs(statements: list[dict[str, Any]]) -> list[str]:
    assert all(each["verb"]["id"].startswith("http://adlnet.gov/expapi/verbs/") for each in statements)
    return [each["verb"]["id"].rpartition("/")[2] for each in statements]


@pytest.mark.parametrize(
    ("mode", "outcome", "verb", "success"),
    [
        ("learn", "done", "completed", None),
        ("try", "done", "completed", None),
        ("try", "passed", "passed", True),
        ("measure", "passed", "passed", True),
        ("measure", "failed", "failed", False),
    ],
)
def test_an_outcome_is_a_verb_and_a_success_where_it_was_judged(
    mode: Mode, outcome: str, verb: str, success: bool | None
) -> None:
    statements = told(row(mode, outcome))
    assert verbs(statements) == ["attempted", verb]
    assert statements[1]["result"].get("success") is success


def test_a_practice_that_runs_has_only_begun() -> None:
    assert verbs(told(row(outcome=""))) == ["attempted"]


@pytest.mark.parametrize(("waits", "verb"), [(True, "suspended"), (False, "terminated")])
def test_a_stopped_practice_is_suspended_while_it_can_go_on(waits: bool, verb: str) -> None:
    statements = told(row("learn", "stopped"), BEGAN._replace(waits=waits))
    assert verbs(statements) == ["attempted", verb]
    assert statements[1]["result"]["completion"] is False
    # One event, of which an LRS hears once, whatever has become of what was kept.
    assert statements[1]["id"] == told(row("learn", "stopped"))[1]["id"]


def test_one_that_goes_on_keeps_its_registration_and_its_beginning_under_another_number() -> None:
    again = History((*BEGAN.began, Began(77, START + timedelta(minutes=9))))
    before, after = told(row(outcome="")), told(replace(row("measure", "passed"), id=31), again)
    assert verbs(after) == ["attempted", "resumed", "passed"]
    assert before[0] == after[0]
    assert {each["context"]["registration"] for each in after} == {before[0]["context"]["registration"]}
    assert after[1]["timestamp"] == "2026-04-01T01:09:00Z"


def test_what_a_mark_has_passed_is_not_told_again() -> None:
    assert TELLER.beginnings(MEMBER, row(), BEGAN, after=40) == []
    assert len(TELLER.beginnings(MEMBER, row(), BEGAN, after=39)) == 1


def test_a_practice_without_a_trail_is_told_all_the_same() -> None:
    assert verbs(told(row(), History())) == ["attempted", "passed"]


def test_a_result_says_how_long_how_well_and_where_it_went_wrong() -> None:
    rows = [
        Row("", "a", "1", "1"),
        Row("", "b", "1", "2", "wrong"),
        Row("", "c", "", "3", "extra"),
        Row("", "d", "", "", folded=True),
    ]
    kept = row(outcome="failed", compared=rows, verdict=Verdict(passed=False, wrong="2-1.4"))
    result = told(kept)[1]["result"]
    assert result["duration"] == "PT1H14M3S"
    assert result["score"] == {"scaled": 0.3333, "raw": 1, "min": 0, "max": 3}
    assert result["completion"] is False
    assert {key.rpartition("/")[2]: value for key, value in result["extensions"].items()} == {
        "mistakes": 2,
        "hints": 1,
        "first-wrong-step": "2-1.4",
    }


def test_a_failed_test_that_was_gone_through_is_complete() -> None:
    kept = row(outcome="failed", position=len(courses()["2-1"].items))
    assert told(kept)[1]["result"]["completion"] is True


def test_what_was_only_guided_has_no_score() -> None:
    assert "score" not in told(row("learn", "done", compared=[Row("", "a", "1", "1")]))[1]["result"]


@pytest.mark.parametrize("course", [*courses(), "9-9"])
def test_every_course_is_an_activity_and_so_is_one_that_is_gone(course: str) -> None:
    statements = told(row(course=course))
    assert statements[0]["object"]["id"] == f"https://densai.example/xapi/courses/{course}"


def test_a_procedure_stands_in_its_chapter_and_the_manual() -> None:
    around = told(row())[0]["context"]["contextActivities"]
    found = {kind: [each["id"].rpartition("/")[2] for each in around[kind]] for kind in around}
    assert found == {"category": ["measure"], "parent": ["ch2"], "grouping": ["all"]}


def test_nobody_is_named_unless_it_is_asked_for_and_no_code_is_told() -> None:
    text = json.dumps(told(row()), ensure_ascii=False)
    for secret in (MEMBER.name, MEMBER.seat, MEMBER.code, TELLER.code):
        assert secret not in text
    assert told(row())[0]["actor"]["name"] == "席12"
    assert told(row())[0]["actor"]["account"]["name"] == "12"
    assert told(row(), teller=replace(TELLER, with_names=True))[0]["actor"]["name"] == MEMBER.name


def test_a_name_makes_no_other_person_and_no_other_event() -> None:
    plain, named = told(row()), told(row(), teller=replace(TELLER, with_names=True))
    assert [each["id"] for each in plain] == [each["id"] for each in named]
    assert plain[0]["actor"]["account"] == named[0]["actor"]["account"]


def test_other_classes_seats_and_databases_are_others() -> None:
    tellers = [TELLER, replace(TELLER, code="hokanoko"), replace(TELLER, space=UUID(int=6))]
    assert len({told(row(), teller=each)[0]["id"] for each in tellers}) == 3
    assert len({json.dumps(told(row(), teller=each)[0]["actor"]) for each in tellers}) == 3
    other = TELLER.beginnings(replace(MEMBER, place=13), row(), BEGAN)
    assert other[0]["id"] != told(row())[0]["id"]


def test_a_demonstration_is_not_told() -> None:
    assert not is_told(row("show", "done"))
    assert is_told(row("learn", "done"))


@pytest.mark.parametrize(
    "broken",
    [
        {"actor": {"name": "x"}},
        {"verb": {"id": "passed"}},
        {"timestamp": "2026-04-01T01:00:00"},
        {"result": {"duration": "74 minutes"}},
        {"result": {"score": {"scaled": 2}}},
        {"context": {"language": ""}},
        {"more": 1},
    ],
)
def test_the_check_finds_its_faults(broken: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        check({**told(row())[1], **broken})
