"""A trainee's own pages in a class: they hear the instructor, and in a pause nothing that is sent counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.training import suspension
from tests.training.guests import raise_hand, training

if TYPE_CHECKING:
    from tests.training.guests import Guest

PAGES = ("/my", "/my/brief?course=1-4&mode=measure", "/my/submit", "/my/memo", "/my/letter")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_tells_what_the_instructor_says_and_asks_again(
    desk: Guest, trainee: Guest, class_id: int, path: str
) -> None:
    trainee.start("1-4", "measure")
    desk.send_form(f"/desk/classes/{class_id}/message", message="休憩は15時です")
    page = trainee.get(path).page
    assert "休憩は15時です" in page.text
    assert 'data-every="2500"' in page.html


def test_a_result_and_a_question_tell_it_too(desk: Guest, trainee: Guest, class_id: int) -> None:
    desk.send_form(f"/desk/classes/{class_id}/message", message="休憩は15時です")
    trainee.start("1-4", "measure").hand_in()
    assert "休憩は15時です" in trainee.page.text
    trainee.start("2-1", "learn")
    trainee.send_form("/my/start", course="1-1", mode="learn")
    assert "休憩は15時です" in trainee.page.text


def test_in_a_pause_nothing_is_begun_switched_resumed_interrupted_or_handed_in(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    kept, seat = training(desk.bank), trainee.seat.code
    trainee.start("2-1", "learn").start("1-4", "measure")
    waiting, running = suspension.waiting(kept, seat), kept.current(seat)
    assert running
    number = str(running.id)
    desk.send_form(f"/desk/classes/{class_id}/pause", on="1")
    for path, sent in {
        "start": {"course": "1-1", "mode": "learn"},
        "switch": {"course": "1-1", "mode": "learn", "after": number},
        "resume": {"interrupted": str(waiting[0].id)},
        "stop": {"practice": number},
    }.items():
        assert trainee.send_form(f"/my/{path}", **sent).status == 423, path
    assert trainee.hand_in().status == 423
    assert kept.current(seat) == running
    assert suspension.waiting(kept, seat) == waiting


def test_the_time_of_a_test_stands_still_on_its_own_page_in_a_pause(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.start("d-04", "measure")
    desk.send_form(f"/desk/classes/{class_id}/pause", on="1")
    words = trainee.get("/my").page.text.partition("テスト中です")[2].partition("。")[0]
    assert words
    assert trainee.get("/my").page.text.partition("テスト中です")[2].partition("。")[0] == words


def test_a_call_of_the_instructor_and_its_answer_stand_on_the_page(
    desk: Guest, trainee: Guest, class_id: int
) -> None:
    trainee.get("/my").press("講師を呼ぶ")
    assert "講師を呼びました（" in trainee.page.text
    trainee.press("呼び出しを取り消す")
    assert "講師を呼びました（" not in trainee.page.text
    raise_hand(trainee)
    assert "呼び出しを取り消す" in trainee.get("/my").page.buttons
    assert desk.get(f"/desk/classes/{class_id}").page.text.count("講師を呼んでいます") == 1
