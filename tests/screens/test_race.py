"""R05 when many arrive at once: of 100 parallel wrong passwords exactly six are evaluated, every time."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from simulator.bank.credentials import csrf_token
from simulator.bank.messages import MESSAGES
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.store import Wanted, Worlds
from simulator.training import starts
from tests.screens.browsers import HttpBrowser
from tests.screens.doings import choose_rights
from tests.screens.served import serving
from tests.screens.visitor import COOKIE, URLENCODED, Answer, Visitor
from tests.store.databases import POSTGRES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from simulator.store import Seat
    from tests.screens.pages import Form

GUESSES, RUNS, APPROVAL_RUNS, LOCK_AFTER = 100, 10, 3, 6


@pytest.fixture
def evaluations(tmp_path: Path) -> Path:
    file = tmp_path / "evaluations"
    file.touch()
    return file


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'race.sqlite3'}"
    new: Callable[[], str] = request.getfixturevalue("new_postgres")
    return new()


@pytest.fixture
def seat(database: str) -> Iterator[Seat]:
    worlds = Worlds(database)
    yield starts.make_seats(worlds, seed=5)[0]
    worlds.close()


def all_at_once(guess: Callable[[int], Answer]) -> list[Answer]:
    """A hundred guesses that start at the same moment."""
    together = threading.Barrier(GUESSES)

    def one(number: int) -> Answer:
        together.wait()
        return guess(number)

    with ThreadPoolExecutor(GUESSES) as threads:
        return list(threads.map(one, range(GUESSES)))


def refusals(answers: list[Answer]) -> Counter[str]:
    """How often each refusal was given."""
    codes = ("login_wrong", "login_locked", "approval_wrong", "approval_locked")
    words = {code: MESSAGES[code] for code in codes}
    assert {answer.status for answer in answers} == {422}
    bodies = [answer.body.decode() for answer in answers]
    return Counter(code for body in bodies for code, text in words.items() if text in body)


def wrong_login(ports: list[int], seat: Seat) -> Callable[[int], Answer]:
    """A guess at the master's login password, each from a browser of its own."""

    def guess(number: int) -> Answer:
        browser = HttpBrowser(ports[number % len(ports)])
        browser.cookies[COOKIE] = token = f"guesser-{number}"
        data = {"csrf": csrf_token(token), "login_id": MASTER_ID, "password": f"machigai{number}"}
        return browser.send("POST", f"/bank/{seat.code}/login", urlencode(data).encode(), URLENCODED)

    return guess


def wrong_approval(browser: HttpBrowser, form: Form) -> Callable[[int], Answer]:
    """A guess at the approval password, all from one confirmation."""

    def guess(number: int) -> Answer:
        data = form.data(approval=f"machigai{number}")
        return browser.send("POST", form.action, urlencode(data).encode(), URLENCODED)

    return guess


@pytest.mark.parametrize(
    ("database", "processes"),
    [("sqlite", 1), ("sqlite", 2), pytest.param("postgresql", 2, marks=POSTGRES)],
    indirect=["database"],
)
def test_of_a_hundred_wrong_logins_at_once_exactly_six_are_evaluated(
    database: str, seat: Seat, evaluations: Path, processes: int
) -> None:
    with serving(database, evaluations, processes) as servers:
        guess = wrong_login([server.port for server in servers], seat)
        for run in range(1, RUNS + 1):
            starts.reset(seat, "1-3")
            refused = refusals(all_at_once(guess))
            assert evaluations.stat().st_size == run * LOCK_AFTER
            assert refused["login_wrong"] + refused["login_locked"] == GUESSES
            assert refused["login_wrong"] < LOCK_AFTER  # the one that locks says so
            assert seat.read().master().login_failures == LOCK_AFTER
            kinds = Counter(event.kind for event in seat.events(Wanted()))
            assert kinds == {"login_password_wrong": LOCK_AFTER, "login_password_locked": 1}


def test_of_a_hundred_wrong_approval_passwords_at_once_exactly_six_are_evaluated(
    database: str, seat: Seat, evaluations: Path
) -> None:
    with serving(database, evaluations) as servers:
        browser = HttpBrowser(servers[0].port)
        for run in range(1, APPROVAL_RUNS + 1):
            starts.reset(seat, "end")
            at = Visitor(browser, seat).sit_down(MASTER_ID, in_service=True)
            form = choose_rights(at, ["densai"], []).page.form("変更")
            rights = seat.read().users[GENERAL_ID].rights
            refused = refusals(all_at_once(wrong_approval(browser, form)))
            assert evaluations.stat().st_size == run * LOCK_AFTER
            assert refused["approval_wrong"] + refused["approval_locked"] == GUESSES
            assert seat.read().users[GENERAL_ID].rights == rights
            assert seat.read().master().approval_failures == LOCK_AFTER
