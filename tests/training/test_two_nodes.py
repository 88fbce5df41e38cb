"""Two nodes over one PostgreSQL: what one has given, the other knows, and nothing is given twice."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest

from simulator.training import class_control, practice, standing
from simulator.training.lessons import courses
from simulator.training.model import utc_now
from simulator.training.throttle import MOST_TRIES
from tests.screens.banks import Bank, open_bank
from tests.store.databases import POSTGRES
from tests.training.guests import Guest, code_of, training

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.store import Seat
    from simulator.store.training import Member, Training

pytestmark = POSTGRES
SEATS, PEOPLE, TURNS, MANY_TURNS = 11, 16, 20, 500
SECONDS = 60
MOST_WAIT_SECONDS = 5


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


# The desk puts a seat back while its trainee finishes at the other node --------------------------


def timed(doing: Callable[[], object]) -> float:
    """Do something; return how long that took, in seconds."""
    began = time.monotonic()
    doing()
    return time.monotonic() - began


def to_hand_in(kept: Training, seat: Seat, member: Member) -> Callable[[], object]:
    """A テスト that runs, and how it is handed in."""
    practice.begin(kept, seat, member, courses()["1-1"], "measure", keep=False)
    return partial(practice.submit, kept, seat)


def at_the_last_step(kept: Training, seat: Seat, member: Member) -> Callable[[], object]:
    """A practice of which only the last step is left, and how that is done."""
    course = courses()["4"]
    practice.begin(kept, seat, member, course, "learn", keep=False)
    going = practice.current(kept, seat.code)
    assert going
    going.practice.position = len(course.items) - 1
    with kept.changing(seat.code) as change:
        change.save_practice(going.row.id, going.practice)
    return partial(practice.mark_passed, kept, seat, course.items[-1].key)


def race(nodes: list[Bank], class_id: int, turns: int) -> list[float]:
    """Let the two meet so many times, and a board look on; return how long each of them waited."""
    here, there = [training(node) for node in nodes]
    member = here.members(class_id)[0]
    seat, other = (seat for node in nodes if (seat := node.worlds.seat(member.seat)))
    waits: list[float] = []
    for turn in range(turns):
        begin, course, ends = [(to_hand_in, "1-1", "failed"), (at_the_last_step, "4", "done")][turn % 2]
        finish = begin(here, seat, member)
        acts: list[Callable[[], object]] = [
            finish,
            partial(class_control.reset, there, other, "2-1"),
            partial(standing.look, there, class_id, utc_now()),
        ]
        waits += cast("list[float]", at_once([partial(timed, act) for act in acts]))
        found = there.current(member.seat)
        assert found
        # Whichever was first: it is over, and the bank stands at the start of the procedure.
        assert (found.course, found.outcome in (ends, "stopped")) == (course, True), found
        assert seat.read().master().approval_password
    return waits


def test_a_seat_is_put_back_while_its_trainee_finishes_at_the_other_node(
    nodes: list[Bank], class_id: int
) -> None:
    """Neither waits for the other for ever, and the seat is whole whichever is first."""
    race(nodes, class_id, TURNS)


@pytest.mark.long
def test_nobody_waits_long_where_the_two_meet_five_hundred_times(nodes: list[Bank], class_id: int) -> None:
    waits = sorted(race(nodes, class_id, MANY_TURNS))
    middle, late = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    print(f"{len(waits)} acts: p50 {middle:.3f} s, p99 {late:.3f} s, longest {waits[-1]:.3f} s")  # noqa: T201
    assert waits[-1] < MOST_WAIT_SECONDS
