"""One seat at the instructor's desk, where he plays the bank's desk as well."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.bank.people import people as people_of
from simulator.manual.order import STARTS
from simulator.store import Wanted
from simulator.training import classes, starts
from simulator.training.model import utc_now
from tests.screens.visitor import URLENCODED
from tests.training.guests import Guest, code_of, learner_of, member_of, raise_hand, training

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
    assert "選んだ手順の開始時点に戻しました" in desk.page.text
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
    shown = desk.get(address).page.fact("ロック")
    master, general = people.master.name, people.general.name
    assert f"{master}さんのログインパスワードがロックされています" in shown
    assert f"{master}さんの承認パスワードがロックされています" in shown
    assert f"{general}さんのログインパスワードがロックされています" in shown
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
    asks = "窓口に申し出（ロック）"
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
    assert "マスターユーザがログインする（案内つき）" in shown.fact("練習の内容")
    trainee.log_in(MASTER_ID, people_of(trainee.seat.seed).master.issued_password)
    shown = desk.get(address).page
    kinds = [row[1] for row in shown.rows[1:]]
    assert kinds[-1] == "開始"
    assert "完了" in kinds
    assert desk.follow("訓練用の控え").heading == "訓練用の控え"
    assert people_of(trainee.seat.seed).general.password in desk.page.text
    assert desk.press("戻る").page.heading == "席1 山田 太郎"
    assert desk.follow("席の状況").heading == "四月の研修"


def test_a_trainee_gets_another_name(desk: Guest, trainee: Guest, address: str) -> None:
    desk.get(address).press("変更する", name="　鈴木　一郎 ")
    assert "氏名を変更しました" in desk.page.text
    assert trainee.shown_name() == "鈴木 一郎"


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
    assert member_of(Guest(densai).join(code_of(densai, class_id), "鈴木").answer_no()).place == 1
    desk.get(address).press("変更する", name="")
    assert "氏名を変更しました" in desk.page.text
    assert member_of(Guest(densai).join(code_of(densai, class_id), "田中")).place == 2
    desk.get(address).press("変更する", name="佐藤 花子")
    assert member_of(Guest(densai).join(code_of(densai, class_id), "佐藤　花子")).place == 3


def test_a_seat_of_self_study_has_its_page_too(densai: Bank, desk: Guest) -> None:
    alone = Guest(densai).begin_alone()
    assert desk.get(f"/desk/seats/{alone.seat.code}").heading == "席1 （ひとりで練習）"
    assert "席の状況" not in desk.page.links


def test_a_seat_that_is_nobodys_in_training_has_none(desk: Guest, densai: Bank) -> None:
    plain = starts.make_seats(densai.worlds, seed=11)[0]
    assert desk.get(f"/desk/seats/{plain.code}").status == 404


# What the trainee sees, in words ---------------------------------------------------------------


def test_the_page_says_what_the_trainee_sees_now(desk: Guest, trainee: Guest, address: str) -> None:
    assert desk.get(address).page.fact("練習の内容") == "練習していません"
    trainee.start("2-1").sit_down(MASTER_ID).open("list")
    shown = desk.get(address).page
    assert shown.fact("練習の内容") == "手順2-1 新しく一般ユーザを作成する（案内つき） 0／6ステップ"
    assert shown.fact("開いている画面") == f"「{trainee.heading}」"
    assert shown.fact("現在の手順") == "手順2-1 1. [ユーザ管理業務] ボタンをクリックします。0分"
    assert shown.fact("最後の間違い") == "なし"


def test_the_page_says_the_last_fault_and_how_many_there_were(
    desk: Guest, trainee: Guest, address: str
) -> None:
    trainee.start("1-1")
    for _ in range(2):
        trainee.log_in("no-prefix", "wrong")
    fault = desk.get(address).page.fact("最後の間違い")
    assert "手順1-1 4." in fault
    assert "この練習で2回" in fault
    trainee.send_form("/my/stop")
    assert desk.get(address).page.fact("練習の内容").endswith("（案内つき） 中断")


def test_a_test_shows_the_minutes_that_are_left(desk: Guest, trainee: Guest, address: str) -> None:
    trainee.start("1-1", "measure")
    assert "残り約5分" in desk.get(address).page.fact("練習の内容")


# Once ------------------------------------------------------------------------------------------


def lock(trainee: Guest) -> None:
    with trainee.seat.change() as world:
        world.master().login_failures = WRONG


def test_a_release_that_is_sent_again_releases_no_later_lock(
    desk: Guest, trainee: Guest, address: str
) -> None:
    lock(trainee)
    form = desk.get(address).page.form("ロックを解除する")
    another_tab = form.data()
    desk.press("ロックを解除する")
    first = learner_of(trainee).released_at
    lock(trainee)
    for _ in range(2):  # the same form by the back button, by a reload, from another tab
        assert desk.post(f"{address}/release", another_tab).status == 200
        assert trainee.seat.read().master().login_failures == WRONG
    assert learner_of(trainee).released_at == first
    desk.get(address).press("ロックを解除する")
    assert trainee.seat.read().master().login_failures == 0
    assert learner_of(trainee).released_at != first


def test_a_double_click_on_release_releases_once(desk: Guest, trainee: Guest, address: str) -> None:
    lock(trainee)
    data = urlencode(desk.get(address).page.form("ロックを解除する").data())
    together = threading.Barrier(4)

    def click(_number: int) -> int:
        client = desk.bank.app.test_client()
        client._cookies = desk.client._cookies
        together.wait()
        return client.post(f"{address}/release", data=data, content_type=URLENCODED).status_code

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(click, range(4))) == [303] * 4
    assert trainee.seat.count_events(Wanted(("lock_released",))) == 1


def test_an_answer_that_is_sent_again_answers_no_later_call(
    desk: Guest, trainee: Guest, address: str
) -> None:
    raise_hand(trainee)
    sent = desk.get(address).page.form("対応済みにする").data()
    desk.press("対応済みにする")
    assert learner_of(trainee).hand_seen_at
    assert "対応済みにする" not in desk.page.buttons
    with training(desk.bank).changing() as change:  # a minute later the hand is up again
        learner = learner_of(trainee)
        learner.hand_since, learner.hand_seen_at = utc_now() + timedelta(minutes=1), None
        change.save_member(trainee.seat.code, learner)
    desk.post(f"{address}/answered", sent)
    assert learner_of(trainee).hand_seen_at is None


def test_a_trainee_calls_the_instructor_and_hears_of_the_answer(
    desk: Guest, trainee: Guest, address: str
) -> None:
    trainee.get("/my").press("講師を呼ぶ")
    assert "講師を呼びました" in trainee.page.text
    assert "対応済みにする" in desk.get(address).page.buttons
    desk.press("対応済みにする")
    assert "講師が確認しました" in trainee.get("/my").page.text
    trainee.press("講師を呼ぶ")
    trainee.press("呼び出しを取り消す")
    assert "対応済みにする" not in desk.get(address).page.buttons


# A message to one seat --------------------------------------------------------------------------


def test_a_message_to_one_seat_reaches_that_seat_alone(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int, address: str
) -> None:
    other = Guest(densai).join(code_of(densai, class_id), "佐藤 花子").start("2-1")
    desk.get(address).press("送る", message="画面を<b>確認</b>します")
    assert "メッセージを送りました" in desk.page.text
    assert "講師から（山田 太郎さんへ） 画面を<b>確認</b>します" in trainee.get("/my").page.text
    assert "講師から" not in other.get("/my").page.text
    trainee.press("読みました")
    assert "講師から" not in trainee.get("/my").page.text
    desk.get(address).press("送る", message="もう一度")
    assert "もう一度" in trainee.get("/my").page.text
    desk.get(address).press("送る", message="")
    assert "メッセージを取り消しました" in desk.page.text
    assert "講師から" not in trainee.get("/my").page.text


@pytest.mark.parametrize("message", ["あ" * 201, "一行目\r\n二行目"])
def test_a_message_that_will_not_do_is_refused_at_its_field(
    desk: Guest, trainee: Guest, address: str, message: str
) -> None:
    desk.get(address).press("送る", message=message)
    assert (desk.status, "200文字以内" in desk.page.fault("message")) == (422, True)
    assert learner_of(trainee).message == ""
