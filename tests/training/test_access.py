"""Who reaches what: every route of training and of the bank is tried by everybody who may not."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from simulator.bank.people import people as people_of
from simulator.codes import ALPHABET
from simulator.store.database import metadata
from simulator.training import access, classes
from tests.screens.addresses import bank_addresses
from tests.screens.banks import Bank, open_bank
from tests.training.addresses import DOOR, INSTRUCTORS, MINE, addresses, posts
from tests.training.guests import PASSWORD, Guest, code_of, member_of, training

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from tests.screens.visitor import Data

# What a form of any route could hold: none of it may be done without the right to it.
EVERYTHING = {
    "procedure": "end",
    "course": "1-2",
    "name": "四月の研修",
    "seats": "2",
    "seed": "1",
    "courses": "1-1",
    "modes": "learn",
    "days": "3",
    "on": "1",
    "message": "こんにちは",
    "password": "another-password",
    "again": "another-password",
    "current": PASSWORD,
    "mode": "learn",
    "what": "desk",
    "key": "1-1.1",
    "after": "",
    "raised": "",
    "place": "1",
    "to": "class",
    "number": "1",
}


def kept(bank: Bank) -> dict[str, list[tuple[object, ...]]]:
    """All that the database holds."""
    with bank.worlds.reading() as connection:
        tables = metadata.sorted_tables
        return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in tables}


def filled(bank: Bank, class_id: int) -> Data:
    """EVERYTHING, with codes that open doors."""
    free = training(bank).members(class_id)[-1]
    return [*EVERYTHING.items(), ("class_code", code_of(bank, class_id)), ("seat_code", free.code)]


def others_token(bank: Bank) -> str:
    return Guest(bank).token


TOKENS: dict[str, Callable[[Bank, Guest], Data]] = {
    "no token": lambda _bank, _at: [],
    "an empty one": lambda _bank, _at: [("csrf", "")],
    "one made up": lambda _bank, _at: [("csrf", "f" * 64)],
    "another browser's": lambda bank, _at: [("csrf", others_token(bank))],
    "the right one twice": lambda _bank, at: [("csrf", at.token), ("csrf", at.token)],
    "the bank's": lambda _bank, at: [("csrf", at.csrf)],
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
@pytest.mark.parametrize("who", ["the instructor", "the trainee"])
def test_no_form_of_training_does_anything_without_its_own_token(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, token: Callable[[Bank, Guest], Data], who: str
) -> None:
    trainee.start()
    at = desk if who == "the instructor" else trainee
    trainee.open("login")
    data = [*filled(densai, class_id), *token(densai, at)]
    before = kept(densai)
    tried = posts(densai.app, class_id, trainee.seat.code)
    assert len(tried) > 20
    for address in tried:
        at.post(address.path, data)
        mine = address.area not in INSTRUCTORS or address.endpoint in DOOR or at is desk
        refused = (409, 403) if address.area == "coach" and at is desk else (409,) if mine else (403,)
        assert at.status in refused, address
        assert kept(densai) == before, address


def test_no_form_of_training_does_anything_with_a_token_but_no_cookie(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    token = trainee.token
    before, data = kept(densai), [*filled(densai, class_id), ("csrf", token)]
    for address in posts(densai.app, class_id, trainee.seat.code):
        assert Guest(densai).post(address.path, data).status in (403, 409), address
    assert kept(densai) == before
    assert desk.get("/desk").status == 200


@pytest.mark.parametrize("who", ["a stranger", "a trainee"])
def test_every_page_of_the_desk_is_the_instructors_alone(
    densai: Bank, trainee: Guest, class_id: int, who: str
) -> None:
    at = trainee if who == "a trainee" else Guest(densai)
    data = [*filled(densai, class_id), ("csrf", at.token)]
    before, seat = kept(densai), trainee.seat
    tried = [each for each in addresses(densai.app, class_id, seat.code) if each.area in INSTRUCTORS]
    assert len(tried) > 25
    for address in tried:
        if address.endpoint in DOOR:
            continue
        at.get(address.path) if address.method == "GET" else at.post(address.path, data)
        if address.method == "GET":
            assert (at.path, at.heading) == ("/desk/login", "講師用画面"), address
        else:
            assert (at.status, at.heading) == (403, "表示できません"), address
        assert people_of(seat.seed).master.issued_password not in at.page.html
        assert code_of(densai, class_id) not in at.page.html
    assert kept(densai) == before


def test_every_route_of_the_desk_says_that_it_is_the_instructors(densai: Bank) -> None:
    assert unguarded(densai.app) == []


def test_a_route_of_the_desk_that_forgets_it_is_noticed(densai: Bank) -> None:
    views = dict(densai.app.view_functions)
    densai.app.view_functions["desk_projection.cards"] = views["desk_login.enter"]
    try:
        assert unguarded(densai.app) == ["desk_projection.cards"]
    finally:
        densai.app.view_functions.update(views)


def unguarded(app: Flask) -> list[str]:
    """The desk's endpoints, but its door, whose view does not ask for the instructor."""
    names = {each.endpoint for each in addresses(app, 1, "x") if each.area in INSTRUCTORS}
    views = app.view_functions
    return sorted(name for name in names - set(DOOR) if not getattr(views[name], "instructed", False))


@pytest.mark.parametrize("who", ["a stranger", "another trainee"])
def test_nobody_but_its_trainee_and_the_instructor_reaches_a_seats_bank(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, who: str
) -> None:
    at = Guest(densai)
    if who == "another trainee":
        at.join(code_of(densai, class_id), "鈴木")
    trainee.start("2-1")
    trainee.sit_down("d-1560heki", in_service=True)
    before, home = kept(densai), trainee.home
    # Even with the bank's own session in hand.
    token = trainee.client.get_cookie("__Secure-densai", path=home)
    assert token
    at.client.set_cookie("__Secure-densai", token.value, path=home)
    for address in bank_addresses(densai.app):
        path = address.within(home, trainee.sid)
        at.get(path) if address.method == "GET" else at.post(path, [("csrf", trainee.csrf)])
        assert (at.status, at.heading) == (403, "この席は開けません"), address
    assert kept(densai) == before
    assert trainee.open("top").status == 200
    assert desk.get(home).heading == "当金庫ホームページ"


def test_a_trainees_own_pages_and_his_coach_act_on_his_seat_alone(
    densai: Bank, trainee: Guest, class_id: int
) -> None:
    other = Guest(densai).join(code_of(densai, class_id), "鈴木").start("2-1")
    before, going = other.seat.read(), training(densai).current(other.seat.code)
    sneaky = [("seat", other.seat.code), ("practice", str(going.id if going else 0)), ("csrf", trainee.token)]
    for address in addresses(densai.app, class_id, other.seat.code):
        if address.area not in (*MINE, "coach") or address.endpoint == "my.leave":
            continue
        data = [*EVERYTHING.items(), *sneaky]
        query = f"{address.path}?seat={other.seat.code}&code={member_of(other).code}"
        trainee.get(query) if address.method == "GET" else trainee.post(address.path, data)
        assert other.seat.code not in trainee.answer.body.decode(), address
        assert member_of(other).code not in trainee.answer.body.decode(), address
        assert trainee.status in (200, 400, 404), address
    assert other.seat.read() == before
    assert training(densai).current(other.seat.code) == going
    assert member_of(other).name == "鈴木"


def test_without_a_seat_the_trainees_pages_lead_to_the_entrance_and_change_nothing(
    densai: Bank, class_id: int
) -> None:
    at, before = Guest(densai), kept(densai)
    data = [*EVERYTHING.items(), ("csrf", at.token)]
    for address in addresses(densai.app, class_id, "x"):
        if address.area in (*MINE, "coach") and address.endpoint != "my.leave":
            at.get(address.path) if address.method == "GET" else at.post(address.path, data)
            assert at.path == "/" or at.status == 403, address
    assert kept(densai) == before


@pytest.mark.parametrize(
    "forge",
    [
        lambda seat, _code: seat,
        lambda seat, _code: f"{seat}.",
        lambda seat, code: f"{seat}.{code}",
        lambda seat, _code: f"{seat}.{'0' * 64}",
        lambda seat, _code: f"{seat}.訓練",
        lambda _seat, code: f"{code}.{code}",
        lambda _seat, _code: ".",
    ],
)
def test_codes_and_numbers_in_a_cookie_made_up_open_nothing(
    densai: Bank, trainee: Guest, forge: Callable[[str, str], str]
) -> None:
    at = Guest(densai)
    value = forge(trainee.seat.code, member_of(trainee).code)
    for name in ("my", "desk"):
        at.client.set_cookie(f"__Secure-densai-{name}", value)
    assert at.get(trainee.home).status == 403
    assert at.get("/my").path == "/"
    assert at.get("/desk").path == "/desk/login"


@pytest.mark.parametrize("cookie", ["my", "desk", "form"])
def test_cookies_are_for_this_server_and_no_script(trainee: Guest, desk: Guest, cookie: str) -> None:
    at = desk if cookie == "desk" else trainee
    found = at.client.get_cookie(f"__Secure-densai-{cookie}")
    assert found
    assert (found.secure, found.http_only, found.same_site, found.path) == (True, True, "Lax", "/")


def test_on_plain_http_cookies_have_other_names_and_the_doors_work(tmp_path: Path) -> None:
    bank = Bank(open_bank(tmp_path / "densai.sqlite3", plain_http=True))
    desk, at = Guest(bank).open_desk(), Guest(bank)
    assert at.join(code_of(bank, desk.make_class()), "山田").get("/my").heading == "わたしの訓練"
    for who, kind in ((desk, "desk"), (at, "my"), (at, "form")):
        found = who.client.get_cookie(f"densai-{kind}")
        assert found
        assert (found.secure, found.http_only, found.same_site) == (False, True, "Lax")
    bank.worlds.close()


def test_a_new_seat_code_shuts_out_whoever_came_in_with_the_old_one(
    densai: Bank, desk: Guest, trainee: Guest
) -> None:
    old = member_of(trainee).code
    desk.get(f"/desk/seats/{trainee.seat.code}").press("新しい席コードにする")
    assert trainee.get("/my").path == "/"
    assert trainee.get(trainee.home).status == 403
    assert Guest(densai).come_back(old).status == 422
    assert trainee.come_back(member_of(trainee).code).heading == "わたしの訓練"


# The instructor's password ---------------------------------------------------------------------


def test_the_first_to_come_sets_the_password_and_only_it_opens_the_desk(densai: Bank) -> None:
    first = Guest(densai).get("/").press("講師用画面を開く")
    assert first.heading == "講師用パスワードの設定"
    first.press("設定して開く", password=PASSWORD, again=PASSWORD)
    assert first.heading == "クラス一覧"
    second = Guest(densai).open_desk("machigai-no-kagi")
    assert (second.status, second.page.fault("password")) == (403, "パスワードが正しくありません。")
    assert second.get("/desk").path == "/desk/login"
    assert second.open_desk().heading == "クラス一覧"
    assert first.get("/desk").heading == "クラス一覧"


def test_whoever_is_second_to_set_it_is_asked_for_the_firsts(densai: Bank) -> None:
    second = Guest(densai).get("/desk/login")
    Guest(densai).open_desk()
    second.press("設定して開く", password="another-one", again="another-one")
    assert (second.status, second.heading) == (403, "講師用画面")
    assert Guest(densai).open_desk().heading == "クラス一覧"


SHORT, LONG = "8文字以上64文字以内", "2か所に入力した内容が一致しません"
BAD = {
    "7 characters": ("a" * 7, "a" * 7, "password", SHORT),
    "65 characters": ("a" * 65, "a" * 65, "password", SHORT),
    "nothing": ("", "", "password", SHORT),
    "two that differ": ("a" * 8, "a" * 9, "again", LONG),
}


@pytest.mark.parametrize("why", BAD)
def test_a_password_that_will_not_do_is_refused_at_its_field(densai: Bank, why: str) -> None:
    password, again, field, words = BAD[why]
    at = Guest(densai).get("/desk/login").press("設定して開く", password=password, again=again)
    assert (at.status, words in at.page.fault(field)) == (422, True)
    assert not training(densai).key(access.PASSWORD)
    at.open_desk().get("/desk/password").press("変更する", current=PASSWORD, password=password, again=again)
    assert (at.status, words in at.page.fault(field)) == (422, True)
    assert Guest(densai).open_desk().heading == "クラス一覧"


@pytest.mark.parametrize("password", ["a" * 8, "a" * 64, "合言葉は「でんさい」"])
def test_a_password_of_the_right_length_is_any(densai: Bank, password: str) -> None:
    Guest(densai).open_desk(password)
    assert Guest(densai).open_desk(password).heading == "クラス一覧"


def test_another_password_ends_every_other_session_of_the_desk(densai: Bank, desk: Guest) -> None:
    other = Guest(densai).open_desk()
    new = "atarashii-kagi"
    other.get("/desk/password").press("変更する", current="machigai", password=new, again=new)
    assert (other.status, other.page.fault("current")) == (422, "現在のパスワードが正しくありません。")
    other.press("変更する", current=PASSWORD, password=new, again=new)
    assert other.heading == "クラス一覧"
    assert desk.get("/desk").path == "/desk/login"
    assert desk.open_desk().status == 403
    assert desk.open_desk(new).heading == "クラス一覧"


def test_a_session_of_the_desk_ends_with_logging_out(densai: Bank, desk: Guest) -> None:
    token = desk.client.get_cookie("__Secure-densai-desk")
    assert token
    assert desk.get("/desk").press("ログアウト").path == "/"
    desk.client.set_cookie("__Secure-densai-desk", token.value)  # kept by somebody
    assert desk.get("/desk").path == "/desk/login"
    assert Guest(densai).open_desk().heading == "クラス一覧"


def test_no_password_or_code_of_training_is_stored_shown_or_logged(
    densai: Bank, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    typed = [f"Z{number}zqxj{number}-himitsu" for number in range(4)]
    at = Guest(densai).open_desk(typed[0])
    other = Guest(densai).open_desk(typed[1])
    shown = [at.page.html, other.page.html]
    form = at.get("/desk/password")
    shown.append(form.press("変更する", current=typed[1], password=typed[2], again=typed[2]).page.html)
    shown.append(form.press("変更する", current=typed[0], password=typed[3], again=typed[3]).page.html)
    assert at.heading == "クラス一覧"
    stored = repr(kept(densai))
    for password in typed:
        assert password not in stored
        assert password not in caplog.text
        assert not any(password in html for html in shown)
    assert training(densai).key(access.PASSWORD).startswith("$argon2id$")


# What is not there -----------------------------------------------------------------------------


def test_a_class_or_seat_that_is_not_there_is_not_found(densai: Bank, desk: Guest) -> None:
    data = [*EVERYTHING.items(), ("csrf", desk.token)]
    seat = Guest(densai).begin_alone().seat.code
    before = kept(densai)
    for class_id in (7, 10**30):
        for address in addresses(densai.app, class_id, "nobody"):
            if str(class_id) in address.path or "nobody" in address.path:
                desk.get(address.path) if address.method == "GET" else desk.post(address.path, data)
                assert desk.status == 404, address
    assert kept(densai) == before
    assert desk.get(f"/desk/seats/{seat}").status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, method: str
) -> None:
    before = kept(densai)
    for at in (desk, trainee):
        for address in addresses(densai.app, class_id, trainee.seat.code):
            answer = at.browser.send(method, address.path, b"", "")
            assert answer.status == (200 if method == "OPTIONS" else 405), address
    assert kept(densai) == before


def test_looking_changes_nothing(densai: Bank, desk: Guest, trainee: Guest, class_id: int) -> None:
    before = kept(densai)
    for at in (desk, trainee):
        for address in addresses(densai.app, class_id, trainee.seat.code):
            if address.method == "GET":
                at.get(address.path)
                assert at.status < 500
    assert kept(densai) == before


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"csrf=%FF&name=%C3%28", b"csrf=" + b"a" * 70_000, b"&&&===", b"csrf[]=1&csrf=x"],
)
def test_broken_bodies_are_refused_everywhere(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, body: bytes
) -> None:
    before = kept(densai)
    for at in (desk, trainee):
        for address in posts(densai.app, class_id, trainee.seat.code):
            assert at.send(address.path, body).status in (400, 403, 409, 413), address
    assert kept(densai) == before


def test_codes_are_long_enough_that_nobody_guesses_them(densai: Bank, desk: Guest) -> None:
    class_id = desk.make_class(seats=40)
    members = training(densai).members(class_id)
    assert len({member.code for member in members} | {member.seat for member in members}) == 80
    letters = len(ALPHABET)
    assert letters ** len(code_of(densai, class_id)) > 10**11
    assert all(letters ** len(member.code) > 10**14 for member in members)


def test_a_seats_code_is_in_no_page_of_anybody_elses(densai: Bank, trainee: Guest, class_id: int) -> None:
    other = Guest(densai).join(code_of(densai, class_id), "鈴木")
    secret = (trainee.seat.code, member_of(trainee).code)
    for path in (
        "/",
        "/my",
        "/welcome",
        "/my/letter",
        "/my/memo",
        "/my/pulse",
        other.home,
        "/bank/",
        "/nothing",
    ):
        text = other.get(path).answer.body.decode()
        assert not any(code in text or classes.shown_code(code) in text for code in secret), path


@pytest.mark.parametrize(("days", "opens"), [(access.TRAINEE_DAYS, True), (access.TRAINEE_DAYS + 1, False)])
def test_a_trainees_cookie_ends_on_the_server_too(
    densai: Bank, class_id: int, monkeypatch: pytest.MonkeyPatch, days: int, opens: bool
) -> None:
    at = Guest(densai).join(code_of(densai, class_id), "山田 太郎")
    today = access._today()
    monkeypatch.setattr(access, "_today", lambda: today + days)
    assert (at.get("/my").path == "/my") is opens


@pytest.mark.parametrize("day", ["", "x", "9" * 500, "-1", "１"])
def test_a_day_that_was_made_up_opens_nothing(densai: Bank, class_id: int, day: str) -> None:
    at = Guest(densai).join(code_of(densai, class_id), "山田 太郎")
    cookie = at.client.get_cookie("__Secure-densai-my", domain=at.host)
    assert cookie
    seat, _, proof = cookie.value.split(".")
    at.client.set_cookie("__Secure-densai-my", f"{seat}.{day}.{proof}", domain=at.host)
    assert at.get("/my").path == "/"
