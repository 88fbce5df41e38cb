"""S04 ログイン and S05 ログインパスワード変更: R01, R02, R04, R05, R14 on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank import password_attempts
from simulator.bank.messages import MESSAGES, message
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.failures import Failure
from simulator.store import Wanted
from simulator.training import starts
from tests.screens.addresses import bank_addresses
from tests.screens.browsers import ClientBrowser
from tests.screens.visitor import COOKIE

if TYPE_CHECKING:
    from simulator.bank.people import People
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

WRONG = "machigai1"


def fail_to_log_in(at: Visitor, login_id: str, times: int) -> None:
    for _ in range(times):
        at.log_in(login_id, WRONG)
        assert at.status == 422


def test_without_the_prefix_login_fails_and_says_why(visitor: Visitor, people: People) -> None:
    visitor.log_in(MASTER_ID.removeprefix("d-"), people.master.issued_password)
    assert visitor.status == 422
    assert visitor.page.fault("login_id") == MESSAGES["id_needs_prefix"]
    assert visitor.seat.read().sessions == []


def test_every_empty_field_is_named_and_none_is_an_attempt(visitor: Visitor) -> None:
    visitor.log_in("", "")
    assert visitor.page.fault("login_id") == visitor.page.fault("password") == MESSAGES["required"]
    assert "入力内容をご確認ください" in visitor.page.alert
    assert visitor.page.links["お客様ID：入力してください。"] == "#login_id"
    visitor.log_in(MASTER_ID, "")
    assert visitor.seat.read().master().login_failures == 0


def test_a_wrong_id_and_a_wrong_password_get_the_same_answer(visitor: Visitor) -> None:
    visitor.log_in(MASTER_ID, WRONG)
    known = visitor.page.html.replace(MASTER_ID, "…")
    visitor.log_in("d-nobody00", WRONG)
    assert visitor.status == 422
    assert MESSAGES["login_wrong"] in visitor.page.alert
    assert visitor.page.html.replace("d-nobody00", "…") == known


def test_what_was_typed_is_kept_but_never_a_password(visitor: Visitor) -> None:
    visitor.log_in(MASTER_ID, WRONG)
    assert visitor.page.box("login_id").attrs["value"] == MASTER_ID
    assert "value" not in visitor.page.box("password").attrs
    assert WRONG not in visitor.page.html


def test_after_five_wrong_passwords_the_right_one_still_works(visitor: Visitor, people: People) -> None:
    starts.reset(visitor.seat, "1-3")
    fail_to_log_in(visitor, MASTER_ID, 5)
    assert visitor.log_in(MASTER_ID, people.master.password).heading == "サービス一覧"
    assert visitor.seat.read().master().login_failures == 0


def test_after_six_wrong_passwords_not_even_the_right_one_works(visitor: Visitor, people: People) -> None:
    starts.reset(visitor.seat, "1-3")
    fail_to_log_in(visitor, MASTER_ID, 5)
    assert MESSAGES["login_wrong"] in visitor.page.alert
    fail_to_log_in(visitor, MASTER_ID, 1)
    assert MESSAGES["login_locked"] in visitor.page.alert
    visitor.log_in(MASTER_ID, people.master.password)
    assert visitor.status == 422
    assert MESSAGES["login_locked"] in visitor.page.alert
    kinds = [event.kind for event in visitor.seat.events(Wanted())]
    assert kinds == ["login_password_locked"] + ["login_password_wrong"] * 6


def test_a_success_starts_the_count_again(visitor: Visitor, people: People) -> None:
    starts.reset(visitor.seat, "1-3")
    for _ in range(2):
        fail_to_log_in(visitor, MASTER_ID, 5)
        assert visitor.log_in(MASTER_ID, people.master.password).status == 200


def test_wrong_passwords_of_unknown_ids_lock_nobody(visitor: Visitor) -> None:
    before = visitor.seat.read()
    fail_to_log_in(visitor, "d-nobody00", 8)
    assert visitor.seat.read() == before
    assert visitor.seat.events(Wanted()) == []


def test_passwords_are_case_sensitive(visitor: Visitor, people: People) -> None:
    visitor.log_in(MASTER_ID, people.master.issued_password.upper())
    assert visitor.status == 422


def test_a_lock_does_not_end_a_session_that_is_running(densai: Bank, seat: Seat) -> None:
    inside, outside = densai.at(seat, "end"), densai.visitor(seat)
    fail_to_log_in(outside, MASTER_ID, 6)
    assert inside.open("list").heading == "サービス一覧"


def test_the_issued_password_leads_to_the_change_and_nowhere_else(
    densai: Bank, visitor: Visitor, people: People
) -> None:
    visitor.log_in(MASTER_ID, people.master.issued_password)
    assert visitor.heading == "ログインパスワード変更"
    before = visitor.seat.read()
    for address in bank_addresses(densai.app):
        if "{sid}" not in address.path or address.access.place == "first_login":
            continue
        path = address.within(visitor.home, visitor.sid)
        visitor.get(path) if address.method == "GET" else visitor.post(path, [("csrf", visitor.csrf)])
        assert visitor.heading == "ログインパスワード変更", address
    assert visitor.seat.read() == before


def test_until_the_change_every_login_leads_there_again(visitor: Visitor, people: People) -> None:
    for _ in range(3):
        visitor.log_in(MASTER_ID, people.master.issued_password)
        assert visitor.heading == "ログインパスワード変更"


def test_the_issued_password_is_spent_by_the_change(visitor: Visitor, people: People) -> None:
    master = people.master
    visitor.log_in(MASTER_ID, master.issued_password)
    visitor.press("変更", current=master.issued_password, new=master.password, again=master.password)
    assert visitor.heading == "サービス一覧"
    assert visitor.open("password").heading == "サービス一覧"
    assert visitor.log_in(MASTER_ID, master.issued_password).status == 422
    assert visitor.log_in(MASTER_ID, master.password).heading == "サービス一覧"


def test_closing_the_change_logs_out_and_spends_nothing(visitor: Visitor, people: People) -> None:
    visitor.log_in(MASTER_ID, people.master.issued_password)
    assert visitor.press("閉じる").heading == "ログアウト"
    assert visitor.seat.read().sessions == []
    assert visitor.log_in(MASTER_ID, people.master.issued_password).status == 200


def test_every_fault_of_the_change_is_named_at_once(visitor: Visitor, people: People) -> None:
    visitor.log_in(MASTER_ID, people.master.issued_password)
    visitor.press("変更", current="", new="あ", again="い")
    assert visitor.status == 422
    assert visitor.page.fault("current") == MESSAGES["required"]
    faults = Failure("new", "full_width_somewhere"), Failure("new", "length_6_to_12", length=1)
    assert visitor.page.fault("new") == " ".join(map(message, faults))
    assert visitor.page.fault("again") == MESSAGES["mismatch"]


@pytest.mark.parametrize("new", ["d-1560heki", "1560heki"])
def test_a_password_like_the_login_id_is_refused_by_a_message_of_its_own(
    visitor: Visitor, people: People, new: str
) -> None:
    visitor.log_in(MASTER_ID, people.master.issued_password)
    visitor.press("変更", current=people.master.issued_password, new=new, again=new)
    assert visitor.status == 422
    assert visitor.page.fault("new") == MESSAGES["same_as_login_id"]
    assert visitor.seat.read().master().first_login


def test_a_wrong_current_password_counts_and_locks(visitor: Visitor, people: People) -> None:
    visitor.log_in(MASTER_ID, people.master.issued_password)
    for count in range(1, 7):
        visitor.press("変更", current=WRONG, new="atarashii1", again="atarashii1")
        assert visitor.status == 422
        assert visitor.seat.read().master().login_failures == count
    assert visitor.page.fault("current") == MESSAGES["login_locked"]
    visitor.press("変更", current=people.master.issued_password, new="atarashii1", again="atarashii1")
    assert visitor.page.fault("current") == MESSAGES["login_locked"]
    assert visitor.seat.read().master().first_login


def test_the_cookie_is_for_one_seat_and_no_script_and_rotates_at_login(
    densai: Bank, visitor: Visitor, people: People
) -> None:
    assert isinstance(visitor.browser, ClientBrowser)
    visitor.open("login")
    before = visitor.browser.cookie(visitor.seat.code)
    visitor.log_in(MASTER_ID, people.master.issued_password)
    after = visitor.browser.cookie(visitor.seat.code)
    assert before != after
    assert len(after) >= 43  # 256 bits
    response = densai.app.test_client().get(f"{visitor.home}login")
    flags = response.headers["Set-Cookie"].split("; ")[1:]
    assert set(flags) == {"Secure", "HttpOnly", f"Path={visitor.home}", "SameSite=Lax"}
    stored = visitor.seat.read().sessions[0]
    assert after not in (stored.token, stored.public_id)


def test_a_cookie_somebody_else_chose_opens_nothing_after_login(visitor: Visitor, people: People) -> None:
    visitor.browser.set_cookie(visitor.seat.code, "chosen-by-another")
    visitor.log_in(MASTER_ID, people.master.issued_password)
    sid = visitor.sid
    visitor.browser.set_cookie(visitor.seat.code, "chosen-by-another")
    assert visitor.get(f"{visitor.home}{sid}/password").heading == "セッション終了"


def test_a_general_users_lock_is_released_by_the_master_with_a_new_first_password(
    densai: Bank, seat: Seat, people: People
) -> None:
    master, general = densai.at(seat, "end"), densai.visitor(seat)
    fail_to_log_in(general, GENERAL_ID, 6)
    master.open("users/list")
    assert next(row for row in master.page.rows if row[0] == GENERAL_ID)[2] == "ロック中"
    master.press("ログインパスワード管理", row=GENERAL_ID)
    master.press("確認", password="hajimete1", password_again="hajimete1").press("確定")
    assert master.heading == "ログインパスワード管理完了"
    assert general.log_in(GENERAL_ID, people.general.password).status == 422
    assert general.log_in(GENERAL_ID, "hajimete1").heading == "ログインパスワード変更"


def test_nobody_releases_his_own_lock(densai: Bank, seat: Seat) -> None:
    master = densai.at(seat, "end").open("users/list")
    own = [form.button.text for form in master.page.forms if f"/{MASTER_ID}/" in form.action]
    assert own == ["ユーザ名変更", "メールアドレス変更"]
    assert master.open(f"users/{MASTER_ID}/password").status == 404
    assert master.open(f"users/{MASTER_ID}/delete").status == 404
    path = f"{master.home}{master.sid}/users/{MASTER_ID}/password"
    data = [("csrf", master.csrf), ("password", "hajimete1"), ("password_again", "hajimete1")]
    assert master.post(path, data).status == 404
    assert not seat.read().master().first_login


def test_the_count_of_wrong_passwords_is_a_setting_of_the_bank(visitor: Visitor) -> None:
    with visitor.seat.change() as world:
        world.settings.lock_after = 2
    fail_to_log_in(visitor, MASTER_ID, 2)
    assert MESSAGES["login_locked"] in visitor.page.alert


def test_two_right_logins_at_the_same_moment_are_both_right(
    visitor: Visitor, densai: Bank, people: People
) -> None:
    hasher = densai.app.extensions["densai-hasher"]
    right = people.master.issued_password
    first, second, wrong = (
        password_attempts.take(visitor.seat, hasher, MASTER_ID, "login", typed)
        for typed in (right, right, WRONG)
    )
    with visitor.seat.change() as world:
        assert not password_attempts.settle(world, wrong)
        assert password_attempts.settle(world, first)
        assert password_attempts.settle(world, second)
    assert visitor.seat.read().master().login_failures == 0


def test_an_attempt_at_a_password_that_was_changed_meanwhile_is_wrong(
    visitor: Visitor, densai: Bank, people: People
) -> None:
    hasher = densai.app.extensions["densai-hasher"]
    old = password_attempts.take(visitor.seat, hasher, MASTER_ID, "login", people.master.issued_password)
    with visitor.seat.change() as world:
        world.master().login_password = hasher.hash("atarashii1")
    with visitor.seat.change() as world:
        assert not password_attempts.settle(world, old)


def test_the_login_form_needs_a_cookie_and_its_token(visitor: Visitor, people: People) -> None:
    data = [("login_id", MASTER_ID), ("password", people.master.issued_password)]
    assert visitor.post(f"{visitor.home}login", data).status == 409
    visitor.open("login")
    assert visitor.post(f"{visitor.home}login", [*data, ("csrf", "x")]).status == 409
    assert visitor.seat.read().sessions == []
    assert COOKIE.startswith("__Secure-")
