"""Two nodes over one PostgreSQL: what one has given, the other knows, and nothing is given twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from simulator.training import practice, starts
from simulator.training.lessons import courses
from simulator.training.throttle import MOST_TRIES
from tests.screens.banks import Bank, open_bank
from tests.store.databases import POSTGRES
from tests.training.guests import Guest, code_of, training

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = POSTGRES
SEATS, PEOPLE, TURNS = 11, 16, 20
SECONDS = 60


@pytest.fixture
def nodes(new_postgres: Callable[[], str]) -> Iterator[list[Bank]]:
    url = new_postgres()
    opened = [Bank(open_bank(url)) for _ in range(2)]
    yield opened
    for node in opened:
        node.worlds.close()


@pytest.fixture
def class_id(nodes: list[Bank]) -> int:
    return Guest(nodes[0]).open_desk().make_class(seats=SEATS)


def at_once(doings: list[Callable[[], object]]) -> list[object]:
    """Do several things that begin at the same moment."""
    together = threading.Barrier(len(doings))

    def do(doing: Callable[[], object]) -> object:
        together.wait()
        return doing()

    with ThreadPoolExecutor(len(doings)) as threads:
        return [each.result(SECONDS) for each in [threads.submit(do, doing) for doing in doings]]


def on(node: Bank, at: Guest) -> Guest:
    """The same browser, whose next request another node answers."""
    other = Guest(node)
    other.client._cookies = at.client._cookies
    return other


def test_a_cookie_and_a_form_of_one_node_hold_on_the_other(nodes: list[Bank], class_id: int) -> None:
    at = Guest(nodes[0]).join(code_of(nodes[0], class_id), "山田 太郎")
    there = on(nodes[1], at).get("/my")
    assert there.heading == "わたしの訓練"
    assert there.start("1-1").heading == "当金庫ホームページ"
    assert on(nodes[0], at).get("/my").heading == "わたしの訓練"


def test_no_seat_goes_to_two_people(nodes: list[Bank], class_id: int) -> None:
    code = code_of(nodes[0], class_id)

    def join(number: int) -> str:
        return Guest(nodes[number % 2]).join(code, f"受講者{number}").heading

    headings = at_once([partial(join, number) for number in range(PEOPLE)])
    assert headings.count("席コードをお控えください") == SEATS
    names = [member.name for member in training(nodes[0]).members(class_id)]
    assert len(set(names)) == SEATS
    assert "" not in names


def test_wrong_passwords_at_both_nodes_count_together(nodes: list[Bank]) -> None:
    Guest(nodes[0]).open_desk()

    def guess(number: int) -> int:
        at = Guest(nodes[number % 2])
        return at.send_form("/desk/login", password="machigai-no-kagi").status

    answers = at_once([partial(guess, number) for number in range(PEOPLE)])
    assert answers.count(403) == MOST_TRIES - 1  # the instructor's own was one
    assert answers.count(429) == PEOPLE - MOST_TRIES + 1


def test_a_seat_is_put_back_while_its_trainee_finishes_at_the_other_node(
    nodes: list[Bank], class_id: int
) -> None:
    """Neither waits for the other for ever, and the seat is whole whichever is first."""
    kept = [training(node) for node in nodes]
    member = kept[0].members(class_id)[0]
    here, there = (seat for node in nodes if (seat := node.worlds.seat(member.seat)))
    finish, put_back = partial(practice.submit, kept[0], here), partial(starts.reset, there, "2-1")
    for _ in range(TURNS):
        practice.begin(kept[0], here, member, courses()["1-1"], "measure", keep=False)
        at_once([finish, put_back])
        found = kept[1].current(member.seat)
        assert found
        assert found.outcome == "failed"
        assert here.read().master().approval_password
