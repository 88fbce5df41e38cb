"""A practice from its beginning to its end: modes, help, what is kept, and what is never half kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import MASTER_ID
from simulator.domain.world import Clock
from simulator.store import Worlds
from simulator.store.training import Training, TrainingChange, read
from simulator.training import coach_view, course_start, judge, practice, starts, tracker
from simulator.training.lessons import courses, item_of
from simulator.training.model import Learner, Practice, utc_now
from simulator.training.practice import SHOWN_AFTERWARDS

if TYPE_CHECKING:
    from simulator.training.model import Mode
    from tests.practice.trainees import Trainee
    from tests.screens.banks import Bank


def learnt(trainee: Trainee) -> Learner:
    member = trainee.kept.member(trainee.seat.code)
    assert member
    return read(member.document, Learner)


def pass_alone(trainee: Trainee, course: str, times: int = 1) -> None:
    for _ in range(times):
        trainee.play(trainee.begin(course, "try").items)
        assert trainee.outcome == "passed"


# Beginning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("course", courses())
def test_a_course_begins_with_its_bank_at_its_start(trainee: Trainee, course: str) -> None:
    trainee.begin(course)
    world = trainee.seat.read()
    wanted = course_start.world_for(courses()[course], trainee.seat.seed, Clock())
    assert judge.facts(world) == judge.facts(wanted)
    assert trainee.seat.events_after(0) == []
    assert trainee.trail("began")[0].data == {"what": courses()[course].title, "mode": "measure"}


def test_beginning_again_ends_what_was_running_and_is_a_practice_of_its_own(trainee: Trainee) -> None:
    first = trainee.begin("1-4", "learn")
    trainee.play(first.items, until="1-4.3")
    number = trainee.going.row.id
    trainee.begin("1-4", "learn")
    rows = trainee.kept.practices_of(trainee.seat.code)
    assert [(row.id == number, row.outcome) for row in rows] == [(True, "stopped"), (False, "")]
    assert trainee.going.practice.position == 0


def test_what_happened_in_the_bank_before_does_not_count(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4").items)
    trainee.begin("1-4")
    trainee.submit()
    assert trainee.outcome == "failed"


def test_a_bank_that_stands_so_already_may_be_gone_on_in(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-3").items)
    assert course_start.may_keep(courses()["1-4"], trainee.seat)
    assert not course_start.may_keep(courses()["2-1"], trainee.seat)
    assert not course_start.may_keep(courses()["d-05"], trainee.seat)
    sessions = trainee.seat.read().sessions
    windows = trainee.windows
    course = trainee.begin("1-4", keep=True)
    trainee.windows = windows
    assert trainee.seat.read().sessions == sessions != []
    trainee.play(course.items)
    assert trainee.outcome == "passed"


def test_what_is_kept_of_another_start_is_made_anew(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-3").items)
    trainee.begin("2-1", keep=True)
    assert judge.facts(trainee.seat.read()) == judge.facts(starts.world_at(trainee.seat.seed, "2-1"))


# Modes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "outcome"), [("show", "done"), ("learn", "done"), ("try", "passed")])
def test_right_play_in_each_mode(trainee: Trainee, mode: Mode, outcome: str) -> None:
    trainee.play(trainee.begin("1-4", mode).items)
    assert trainee.outcome == outcome


@pytest.mark.parametrize("mode", ["show", "learn"])
@pytest.mark.parametrize("course", ["1-1", "4", "d-06"])
def test_what_was_shown_or_guided_never_passes(trainee: Trainee, course: str, mode: Mode) -> None:
    trainee.play(trainee.begin(course, mode).items)
    assert trainee.outcome == "done"


def test_a_trial_with_help_is_done_and_not_passed(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "try").items
    trainee.post("help")
    trainee.play(items)
    assert trainee.outcome == "done"


def test_a_trial_with_a_mistake_is_done_and_not_passed(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "try").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(items[5], approval="chigau0")
    trainee.play(items[5:])
    assert trainee.outcome == "done"


def test_hints_go_to_the_third_and_no_further(trainee: Trainee) -> None:
    trainee.begin("1-4", "try")
    levels = []
    for _ in range(5):
        trainee.post("help")
        levels.append(trainee.going.practice.help)
    assert levels == [1, 2, 3, 3, 3]
    assert [entry.data["what"] for entry in trainee.trail("helped")] == [
        "ヒント（手順の文を見る）",
        "ヒント（入力する内容を見る）",
        "ヒント（操作する場所を示す）",
    ]


@pytest.mark.parametrize("mode", ["learn", "measure"])
def test_only_a_trial_has_hints(trainee: Trainee, mode: Mode) -> None:
    trainee.begin("1-4", mode)
    trainee.post("help")
    assert (trainee.going.practice.help, trainee.trail("helped")) == (0, [])


def test_a_test_tells_no_step_but_the_time_left(trainee: Trainee) -> None:
    trainee.begin("1-4")
    told = trainee.state()
    assert (told["step"], told["boxes"], told["position"], told["place"]) == (None, [], 0, -1)
    assert told["pulse"]["left"]
    assert [each["id"] for each in told["foot"]] == ["submit"]


def test_a_refusal_is_told_with_its_number_until_the_step_is_done(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    titles = []
    for _ in range(5):
        trainee.do_step(items[5], approval="chigau0")
        told = trainee.state()
        titles.append(told["boxes"][0]["title"])
        assert told["step"]
        assert told["step"]["key"] == "1-4.6"
    said = "受け付けられませんでした"
    assert titles == [said, *(f"{said}（{count}回目）" for count in (2, 3, 4, 5))]
    trainee.play(items[5:])
    assert trainee.outcome == "done"


def is_learnt(trainee: Trainee) -> bool:
    return trainee.state()["note"] == coach_view.LEARNT


def test_hints_fade_after_two_clean_passes_and_come_back_after_a_mistake(trainee: Trainee) -> None:
    pass_alone(trainee, "1-4")
    items = trainee.begin("1-4", "try").items
    trainee.stand_at(items[0])
    assert not is_learnt(trainee)
    pass_alone(trainee, "1-4")
    trainee.begin("1-4", "try")
    trainee.stand_at(items[0])
    assert is_learnt(trainee)
    for _ in range(3):
        trainee.post("help")
    assert trainee.going.practice.help == 1
    trainee.front.get(f"{trainee.front.home}{trainee.front.sid}/user-update")  # astray
    assert not is_learnt(trainee)
    assert learnt(trainee).clean["1-4.1"] == 0
    trainee.post("help")
    assert trainee.going.practice.help == 2


def test_a_step_done_with_help_is_helped_with_the_next_time(trainee: Trainee) -> None:
    pass_alone(trainee, "1-4", times=2)
    items = trainee.begin("1-4", "try").items
    trainee.stand_at(items[0])
    trainee.post("help")
    trainee.play(items)
    trainee.begin("1-4", "try")
    trainee.stand_at(items[0])
    assert not is_learnt(trainee)


def test_a_mistake_at_a_step_brings_its_help_back(trainee: Trainee) -> None:
    pass_alone(trainee, "1-4", times=2)
    items = trainee.begin("1-4", "try").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(items[5], approval="chigau0")
    assert learnt(trainee).clean["1-4.6"] == 0
    assert learnt(trainee).clean["1-4.5"] == 3
    assert not is_learnt(trainee)


def test_learning_counts_no_clean_pass(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items)
    assert learnt(trainee).clean == {}


def test_only_trying_fades(trainee: Trainee) -> None:
    pass_alone(trainee, "1-4", times=2)
    trainee.stand_at(trainee.begin("1-4", "learn").items[0])
    assert not is_learnt(trainee)


# Ending ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "outcome"), [("learn", "stopped"), ("try", "stopped"), ("measure", "failed")]
)
def test_a_practice_that_is_left_is_stopped_but_a_measured_one_is_judged(
    trainee: Trainee, mode: Mode, outcome: str
) -> None:
    trainee.begin("1-4", mode)
    trainee.post("stop")
    assert trainee.outcome == outcome
    trainee.post("stop")
    assert len(trainee.trail("ended")) == (mode == "measure")


def test_handing_in_twice_is_once(trainee: Trainee) -> None:
    trainee.begin("1-4")
    trainee.submit()
    ended = trainee.going.row.ended
    trainee.submit()
    assert trainee.going.row.ended == ended
    assert len(trainee.trail("ended")) == 1


def test_what_is_done_after_the_end_counts_no_more(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.submit()
    trainee.play(items)
    assert trainee.outcome == "failed"
    assert trainee.trail("passed") == []


def test_the_coach_says_for_a_while_that_it_is_over(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    assert practice.shown(trainee.going, utc_now())
    trainee.play(items)
    assert practice.shown(trainee.going, utc_now())
    assert not practice.shown(trainee.going, utc_now() + SHOWN_AFTERWARDS)
    trainee.begin("1-4", "learn")
    trainee.post("stop")
    assert not practice.shown(trainee.going, utc_now())
    assert not practice.shown(None, utc_now())


def test_only_measuring_has_a_limit(trainee: Trainee) -> None:
    trainee.begin("1-4", "try")
    assert practice.seconds_left(trainee.going, utc_now() + timedelta(days=2)) is None
    trainee.begin("1-4")
    started, limit = trainee.going.row.started, courses()["1-4"].limit_seconds
    assert practice.seconds_left(trainee.going, started + timedelta(seconds=limit - 1)) == 1
    assert not practice.is_late(trainee.going, started + timedelta(seconds=limit - 1))
    assert practice.is_late(trainee.going, started + timedelta(seconds=limit))


# Outside the screens -----------------------------------------------------------------------------


def test_alone_the_desk_acts_at_once(trainee: Trainee) -> None:
    items = trainee.begin("d-02", "learn").items
    trainee.play(items[:1])
    trainee.post("outside", what="desk")
    assert tracker.due_item(trainee.going.practice, trainee.going.course) == items[2]
    assert trainee.seat.read().master().login_failures == 0


def test_in_a_class_the_desk_is_asked_and_waited_for(trainee: Trainee) -> None:
    items = trainee.begin("d-02", "learn").items
    trainee.play(items[:1])
    practice.go_outside(trainee.kept, trainee.seat, "desk", at_once=False)
    assert learnt(trainee).asks_desk_since
    assert tracker.due_item(trainee.going.practice, trainee.going.course) == items[1]
    assert trainee.seat.read().master().login_failures > 0


# What is kept ------------------------------------------------------------------------------------


def test_mistakes_are_kept_with_their_step_what_was_done_and_the_rule(trainee: Trainee) -> None:
    items = trainee.begin("1-1", "learn").items
    trainee.play(items, until="1-1.4")
    trainee.do_step(item_of("1-1.4"), login_id=MASTER_ID.removeprefix("d-"))
    entry = trainee.trail("mistake")[0]
    assert (entry.item, entry.data["rule"], entry.seat) == ("1-1.4", "R01", trainee.seat.code)
    assert "d-（ディーマイナス）" in entry.data["what"]


def test_no_password_is_ever_kept(trainee: Trainee) -> None:
    items = trainee.begin("ch1", "learn").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(item_of("1-4.6"), approval="himitsu99")
    kept = str(trainee.trail("mistake")) + str(trainee.going.row.document)
    person = trainee.people.master
    for secret in ("himitsu99", person.issued_password, person.password, person.approval_password):
        assert secret not in kept


def test_everything_is_there_when_the_database_is_opened_again(trainee: Trainee, densai: Bank) -> None:
    items = trainee.begin("1-4", "try").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(items[5], approval="chigau0")
    again = Training(Worlds(str(densai.worlds.engine.url)))
    found = practice.current(again, trainee.seat.code)
    assert found == trainee.going
    assert found.practice.faults == 1
    assert again.trail_of(trainee.seat.code) == trainee.kept.trail_of(trainee.seat.code)
    assert again.member(trainee.seat.code) == trainee.kept.member(trainee.seat.code)
    again.worlds.close()
    trainee.play(items[5:])
    assert trainee.outcome == "done"


@pytest.mark.parametrize("broken", ["save_practice", "add_trail", "save_member", "end_practice"])
def test_what_breaks_off_in_the_middle_leaves_nothing_half_done(
    trainee: Trainee, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    items = trainee.begin("1-4", "try").items
    trainee.play(items, until="1-4.7")
    before = trainee.going, trainee.kept.trail_of(trainee.seat.code), learnt(trainee)

    def breaks(*_: object) -> None:
        raise RuntimeError(broken)

    top = tracker.Seen("トップ", MASTER_ID)
    with monkeypatch.context() as patch:
        patch.setattr(TrainingChange, broken, breaks)
        with pytest.raises(RuntimeError, match=broken):
            practice.observe(
                trainee.kept,
                trainee.seat,
                trainee.seat.read(),
                top,
                practice.current(trainee.kept, trainee.seat.code),
            )
    assert (trainee.going, trainee.kept.trail_of(trainee.seat.code), learnt(trainee)) == before
    trainee.play(items[6:])
    assert trainee.outcome == "passed"


def test_two_windows_that_show_a_page_at_the_same_moment_pass_its_step_once(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "try").items, until="1-4.7")
    both = [practice.current(trainee.kept, trainee.seat.code) for _ in range(2)]
    top, world = tracker.Seen("トップ", MASTER_ID), trainee.seat.read()
    before = len(trainee.trail("passed"))
    ends = [practice.observe(trainee.kept, trainee.seat, world, top, found) for found in both]
    assert len(trainee.trail("passed")) == before + 1
    assert [end and end.practice for end in ends] == [trainee.going.practice] * 2


@pytest.mark.parametrize("broken", ["replace_world", "begin_practice", "add_trail"])
def test_a_beginning_that_breaks_off_leaves_the_seat_as_it_was(
    trainee: Trainee, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    before = trainee.going, trainee.seat.read(), trainee.kept.practices_of(trainee.seat.code)

    def breaks(*_: object) -> None:
        raise RuntimeError(broken)

    monkeypatch.setattr(TrainingChange, broken, breaks)
    with pytest.raises(RuntimeError, match=broken):
        practice.begin(trainee.kept, trainee.seat, trainee.member, courses()["d-01"], "measure", keep=False)
    monkeypatch.undo()
    assert (trainee.going, trainee.seat.read(), trainee.kept.practices_of(trainee.seat.code)) == before


def test_a_course_that_is_no_more_is_nobodys_practice(trainee: Trainee) -> None:
    with trainee.kept.changing() as change:
        change.begin_practice(trainee.seat.code, "9-9", "learn", utc_now(), Practice("9-9", "learn"))
    assert practice.current(trainee.kept, trainee.seat.code) is None


def test_an_error_page_is_no_screen_that_somebody_opened(trainee: Trainee) -> None:
    trainee.stand_at(trainee.begin("1-4", "learn").items[0])
    trainee.front.get(f"{trainee.front.home}{trainee.front.sid}/notices/99")
    assert trainee.front.status == 404
    assert trainee.trail("mistake") == []
    assert not list(trainee.front.page.top.all("densai-coach"))
