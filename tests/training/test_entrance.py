"""The doors at ``/``: joining a class, coming back, self-study; and what survives a restart."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.training import classes, names
from tests.screens.banks import Bank, open_bank
from tests.screens.test_hostile import CONTROL, HOSTILE
from tests.training.guests import Guest, code_of, member_of, training

if TYPE_CHECKING:
    from pathlib import Path


def test_a_trainee_joins_with_code_and_name_and_is_told_his_seat_code(densai: Bank, class_id: int) -> None:
    at = Guest(densai).join(code_of(densai, class_id), "  山田　太郎 ")
    member = member_of(at)
    assert (at.heading, member.name, member.place) == ("席コードをお控えください", "山田 太郎", 1)
    assert classes.shown_code(member.code) in at.page.text
    assert at.press("控えました。練習を始める").heading == "わたしの訓練"
    assert at.open("").heading == "当金庫ホームページ"


@pytest.mark.parametrize("spell", [str.upper, lambda code: f" {code[:3]}－{code[3:]}　", classes.shown_code])
def test_a_code_is_taken_as_people_type_it(densai: Bank, class_id: int, spell: type[str]) -> None:
    at = Guest(densai).join(spell(code_of(densai, class_id)), "山田")
    assert at.heading == "席コードをお控えください"
    assert Guest(densai).come_back(spell(member_of(at).code)).heading == "わたしの訓練"


REFUSED = {
    "no code": ("", "山田", "class_code", "入力してください"),
    "unknown code": ("aaaa2222", "山田", "class_code", "クラスはありません"),
    "no name": (None, "", "name", "お名前を入力してください"),
    "spaces for a name": (None, "　 ", "name", "お名前を入力してください"),
    "long name": (None, "山" * (names.LONGEST_NAME + 1), "name", "40文字以内"),
    "control characters": (None, "山\x07田", "name", "制御文字"),
    "a name that is there": (None, "佐藤　花子", "name", "すでに参加しています"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_who_cannot_join_is_told_why_at_the_field_and_nothing_is_lost(
    densai: Bank, class_id: int, why: str
) -> None:
    Guest(densai).join(code_of(densai, class_id), "佐藤 花子")
    before = training(densai).members(class_id)
    code, name, field, words = REFUSED[why]
    code = code_of(densai, class_id) if code is None else code
    at = Guest(densai).join(code, name)
    assert at.status == 422
    assert words in at.page.fault(field)
    assert at.page.box("class_code").attrs["value"] == code
    assert at.page.box("name").attrs["value"] == name.replace("\x07", "")
    assert training(densai).members(class_id) == before


def test_the_longest_name_is_taken(densai: Bank, class_id: int) -> None:
    name = "山" * names.LONGEST_NAME
    assert member_of(Guest(densai).join(code_of(densai, class_id), name)).name == name


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_every_field_of_the_entrance_takes_whatever_comes(densai: Bank, class_id: int, value: str) -> None:
    at, code = Guest(densai).join(code_of(densai, class_id), value), code_of(densai, class_id)
    pages = [at.page.html, at.get("/my").page.html]
    pages += [at.join(value, "山田").page.html, at.come_back(value).page.html]
    pages.append(Guest(densai).open_desk().get(f"/desk/classes/{class_id}").page.html)
    assert code in pages[-1].replace("-", "")
    for html in pages:
        assert "<b id=main>" not in html
        assert "<script>alert" not in html
        assert not CONTROL & set(html)


def test_a_full_class_says_so(densai: Bank, class_id: int) -> None:
    for name in ("一", "二", "三"):
        Guest(densai).join(code_of(densai, class_id), name)
    at = Guest(densai).join(code_of(densai, class_id), "四")
    assert (at.status, "席はすべて使われています" in at.page.fault("class_code")) == (422, True)


@pytest.mark.parametrize("_run", range(3))
def test_of_many_who_claim_the_last_seat_at_once_one_gets_it_and_the_others_are_told(
    densai: Bank, class_id: int, _run: int
) -> None:
    many = 8
    code = code_of(densai, class_id)
    for name in ("一", "二"):
        Guest(densai).join(code, name)
    guests = [Guest(densai) for _ in range(many)]
    forms = [guest.get("/").page.form("参加する") for guest in guests]
    together = threading.Barrier(many)

    def claim(number: int) -> None:
        together.wait()
        guests[number].post("/join", forms[number].data(class_code=code, name=f"受講者{number}"))

    with ThreadPoolExecutor(many) as threads:
        list(threads.map(claim, range(many)))
    won = [guest for guest in guests if guest.heading == "席コードをお控えください"]
    lost = [guest for guest in guests if guest not in won]
    assert len(won) == 1
    assert all("席はすべて使われています" in guest.page.fault("class_code") for guest in lost)
    assert all(guest.get("/my").path == "/" for guest in lost)
    seated = [member.name for member in training(densai).members(class_id)]
    assert seated == ["一", "二", f"受講者{guests.index(won[0])}"]


def test_a_second_click_on_join_finds_the_same_seat(densai: Bank, class_id: int) -> None:
    at = Guest(densai)
    form = at.get("/").page.form("参加する")
    for _ in range(2):
        at.post("/join", form.data(class_code=code_of(densai, class_id), name="山田"))
        assert at.heading == "席コードをお控えください"
    assert sum(bool(member.joined) for member in training(densai).members(class_id)) == 1


def test_his_name_in_another_class_is_anothers(densai: Bank, desk: Guest, trainee: Guest) -> None:
    other = desk.make_class("五月の研修")
    Guest(densai).join(code_of(densai, other), "山田 太郎")
    trainee.join(code_of(densai, other), "山田 太郎")
    assert (trainee.status, "すでに参加しています" in trainee.page.fault("name")) == (422, True)


def test_a_seat_code_finds_everything_as_it_was_in_another_browser(densai: Bank, trainee: Guest) -> None:
    trainee.start("1-2")
    issued = people_of(trainee.seat.seed).master.issued_password
    trainee.log_in(MASTER_ID, issued)
    code, before = member_of(trainee).code, trainee.seat.read()
    at = Guest(densai)
    assert at.get("/my").path == "/"
    at.come_back(classes.shown_code(code))
    assert at.heading == "わたしの訓練"
    assert "続きから始める" in at.page.buttons
    assert at.shown_name() == "山田 太郎"
    assert at.seat.code == trainee.seat.code
    assert at.seat.read() == before
    assert trainee.get("/my").heading == "わたしの訓練"  # the old browser is his as well


@pytest.mark.parametrize(("code", "words"), [("", "入力してください"), ("aaaaa22222", "席はありません")])
def test_an_unknown_seat_code_opens_nothing(densai: Bank, trainee: Guest, code: str, words: str) -> None:
    at = Guest(densai).come_back(code)
    assert (at.status, words in at.page.fault("seat_code")) == (422, True)
    assert at.page.box("seat_code").attrs["value"] == code
    assert at.get(trainee.home).status == 403


def test_whoever_holds_a_printed_card_joins_by_it(densai: Bank, class_id: int) -> None:
    second = training(densai).members(class_id)[1]
    at = Guest(densai).come_back(second.code)
    assert (at.heading, member_of(at).place, member_of(at).name) == ("わたしの訓練", 2, "席2")


def test_leaving_forgets_the_seat_in_this_browser_alone(trainee: Guest) -> None:
    code = member_of(trainee).code
    trainee.get("/my").press("この席の利用を終える")
    assert trainee.get("/my").path == "/"
    assert trainee.get(trainee.home).status == 403
    assert trainee.come_back(code).heading == "わたしの訓練"


def test_the_entrance_leads_on_to_the_seat_one_has(trainee: Guest) -> None:
    assert "山田 太郎 様の席" in trainee.get("/").page.text
    assert trainee.press("わたしの訓練を開く").heading == "わたしの訓練"


# Alone -----------------------------------------------------------------------------------------


def test_self_study_is_one_click_from_the_entrance_and_needs_nothing(densai: Bank) -> None:
    at = Guest(densai).get("/").press("ひとりで始める")
    assert at.heading == "わたしの訓練"
    assert at.shown_name() == "（ひとりで練習）"


def test_a_second_click_finds_the_same_seat_and_another_browser_another(densai: Bank) -> None:
    at = Guest(densai).begin_alone()
    first = at.seat.code
    assert at.begin_alone().seat.code == first
    assert Guest(densai).begin_alone().seat.code != first
    assert len(training(densai).members(None)) == 2


def test_seats_of_self_study_end_at_a_number(densai: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "MOST_ALONE", 1)
    Guest(densai).begin_alone()
    at = Guest(densai).begin_alone()
    assert (at.status, "席がいっぱいです" in at.page.alert) == (409, True)


# Papers of one's own ---------------------------------------------------------------------------


def test_the_letter_holds_what_the_bank_hands_over_and_no_more(trainee: Guest) -> None:
    people = people_of(trainee.seat.seed)
    page = trainee.get("/my").follow("通知書面").page
    assert page.heading == "通知書面"
    assert page.fact("ログインID（お客様ID）") == MASTER_ID
    assert page.fact("ログインパスワード") == people.master.issued_password
    assert page.fact("席コード") == classes.shown_code(member_of(trainee).code)
    assert trainee.seat.read().company.name in page.text
    assert people.master.password not in page.html
    assert people.master.approval_password not in page.html
    assert GENERAL_ID not in page.html


def test_the_memo_holds_everybodys_passwords_in_a_test_as_well(trainee: Guest) -> None:
    people = people_of(trainee.seat.seed)
    page = trainee.get("/my").follow("訓練用の控え").page
    values = {row[0]: row[1] for row in page.rows}
    assert values["初期承認パスワード"] == people.general.initial_approval_password
    for person in (people.master, people.general):
        for password in (person.issued_password, person.password, person.approval_password):
            assert password in page.text
    trainee.start("1-3", "measure")
    assert trainee.get("/my/memo").status == 200
    assert people.master.password in trainee.page.text


# A restart -------------------------------------------------------------------------------------


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    database = tmp_path / "densai.sqlite3"
    bank = Bank(open_bank(database))
    desk = Guest(bank).open_desk()
    class_id = desk.make_class()
    desk.send_form(f"/desk/classes/{class_id}/message", message="休憩は15時です")
    trainee = Guest(bank).join(code_of(bank, class_id), "山田").start("1-2")
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password)
    code, cookies = member_of(trainee).code, trainee.client._cookies
    pages = {path: trainee.get(path).page.text for path in ("/my", trainee.home)}
    seen = desk.get(f"/desk/classes/{class_id}").page.rows
    bank.worlds.close()

    bank = Bank(open_bank(database))
    same = Guest(bank)
    same.client._cookies = cookies
    assert {path: same.get(path).page.text for path in pages} == pages
    assert "休憩は15時です" in pages["/my"]
    assert Guest(bank).come_back(code).get("/my").page.text == pages["/my"]
    assert Guest(bank).open_desk().get(f"/desk/classes/{class_id}").page.rows == seen
    bank.worlds.close()


def test_robots_are_kept_out(densai: Bank) -> None:
    assert Guest(densai).get("/robots.txt").answer.body.decode() == "User-agent: *\nDisallow: /\n"
