"""The verdict: by the state of the bank and what led to it, and the first step where it went wrong."""

from __future__ import annotations

from dataclasses import replace

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.world import Clock
from simulator.training import judge, starts
from simulator.training.model import Verdict
from tests.practice.goes import SEED, Go


def finished(course: str, following: str) -> Go:
    """A go at a course of which everything is done."""
    go = Go(course, "measure")
    go.practice.passed = list(range(len(go.course.items)))
    go.practice.position = len(go.course.items)
    go.world = starts.world_at(SEED, following, Clock())
    return go


def verdict(go: Go, *, in_time: bool = True) -> Verdict:
    return judge.judge(go.practice, go.course, go.world, [], in_time=in_time)


def test_everything_done_and_the_bank_as_it_should_be_passes() -> None:
    assert verdict(finished("1-4", "2-1")) == Verdict(True)


def test_the_right_state_without_its_changes_does_not_pass() -> None:
    go = finished("1-4", "2-1")
    go.practice.passed = [0, 1]
    assert verdict(go).wrong == "1-4.3"


def test_the_changes_without_the_right_state_do_not_pass_and_say_what_differs() -> None:
    go = finished("1-4", "2-1")
    go.world.master().rights = []
    assert verdict(go) == Verdict(False, "1-4.7", [f"{MASTER_ID} の取引権限が、課題どおりではありません。"])


def test_somebody_too_many_is_a_difference() -> None:
    go = finished("2-1", "2-2")
    go.world.users["d-chigau1"] = replace(go.world.users[GENERAL_ID], login_id="d-chigau1")
    assert judge.unreached(go.course, go.world, []) == ["d-chigau1 の有無が、課題どおりではありません。"]


def test_nobodys_password_is_part_of_the_state_but_whether_he_has_one_is() -> None:
    one, other = starts.world_at(SEED, "end"), starts.world_at(SEED, "end")
    assert one.master().approval_password
    one.master().login_password.seeded = ""
    assert judge.facts(one) == judge.facts(other)
    one.master().approval_password = None
    assert judge.facts(one) != judge.facts(other)


def test_a_day_later_the_state_is_the_same() -> None:
    clock = Clock()
    clock.move(days=40)
    assert judge.facts(starts.world_at(SEED, "end", clock)) == judge.facts(starts.world_at(SEED, "end"))


def test_a_lock_fails_whatever_was_reached() -> None:
    go = finished("1-4", "2-1")
    go.practice.broken = [("1-4.6", "承認パスワードのロックがかかりました。")]
    assert verdict(go) == Verdict(False, "1-4.6", ["承認パスワードのロックがかかりました。"])


def test_what_nobody_asked_for_is_forgiven_when_it_left_nothing() -> None:
    go = finished("1-4", "2-1")
    go.practice.uncalled = [("1-4.2", "課題にない変更（ユーザ名変更）を行いました。")]
    assert verdict(go).passed
    go.world.master().name = "碧海 次郎"
    found = verdict(go)
    assert found.wrong == "1-4.2"
    assert found.reasons[0] == "課題にない変更（ユーザ名変更）を行いました。"


def test_the_first_step_of_the_manual_is_named_whatever_came_first_in_time() -> None:
    go = Go("ch2", "measure")
    go.practice.passed = list(range(5))
    go.practice.broken = [("2-3.7", "承認パスワードのロックがかかりました。")]
    found = verdict(go)
    assert found.wrong == "2-1.6"
    assert found.reasons == [judge.LEFT_OUT, "承認パスワードのロックがかかりました。"]


def test_a_change_made_wrongly_names_where_and_not_that_it_is_missing() -> None:
    go = Go("1-4", "measure")
    go.practice.passed = [0, 1, 2, 3, 4]
    go.practice.wrong = {"1-4.6": ("1-4.5", "各種取引の「承認者」は課題にありません。")}
    assert verdict(go).wrong == "1-4.5"


def test_time_that_is_up_fails_where_he_stood() -> None:
    go = finished("1-4", "2-1")
    assert verdict(go, in_time=False) == Verdict(False, "1-4.7", [judge.TIME_IS_UP])


def test_an_unmet_goal_of_a_drill_is_said_in_its_own_words() -> None:
    go = finished("d-12", "2-1")
    assert verdict(go).reasons == ["「時間切れになったことがある」になっていません。"]


def test_the_goal_of_a_chapter_is_that_of_its_last_procedure() -> None:
    for course, following in (("ch1", "2-1"), ("ch2", "4"), ("ch3", "end"), ("all", "end"), ("ch4", "3-1")):
        go = Go(course)
        assert judge.goal_of(go.course, SEED) == judge.facts(starts.world_at(SEED, following))
