"""One seat at the instructor's desk, where he plays the bank's desk as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.manual.order import STARTS
from simulator.store import Wanted
from simulator.training import classes, starts
from tests.training.guests import Guest, code_of, member_of, training

if TYPE_CHECKING:
    from tests.screens.banks import Bank

WRONG = 6


@pytest.fixture
def address(trainee: Guest) -> str:
    """The address of the trainee's seat at the desk."""
    return f"/desk/seats/{trainee.seat.code}"


@pytest.mark.parametrize("procedure", STARTS)
def test_a_seat_is_put_to_the_start_of_any_procedure(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, address: str, procedure: str
) -> None:
    other = training(densai).members(class_id)[1].seat
    with trainee.seat.change() as world:
        world.users.clear()
    before = densai.worlds.open(other)
    desk.get(address).press("戻す", procedure=procedure)
    assert "選んだ手順のはじめに戻しました" in desk.page.text
    assert trainee.seat.read().users == starts.world_at(trainee.seat.seed, procedure).users
    assert densai.worlds.open(other) == before


def test_a_reset_logs_everybody_out_and_ends_the_practice(desk: Guest, trainee: Guest, address: str) -> None:
    trainee.start("2-1").sit_down(MASTER_ID, in_service=True).open("top")
    desk.get(address).press("戻す", procedure="2-1")
    assert trainee.open("top").heading == "セッション終了"
    going = training(trainee.bank).current(trainee.seat.code)
    assert (going and going.outcome) == "stopped"
    assert trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.password).heading == "サービス一覧"


def test_the_banks_desk_releases_every_lock_a_masters_too(desk: Guest, trainee: Guest, address: str) -> None:
    starts.reset(trainee.seat, "end")
    people = people_of(trainee.seat.seed)
    with trainee.seat.change() as world:
        world.master().login_failures = world.master().approval_failures = WRONG
        world.users[GENERAL_ID].login_failures = WRONG
    assert trainee.log_in(MASTER_ID, people.master.password).status == 422
    assert desk.get(address).page.fact("ロック") == "ロックされているユーザがいます"
    desk.press("ロックを解除する")
    assert "ロックを解除しました" in desk.page.text
    assert desk.page.fact("ロック") == "なし"
    assert trainee.log_in(MASTER_ID, people.master.password).heading == "サービス一覧"
    assert trainee.log_in(GENERAL_ID, people.general.password).heading == "サービス一覧"
    assert trainee.seat.read().master().approval_failures == 0
    assert (
        trainee.seat.count_events(Wanted(("lock_released",))) == 3
    )  # both of the master's, one of the other's


def test_the_history_tells_of_no_release_where_nobody_was_locked(
    desk: Guest, trainee: Guest, address: str
) -> None:
    with trainee.seat.change() as world:
        world.master().login_failures = WRONG - 1
    desk.get(address).press("ロックを解除する")
    assert trainee.seat.read().master().login_failures == 0
    assert trainee.seat.count_events(Wanted(("lock_released",))) == 0


def test_who_asks_the_banks_desk_shows_on_the_board_until_it_has_answered(
    desk: Guest, trainee: Guest, class_id: int, address: str
) -> None:
    trainee.start()
    trainee.send_form("/my/outside", what="desk")
    asks = "窓口に申し出ています"
    assert asks in desk.get(f"/desk/classes/{class_id}").page.text
    desk.get(address).press("ロックを解除する")
    assert asks not in desk.get(f"/desk/classes/{class_id}").page.text


def test_who_has_forgotten_his_approval_password_begins_with_the_initial_one(
    desk: Guest, trainee: Guest, address: str
) -> None:
    assert "初期承認パスワードに戻す" not in desk.get(address).page.buttons
    assert desk.send_form(f"{address}/initial-approval").status == 404
    starts.reset(trainee.seat, "end")
    desk.get(address).press("初期承認パスワードに戻す")
    assert "控えの初期承認パスワードにしました" in desk.page.text
    trainee.sit_down(GENERAL_ID, in_service=True)
    initial = people_of(trainee.seat.seed).general.initial_approval_password
    trainee.open("approval-password")
    form = next(form for form in trainee.page.forms if "new" in form.typed)
    trainee.press(form.button.text, current=initial, new="shonin22", again="shonin22")
    assert trainee.status == 200, trainee.page.alert


def test_a_seat_shows_who_sits_there_where_he_stands_and_what_happened(
    desk: Guest, trainee: Guest, address: str
) -> None:
    trainee.start("1-1")
    shown = desk.get(address).page
    assert shown.heading == "席1 山田 太郎"
    assert shown.fact("席コード") == classes.shown_code(member_of(trainee).code)
    assert "マスターユーザがログインする（習う）" in shown.fact("いまの練習")
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password)
    shown = desk.get(address).page
    kinds = [row[1] for row in shown.rows[1:]]
    assert kinds[-1] == "開始"
    assert "できた" in kinds
    assert desk.follow("訓練用の控え").heading == "訓練用の控え"
    assert people_of(trainee.seat.seed).general.password in desk.page.text
    assert desk.press("戻る").page.heading == "席1 山田 太郎"
    assert desk.follow("クラスに戻る").heading == "四月の研修"


def test_a_trainee_gets_another_name(desk: Guest, trainee: Guest, address: str) -> None:
    desk.get(address).press("変更する", name="　鈴木　一郎 ")
    assert "氏名を変更しました" in desk.page.text
    assert trainee.get("/my").page.fact("お名前") == "鈴木 一郎"


BAD = {
    "nothing": ("", "お名前を入力してください"),
    "too long": ("あ" * 41, "40文字以内"),
    "another's": ("佐藤 花子", "同じお名前の席があります"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_name_that_will_not_do_is_refused_and_the_input_kept(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, address: str, why: str
) -> None:
    Guest(densai).join(code_of(densai, class_id), "佐藤 花子")
    name, words = BAD[why]
    desk.get(address).press("変更する", name=name)
    assert (desk.status, words in desk.page.fault("name")) == (422, True)
    assert desk.page.box("name").attrs["value"] == name
    assert member_of(trainee).name == "山田 太郎"


def test_a_seat_is_kept_for_a_name_and_given_free_again(densai: Bank, desk: Guest, class_id: int) -> None:
    third = training(densai).members(class_id)[2]
    address = f"/desk/seats/{third.seat}"
    desk.get(address).press("変更する", name="佐藤 花子")
    assert member_of(Guest(densai).join(code_of(densai, class_id), "鈴木")).place == 1
    desk.get(address).press("変更する", name="")
    assert "氏名を変更しました" in desk.page.text
    assert member_of(Guest(densai).join(code_of(densai, class_id), "田中")).place == 2
    desk.get(address).press("変更する", name="佐藤 花子")
    assert member_of(Guest(densai).join(code_of(densai, class_id), "佐藤　花子")).place == 3


def test_a_seat_of_self_study_has_its_page_too(densai: Bank, desk: Guest) -> None:
    alone = Guest(densai).begin_alone()
    assert desk.get(f"/desk/seats/{alone.seat.code}").heading == "席1 （ひとりで練習）"
    assert "クラスに戻る" not in desk.page.links


def test_a_seat_that_is_nobodys_in_training_has_none(desk: Guest, densai: Bank) -> None:
    plain = starts.make_seats(densai.worlds, seed=11)[0]
    assert desk.get(f"/desk/seats/{plain.code}").status == 404
