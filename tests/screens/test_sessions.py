"""Sessions in windows and browsers: whose page may act, for how long, and what an old window shows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import SESSION_OVER
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.store import Wanted
from simulator.training import starts
from tests.screens.addresses import bank_addresses

if TYPE_CHECKING:
    from simulator.bank.people import People
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


def is_over(at: Visitor, reason: str) -> bool:
    return (at.status, at.heading) == (403, "セッション終了") and SESSION_OVER[reason] in at.page.alert


def leave_idle(seat: Seat, minutes: float) -> None:
    """As if nobody had clicked for so long."""
    with seat.change() as world:
        for session in world.sessions:
            session.seen -= timedelta(minutes=minutes)


def test_a_second_login_of_the_same_user_ends_the_first(densai: Bank, seat: Seat, people: People) -> None:
    first, second = densai.at(seat, "end"), densai.visitor(seat)
    first.open("list")
    second.log_in(MASTER_ID, people.master.password)
    assert second.heading == "サービス一覧"
    assert is_over(first.open("list"), "other_login")
    assert second.open("list").status == 200


def test_another_user_in_the_same_browser_ends_the_first_session(
    densai: Bank, seat: Seat, people: People
) -> None:
    old = densai.at(seat, "end").open("users/new")
    new = old.another_window()
    new.log_in(GENERAL_ID, people.general.password)
    assert new.heading == "サービス一覧"
    before = seat.read()
    old.press(
        "登録",
        user_id="abcdef",
        name="新人",
        mail="a@example.jp",
        mail_again="a@example.jp",
        password="abcdef",
        password_again="abcdef",
    )
    assert is_over(old, "other_user")
    assert seat.read() == before
    assert new.open("list").heading == "サービス一覧"


def test_an_old_window_never_acts_for_the_one_who_came_after(
    densai: Bank, seat: Seat, people: People
) -> None:
    """Same browser, same user again: the cookie is right, but the page is of another session."""
    old = densai.at(seat, "end").open("list")
    new = old.another_window()
    new.log_in(MASTER_ID, people.master.password)
    for screen in ("list", "users/list", "users/new"):
        assert is_over(old.another_window().open(screen), "other_login")
    assert is_over(old.press("ログアウト"), "other_login")
    assert new.open("list").heading == "サービス一覧"


def test_two_users_in_two_browsers_work_at_once(densai: Bank, seat: Seat) -> None:
    master = densai.at(seat, "end")
    general = densai.visitor(seat).sit_down(GENERAL_ID)
    assert master.open("list").status == general.open("list").status == 200


@pytest.mark.parametrize(("minutes", "over"), [(29.5, False), (30, True), (600, True)])
def test_thirty_idle_minutes_end_a_session(densai: Bank, seat: Seat, minutes: float, *, over: bool) -> None:
    at = densai.master(seat)
    leave_idle(seat, minutes)
    at.open("list")
    assert is_over(at, "timeout") is over
    at.open("top")
    assert is_over(at, "timeout") is over
    kinds = [event.kind for event in seat.events(Wanted())]
    assert kinds == (["timed_out"] if over else [])


def test_the_idle_time_is_a_setting(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    with seat.change() as world:
        world.settings.idle_minutes = 2
    leave_idle(seat, 2)
    assert is_over(at.open("top"), "timeout")


def test_every_click_puts_the_time_out_off(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    for _ in range(4):
        leave_idle(seat, 20)
        assert at.open("top").status == 200


def test_reading_writes_at_most_once_a_minute(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    before = seat.read()
    for screen in ("list", "top", "admin", "company-users", "users/list"):
        at.open(screen)
    assert seat.read() == before


@pytest.mark.parametrize("days", [-400, -1, 1, 90, 400])
def test_moving_the_date_logs_nobody_out(densai: Bank, seat: Seat, days: int) -> None:
    at = densai.master(seat)
    with seat.change() as world:
        world.clock.move(days=days)
    assert at.open("list").status == 200
    assert at.open("top").heading == ("トップ" if days <= 90 else "承認パスワード変更")


def test_leaving_takes_two_logouts(densai: Bank, seat: Seat) -> None:
    service = densai.at(seat, "end").open("list").press("しんきん電子記録債権サービス")
    services = service.another_window().open("list")
    assert service.press("ログアウト").heading == "ログアウト"
    assert is_over(service.open("top"), "left_service")
    assert services.open("list").heading == "サービス一覧"
    assert services.press("しんきん電子記録債権サービス").heading == "トップ"
    assert services.another_window().open("list").press("ログアウト").heading == "ログアウト"
    for screen in ("list", "top", "users"):
        assert is_over(services.open(screen), "logged_out")
    assert seat.read().sessions == []


def test_the_close_dialog_is_there_by_setting(densai: Bank, seat: Seat) -> None:
    at = densai.visitor(seat)
    for shown in (True, False):
        with seat.change() as world:
            world.settings.close_dialog = shown
        assert ("はい" in at.open("left").page.buttons) is shown
        assert "はい" not in at.open("left-service").page.buttons


def test_a_deleted_users_session_ends_with_the_update(densai: Bank, seat: Seat, people: People) -> None:
    master = densai.at(seat, "end", in_service=True)
    general = densai.visitor(seat).sit_down(GENERAL_ID, in_service=True)
    master.open("users/list").press("ユーザ削除", row=GENERAL_ID).press("確認").press("確定")
    assert general.open("top").heading == "トップ"
    master.open("user-update").press("確認").press("ユーザ更新", approval=people.master.approval_password)
    assert master.heading == "ユーザ情報更新完了"
    assert is_over(general.open("top"), "deleted")
    assert general.log_in(GENERAL_ID, people.general.password).status == 422


def test_a_reset_logs_everybody_out(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat).open("admin")
    starts.reset(seat, "end")
    assert is_over(at.open("top"), "unknown")


def test_a_session_opens_its_own_seat_only(densai: Bank, seat: Seat) -> None:
    other = starts.make_seats(densai.worlds, seed=seat.seed + 1)[0]
    at = densai.master(seat)
    stranger = densai.visitor(other)
    stranger.sid = at.sid
    stranger.browser.set_cookie(other.code, at.browser.cookie(seat.code))
    before = other.read()
    for address in bank_addresses(densai.app):
        if "{sid}" in address.path:
            path = address.within(stranger.home, at.sid)
            data = [("csrf", stranger.csrf)]
            stranger.get(path) if address.method == "GET" else stranger.post(path, data)
            assert is_over(stranger, "unknown"), address
    assert other.read() == before


def test_only_the_ids_made_for_a_seat_log_in_there(densai: Bank, seat: Seat, people: People) -> None:
    other = starts.make_seats(densai.worlds, seed=seat.seed + 1)[0]
    starts.reset(other, "1-3")
    at = densai.visitor(other)
    assert at.log_in(MASTER_ID, people.master.password).status == 422
    assert at.log_in(MASTER_ID, people_of(other.seed).master.password).status == 200


def test_another_seats_draft_is_confirmed_by_nobody(densai: Bank, seat: Seat) -> None:
    other = starts.make_seats(densai.worlds, seed=seat.seed + 1)[0]
    mine, theirs = densai.master(seat), densai.master(other)
    for at in (mine, theirs):
        at.open("company-users/search/change").press("変更", row=GENERAL_ID)
    mine.press("確認", rights=["densai"])
    draft = mine.page.box("draft").attrs["value"]
    right = people_of(other.seed).master.approval_password
    before = other.read()
    theirs.post(
        f"{theirs.home}{theirs.sid}/company-users/confirm",
        [
            ("csrf", theirs.csrf),
            ("draft", draft),
            ("approval", right),
        ],
    )
    assert theirs.heading == "もう一度操作してください"
    assert other.read() == before


def test_without_a_session_every_screen_says_so(densai: Bank, visitor: Visitor) -> None:
    for address in bank_addresses(densai.app):
        if "{sid}" not in address.path:
            continue
        path = address.within(visitor.home, "0123456789abcdef")
        visitor.get(path) if address.method == "GET" else visitor.post(path, [])
        assert is_over(visitor, "unknown"), address


def test_a_form_without_its_token_or_with_anothers_does_nothing(densai: Bank, seat: Seat) -> None:
    other = starts.make_seats(densai.worlds, seed=seat.seed + 1)[0]
    at, foreign = densai.master(seat), densai.master(other)
    before = seat.read()
    tokens: list[list[tuple[str, str]]] = [
        [],
        [("csrf", "")],
        [("csrf", "stale")],
        [("csrf", foreign.csrf)],
        [("csrf", at.csrf), ("csrf", at.csrf)],
        [("csrf", at.csrf.upper())],
        [("csrf", "訓練")],
    ]
    for address in bank_addresses(densai.app):
        for token in tokens if address.method == "POST" else []:
            at.post(address.within(at.home, at.sid), token)
            assert (at.status, at.heading) == (409, "もう一度操作してください"), address
    assert seat.read() == before


@pytest.mark.parametrize("cookie", ["", "x", "%00", "ÿþ", '"', "a" * 3000])
def test_a_cookie_of_nobody_opens_nothing(densai: Bank, seat: Seat, cookie: str) -> None:
    at = densai.at(seat, "end")
    at.browser.set_cookie(seat.code, cookie)
    assert is_over(at.open("list"), "unknown")
    assert at.get(f"{at.home}login").status == 200
