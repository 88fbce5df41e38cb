"""Practices that are interrupted: their bank is kept and put back, three at the most, one of each course."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.store import Worlds
from simulator.store.training import Training, TrainingChange, read
from simulator.training import judge, practice, suspension
from simulator.training.lessons import courses
from simulator.training.model import Learner, utc_now
from tests.practice.trainees import QUESTION

if TYPE_CHECKING:
    from tests.practice.trainees import Trainee
    from tests.screens.banks import Bank

# Every step of every procedure but the first, before which nothing is done, and those at the end that no
# bank can see; of every drill the one in the middle.
STEPS = [
    *(
        (id_, item.key)
        for id_, course in courses().items()
        if course.kind == "procedure"
        for place, item in enumerate(course.items)
        if place and not all(each.unseen for each in course.items[place:])
    ),
    *(
        (id_, course.items[len(course.items) // 2].key)
        for id_, course in courses().items()
        if course.kind == "drill" and len(course.items) > 1
    ),
]


def waiting(trainee: Trainee) -> list[str]:
    return [one.course.id for one in suspension.waiting(trainee.kept, trainee.seat.code)]


def resume(trainee: Trainee, course: str) -> None:
    """Press 再開する on わたしの訓練, and sit down before an empty screen."""
    one = next(one for one in suspension.waiting(trainee.kept, trainee.seat.code) if one.course.id == course)
    trainee.post("resume", interrupted=str(one.id))
    if trainee.desk.heading == QUESTION:
        trainee.desk.press(next(each for each in trainee.desk.page.buttons if each.endswith("切り替える")))
    trainee.sit_down_anew()


def test_a_practice_that_is_interrupted_goes_on_where_it_was_left(trainee: Trainee) -> None:
    items = trainee.begin("ch1", "learn").items
    trainee.play(items, until="1-4.3")
    kept, facts = trainee.going, judge.facts(trainee.seat.read())
    trainee.begin("2-1", "learn")
    assert waiting(trainee) == ["ch1"]
    assert judge.facts(trainee.seat.read()) != facts
    resume(trainee, "ch1")
    assert judge.facts(trainee.seat.read()) == facts
    assert trainee.seat.read().sessions == []
    assert (trainee.going.course.id, trainee.going.practice.position) == ("ch1", kept.practice.position)
    assert (trainee.going.row.started, trainee.going.row.outcome) == (kept.row.started, "")
    assert waiting(trainee) == ["2-1"]
    trainee.play([item for item in items if item.lesson == "1-4"])
    assert trainee.outcome == "done"
    assert trainee.trail("mistake") == []


@pytest.mark.parametrize(("course", "key"), STEPS)
def test_the_coach_leads_on_from_every_step_at_which_a_practice_is_interrupted(
    trainee: Trainee, course: str, key: str
) -> None:
    trainee.play(trainee.begin(course, "learn").items, until=key)
    trainee.post("stop")
    resume(trainee, course)
    trainee.follow_the_coach()
    assert trainee.outcome == "done"
    assert trainee.trail("mistake") == []


def test_it_stays_one_practice_with_its_trail(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(items[5], approval="chigau0")
    before = [(entry.kind, entry.item) for entry in trainee.kept.trail_of(trainee.seat.code)]
    trainee.post("stop")
    resume(trainee, "1-4")
    own = trainee.kept.trail_of(trainee.seat.code, trainee.going.row.id)
    assert [(entry.kind, entry.item) for entry in own if entry.kind != "began"] == before[:-1]
    assert len(trainee.kept.practices_of(trainee.seat.code)) == 1
    assert trainee.going.practice.faults_in_all == 1


def test_what_the_bank_recorded_is_put_back_and_counts_once(trainee: Trainee) -> None:
    items = trainee.begin("d-12", "try").items
    trainee.play(items, until="d-12.4")
    events = [event.kind for _, event in trainee.seat.events_after(0)]
    assert "timed_out" in events
    faults = trainee.going.practice.faults_in_all
    trainee.begin("1-1", "learn")
    resume(trainee, "d-12")
    assert [event.kind for _, event in trainee.seat.events_after(0)] == events
    trainee.play([item for item in items if item.lesson == "1-4"])
    assert trainee.outcome in ("done", "passed")
    assert trainee.going.practice.faults_in_all == faults


def test_the_time_between_does_not_count(trainee: Trainee, monkeypatch: pytest.MonkeyPatch) -> None:
    trainee.begin("1-4", "learn")
    trainee.post("stop")
    later = utc_now() + timedelta(days=3)
    monkeypatch.setattr(practice, "utc_now", lambda: later)
    resume(trainee, "1-4")
    assert trainee.going.practice.paused_seconds >= timedelta(days=3).total_seconds()
    assert trainee.going.practice.step_since == later


def test_a_date_that_the_instructor_moved_in_between_moves_the_bank(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    before = trainee.seat.read().clock.offset
    trainee.post("stop")
    with trainee.kept.changing() as change:
        member = change.member(trainee.seat.code)
        assert member
        learner = read(member.document, Learner)
        learner.days_moved = 5
        change.save_member(trainee.seat.code, learner)
    resume(trainee, "1-4")
    assert trainee.seat.read().clock.offset == pytest.approx(before + timedelta(days=5).total_seconds())


def test_three_are_kept_and_one_of_each_course(trainee: Trainee) -> None:
    for course in ("1-1", "1-2", "1-3", "1-4", "1-2"):
        trainee.begin(course, "learn")
    trainee.post("stop")
    assert waiting(trainee) == ["1-2", "1-4", "1-3"]
    trainee.begin("1-4", "try")
    trainee.post("stop")
    assert waiting(trainee) == ["1-4", "1-2", "1-3"]
    latest = suspension.waiting(trainee.kept, trainee.seat.code)[0]
    assert latest.practice.mode == "try"


def test_a_test_is_never_interrupted_but_handed_in(trainee: Trainee) -> None:
    trainee.begin("1-4")
    number = trainee.going.row.id
    trainee.begin("1-1", "learn")
    assert waiting(trainee) == []
    row = trainee.kept.practice(number)
    assert row
    assert row.outcome == "failed"


def test_a_request_to_the_desk_waits_no_longer(trainee: Trainee) -> None:
    trainee.begin("d-02", "learn")
    practice.go_outside(trainee.kept, trainee.seat, "desk", at_once=False)
    trainee.post("stop")
    member = trainee.kept.member(trainee.seat.code)
    assert member
    assert read(member.document, Learner).asks_desk_since is None


@pytest.mark.parametrize("broken", ["save_practice", "end_practice", "replace_world", "begin_practice"])
def test_a_change_that_breaks_off_leaves_everything_as_it_was(
    trainee: Trainee, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    before = trainee.going, trainee.seat.read(), waiting(trainee)

    def breaks(*_: object) -> None:
        raise RuntimeError(broken)

    with monkeypatch.context() as patch:
        patch.setattr(TrainingChange, broken, breaks)
        with pytest.raises(RuntimeError, match=broken):
            practice.begin(trainee.kept, trainee.seat, trainee.member, trainee.going.course, "try")
    assert (trainee.going, trainee.seat.read(), waiting(trainee)) == before


def test_what_is_interrupted_is_there_when_the_database_is_opened_again(
    trainee: Trainee, densai: Bank
) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    trainee.post("stop")
    again = Training(Worlds(str(densai.worlds.engine.url)))
    assert suspension.waiting(again, trainee.seat.code) == suspension.waiting(trainee.kept, trainee.seat.code)
    again.worlds.close()


def test_nothing_is_put_back_twice_or_for_another_seat(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    trainee.post("stop")
    number = suspension.waiting(trainee.kept, trainee.seat.code)[0].id
    with trainee.kept.changing() as change:
        assert not suspension.put_back_at(change, "another", number, utc_now())
        assert suspension.put_back_at(change, trainee.seat.code, number, utc_now())
        assert not suspension.put_back_at(change, trainee.seat.code, number, utc_now())
