"""Reload, back and double click never do a thing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID
from simulator.store import Wanted
from tests.screens.doings import NEW_ID, approval_of, choose_rights, enter_new_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.bank.people import People
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.pages import Form
    from tests.screens.visitor import Data, Visitor


def to_new_user(at: Visitor) -> None:
    enter_new_user(at)


def to_new_rights(at: Visitor) -> None:
    choose_rights(at, ["densai"], [])


def to_update(at: Visitor) -> None:
    with at.seat.change() as world:
        world.users[GENERAL_ID].mail = "other@example.jp"
    at.open("user-update").press("確認")


def to_change(what: str, **filled: str) -> Callable[[Visitor], None]:
    def go(at: Visitor) -> None:
        at.open("users/list").press(what, row=GENERAL_ID).press("確認", **filled)

    return go


CONFIRMATIONS: dict[str, tuple[Callable[[Visitor], None], str, str]] = {
    "ID 新規作成": (to_new_user, "確定", "user_created"),
    "ユーザ名変更": (to_change("ユーザ名変更", name="碧海 華子"), "確定", "user_renamed"),
    "メールアドレス変更": (
        to_change("メールアドレス変更", mail="a@example.jp", mail_again="a@example.jp"),
        "確定",
        "user_mail_changed",
    ),
    "ログインパスワード管理": (
        to_change("ログインパスワード管理", password="hajimete1", password_again="hajimete1"),
        "確定",
        "user_password_reset",
    ),
    "ユーザ削除": (to_change("ユーザ削除"), "確定", "user_deleted"),
    "ユーザ情報変更": (to_new_rights, "変更", "rights_changed"),
    "ユーザ更新": (to_update, "ユーザ更新", "users_updated"),
}


@pytest.fixture(params=CONFIRMATIONS)
def confirmation(request: pytest.FixtureRequest, densai: Bank, seat: Seat) -> tuple[Visitor, Form, Data, str]:
    """A master before a confirmation, its form, what it sends, and the event that it causes."""
    go, button, event = CONFIRMATIONS[request.param]
    at = densai.master(seat)
    go(at)
    form = at.page.form(button)
    filled = {"approval": approval_of(at)} if "approval" in form.typed else {}
    return at, form, form.data(**filled), event


def times(seat: Seat, event: str) -> int:
    return seat.count_events(Wanted((event,)))


def test_the_second_of_a_double_click_shows_the_same_result(
    confirmation: tuple[Visitor, Form, Data, str],
) -> None:
    at, form, data, event = confirmation
    assert at.post(form.action, data).status == 200
    heading, done = at.heading, at.seat.read()
    assert heading.endswith("完了")
    assert at.post(form.action, data).heading == heading
    assert times(at.seat, event) == 1
    after = at.seat.read()
    assert after == done


def test_a_reload_of_the_result_shows_it_again_and_does_nothing(
    confirmation: tuple[Visitor, Form, Data, str],
) -> None:
    at, form, data, event = confirmation
    heading = at.post(form.action, data).heading
    done = at.seat.read()
    for _ in range(2):
        assert at.get(at.path).heading == heading
    assert at.seat.read() == done
    assert times(at.seat, event) == 1


def test_going_back_to_the_confirmation_does_nothing_more(
    confirmation: tuple[Visitor, Form, Data, str],
) -> None:
    at, form, data, event = confirmation
    back = at.path
    at.post(form.action, data)
    done = at.seat.read()
    at.get(back)
    assert at.status in (404, 409)  # 404: the user is not there any more
    assert at.seat.read() == done
    assert times(at.seat, event) == 1


@pytest.mark.parametrize("draft", ["", "0123456789abcdef", "x" * 1000, "訓練", None])
def test_a_confirmation_of_something_else_is_refused(
    confirmation: tuple[Visitor, Form, Data, str], draft: str | None
) -> None:
    at, form, data, event = confirmation
    before = at.seat.read()
    other = [(name, value) for name, value in data if name != "draft"]
    at.post(form.action, other if draft is None else [*other, ("draft", draft)])
    assert (at.status, at.heading) == (409, "もう一度操作してください")
    assert at.seat.read() == before
    assert times(at.seat, event) == 0


def test_a_confirmation_kept_from_before_the_last_one_is_stale(
    confirmation: tuple[Visitor, Form, Data, str],
) -> None:
    at, form, data, event = confirmation
    in_c = event in ("rights_changed", "users_updated")
    (to_new_rights if in_c else to_new_user)(at)
    assert at.post(form.action, data).status == 409
    assert times(at.seat, event) == 0


def test_what_waits_in_one_window_is_not_disturbed_by_the_other(
    confirmation: tuple[Visitor, Form, Data, str],
) -> None:
    at, form, data, event = confirmation
    in_c = event in ("rights_changed", "users_updated")
    (to_new_user if in_c else to_new_rights)(at)
    assert at.post(form.action, data).heading.endswith("完了")
    assert times(at.seat, event) == 1


def test_a_double_click_on_the_first_login_change_goes_on(visitor: Visitor, people: People) -> None:
    master = people.master
    visitor.log_in(master.login_id, master.issued_password)
    form = visitor.page.form("変更")
    data = form.data(current=master.issued_password, new=master.password, again=master.password)
    for _ in range(2):
        assert visitor.post(form.action, data).heading == "サービス一覧"
    assert times(visitor.seat, "login_password_changed") == 1
    assert visitor.seat.read().master().login_failures == 0


@pytest.mark.parametrize("start", ["3-3", "end"])
def test_a_double_click_on_a_new_approval_password_is_no_wrong_one(
    densai: Bank, seat: Seat, people: People, start: str
) -> None:
    at = densai.general(seat, start).open("approval-password")
    current = people.general.approval_password if start == "end" else people.general.initial_approval_password
    form = at.page.form("実行")
    data = form.data(current=current, new="atarashii1", again="atarashii1")
    for _ in range(2):
        assert at.post(form.action, data).heading == "承認パスワード変更結果"
    assert times(seat, "approval_password_changed") == 1
    assert times(seat, "approval_password_wrong") == 0
    assert seat.read().users[GENERAL_ID].approval_failures == 0


def test_a_double_click_on_the_first_approval_password_sets_it_once(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat, "1-3").open("approval-password")
    form = at.page.form("実行")
    for _ in range(2):
        at.post(form.action, form.data(new="atarashii1", again="atarashii1"))
        assert at.heading == "承認パスワード変更結果"
    assert times(seat, "approval_password_set") == 1


def test_a_double_click_on_login_leaves_one_session(visitor: Visitor, people: People) -> None:
    form = visitor.open("login").page.form("ログイン")
    data = form.data(login_id=people.master.login_id, password=people.master.issued_password)
    again = visitor.another_window()
    cookie = visitor.browser.cookie(visitor.seat.code)
    assert visitor.post(form.action, data).heading == "ログインパスワード変更"
    again.browser.set_cookie(visitor.seat.code, cookie)  # both clicks were sent with it
    assert again.post(form.action, data).heading == "ログインパスワード変更"
    assert len(visitor.seat.read().sessions) == 1


def test_a_user_confirmed_in_two_windows_is_made_once(densai: Bank, seat: Seat) -> None:
    at = enter_new_user(densai.master(seat))
    other = at.another_window()
    assert at.press("確定").heading == other.press("確定").heading == "ID 新規作成完了"
    assert list(seat.read().users).count(NEW_ID) == 1
    assert times(seat, "user_created") == 1


@pytest.mark.parametrize("screen", ["list", "top"])
def test_a_double_click_on_logout_shows_the_same_page(densai: Bank, seat: Seat, screen: str) -> None:
    at = densai.master(seat).open(screen)
    form = at.page.form("ログアウト")
    pages = [at.post(form.action, form.data()).page.html for _ in range(2)]
    assert pages[0] == pages[1]
    assert at.heading == "ログアウト"
    assert times(seat, "logged_out" if screen == "list" else "left_service") == 1


def test_a_double_click_on_closing_the_first_change_logs_out_once(visitor: Visitor, people: People) -> None:
    visitor.log_in(people.master.login_id, people.master.issued_password)
    form = visitor.page.form("閉じる")
    for _ in range(2):
        assert visitor.post(form.action, form.data()).heading == "ログアウト"
    assert times(visitor.seat, "logged_out") == 1
