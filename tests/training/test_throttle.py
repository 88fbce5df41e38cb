"""Guessing is slow: wrong codes and passwords are counted, from one address and from all together."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from simulator.training.throttle import CODE_FROM_ONE, FROM_ALL, PASSWORD_FROM_ONE, Throttle
from tests.screens.visitor import URLENCODED
from tests.training.conftest import CODE
from tests.training.guests import PASSWORD, Guest, code_of, member_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from simulator.domain.world import Secret
    from tests.screens.banks import Bank

STOPPED = "受け付けを止めています"


def guess_class(at: Guest) -> Guest:
    return at.send_form("/join", class_code="aaaa2222", name="山田")


def guess_seat(at: Guest) -> Guest:
    return at.send_form("/return", seat_code="aaaaa22222")


def guess_password(at: Guest) -> Guest:
    return at.send_form("/desk/login", password="machigai-no-kagi")


GUESSES: dict[str, tuple[Callable[[Guest], Guest], int, str]] = {
    "class codes": (guess_class, CODE_FROM_ONE.amount, "class_code"),
    "seat codes": (guess_seat, CODE_FROM_ONE.amount, "seat_code"),
    "the instructor's password": (guess_password, PASSWORD_FROM_ONE.amount, "password"),
}


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the counting, which a test may move."""
    clock = [1_000_000.0]
    monkeypatch.setattr("time.time", lambda: clock[0])
    return clock


@pytest.mark.parametrize("what", GUESSES)
def test_after_so_many_wrong_ones_even_the_right_one_has_to_wait_a_minute(
    densai: Bank, trainee: Guest, class_id: int, now: list[float], what: str
) -> None:
    guess, most, field = GUESSES[what]
    seat_code, class_code = member_of(trainee).code, code_of(densai, class_id)
    at = Guest(densai)
    densai.app.extensions["densai-throttle"] = Throttle()
    for _ in range(most):
        assert guess(at).status in (403, 422)
    assert (guess(at).status, STOPPED in at.page.fault(field)) == (429, True)
    right: dict[str, Callable[[], object]] = {
        "class codes": lambda: at.join(class_code, "鈴木"),
        "seat codes": lambda: at.come_back(seat_code),
        "the instructor's password": lambda: at.open_desk(PASSWORD),
    }
    right[what]()
    assert (at.status, STOPPED in at.page.fault(field)) == (429, True)
    assert at.get("/my").path == "/"
    assert at.get("/desk").path == "/desk/login"
    now[0] += 61
    right[what]()
    assert at.status == 200


@pytest.mark.parametrize("what", GUESSES)
def test_one_kind_of_guessing_stops_no_other(
    densai: Bank, desk: Guest, class_id: int, now: list[float], what: str
) -> None:
    assert now
    guess, most, _ = GUESSES[what]
    for _ in range(most + 1):
        guess(Guest(densai))
    others = [name for name in GUESSES if name != what]
    assert [GUESSES[name][0](Guest(densai)).status for name in others] != [429, 429]
    for name in others:
        assert GUESSES[name][0](Guest(densai)).status in (403, 422)
    assert desk.get(f"/desk/classes/{class_id}").status == 200


def client_of(at: Guest, address: str) -> FlaskClient:
    """The same browser at another address."""
    at.client.environ_base = {**at.client.environ_base, "REMOTE_ADDR": address}
    return at.client


def test_many_addresses_together_are_stopped_as_well_and_one_alone_stops_nobody(
    densai: Bank, trainee: Guest, now: list[float]
) -> None:
    assert now
    code = member_of(trainee).code
    guessers = [Guest(densai) for _ in range(3)]
    for number, guesser in enumerate(guessers):
        client_of(guesser, f"198.51.100.{number}")
    for _ in range(CODE_FROM_ONE.amount + 20):
        guess_seat(guessers[0])
    assert guessers[0].status == 429
    assert Guest(densai).come_back(code).status == 200  # from another address
    for _ in range(FROM_ALL.amount - CODE_FROM_ONE.amount):
        assert guess_seat(guessers[1]).status == 422
    assert guess_seat(guessers[2]).status == 429


def test_of_many_guesses_at_the_password_at_once_only_so_many_are_evaluated(
    densai: Bank, desk: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    many, hasher = 40, densai.app.extensions["densai-hasher"]
    densai.app.extensions["densai-throttle"] = Throttle()
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
    allowed = PASSWORD_FROM_ONE.amount
    assert len(evaluated) == answers.count(403) == allowed
    assert answers.count(429) == many - allowed


def test_the_current_password_is_not_guessed_at_the_desk_either(desk: Guest, now: list[float]) -> None:
    desk.bank.app.extensions["densai-throttle"] = Throttle()
    for _ in range(PASSWORD_FROM_ONE.amount):
        desk.get("/desk/password").press("変更する", current="machigai", password="a" * 9, again="a" * 9)
        assert desk.status == 422
    desk.get("/desk/password").press("変更する", current=PASSWORD, password="a" * 9, again="a" * 9)
    assert (desk.status, STOPPED in desk.page.fault("current")) == (429, True)
    now[0] += 61
    assert desk.get("/desk").press("ログアウト").path == "/"
    assert desk.open_desk(PASSWORD).heading == "クラス一覧"


def test_the_operator_code_is_not_guessed_either(guarded: Bank, now: list[float]) -> None:
    at = Guest(guarded).get("/desk/login")
    for _ in range(PASSWORD_FROM_ONE.amount):
        at.press("設定して開く", code="machigai", password=PASSWORD, again=PASSWORD)
        assert at.status == 422
    at.press("設定して開く", code=CODE, password=PASSWORD, again=PASSWORD)
    assert (at.status, STOPPED in at.page.fault("password")) == (429, True)
    now[0] += 61
    assert at.press("設定して開く", code=CODE, password=PASSWORD, again=PASSWORD).heading == "クラス一覧"


def test_a_class_that_sits_down_at_once_is_not_held_up(densai: Bank, desk: Guest, now: list[float]) -> None:
    assert now
    class_id = desk.make_class("大教室", 61)
    for number in range(61):
        at = Guest(densai).join(code_of(densai, class_id), f"受講者{number}")
        assert at.heading == "席コードをお控えください"
