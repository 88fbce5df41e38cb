"""R15, R16: what waits for ユーザ更新 and what it does."""

from __future__ import annotations

import pytest

from simulator.domain.rules import user_update
from simulator.domain.world import Registration
from tests.rules.people import general, master, registered, world

HANA = ("d-general1", "碧海 花子", "一般ユーザ", "hana@example.jp")
TARO = ("d-master1", "碧海 太郎", "マスターユーザ", "taro@example.jp")


def test_a_new_user_is_an_addition() -> None:
    lists = user_update.pending(world(general()))
    assert (lists.added, lists.changed, lists.deleted) == ([HANA], [], [])


def test_the_master_stands_in_the_changes_the_first_time_though_nothing_differs() -> None:
    lists = user_update.pending(world(master()))
    assert (lists.added, lists.changed, lists.deleted) == ([], [(TARO, TARO)], [])


def test_nothing_is_pending_twice() -> None:
    bank = world(master(), general())
    user_update.carry_out(bank, user_update.pending(bank).login_ids)
    assert user_update.pending(bank).login_ids == []


def test_a_new_name_or_address_is_a_change_from_what_the_service_knows() -> None:
    bank = world(registered(name="碧海 華子", mail="hanako@example.jp"))
    after = ("d-general1", "碧海 華子", "一般ユーザ", "hanako@example.jp")
    assert user_update.pending(bank).changed == [(HANA, after)]
    user_update.carry_out(bank, ["d-general1"])
    assert bank.users["d-general1"].registered == Registration("碧海 華子", "hanako@example.jp")


def test_a_name_changed_and_changed_back_is_not_pending() -> None:
    user = registered(name="碧海 華子")
    assert user_update.is_pending(user)
    user.name = "碧海 花子"
    assert not user_update.is_pending(user)


def test_a_deletion_shows_what_the_service_knows_and_takes_the_user_away() -> None:
    bank = world(master(), registered(name="新しい名", deleted=True))
    lists = user_update.pending(bank)
    assert lists.deleted == [HANA]
    user_update.carry_out(bank, lists.login_ids)
    assert list(bank.users) == ["d-master1"]


def test_a_user_deleted_before_the_service_knew_him_is_not_pending() -> None:
    assert not user_update.is_pending(general(deleted=True))


@pytest.mark.parametrize(
    ("login_id", "name", "found"),
    [
        ("", "", {"d-master1", "d-general1", "d-general2"}),
        ("d-general", "", {"d-general1", "d-general2"}),
        ("general2", "", {"d-general2"}),
        ("", "太郎", {"d-master1"}),
        ("d-general", "太郎", set()),
        ("GENERAL", "", set()),
        ("%", "", set()),
    ],
)
def test_an_empty_condition_covers_every_pending_user(login_id: str, name: str, found: set[str]) -> None:
    bank = world(master(), general(), general("d-general2"), registered("d-general3"))
    assert set(user_update.pending(bank, login_id, name).login_ids) == found


def test_only_those_who_were_chosen_are_carried_out() -> None:
    bank = world(general(), general("d-general2"))
    user_update.carry_out(bank, user_update.pending(bank, login_id="general2").login_ids)
    assert user_update.pending(bank).login_ids == ["d-general1"]


def test_several_general_users_are_listed_by_their_ids_after_the_master() -> None:
    bank = world(general("d-zzzzzz"), general("d-aaaaaa"), master())
    assert [user.login_id for user in user_update.pending(bank).added] == ["d-aaaaaa", "d-zzzzzz"]
    assert user_update.pending(bank).login_ids == ["d-aaaaaa", "d-zzzzzz", "d-master1"]
