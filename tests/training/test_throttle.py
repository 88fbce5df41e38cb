"""Guessing the instructor's password is slow, and keeps nobody else out."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete, func, select

from simulator.store.tries import tries
from simulator.training.throttle import MOST_TRIES, WINDOW_SECONDS
from tests.screens.banks import Bank, open_bank
from tests.screens.visitor import URLENCODED
from tests.training.conftest import CODE
from tests.training.guests import PASSWORD, Guest, code_of, member_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from simulator.domain.world import Secret

STOPPED = "受け付けを止めています"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the counting, which a test may move."""
    clock = [1_000_000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    return clock


def forget(bank: Bank) -> None:
    """As if nobody had tried anything."""
    with bank.worlds.writing() as connection:
        connection.execute(delete(tries))


def count(bank: Bank) -> int:
    """How many tries are kept."""
    with bank.worlds.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tries)) or 0


def guess_password(at: Guest) -> Guest:
    return at.send_form("/desk/login", password="machigai-no-kagi")


def client_of(at: Guest, address: str) -> FlaskClient:
    """The same browser at another address."""
    at.client.environ_base = {**at.client.environ_base, "REMOTE_ADDR": address}
    return at.client


@pytest.mark.usefixtures("desk")
def test_after_so_many_wrong_passwords_even_the_right_one_has_to_wait_a_minute(
    densai: Bank, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Guest(densai)
    forget(densai)
    for _ in range(MOST_TRIES):
        assert guess_password(at).status == 403
    assert (guess_password(at).status, STOPPED in at.page.fault("password")) == (429, True)
    at.open_desk(PASSWORD)
    assert (at.status, STOPPED in at.page.fault("password")) == (429, True)
    monkeypatch.setattr("time.time", lambda: 0.0)  # a clock set back holds nobody up
    now[0] += WINDOW_SECONDS + 1
    assert at.open_desk(PASSWORD).status == 200


@pytest.mark.usefixtures("now")
def test_guessing_keeps_out_nobody_else(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    """Not the instructor on his own computer, nor at another address, nor anybody with a code."""
    seat_code, class_code = member_of(trainee).code, code_of(densai, class_id)
    forget(densai)
    for _ in range(MOST_TRIES * 7):
        guess_password(Guest(densai))
        assert Guest(densai).send_form("/join", class_code="aaaa2222", name="山田").status == 422
        assert Guest(densai).send_form("/return", seat_code="aaaaa22222").status == 422
    assert guess_password(Guest(densai)).status == 429
    elsewhere = Guest(densai)
    client_of(elsewhere, "198.51.100.7")
    assert elsewhere.open_desk(PASSWORD).heading == "クラス一覧"
    assert desk.get("/desk").press("ログアウト").open_desk(PASSWORD).heading == "クラス一覧"
    assert Guest(densai).join(class_code, "鈴木").heading == "席コードをお控えください"
    assert Guest(densai).come_back(seat_code).status == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.7", "198.51.100.8", False),
        ("2001:db8:0:1::7", "2001:db8:0:1:ffff::8", True),
        ("2001:db8:0:1::7", "2001:db8:0:2::7", False),
    ],
)
@pytest.mark.usefixtures("desk", "now")
def test_one_visitor_is_counted_once_whatever_address_of_his_he_takes(
    densai: Bank, one: str, other: str, same: bool
) -> None:
    for number in range(MOST_TRIES + 1):
        at = Guest(densai)
        client_of(at, one)
        assert guess_password(at).status == (403 if number < MOST_TRIES else 429)
    at = Guest(densai)
    client_of(at, other)
    assert guess_password(at).status == (429 if same else 403)


@pytest.mark.usefixtures("desk", "now")
def test_a_made_up_name_of_a_known_browser_is_none(densai: Bank) -> None:
    for number in range(MOST_TRIES + 1):
        at = Guest(densai)
        at.client.set_cookie("__Secure-densai-known", f"name{number}.{'0' * 64}", domain="localhost")
        assert guess_password(at).status == (403 if number < MOST_TRIES else 429)


@pytest.mark.usefixtures("desk")
def test_only_the_last_minute_is_kept_and_no_address(densai: Bank, now: list[float]) -> None:
    forget(densai)
    for number in range(3):
        client_of(at := Guest(densai), f"198.51.100.{number}")
        guess_password(at)
    assert count(densai) == 3
    now[0] += WINDOW_SECONDS + 1
    guess_password(Guest(densai))
    assert count(densai) == 1
    with densai.worlds.reading() as connection:
        assert "127.0.0.1" not in str(connection.execute(select(tries)).all())


@pytest.mark.usefixtures("desk")
def test_a_computer_that_was_started_anew_holds_nobody_up(densai: Bank, now: list[float]) -> None:
    """Its clock begins anew as well, and what is kept is of the future."""
    for _ in range(MOST_TRIES + 1):
        guess_password(at := Guest(densai))
    assert at.status == 429
    now[0] = 5.0
    assert guess_password(Guest(densai)).status == 403


@pytest.mark.usefixtures("desk", "now")
def test_wrong_passwords_at_one_node_count_at_the_other(densai: Bank) -> None:
    forget(densai)
    other = Bank(open_bank(densai.worlds.engine.url.render_as_string(hide_password=False)))
    for number in range(MOST_TRIES):
        assert guess_password(Guest([densai, other][number % 2])).status == 403
    assert [guess_password(Guest(node)).status for node in (densai, other)] == [429, 429]
    other.worlds.close()


def test_of_many_guesses_at_the_password_at_once_only_so_many_are_evaluated(
    densai: Bank, desk: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    many, hasher = 40, densai.app.extensions["densai-hasher"]
    forget(densai)
    evaluated: list[str] = []
    verify = hasher.verify

    def noted(secret: Secret, password: str) -> bool:
        evaluated.append(password)
        return bool(verify(secret, password))

    monkeypatch.setattr(hasher, "verify", noted)
    token, cookies = desk.token, desk.client._cookies
    together = threading.Barrier(many)

    def guess(number: int) -> int:
        client = densai.app.test_client()
        client._cookies = cookies
        data = urlencode({"csrf": token, "password": f"machigai{number}"})
        together.wait()
        return client.post("/desk/login", data=data, content_type=URLENCODED).status_code

    with ThreadPoolExecutor(many) as threads:
        answers = list(threads.map(guess, range(many)))
    allowed = MOST_TRIES
    assert len(evaluated) == answers.count(403) == allowed
    assert answers.count(429) == many - allowed


def test_the_current_password_is_not_guessed_at_the_desk_either(desk: Guest, now: list[float]) -> None:
    forget(desk.bank)
    for _ in range(MOST_TRIES):
        desk.get("/desk/password").press("変更する", current="machigai", password="a" * 9, again="a" * 9)
        assert desk.status == 422
    desk.get("/desk/password").press("変更する", current=PASSWORD, password="a" * 9, again="a" * 9)
    assert (desk.status, STOPPED in desk.page.fault("current")) == (429, True)
    now[0] += 61
    assert desk.get("/desk").press("ログアウト").path == "/"
    assert desk.open_desk(PASSWORD).heading == "クラス一覧"


def test_the_operator_code_is_not_guessed_either(guarded: Bank, now: list[float]) -> None:
    at = Guest(guarded).get("/desk/login")
    for _ in range(MOST_TRIES):
        at.press("設定して開く", code="machigai", password=PASSWORD, again=PASSWORD)
        assert at.status == 422
    at.press("設定して開く", code=CODE, password=PASSWORD, again=PASSWORD)
    assert (at.status, STOPPED in at.page.fault("password")) == (429, True)
    now[0] += 61
    assert at.press("設定して開く", code=CODE, password=PASSWORD, again=PASSWORD).heading == "クラス一覧"


@pytest.mark.usefixtures("now")
def test_a_class_that_sits_down_at_once_is_not_held_up(densai: Bank, desk: Guest) -> None:
    class_id = desk.make_class("大教室", 61)
    for number in range(61):
        at = Guest(densai).join(code_of(densai, class_id), f"受講者{number}")
        assert at.heading == "席コードをお控えください"
