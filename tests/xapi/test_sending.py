"""Sending a class's results: each event once, whatever fails on the way, and only what is new."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.store import training_report
from simulator.training import classes, going, practice
from simulator.training.lessons import courses
from simulator.training.model import ClassPlan, utc_now
from simulator.xapi import sending
from tests.store.databases import ON_EACH
from tests.xapi import strict_lrs

if TYPE_CHECKING:
    from tests.xapi.conftest import Classroom
    from tests.xapi.strict_lrs import StrictLrs

NEW = "新しく送る記録はありません。"


@ON_EACH
def test_what_was_done_is_sent_once(
    classroom: Classroom, lrs: StrictLrs, capsys: pytest.CaptureFixture[str]
) -> None:
    classroom.begin(mode="measure")
    classroom.hand_in()
    classroom.begin(place=2)
    classroom.stop(place=2)
    classroom.send()
    assert lrs.verbs == ["attempted", "failed", "attempted", "suspended"]
    assert "クラス「四月の研修」の記録を4件送りました。\n" in capsys.readouterr().out
    classroom.send()
    assert NEW in capsys.readouterr().out
    assert lrs.calls == [4]


def test_a_class_that_has_done_nothing_has_nothing_to_send(classroom: Classroom, lrs: StrictLrs) -> None:
    classroom.send()
    assert lrs.calls == []


def test_what_runs_is_told_when_it_has_ended(
    classroom: Classroom, lrs: StrictLrs, capsys: pytest.CaptureFixture[str]
) -> None:
    classroom.begin(mode="measure")
    classroom.send()
    assert lrs.verbs == ["attempted"]
    assert "練習中の1件の結果は、終わった後に実行すると送ります。" in capsys.readouterr().out
    classroom.send()
    assert lrs.calls == [1]
    classroom.hand_in()
    classroom.send()
    assert (lrs.verbs, lrs.calls) == (["attempted", "failed"], [1, 1])


def test_a_test_past_its_limit_ends_when_results_are_sent(
    classroom: Classroom, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    classroom.begin(mode="measure")
    late = utc_now() + timedelta(hours=9)
    for module in (sending, practice):
        monkeypatch.setattr(module, "utc_now", lambda: late)
    classroom.send()
    assert lrs.verbs == ["attempted", "failed"]


def test_what_goes_on_after_an_interruption_is_told_from_there(classroom: Classroom, lrs: StrictLrs) -> None:
    first = classroom.begin("2-1")
    classroom.begin("2-2")
    classroom.send()
    assert lrs.verbs == ["attempted", "suspended", "attempted"]
    classroom.resume(first)
    classroom.send()
    assert lrs.verbs[3:] == ["suspended", "resumed"]
    assert lrs.calls == [3, 2]
    registrations = [each["context"]["registration"] for each in lrs.kept.values()]
    assert registrations[0] == registrations[1] == registrations[4]


def test_a_demonstration_is_left_out(classroom: Classroom, lrs: StrictLrs) -> None:
    classroom.begin(mode="show")
    classroom.send()
    assert lrs.kept == {}


# What fails ------------------------------------------------------------------------------------


def test_what_an_lrs_that_is_away_has_missed_is_sent_later(
    classroom: Classroom, lrs: StrictLrs, capsys: pytest.CaptureFixture[str]
) -> None:
    classroom.begin(mode="measure")
    classroom.hand_in()
    lrs.status = 503
    classroom.send(code=1)
    error = capsys.readouterr().err
    assert "LRS で障害が起きています。" in error
    assert "0件を送りました。もう一度実行すると、残りだけを送ります。" in error
    lrs.status = 0
    classroom.send()
    assert lrs.verbs == ["attempted", "failed"]


def test_only_the_rest_is_sent_after_a_failure_on_the_way(
    classroom: Classroom, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 4)
    for _ in range(5):
        classroom.begin(mode="measure")
        classroom.hand_in()
    take = lrs.take
    monkeypatch.setattr(lrs, "take", lambda *call: take(*call) if len(lrs.calls) < 2 else (500, b""))
    classroom.send(code=1)
    assert "8件を送りました。" in capsys.readouterr().err
    monkeypatch.setattr(lrs, "take", take)
    classroom.send()
    assert lrs.calls == [4, 4, 2]
    assert len(lrs.kept) == 10


def test_a_lost_answer_doubles_nothing(classroom: Classroom, lrs: StrictLrs) -> None:
    classroom.begin(mode="measure")
    classroom.hand_in()
    lrs.lost = True
    classroom.send(code=1)
    assert len(lrs.kept) == 2
    lrs.lost = False
    classroom.send()
    assert (len(lrs.kept), lrs.calls) == (2, [2, 2])


def test_what_it_has_with_other_contents_stays_and_the_rest_is_taken(
    classroom: Classroom, lrs: StrictLrs, capsys: pytest.CaptureFixture[str]
) -> None:
    classroom.begin(mode="measure")
    classroom.send()
    classroom.hand_in()
    (kept,) = lrs.kept.values()
    kept["actor"]["name"] = "山田 太郎"
    classroom.send("--again")
    assert lrs.verbs == ["attempted", "failed"]
    assert "うち1件は、LRS に別の内容ですでにあるため、そのままです。" in capsys.readouterr().out


def test_a_call_that_is_too_big_is_sent_in_parts(classroom: Classroom, lrs: StrictLrs) -> None:
    for _ in range(3):
        classroom.begin(mode="measure")
        classroom.hand_in()
    lrs.most = 4_000
    classroom.send()
    assert len(lrs.kept) == 6
    assert len(lrs.calls) > 1


def test_two_lrs_are_told_each_for_itself(classroom: Classroom, lrs: StrictLrs) -> None:
    classroom.begin()
    classroom.send()
    with strict_lrs.served() as other:
        classroom.lrs = other.address
        classroom.send()
        assert other.kept == lrs.kept


def test_a_new_class_under_an_old_number_is_told_from_its_beginning(
    classroom: Classroom, lrs: StrictLrs
) -> None:
    for _ in range(3):
        classroom.begin()
    classroom.send()
    had = len(lrs.kept)
    with classroom.training.changing() as change:
        change.remove_class(classroom.id)
    plan = ClassPlan("四月の研修", 3, list(courses()), ["learn"])
    classroom.id = classes.make_class(classroom.training, plan, 2)
    classroom.begin()
    classroom.send()
    assert len(lrs.kept) == had + 1


def test_a_practice_that_got_another_number_meanwhile_is_told_the_next_time(
    classroom: Classroom, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = classroom.begin("2-1")
    classroom.begin("2-2")
    look = training_report.new_practices

    def look_and_go_on(*asked: object) -> list[int]:
        found = look(*asked)  # type: ignore[arg-type]
        monkeypatch.setattr(sending, "new_practices", look)
        classroom.resume(first)
        return found

    monkeypatch.setattr(sending, "new_practices", look_and_go_on)
    classroom.send()
    classroom.send()
    assert sorted(lrs.verbs) == ["attempted", "attempted", "resumed", "suspended"]
    running = going.current(classroom.training, classroom.seat().code)
    assert running
    assert running.is_running


def test_names_are_sent_only_when_they_are_asked_for(classroom: Classroom, lrs: StrictLrs) -> None:
    with classroom.training.changing() as change:
        change.name_member(classroom.seat().code, "山田 太郎", utc_now())
    classroom.begin()
    classroom.send()
    classroom.begin("2-2")
    classroom.send("--names")
    names = [each["actor"]["name"] for each in lrs.kept.values()]
    assert names == ["席1", "山田 太郎", "山田 太郎"]
    assert len({str(each["actor"]["account"]) for each in lrs.kept.values()}) == 1
