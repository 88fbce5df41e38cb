"""Hostile input in every field of every form, the forms found on the pages themselves.

Whatever is sent: no failure of the server, no trace, nothing changed on a refusal, every text
escaped, and no password box ever filled.
"""

from __future__ import annotations

import dataclasses
import logging
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from tests.screens.addresses import Address, bank_addresses
from tests.screens.doings import (
    NEW,
    NEW_ID,
    approval_of,
    choose_rights,
    create_user,
    enter_new_user,
    update_users,
)
from tests.screens.visitor import URLENCODED

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.domain.world import World
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.pages import Form
    from tests.screens.visitor import Visitor

TYPED = "himitsu77"  # every password box gets this where it is not the one under attack
MARK = "<b id=main>\"'&amp;</b><script>alert(1)</script>"
CONTROL = {chr(code) for code in (*range(32), *range(127, 160))} - {"\n"}
HOSTILE = {
    "nothing": "",
    "spaces": "  \u3000 ",
    "too long": "a1" * 500,
    "far too long": "あ" * 20_000,
    "full-width": "ＡＢＣ１２３",
    "control characters": "abc\x00\x07\x1b[31m\r\ndef",
    "line separators": "abc\u2028\u2029\u0085def",
    "right to left": "abc\u202edef",
    "emoji": "👨‍👩‍👧😀",
    "HTML": MARK,
    "template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "SQL": "'; DROP TABLE seats; --",
    "path": "../../../../etc/passwd\\..",
    "like": "%_%",
    "lone percent": "%zz%",
}


class Place(NamedTuple):
    """Somewhere with forms: how to get there, as whom."""

    start: str
    who: str
    go: Callable[[Visitor], object]
    in_service: bool = True


def opening(screen: str) -> Callable[[Visitor], object]:
    return lambda at: at.open(screen)


PLACES = {
    "S04": Place("1-1", "", lambda at: at.get(f"{at.home}login")),
    "S05": Place("1-2", MASTER_ID, opening("password")),
    "S07 first": Place("1-3", MASTER_ID, opening("approval-password")),
    "S07 initial": Place("3-3", GENERAL_ID, opening("approval-password")),
    "S07 later": Place("end", GENERAL_ID, opening("approval-password")),
    "S12": Place("end", MASTER_ID, opening("company-users/search/change")),
    "S13": Place("end", MASTER_ID, opening(f"company-users/{GENERAL_ID}/change")),
    "S13a": Place("2-3", MASTER_ID, lambda at: choose_rights(at, ["trades.approver"], [])),
    "S14": Place("end", MASTER_ID, lambda at: choose_rights(at, ["densai"], [])),
    "S18": Place("end", MASTER_ID, opening("users/new")),
    "S19": Place("end", MASTER_ID, enter_new_user),
    "S21": Place("2-2", MASTER_ID, opening("user-update")),
    "S22": Place("2-2", MASTER_ID, lambda at: at.open("user-update").press("確認")),
    "S28": Place("end", MASTER_ID, opening(f"users/{GENERAL_ID}/name")),
    "S29": Place("end", MASTER_ID, opening(f"users/{GENERAL_ID}/mail")),
    "S30": Place("end", MASTER_ID, opening(f"users/{GENERAL_ID}/password")),
    "S32": Place("end", MASTER_ID, opening("trade-history")),
    "S33": Place("end", MASTER_ID, opening("operation-history")),
}


def arrive(densai: Bank, seat: Seat, place: Place) -> Visitor:
    at = densai.at(seat, place.start, place.who or MASTER_ID, in_service=place.in_service)
    if not place.who:
        at = densai.visitor(seat)
    place.go(at)
    assert at.status == 200
    return at


def own_forms(at: Visitor) -> list[Form]:
    """The forms with something to send besides their token, but not the way out."""
    return [form for form in at.page.forms if set(form.names) - {"csrf"} and "leave" not in form.action]


def kept(seat: Seat) -> World:
    """Return the state that a refusal must not change: all but sessions and counts of wrong passwords."""
    world = seat.read()
    for user in world.users.values():
        user.login_failures = user.approval_failures = 0
        for secret in (user.login_password, user.approval_password):
            if secret and secret.seeded:
                secret.hash = ""  # hashed by the first attempt at it
    return dataclasses.replace(world, sessions=[], ended=[])


def release_everybody(seat: Seat) -> None:
    with seat.change() as world:
        for user in world.users.values():
            user.login_failures = user.approval_failures = 0


def send(at: Visitor, form: Form, name: str, value: str) -> Visitor:
    """This value in one field, something typed in every other that is empty."""
    standing = dict(form.data())
    filled = {each: TYPED for each in form.typed if not standing[each]} | {name: value}
    data = form.data(**filled)
    if form.method == "GET":
        return at.get(f"{form.action}?{urlencode(data)}")
    return at.post(form.action, data)


@pytest.mark.parametrize("where", PLACES)
def test_every_field_takes_whatever_comes(
    densai: Bank, seat: Seat, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    at = arrive(densai, seat, PLACES[where])
    forms = [(number, name) for number, form in enumerate(own_forms(at)) for name in form.names]
    assert forms
    arrival = at.answer
    for number, name in forms:
        for value in HOSTILE.values():
            form, before = own_forms(at)[number], kept(seat)
            send(at, form, name, value)
            assert at.status in (200, 400, 403, 404, 409, 413, 422), (name, value, at.status)
            assert_harmless(at, form)
            if at.status == 422 and name in form.typed and name not in passwords_of(form):
                assert at.page.box(name).attrs["value"].strip() == shown(value).strip()
            if at.status == 200 and form.method == "POST":
                at = arrive(densai, seat, PLACES[where])
                arrival = at.answer
            else:
                assert kept(seat) == before, (name, value)
                release_everybody(seat)
                at.answer = arrival
    assert TYPED not in caplog.text


def assert_harmless(at: Visitor, form: Form) -> None:
    """Assert that typed text is on the page as text, or not at all, and no password is."""
    page = at.page
    assert "<b id=main>" not in page.html
    assert "<script>alert" not in page.html
    assert not CONTROL & set(page.html)
    secret = passwords_of(form)
    assert not any("value" in box.attrs for box in page.top.all("input") if box.attrs.get("name") in secret)


def passwords_of(form: Form) -> list[str]:
    return [box.attrs["name"] for box in form.element.all("input") if box.attrs.get("type") == "password"]


def shown(value: str) -> str:
    """A text as a box keeps it: without what no line can show."""
    return "".join(char for char in value if unicodedata.category(char) not in ("Cc", "Zl", "Zp"))


def posting(densai: Bank) -> list[Address]:
    """Everything that can be sent, but not what ends the session it is sent from."""
    ways_out = ("bank.logout.leave", "bank.logout.leave_service", "bank.login.close")
    addresses = bank_addresses(densai.app)
    return [each for each in addresses if each.method == "POST" and each.endpoint not in ways_out]


BODIES: dict[str, tuple[bytes, str]] = {
    "broken UTF-8": (b"name=\xff\xfe&login_id=\xc3&password=%FF%FE&approval=%C3%28&csrf=", URLENCODED),
    "an over-long encoding": (b"name=%C0%80&login_id=%ED%A0%80&csrf=", URLENCODED),
    "JSON": (b'{"csrf": "x", "name": "x"}', "application/json"),
    "multipart of nothing": (b"", "multipart/form-data"),
    "multipart cut off": (b"--x\r\nContent-Disposition: form-data\r\n", "multipart/form-data; boundary=x"),
    "a thousand fields": (b"&".join(b"f%d=1" % number for number in range(1500)), URLENCODED),
    "no kind": (b"csrf=x", ""),
    "a wrong kind": (b"csrf=x", "text/plain; charset=nonsense"),
    "100 KB": (b"name=" + b"a" * 100_000, URLENCODED),
    "1 MB": (b"name=" + b"a" * 1_000_000, URLENCODED),
}


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_is_no_form_is_refused(densai: Bank, seat: Seat, what: str) -> None:
    at = densai.master(seat)
    body, kind = BODIES[what]
    before = seat.read()
    for address in posting(densai):
        at.send(address.within(at.home, at.sid), body, kind)
        assert at.status in (400, 409, 413), address
    assert seat.read() == before


@pytest.mark.parametrize("value", ["%FF%FE", "%C3%28", "%ED%A0%80", "%00", "%F0%9F%98%80", "a+b"])
def test_broken_letters_behind_a_right_token_are_a_clean_answer(densai: Bank, seat: Seat, value: str) -> None:
    at = densai.master(seat)
    for address in posting(densai):
        names = ("login_id", "user_id", "name", "mail", "mail_again", "password", "approval", "draft", "new")
        body = "&".join([f"csrf={at.csrf}", *(f"{name}={value}" for name in names)])
        at.send(address.within(at.home, at.sid), body.encode())
        assert at.status < 500, address


@pytest.mark.parametrize("where", PLACES)
def test_a_field_sent_twice_or_not_at_all_changes_nothing(densai: Bank, seat: Seat, where: str) -> None:
    at = arrive(densai, seat, PLACES[where])
    arrival, before = at.answer, kept(seat)
    for form in own_forms(at):
        typed = [name for name in form.typed if form.method == "POST"]
        for name in typed:
            data = form.data(**{each: dict(form.data())[each] or TYPED for each in typed})
            assert at.post(form.action, [*data, (name, "again")]).status == 400
            assert_same_but(at, kept(seat), before)
            at.post(form.action, [pair for pair in data if pair[0] != name])
            assert at.status in (200, 422)
            assert at.status == 422 or where == "S21"  # whose conditions may be left out
            release_everybody(seat)
            at.answer = arrival
    assert_same_but(at, kept(seat), before)


def assert_same_but(at: Visitor, now: World, before: World) -> None:
    assert now == before, at.page.alert


def test_hostile_texts_that_are_allowed_are_shown_as_text_wherever_they_come_up(
    densai: Bank, seat: Seat
) -> None:
    name, mail = MARK[:40], "'\"<script>alert(1)</script>@example.jp"
    at = create_user(densai.master(seat), name=name, mail=mail, mail_again=mail)
    assert at.heading == "ID 新規作成完了"
    at.open("user-update").press("確認")
    assert name in at.page.text
    update_users(at)
    screens = ["users/list", "company-users/search/change", f"company-users/{NEW_ID}", "operation-history"]
    screens.append(f"company-users/{NEW_ID}/change")
    screens += [f"users/{NEW_ID}/{what}" for what in ("name", "mail", "delete")]
    for screen in screens:
        at.open(screen)
        assert at.status == 200
        assert name in at.page.text, screen
        assert "<b id=main>" not in at.page.html
        assert "<script>alert" not in at.page.html
    choose_rights(at, ["densai"], [], row=NEW_ID).press("変更", approval=approval_of(at))
    assert name in at.page.text
    new = densai.visitor(seat)
    new.log_in(NEW_ID, NEW["password"]).press("変更", current=NEW["password"], new=TYPED, again=TYPED)
    assert name in new.page.text
    assert name in new.press("しんきん電子記録債権サービス").page.text
