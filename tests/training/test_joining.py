"""Joining a class by name: the seat kept for it is found however it is typed, and never a second one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.training.guests import Guest, code_of, member_of, training

if TYPE_CHECKING:
    from tests.screens.banks import Bank

ASKED, UNKNOWN = "この方ですか", "名簿にお名前がありません"


@pytest.fixture
def roster(desk: Guest) -> int:
    """A class of six seats, three of them kept for people of the roster."""
    class_id = desk.make_class(seats=6)
    rows = "番号,氏名\r\n1,髙橋 一郎\r\n2,渡邉 花子\r\n3,佐藤 次郎\r\n"
    desk.upload(f"/desk/classes/{class_id}/roster", rows.encode("utf-8-sig"))
    assert desk.heading == "四月の研修"
    return class_id


def joined(bank: Bank, class_id: int) -> list[int]:
    """The numbers of the seats where somebody has sat down."""
    return [member.place for member in training(bank).members(class_id) if member.joined]


AS_TYPED = {
    "as it is": ("髙橋 一郎", 1),
    "without the space": ("髙橋一郎", 1),
    "with the twin letter": ("高橋 一郎", 1),
    "both": ("高橋一郎", 1),
    "渡辺 for 渡邉": ("渡辺 花子", 2),
    "渡邊 for 渡邉": ("渡邊花子", 2),
    "with a wide space": ("佐藤　次郎", 3),
    "with letters that nobody sees": ("佐藤\u200b次郎\u00ad", 3),
}


@pytest.mark.parametrize("how", AS_TYPED)
def test_one_person_has_one_seat_however_the_name_is_typed(densai: Bank, roster: int, how: str) -> None:
    typed, place = AS_TYPED[how]
    at = Guest(densai).join(code_of(densai, roster), typed)
    kept = training(densai).members(roster)[place - 1].name
    assert at.heading == "席コードをお控えください"
    assert (member_of(at).place, member_of(at).name) == (place, kept)  # as the roster spells it
    assert joined(densai, roster) == [place]


def test_the_same_where_every_seat_is_kept(densai: Bank, desk: Guest) -> None:
    class_id = desk.make_class(seats=1)
    desk.upload(f"/desk/classes/{class_id}/roster", "番号,氏名\r\n1,髙橋 一郎".encode("utf-8-sig"))
    assert Guest(densai).join(code_of(densai, class_id), "高橋一郎").heading == "席コードをお控えください"


@pytest.mark.parametrize("typed", ["佐藤 次朗", "佐藤", "次郎 佐藤", "佐藤 次郎子"])
def test_a_name_like_one_of_the_roster_is_asked_about_and_takes_no_seat_by_itself(
    densai: Bank, roster: int, typed: str
) -> None:
    at = Guest(densai).join(code_of(densai, roster), typed)
    assert at.heading == ASKED
    assert "佐藤 次郎 さん（席3）" in at.page.text
    assert "渡邉" not in at.page.text
    assert joined(densai, roster) == []
    at.answer_yes()
    assert (member_of(at).place, member_of(at).name) == (3, "佐藤 次郎")
    assert joined(densai, roster) == [3]


def test_who_is_another_gets_another_seat_by_a_press_of_its_own(densai: Bank, roster: int) -> None:
    at = Guest(densai).join(code_of(densai, roster), "佐藤 次朗").answer_no()
    assert (member_of(at).place, member_of(at).name) == (4, "佐藤 次朗")


def test_a_name_that_is_not_on_the_roster_says_so_and_takes_no_seat_by_itself(
    densai: Bank, roster: int
) -> None:
    at = Guest(densai).join(code_of(densai, roster), "森 さくら")
    assert at.heading == UNKNOWN
    assert joined(densai, roster) == []
    assert at.press("お名前を入力し直す").heading == "でんさい訓練へようこそ"
    assert at.page.box("class_code").attrs["value"] == code_of(densai, roster)
    at.join(code_of(densai, roster), "森 さくら").answer_no()
    assert member_of(at).place == 4


def test_without_a_free_seat_the_roster_is_named_and_not_that_the_class_is_full(
    densai: Bank, desk: Guest
) -> None:
    class_id = desk.make_class(seats=2)
    desk.upload(
        f"/desk/classes/{class_id}/roster", "番号,氏名\r\n1,髙橋 一郎\r\n2,渡邉 花子".encode("utf-8-sig")
    )
    at = Guest(densai).join(code_of(densai, class_id), "森 さくら")
    assert (at.status, UNKNOWN in at.page.fault("name")) == (422, True)
    asked = Guest(densai).join(code_of(densai, class_id), "渡邉 花代")
    assert asked.heading == ASKED
    assert "いいえ、別の者です" not in asked.page.buttons


def test_a_twin_of_somebody_who_is_there_is_asked_and_the_seat_stays_his(densai: Bank, roster: int) -> None:
    first = Guest(densai).join(code_of(densai, roster), "高橋一郎")
    at = Guest(densai).join(code_of(densai, roster), "高橋 一郎")
    assert at.heading == ASKED
    assert "すでに参加しています" in at.page.text
    assert "はい、この席に参加する" not in at.page.buttons
    assert member_of(first).place == 1
    assert joined(densai, roster) == [1]
    assert member_of(at.answer_no()).place == 4  # somebody else of that name


def test_two_twins_on_the_roster_find_their_own_seats_and_a_third_spelling_is_asked(
    densai: Bank, desk: Guest
) -> None:
    class_id = desk.make_class(seats=4)
    rows = "番号,氏名\r\n1,渡邉 花子\r\n2,渡邊 花子"
    desk.upload(f"/desk/classes/{class_id}/roster", rows.encode("utf-8-sig"))
    code = code_of(densai, class_id)
    asked = Guest(densai).join(code, "渡辺 花子")
    assert asked.heading == ASKED
    assert "渡邉 花子 さん（席1）" in asked.page.text
    assert "渡邊 花子 さん（席2）" in asked.page.text
    assert member_of(Guest(densai).join(code, "渡邊花子")).place == 2
    assert member_of(Guest(densai).join(code, "渡邉花子")).place == 1


def test_a_class_without_a_roster_asks_nobody_but_a_twin(densai: Bank, class_id: int) -> None:
    code = code_of(densai, class_id)
    assert member_of(Guest(densai).join(code, "山田 太郎")).place == 1
    assert member_of(Guest(densai).join(code, "山田 太朗")).place == 2
    assert Guest(densai).join(code, "山田\u3000太\u200b郎").status == 422
    assert joined(densai, class_id) == [1, 2]


@pytest.mark.parametrize("typed", ["\u200b", "\u3164", "\u00ad", "\u2800 ", "\u202e"])
def test_a_name_that_nobody_sees_joins_nothing(densai: Bank, class_id: int, typed: str) -> None:
    at = Guest(densai).join(code_of(densai, class_id), typed)
    assert at.status == 422
    assert at.page.fault("name")
    assert joined(densai, class_id) == []


def test_a_second_click_on_an_answer_finds_the_same_seat(densai: Bank, roster: int) -> None:
    at = Guest(densai).join(code_of(densai, roster), "佐藤")
    form = at.page.form("はい、この席に参加する")
    for _ in range(2):
        at.post(form.action, form.data())
        assert at.heading == "席コードをお控えください"
    assert joined(densai, roster) == [3]


def test_a_second_click_on_join_with_a_twin_name_finds_the_same_seat(densai: Bank, roster: int) -> None:
    at = Guest(densai)
    form = at.get("/").page.form("参加する")
    for _ in range(2):
        at.post("/join", form.data(class_code=code_of(densai, roster), name="高橋一郎"))
        assert at.heading == "席コードをお控えください"
    assert joined(densai, roster) == [1]


def test_a_chosen_seat_is_given_only_to_a_name_like_it(densai: Bank, roster: int) -> None:
    at = Guest(densai).get("/")
    form = at.page.form("参加する")
    code = code_of(densai, roster)
    for place in ("1", "9999", "0", "-1", "x", "１"):
        at.post("/join", [*form.data(class_code=code, name="森 さくら"), ("place", place)])
        assert at.heading == UNKNOWN, place
    assert joined(densai, roster) == []


def test_of_two_who_say_to_be_the_same_person_one_gets_the_seat(densai: Bank, roster: int) -> None:
    guests = [Guest(densai).join(code_of(densai, roster), "佐藤") for _ in range(2)]
    forms = [guest.page.form("はい、この席に参加する") for guest in guests]
    together = threading.Barrier(2)

    def answer(number: int) -> None:
        together.wait()
        guests[number].post(forms[number].action, forms[number].data())

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(answer, range(2)))
    assert sorted(guest.status for guest in guests) == [200, 422]
    assert joined(densai, roster) == [3]


def test_an_address_from_a_qr_code_fills_in_the_code(densai: Bank, class_id: int) -> None:
    code = code_of(densai, class_id)
    at = Guest(densai).get(f"/?class={code[:4]}-{code[4:]}")
    assert at.page.box("class_code").attrs["value"] == f"{code[:4]}-{code[4:]}"
    assert at.press("参加する", name="山田").heading == "席コードをお控えください"
    assert Guest(densai).get(f"/?seat={'x' * 500}").page.box("seat_code").attrs["value"] == "x" * 40
    assert "<script>" not in Guest(densai).get("/?class=<script>").page.html.partition("</head>")[2]
