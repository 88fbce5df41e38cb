"""S09's お知らせ, S12's pager, S32 取引履歴, S33 操作履歴, S34 利用者情報."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from simulator.bank.messages import MESSAGES, OPERATIONS
from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.world import Registration, Secret, User
from tests.screens.doings import create_user, give_rights, update_users

if TYPE_CHECKING:
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

USERS = 250
COUNTED = ("未読のお知らせ（通知）の合計", "各種取引の処理結果", "各種取引の受取（でんさい支払・取消）")


def add_users(seat: Seat, count: int) -> None:
    """So many general users, known to the service, d-user0001 and on."""
    with seat.change() as world:
        for number in range(1, count + 1):
            user = User(f"d-user{number:04}", f"社員 {number:04}", "a@b.jp", "general", Secret(seeded="x"))
            user.registered, user.updated = Registration(user.name, user.mail), True
            world.users[user.login_id] = user


def add_events(seat: Seat, count: int) -> None:
    """Three days of logins, ``count`` in all, by turns of both users."""
    for day in (5, 6, 7):
        with seat.change() as world:
            world.clock.set(datetime(2025, 11, day, 12))  # noqa: DTZ001  a moment without a zone is Japan's
            for number in range(count // 3):
                world.record("login", MASTER_ID if number % 2 else GENERAL_ID)


def counts(at: Visitor) -> dict[str, str]:
    return {row[0]: row[1] for row in at.open("top").page.rows[1:]}


def test_two_hundred_and_fifty_users_are_listed_in_tens(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    add_users(seat, USERS - 2)
    at.open("company-users/search/change")
    assert "250件中 1-10件を表示" in at.page.text
    assert len(at.page.rows) == 11
    assert [at.page.rows[1][2], at.page.rows[2][2]] == [MASTER_ID, GENERAL_ID]
    steps = (("次", 11), ("10ページ次", 111), ("前", 101), ("10ページ次", 201), ("10ページ次", 241))
    for label, first in steps:
        assert f"250件中 {first}-{first + 9}件を表示" in at.press(label).page.text
    assert [form.button.text for form in at.page.forms if form.element.attrs.get("class") == "pager"] == [
        "10ページ前",
        "前",
        *(str(number) for number in range(21, 25)),
    ]
    assert "250件中 141-150件を表示" in at.press("10ページ前").page.text
    assert "250件中 121-130件を表示" in at.press("13").page.text


def test_the_pager_keeps_the_conditions(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    add_users(seat, 30)
    at.open("company-users/search/view").press("検索", name="社員 00").press("次")
    assert "30件中 11-20件を表示" in at.page.text
    assert at.page.box("name").attrs["value"] == "社員 00"


@pytest.mark.parametrize(
    ("asked", "first"),
    [("0", 1), ("-1", 1), ("3", 21), ("4", 31), ("5", 31), ("999999999999", 1), ("x", 1), ("", 1), ("２", 1)],
)
def test_any_page_may_be_asked_for_and_an_existing_one_is_shown(
    densai: Bank, seat: Seat, asked: str, first: int
) -> None:
    at = densai.master(seat)
    add_users(seat, 33)
    at.open(f"company-users/search/view?page={asked}")
    assert f"35件中 {first}-{min(first + 9, 35)}件を表示" in at.page.text


def test_every_user_of_many_can_be_changed(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    add_users(seat, USERS)
    give = at.open("company-users/search/change?login_id=user0250").press("変更", row="d-user0250")
    give.press("確認", rights=["densai"], accounts=[])
    assert give.heading == "ユーザ情報変更確認"
    assert "d-user0250" in give.page.text


def test_operations_are_found_by_day_user_and_kind(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    add_events(seat, 60)
    at.open("operation-history")
    assert "60件中 1-10件を表示" in at.page.text
    at.press("検索", since="2025/11/06", until="2025/11/06", user=GENERAL_ID, kind="login")
    assert "10件中 1-10件を表示" in at.page.text
    assert {(row[0][:10], row[1], row[3]) for row in at.page.rows[1:]} == {
        ("2025/11/06", GENERAL_ID, OPERATIONS["login"])
    }
    assert at.page.box("since").attrs["value"] == "2025/11/06"
    at.press("検索", since="2025-11-06", until="", user="", kind="")
    assert "40件中 1-10件を表示" in at.page.text
    assert "40件中 31-40件を表示" in at.press("10ページ次").page.text
    assert "40件中 21-30件を表示" in at.press("前").page.text
    at.open("operation-history").press("検索", since="2025/11/08", until="")
    assert "該当する履歴はありません。" in at.page.text


@pytest.mark.parametrize(
    ("since", "until", "faults"),
    [
        ("きのう", "", {"since": "date_unreadable"}),
        ("2025/02/30", "2025/13/01", {"since": "date_unreadable", "until": "date_unreadable"}),
        ("2025/11/07", "2025/11/06", {"until": "dates_reversed"}),
        ("0000/01/01", "9999/12/31", {"since": "date_unreadable"}),
        ("<b>", "' OR 1=1 --", {"since": "date_unreadable", "until": "date_unreadable"}),
    ],
)
def test_a_day_that_is_none_is_named(
    densai: Bank, seat: Seat, since: str, until: str, faults: dict[str, str]
) -> None:
    at = densai.master(seat).open("operation-history").press("検索", since=since, until=until)
    assert at.status == 422
    for field in ("since", "until"):
        assert at.page.fault(field) == (MESSAGES[faults[field]] if field in faults else "")
    assert at.page.box("since").attrs["value"] == since


def test_the_first_and_the_last_day_there_are_can_be_asked_for(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat).open("operation-history")
    assert at.press("検索", since="0001/01/01", until="9999/12/31").status == 200


def test_an_unknown_kind_finds_every_kind_and_an_unknown_user_nothing(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    add_events(seat, 6)
    assert "6件中" in at.open("operation-history?kind=nonsense").page.text
    assert "0件中" in at.open("operation-history?user=d-nobody").page.text
    assert "0件中" in at.open("operation-history?user=%00").page.text


def test_what_is_done_stands_in_the_operations_newest_first(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    create_user(at)
    update_users(at)
    give_rights(at, ["densai"], [])
    at.open("list").press("しんきん電子記録債権サービス")
    at.open("operation-history")
    done = [row[3] for row in at.page.rows[1:]]
    assert done == ["ユーザ情報変更", "ユーザ更新", "ID新規作成"]
    assert at.page.rows[1][4] == GENERAL_ID


def test_trades_are_what_an_approval_password_confirmed(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat)
    create_user(at)
    update_users(at)
    give_rights(at, ["densai"], [])
    at.open("trade-history")
    assert [row[1:] for row in at.page.rows[1:]] == [
        ["ユーザ情報変更", MASTER_ID, f"対象：{GENERAL_ID}"],
        ["ユーザ更新", MASTER_ID, "追加 1件、変更 0件、削除 0件"],
    ]
    assert "2件中 1-2件を表示" in at.page.text


def test_a_deleted_users_operations_stay(densai: Bank, seat: Seat) -> None:
    with seat.change() as world:
        world.record("login", "d-gone")
    at = densai.master(seat).open("operation-history")
    assert "（削除済み）" not in at.page.text  # the reset began the history anew
    with seat.change() as world:
        world.record("login", "d-gone")
    assert "（削除済み）" in at.open("operation-history").page.text


def test_the_company_and_its_accounts_are_shown(densai: Bank, seat: Seat) -> None:
    at, world = densai.master(seat).open("company-info"), seat.read()
    assert at.page.fact("法人名") == world.company.name
    assert [row[2] for row in at.page.rows[1:]] == [account.number for account in world.accounts]
    assert all(len(account.number) == 7 for account in world.accounts)


def test_the_counts_of_notices_are_true(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat, "2-2")
    assert counts(at) == dict(zip(COUNTED, ("1件", "0件", "0件"), strict=True))
    update_users(at)
    assert counts(at) == dict(zip(COUNTED, ("2件", "1件", "0件"), strict=True))
    at.press("お知らせ（通知）を確認する").press("ユーザ更新が完了しました")
    assert at.heading == "お知らせ（通知）詳細"
    assert counts(at) == dict(zip(COUNTED, ("1件", "0件", "0件"), strict=True))
    states = [row[0] for row in at.open("notices").page.rows[1:]]
    assert states == ["既読", "未読"]


def test_a_notice_to_one_user_is_not_shown_to_another(densai: Bank, seat: Seat) -> None:
    update_users(densai.master(seat, "2-2"))
    with seat.change() as world:
        world.users[GENERAL_ID].first_login = False
    general = densai.visitor(seat).sit_down(GENERAL_ID, in_service=True)
    assert counts(general)[COUNTED[0]] == "1件"
    for number in (2, 0, 99, 10**30):
        assert general.open(f"notices/{number}").status == 404
        path = f"{general.home}{general.sid}/notices/{number}"
        assert general.post(path, [("csrf", general.csrf)]).status == 404
    assert seat.read().users[GENERAL_ID].read_notices == []


def test_a_notice_number_of_any_length_is_only_not_there(densai: Bank, seat: Seat) -> None:
    assert densai.master(seat).open("notices/" + "9" * 5000).status in (404, 405)
