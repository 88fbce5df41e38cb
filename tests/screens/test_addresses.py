"""Addresses opened out of order, by the wrong person, or made up: a clear page and nothing done."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from flask import g, request, url_for

from simulator.bank import template_globals
from simulator.bank.messages import REFUSED
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.store import Wanted
from simulator.training import starts
from tests.screens.addresses import bank_addresses
from tests.screens.browsers import ClientBrowser
from tests.screens.doings import give_rights

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

LOGGING_OUT = ("bank.logout.leave", "bank.logout.leave_service")


def test_a_general_user_at_every_master_address_is_refused(densai: Bank, seat: Seat) -> None:
    at = densai.general(seat)
    before = seat.read()
    tried = 0
    for address in bank_addresses(densai.app):
        if not address.access.master:
            continue
        path = address.within(at.home, at.sid)
        at.get(path) if address.method == "GET" else at.post(path, [("csrf", at.csrf)])
        assert (at.status, at.heading) == (403, "利用できません"), address
        assert REFUSED["master_only"] in at.page.alert
        tried += 1
    assert tried > 20
    assert seat.read() == before


def test_a_user_without_rights_at_every_address_that_needs_one_is_refused(densai: Bank, seat: Seat) -> None:
    at = densai.general(seat)
    with seat.change() as world:
        world.users[GENERAL_ID].rights = []
    needing = [each for each in bank_addresses(densai.app) if each.access.rights]
    assert len(needing) >= 6
    for address in needing:
        at.get(address.within(at.home, at.sid))
        assert (at.status, REFUSED["no_right"] in at.page.alert) == (403, True), address


def test_rights_taken_away_count_from_the_next_click(densai: Bank, seat: Seat) -> None:
    general = densai.general(seat).open("trade-history")
    assert general.status == 200
    master = densai.visitor(seat).sit_down("d-1560heki", in_service=True)
    give_rights(master, [], [])
    assert general.press("検索").status == 403


@pytest.mark.parametrize("who", ["master", "general"])
def test_every_confirmation_and_result_out_of_order_says_so(densai: Bank, seat: Seat, who: str) -> None:
    at = densai.master(seat) if who == "master" else densai.general(seat)
    before = seat.read()
    for address in bank_addresses(densai.app):
        if not address.path.endswith(("confirm", "done", "result", "initial-approval-password")):
            continue
        path = address.within(at.home, at.sid)
        at.get(path) if address.method == "GET" else at.post(path, [("csrf", at.csrf)])
        assert at.status in (403, 404, 409) or at.heading == "この訓練では扱いません", address
    assert seat.read() == before


def test_the_service_is_entered_by_its_button_only(densai: Bank, seat: Seat) -> None:
    at = densai.at(seat, "end")
    before = seat.read()
    for address in bank_addresses(densai.app):
        if address.access.place not in ("service", "approval") or address.endpoint in LOGGING_OUT:
            continue
        path = address.within(at.home, at.sid)
        at.get(path) if address.method == "GET" else at.post(path, [("csrf", at.csrf)])
        assert (at.status, at.heading) == (403, "セッション終了"), address
    assert seat.read() == before


def test_empty_forms_everywhere_change_nothing_of_the_bank(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    before = seat.read().users
    before[MASTER_ID].read_notices = [1]  # what a press on a notice's title does
    for address in bank_addresses(densai.app):
        if address.method == "POST" and address.endpoint not in LOGGING_OUT:
            at.post(address.within(at.home, at.sid), [("csrf", at.csrf)])
            assert at.status < 500
    assert seat.read().users == before
    assert seat.events(Wanted()) == []


@pytest.mark.parametrize("seat_code", ["nobody", "%00", "%2e%2e", "席", "a" * 2000, "' OR 1=1 --"])
def test_a_seat_that_is_not_there_is_not_found(visitor: Visitor, seat_code: str) -> None:
    for screen in ("", "login", "0123456789abcdef/list"):
        assert visitor.get(f"/bank/{seat_code}/{screen}").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/bank/",
        "/bank/{seat}/x",
        "/bank/{seat}/{sid}/x",
        "/bank/{seat}/{sid}/trade/gold",
    ],
)
def test_an_address_that_is_none_is_not_found(densai: Bank, seat: Seat, path: str) -> None:
    at = densai.general(seat)
    assert at.get(path.format(seat=seat.code, sid=at.sid)).status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(densai: Bank, seat: Seat, method: str) -> None:
    at = densai.master(seat)
    before = seat.read()
    for address in bank_addresses(densai.app):
        answer = at.browser.send(method, address.within(at.home, at.sid), b"", "")
        assert answer.status in (200, 303, 403, 404, 405, 409), address
        assert method == "OPTIONS" or answer.status != 200
    assert seat.read() == before


def test_a_get_of_what_only_a_button_does_is_refused(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    addresses = bank_addresses(densai.app)
    reading = {each.path for each in addresses if each.method == "GET"}
    before = seat.read()
    for address in addresses:
        if address.method == "POST" and address.path not in reading:
            assert at.get(address.within(at.home, at.sid)).status in (404, 405), address
    assert seat.read() == before


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "169.254.169.254", "x y", ""]
)
def test_another_host_name_is_not_answered(densai: Bank, seat: Seat, host: str) -> None:
    answer = ClientBrowser(densai.app).client.get(f"/bank/{seat.code}/", headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert seat.code not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost:8000", "127.0.0.1:65535", "[::1]", "[::1]:8000"]
)
def test_loopback_is_answered_by_every_name(densai: Bank, seat: Seat, host: str) -> None:
    assert (
        ClientBrowser(densai.app).client.get(f"/bank/{seat.code}/", headers={"Host": host}).status_code == 200
    )


def test_no_page_sends_anybody_to_another_host(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    for screen in ("", "list", "top", "admin", "company-users", "users/list"):
        at.open(screen)
        targets = [*at.page.links.values(), *(form.action for form in at.page.forms)]
        assert all(target.startswith(("/", "#")) and not target.startswith("//") for target in targets)


def test_a_page_leads_to_its_own_seat_and_session_whoever_saw_it_before(densai: Bank) -> None:
    """Addresses are remembered without the two; each kind of page, at two seats, twice at each."""
    seats = starts.make_seats(densai.worlds, count=2, seed=31)
    for each in seats:
        starts.reset(each, "end")
    visits = [densai.visitor(each).sit_down(MASTER_ID, in_service=True) for each in [*seats, *seats]]
    pages = [each for each in bank_addresses(densai.app) if each.method == "GET"]
    for number, address in enumerate(pages * len(visits)):
        at = visits[number % len(visits)]
        at.get(address.within(at.home, at.sid))
        text = at.answer.body.decode()
        for other in visits:
            assert other.sid == at.sid or other.sid not in text, address
            assert other.seat.code == at.seat.code or other.seat.code not in text, address


def test_more_people_take_no_more_memory_for_addresses(densai: Bank) -> None:
    def walk(seat: Seat) -> int:
        at = densai.master(seat)
        for screen in ("list", "top", "users", "users/new"):
            at.open(screen)
        return template_globals._parts.cache_info().currsize

    seats = starts.make_seats(densai.worlds, count=4, seed=41)
    assert len({walk(each) for each in seats}) == 1


def test_a_code_anywhere_else_in_an_address_is_not_remembered(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    with densai.app.test_request_context(at.home):
        g.visit = SimpleNamespace(seat=seat, sid=at.sid)
        request.view_args = {"seat": seat.code, "sid": at.sid}
        request.url_rule = next(rule for rule in densai.app.url_map.iter_rules() if "<sid>" in rule.rule)
        plain = url_for("bank.homepage.front", seat=seat.code)
        assert template_globals.address("bank.homepage.front", seat=seat.code) == plain
        odd = template_globals.address("bank.homepage.front", seat=seat.code, back=f"x{at.sid}")
        assert odd == f"{plain}?back=x{at.sid}"
        found = template_globals._parts(
            "", True, "bank.homepage.front", (("back", at.sid), ("seat", seat.code))
        )
        assert found is None
