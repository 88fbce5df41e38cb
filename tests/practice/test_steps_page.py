"""この練習の手順: everything that the coach says of the due step, and its buttons, without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from simulator.training.model import Mode
    from tests.practice.trainees import Trainee
    from tests.screens.visitor import Visitor


def steps(trainee: Trainee) -> Visitor:
    return trainee.desk.get("/my/steps")


def test_it_has_the_step_its_values_and_the_manuals_notes(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-1", "learn").items, until="2-1.4")
    text = steps(trainee).page.text
    for words in (
        "手順2-1 4.",
        "以下の一般ユーザの基本情報を入力し",
        "「サービス一覧」のウィンドウで操作します。",
        trainee.people.general.mail,
        trainee.people.general.issued_password,
        "別の値にするときは、控えてください。",
        "半角英数字記号 128 文字以内",
    ):
        assert words in text, words


def test_it_has_the_boxes_to_check(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.5")
    assert "各種取引の「承認者」" in steps(trainee).page.text


def test_a_look_is_passed_there(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-2", "learn").items, until="2-2.5")
    page = steps(trainee)
    assert trainee.people.general.mail in page.page.text
    page.press("確認しました")
    assert page.path == "/my/steps"
    assert trainee.going.practice.position == 5


def test_hints_are_given_there_one_after_the_other(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "try").items, until="1-4.6")
    page, value = steps(trainee), trainee.people.master.approval_password
    assert "承認パスワードを入力し" not in page.page.text
    page.press("手順の文を見る")
    assert "承認パスワードを入力し" in page.page.text
    page.press("入力する内容を見る")
    assert value in page.page.text
    page.press("操作する場所を示す")
    assert trainee.going.practice.help == 3


def test_a_test_has_its_task_and_leads_to_handing_in(trainee: Trainee) -> None:
    trainee.begin("2-1")
    page = steps(trainee)
    assert "使うIDとパスワード" in page.page.text
    assert "手順2-1　1." not in page.page.text
    page.press("提出する")
    assert page.path == "/my/submit"


def test_an_own_password_goes_back_to_the_memo_there(trainee: Trainee) -> None:
    items = trainee.begin("ch1", "learn").items
    trainee.play(items, until="1-3.2")
    trainee.do_step(items[6], new="watashi99", again="watashi99")
    trainee.play(items[7:], until="1-4.6")
    page = steps(trainee)
    assert "ご自分で決めた値を入力" in page.page.text
    page.press("忘れたので、控えの値に戻す")
    assert trainee.people.master.approval_password in page.page.text


def test_a_lock_is_taken_to_the_desk_there(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    for _ in range(6):
        trainee.do_step(items[5], approval="chigau00")
    page = steps(trainee)
    assert "承認パスワードがロックされました" in page.page.text
    page.press("窓口に申し出る")
    assert "ロックが解除されました（" in page.page.text


@pytest.mark.parametrize("mode", ["learn", "try", "measure"])
def test_at_every_step_of_every_kind_of_course_there_is_a_page(trainee: Trainee, mode: Mode) -> None:
    items = trainee.begin("all", mode).items
    for item in items:
        assert steps(trainee).status == 200
        if trainee.outcome:
            break
        trainee.do_step(item)
        if item.unseen:
            trainee.post("passed", key=item.key)


def test_without_a_practice_it_leads_home(trainee: Trainee) -> None:
    assert steps(trainee).path == "/my"
