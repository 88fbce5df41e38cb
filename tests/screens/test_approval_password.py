"""S06 to S09 with S07 承認パスワード変更 between them: R06, R07, R08, R09, R19."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import MESSAGES, REFUSED, message
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.failures import Failure
from tests.screens.doings import give_rights

if TYPE_CHECKING:
    from simulator.bank.people import People
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

NEW = "atarashii1"
URGE = "承認パスワードを変更してください。"


def typed_fields(at: Visitor) -> list[str]:
    return [box.attrs["name"] for box in at.page.top.all("input") if box.attrs.get("type") == "password"]


def move_to_expiry(seat: Seat, days: int) -> None:
    """Make it ``days`` before the last day of the approval passwords."""
    with seat.change() as world:
        world.clock.move(days=world.settings.approval_days - days)


def test_both_service_buttons_lead_to_the_same_screen(densai: Bank, seat: Seat) -> None:
    at = densai.at(seat, "1-4").open("list")
    both = [form for form in at.page.forms if form.button.text == "しんきん電子記録債権サービス"]
    assert len(both) == 2
    assert {(form.method, form.action) for form in both} == {("POST", both[0].action)}
    assert [bool(form.button.inside("table")) for form in both] == [False, True]
    assert at.page.form("ユーザ管理業務").button.inside("table")
    for form in both:
        assert at.post(form.action, form.data()).heading == "トップ"
        at.open("list")


def test_a_master_without_one_sets_it_before_anything_else(densai: Bank, seat: Seat) -> None:
    at = densai.at(seat, "1-3").open("list").press("しんきん電子記録債権サービス")
    assert at.heading == "承認パスワード変更"
    assert typed_fields(at) == ["new", "again"]
    for screen in ("top", "admin", "company-users", "user-update", "notices"):
        assert at.open(screen).heading == "承認パスワード変更"
    assert at.open("list").heading == "サービス一覧"


def test_the_result_shows_the_expiry_and_tells_a_first_time_master_what_is_next(
    densai: Bank, seat: Seat
) -> None:
    at = densai.master(seat, "1-3").open("top")
    at.press("実行", new=NEW, again=NEW)
    assert at.heading == "承認パスワード変更結果"
    expected = seat.read().now().date() + timedelta(days=90)
    assert at.page.fact("承認パスワード有効期限") == f"{expected:%Y/%m/%d}"
    assert "初回ログインのマスターユーザへ" in at.page.text
    at.open("approval-password").press("実行", current=NEW, new="kawarimasu1", again="kawarimasu1")
    assert at.heading == "承認パスワード変更結果"
    assert "初回ログインのマスターユーザへ" not in at.page.text


@pytest.mark.parametrize(
    ("new", "again", "faults"),
    [
        ("", "", [Failure("new", "required"), Failure("again", "required_again")]),
        ("a1b2c", "a1b2c", [Failure("new", "length_6_to_12", length=5)]),
        ("a1b2c3d4e5f6g", "a1b2c3d4e5f6g", [Failure("new", "length_6_to_12", length=13)]),
        ("abcdef", "abcdef", [Failure("new", "digit_missing")]),
        ("123456", "123456", [Failure("new", "letter_missing")]),
        ("ａ１ｂ２ｃ３", "ａ１ｂ２ｃ３", [Failure("new", "full_width_somewhere")]),
        ("a1b2 c3", "a1b2 c3", [Failure("new", "blank")]),
        ("a1b2c3!", "a1b2c3!", [Failure("new", "unusable_somewhere")]),
        ("a1b2c3", "a1b2c4", [Failure("again", "mismatch")]),
    ],
)
def test_a_refused_password_is_named_and_not_kept(
    densai: Bank, seat: Seat, new: str, again: str, faults: list[Failure]
) -> None:
    at = densai.master(seat, "1-3").open("top").press("実行", new=new, again=again)
    assert (at.status, at.heading) == (422, "承認パスワード変更")
    for field in ("new", "again"):
        assert at.page.fault(field) == "".join(message(each) for each in faults if each.field == field)
    assert seat.read().master().approval_password is None


@pytest.mark.parametrize("new", ["a1b2c3", "a1b2c3d4e5f6"])
def test_six_and_twelve_characters_are_taken(densai: Bank, seat: Seat, new: str) -> None:
    at = densai.master(seat, "1-3").open("top").press("実行", new=new, again=new)
    assert at.heading == "承認パスワード変更結果"


def test_an_approver_replaces_the_initial_one_at_his_first_entry(
    densai: Bank, seat: Seat, people: People
) -> None:
    at = densai.at(seat, "3-3", GENERAL_ID).open("list").press("しんきん電子記録債権サービス")
    assert typed_fields(at) == ["current", "new", "again"]
    at.press("実行", current=people.general.password, new=NEW, again=NEW)
    assert at.page.fault("current") == MESSAGES["current_approval_wrong"]
    assert at.open("top").heading == "承認パスワード変更"
    at.press("実行", current=people.general.initial_approval_password, new=NEW, again=NEW)
    assert at.heading == "承認パスワード変更結果"
    assert "初回ログイン" not in at.page.text
    assert at.press("トップへ").heading == "トップ"


def test_a_preparer_goes_straight_to_the_top(densai: Bank, seat: Seat) -> None:
    master = densai.master(seat, "2-3")
    give_rights(master, ["trades.preparer", "densai"], [])
    with seat.change() as world:
        world.users[GENERAL_ID].first_login = False
    at = densai.visitor(seat).sit_down(GENERAL_ID).open("list").press("しんきん電子記録債権サービス")
    assert at.heading == "トップ"
    at.open("approval-password")
    assert (at.status, at.page.alert) == (403, REFUSED["approval_change_impossible"])
    data = [("csrf", at.csrf), ("new", NEW), ("again", NEW)]
    assert at.post(f"{at.home}{at.sid}/approval-password", data).status == 403
    assert seat.read().users[GENERAL_ID].approval_password is None


def test_an_approver_right_taken_away_asks_for_nothing_any_more(densai: Bank, seat: Seat) -> None:
    at = densai.general(seat, "3-3")
    assert at.open("top").heading == "承認パスワード変更"
    with seat.change() as world:
        world.users[GENERAL_ID].rights = ["densai"]
    assert at.open("top").heading == "トップ"


def test_six_wrong_current_ones_lock_it(densai: Bank, seat: Seat, people: People) -> None:
    at = densai.master(seat).open("approval-password")
    for _ in range(5):
        at.press("実行", current="machigai1", new=NEW, again=NEW)
        assert at.page.fault("current") == MESSAGES["current_approval_wrong"]
    at.press("実行", current="machigai1", new=NEW, again=NEW)
    at.press("実行", current=people.master.approval_password, new=NEW, again=NEW)
    assert at.page.fault("current") == MESSAGES["approval_locked"]


def test_all_faults_of_a_change_come_at_once(densai: Bank, seat: Seat) -> None:
    at = (
        densai.master(seat).open("approval-password").press("実行", current="machigai1", new="あ", again="い")
    )
    assert at.page.fault("current") == MESSAGES["current_approval_wrong"]
    assert message(Failure("new", "length_6_to_12", length=1)) in at.page.fault("new")
    assert at.page.fault("again") == MESSAGES["mismatch"]


@pytest.mark.parametrize(("days", "near"), [(15, False), (14, True), (0, True)])
def test_a_change_is_urged_from_fourteen_days_before(
    densai: Bank, seat: Seat, days: int, *, near: bool
) -> None:
    at = densai.master(seat)
    move_to_expiry(seat, days)
    for screen in ("list", "top"):
        assert (URGE in at.open(screen).page.text) is near
    assert at.heading == "トップ"


def test_past_the_expiry_the_service_opens_the_change_first(densai: Bank, seat: Seat, people: People) -> None:
    at = densai.at(seat, "end")
    move_to_expiry(seat, -1)
    assert URGE in at.open("list").page.text
    assert at.press("しんきん電子記録債権サービス").heading == "承認パスワード変更"
    assert at.open("admin").heading == "承認パスワード変更"
    at.press("実行", current=people.master.approval_password, new=NEW, again=NEW)
    assert at.press("トップへ").heading == "トップ"
    assert URGE not in at.page.text


def test_it_can_be_changed_later_on(densai: Bank, seat: Seat, people: People) -> None:
    at = densai.general(seat).open("admin").press("ユーザ情報を管理する").press("承認パスワードを変更する")
    at.press("実行", current=people.general.approval_password, new=NEW, again=NEW)
    assert at.heading == "承認パスワード変更結果"
    at.open("approval-password").press("実行", current=people.general.approval_password, new=NEW, again=NEW)
    assert at.page.fault("current") == MESSAGES["current_approval_wrong"]


def test_the_last_visit_is_shown_and_the_first_has_none(densai: Bank, seat: Seat) -> None:
    at = densai.at(seat, "1-3").open("list").press("しんきん電子記録債権サービス")
    at.press("実行", new=NEW, again=NEW).press("トップへ")
    assert at.page.fact("前回ご利用日時") == "－"
    first = seat.read().users[MASTER_ID].this_used
    assert first
    at.press("ログアウト")
    at.open("list").press("しんきん電子記録債権サービス")
    assert at.page.fact("前回ご利用日時") == f"{first:%Y/%m/%d %H:%M:%S}"
    at.open("list").press("しんきん電子記録債権サービス")  # no new visit: never left
    assert at.page.fact("前回ご利用日時") == f"{first:%Y/%m/%d %H:%M:%S}"
