"""A class's past makes its board no dearer: as many queries for much as for little, and few rows."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from simulator.training import practice, standing
from simulator.training.lessons import courses
from simulator.training.model import Mode, Outcome, Practice, utc_now
from tests.training.guests import Guest, code_of, training

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.store.training import Training
    from tests.screens.banks import Bank

ENDINGS: tuple[tuple[Mode, Outcome], ...] = (("learn", "done"), ("try", "passed"), ("measure", "failed"))


@contextmanager
def asked(bank: Bank) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(bank.worlds.engine, "before_cursor_execute", note)
    yield found
    event.remove(bank.worlds.engine, "before_cursor_execute", note)


def practise(kept: Training, seat: str, times: int) -> None:
    """So many practices of a seat that came to their end, of every kind and course in turn."""
    with kept.changing() as change:
        for number in range(times):
            course, (mode, outcome) = list(courses())[number % len(courses())], ENDINGS[number % 3]
            made = Practice(course, mode, faults_in_all=number % 2, passed=[0, 1])
            change.end_practice(
                change.begin_practice(seat, course, mode, utc_now(), made), outcome, utc_now()
            )


def questions(bank: Bank, desk: Guest, path: str) -> int:
    with asked(bank) as statements:
        assert desk.get(path).status == 200
    return len(statements)


@pytest.mark.parametrize("page", ["", "/board", "/results", "/results.csv", "/results.xlsx"])
def test_a_page_asks_no_more_of_a_class_that_has_done_much(
    densai: Bank, desk: Guest, class_id: int, page: str
) -> None:
    path, kept = f"/desk/classes/{class_id}{page}", training(densai)
    members = kept.members(class_id)
    practise(kept, members[0].seat, 1)
    little = questions(densai, desk, path)
    for member in members:
        practise(kept, member.seat, 60)
    assert questions(densai, desk, path) == little


def test_who_looks_again_is_answered_without_what_has_ended(densai: Bank, desk: Guest, class_id: int) -> None:
    path, kept = f"/desk/classes/{class_id}/board", training(densai)
    members = kept.members(class_id)
    for member in members:
        practise(kept, member.seat, 30)
    desk.get(path)
    with asked(densai) as statements:
        desk.get(path)
    assert sum("practices" in statement for statement in statements) == 1
    practise(kept, members[0].seat, 1)  # of one seat there is news
    with asked(densai) as statements:
        desk.get(path)
    assert sum("practices" in statement for statement in statements) == 3


def test_the_list_of_classes_is_asked_for_once_however_many_there_are(densai: Bank, desk: Guest) -> None:
    desk.make_class("一", 2)
    few = questions(densai, desk, "/desk")
    for name in "二三四":
        desk.make_class(name, 5)
    assert questions(densai, desk, "/desk") == few


def test_an_answer_that_the_desk_has_is_not_written_again(
    desk: Guest, class_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/desk/classes/{class_id}/board"
    tag = desk.get(path).answer.headers["ETag"]
    monkeypatch.setattr("simulator.training.desk_board.page", None)
    assert desk.client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("change", ["a name", "a message", "a pause", "a call", "another desk"])
def test_what_the_page_shows_is_in_its_tag(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, change: str
) -> None:
    path, at = f"/desk/classes/{class_id}/board", desk
    tag = desk.get(path).answer.headers["ETag"]
    if change == "a name":
        Guest(densai).join(code_of(densai, class_id), "佐藤 花子")
    elif change == "a message":
        desk.get(f"/desk/classes/{class_id}/message").press("全員に送る", message="休憩です")
    elif change == "a pause":
        desk.get(f"/desk/classes/{class_id}").press("全員を一時停止する")
    elif change == "a call":
        trainee.start("2-1").send_form("/my/outside", what="desk")
    else:
        at = Guest(densai).open_desk()  # its forms carry a token of their own
    assert at.client.get(path, headers={"If-None-Match": tag}).status_code == 200


# The sum of a seat -----------------------------------------------------------------------------


def by_hand(kept: Training, class_id: int) -> list[tuple[str, int, dict[str, str]]]:
    """The standings of a class from all of its documents."""
    return [
        (
            member.seat,
            (found := standing.of_practices(member, kept.practices_of(member.seat))).mistakes,
            found.states,
        )
        for member in kept.members(class_id)
    ]


def looked(kept: Training, class_id: int) -> list[tuple[str, int, dict[str, str]]]:
    seats = standing.look(kept, class_id, utc_now())
    return [(seat.member.seat, seat.mistakes, seat.states) for seat in seats]


def test_the_kept_sum_is_that_of_all_documents_after_every_step(
    densai: Bank, trainee: Guest, class_id: int
) -> None:
    kept, seat = training(densai), trainee.seat.code
    assert looked(kept, class_id) == by_hand(kept, class_id)
    trainee.start("ch1", "learn")
    trainee.log_in("wrong", "wrong-too")
    assert looked(kept, class_id) == by_hand(kept, class_id)
    trainee.start("2-1", "try")  # interrupts the chapter in its middle
    assert looked(kept, class_id) == by_hand(kept, class_id)
    practise(kept, seat, 40)
    assert looked(kept, class_id) == by_hand(kept, class_id)
    latest = kept.current(seat)
    interrupted = next(row for row in kept.practices_of(seat) if row.course == "ch1")
    assert latest
    assert practice.resume(
        kept, trainee.seat, interrupted.id, after=latest.id
    )  # which is one less, and one more
    assert looked(kept, class_id) == by_hand(kept, class_id)
    practice.stop(kept, trainee.seat)
    assert looked(kept, class_id) == by_hand(kept, class_id)


def test_a_node_that_has_looked_before_sees_what_another_has_changed(
    densai: Bank, trainee: Guest, class_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = training(densai)
    practise(kept, trainee.seat.code, 5)
    looked(kept, class_id)
    practise(kept, trainee.seat.code, 7)  # whoever did so, nothing here has heard of it
    assert looked(kept, class_id) == by_hand(kept, class_id)
    monkeypatch.setattr(standing, "MOST_KEPT", 0)
    practise(kept, trainee.seat.code, 1)
    assert looked(kept, class_id) == by_hand(kept, class_id)
    assert not standing._kept


def test_every_line_of_a_long_list_is_told_once_in_its_order(
    densai: Bank, desk: Guest, class_id: int
) -> None:
    kept = training(densai)
    for member in kept.members(class_id)[:2]:
        practise(kept, member.seat, 300)  # more than is read at once
    rows = [row.id for row in kept.practices_in(class_id)]
    assert rows == sorted(rows)
    assert len(set(rows)) == 600
    lines = desk.get(f"/desk/classes/{class_id}/results.csv").answer.body.decode().splitlines()
    assert len(lines) == 601
