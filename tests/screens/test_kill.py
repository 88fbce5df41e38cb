"""`kill -9` in the middle of a journey: nothing acknowledged is lost, and the journey goes on."""

from __future__ import annotations

import http.client
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store import Wanted, Worlds
from simulator.training import starts
from tests.screens.browsers import HttpBrowser
from tests.screens.doings import choose_rights, create_user, enter_new_user
from tests.screens.served import Served
from tests.screens.test_journey import log_in_first, log_out, set_approval_password
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.store import Seat


class Mortal:
    """A server that is killed and started again on the same file; browsers find the new one."""

    def __init__(self, folder: Path) -> None:
        self.database = f"sqlite:///{folder / 'kill.sqlite3'}"
        self._evaluations = folder / "evaluations"
        self.server = Served(self.database, self._evaluations)
        self.browser = HttpBrowser(self.server.port)

    def kill_and_restart(self) -> None:
        self.server.kill()
        self.server = Served(self.database, self._evaluations)
        self.browser.port = self.server.port


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Mortal]:
    made = Mortal(tmp_path)
    yield made
    made.server.kill()


@pytest.fixture
def seat(mortal: Mortal) -> Iterator[Seat]:
    worlds = Worlds(mortal.database)
    yield starts.make_seats(worlds, seed=3)[0]
    worlds.close()


def test_the_journey_goes_on_after_every_kill_with_the_same_cookie(mortal: Mortal, seat: Seat) -> None:
    people, at = people_of(seat.seed), Visitor(mortal.browser, seat)
    log_in_first(at, people.master)
    mortal.kill_and_restart()
    assert at.open("list").heading == "サービス一覧"
    set_approval_password(at, people.master)
    mortal.kill_and_restart()
    enter_new_user(at)
    mortal.kill_and_restart()  # between the form and its confirmation
    assert at.press("確定").heading == "ID 新規作成完了"
    assert at.get(at.path).heading == "ID 新規作成完了"
    mortal.kill_and_restart()
    assert at.get(at.path).heading == "ID 新規作成完了"
    at.open("user-update").press("確認")
    mortal.kill_and_restart()
    at.press("ユーザ更新", approval=people.master.approval_password)
    assert at.heading == "ユーザ情報更新完了"
    at.press("トップへ戻る")
    log_out(at)
    kinds = [event.kind for event in reversed(seat.events(Wanted()))]
    assert kinds == [
        "login",
        "login_password_changed",
        "entered_service",
        "approval_password_set",
        "user_created",
        "users_updated",
        "left_service",
        "logged_out",
    ]


def test_what_was_acknowledged_stays_and_what_was_not_is_whole_or_absent(mortal: Mortal, seat: Seat) -> None:
    starts.reset(seat, "end")
    acknowledged: list[str] = []
    at = Visitor(mortal.browser, seat).sit_down(MASTER_ID)
    doomed, enough = at.another_window(), threading.Event()
    doomed.browser = HttpBrowser(mortal.server.port)  # knows nothing of the next server
    doomed.browser.set_cookie(seat.code, mortal.browser.cookie(seat.code))

    def create_until_killed() -> None:
        with suppress(OSError, http.client.HTTPException, AssertionError):
            for number in range(1000):
                create_user(doomed, user_id=f"user{number:04}")
                acknowledged.append(f"d-user{number:04}")
                if number == 8:
                    enough.set()

    worker = threading.Thread(target=create_until_killed)
    worker.start()
    assert enough.wait(timeout=30)
    mortal.kill_and_restart()  # in the middle of whatever request is under way
    worker.join(timeout=30)
    world = seat.read()
    made = {login_id for login_id in world.users if login_id.startswith("d-user")}
    assert set(acknowledged) <= made
    created = [event.data["user"] for event in seat.events(Wanted(("user_created",)))]
    assert sorted(created) == sorted(made)  # each with its event, once
    assert at.open("list").heading == "サービス一覧"
    assert create_user(at).heading == "ID 新規作成完了"


def test_wrong_passwords_counted_before_a_kill_still_count_after_it(mortal: Mortal, seat: Seat) -> None:
    starts.reset(seat, "end")
    at = Visitor(mortal.browser, seat)
    for _ in range(4):
        assert at.log_in(GENERAL_ID, "machigai1").status == 422
    mortal.kill_and_restart()
    for _ in range(2):
        assert at.log_in(GENERAL_ID, "machigai1").status == 422
    assert at.log_in(GENERAL_ID, people_of(seat.seed).general.password).status == 422
    assert seat.read().users[GENERAL_ID].login_failures == 6


def test_a_change_confirmed_before_the_kill_is_done_once_when_sent_again(mortal: Mortal, seat: Seat) -> None:
    starts.reset(seat, "end")
    at = Visitor(mortal.browser, seat).sit_down(MASTER_ID, in_service=True)
    form = choose_rights(at, ["densai"], []).page.form("変更")
    data = form.data(approval=people_of(seat.seed).master.approval_password)
    assert at.post(form.action, data).heading == "ユーザ情報変更完了"
    mortal.kill_and_restart()
    assert at.post(form.action, data).heading == "ユーザ情報変更完了"
    assert seat.count_events(Wanted(("rights_changed",))) == 1
