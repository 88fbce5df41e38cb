"""わたしの訓練: beginning, switching, resuming and handing in happen once, however often a form is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import MASTER_ID
from simulator.training import judge, suspension
from simulator.training.lessons import courses
from simulator.training.paper_values import CURRENT, LATER, SPENT, memo
from simulator.training.task import OWN
from tests.practice.trainees import QUESTION

if TYPE_CHECKING:
    from tests.practice.trainees import Trainee
    from tests.screens.visitor import Visitor

BANK = "当金庫ホームページ"
MINE = "わたしの訓練"


def hidden(trainee: Trainee, name: str) -> str:
    return trainee.desk.page.box(name).attrs["value"]


def number(trainee: Trainee) -> int:
    return trainee.going.row.id


def goes(trainee: Trainee) -> list[tuple[str, str, str]]:
    return [(row.course, row.mode, row.outcome) for row in trainee.kept.practices_of(trainee.seat.code)]


def start(trainee: Trainee, course: str, mode: str, after: int) -> Visitor:
    return trainee.post("start", course=course, mode=mode, after=str(after))


# Beginning -------------------------------------------------------------------------------------


def test_a_form_begins_a_practice_once(trainee: Trainee) -> None:
    for _ in range(3):  # a double click, a reload, another tab
        assert start(trainee, "1-4", "learn", 0).heading == BANK
    assert goes(trainee) == [("1-4", "learn", "")]


def test_a_form_of_an_old_page_asks_before_it_leaves_what_runs(trainee: Trainee) -> None:
    start(trainee, "1-4", "learn", 0)
    assert start(trainee, "2-1", "learn", 0).heading == QUESTION
    assert goes(trainee) == [("1-4", "learn", "")]


def test_the_question_says_what_is_left_and_how_far_it_is(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    page = start(trainee, "2-1", "show", number(trainee)).page
    text = page.text
    assert "「手順1-4 マスターユーザの取引権限を設定する」（案内つき）を練習中です。" in text
    assert "7ステップのうち2まで進んでいます。" in text
    assert "切り替えると、この練習は中断として保存します。" in text
    assert [each for each in page.buttons if "切り替える" in each or "戻る" in each] == [
        "続きに戻る",
        "中断して切り替える",
    ]


def test_the_question_of_a_test_says_that_it_is_handed_in(trainee: Trainee) -> None:
    trainee.begin("d-04")
    page = start(trainee, "2-1", "show", number(trainee)).page
    assert "テスト中です（残り" in page.text
    assert "現在の設定で提出したことになります。" in page.text
    assert {"テストに戻る", "提出して切り替える"} <= set(page.buttons)


def test_going_back_from_the_question_changes_nothing(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    before = trainee.going
    start(trainee, "2-1", "learn", number(trainee)).press("続きに戻る")
    assert trainee.desk.heading == BANK
    assert trainee.going == before


# Switching -------------------------------------------------------------------------------------


def test_switching_is_done_once(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    first = str(number(trainee))
    for _ in range(3):
        at = trainee.post("switch", course="2-1", mode="try", after=first)
        assert at.heading == BANK
    assert goes(trainee) == [("1-4", "learn", "stopped"), ("2-1", "try", "")]


def test_a_question_of_an_old_page_switches_nothing_more(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    first = str(number(trainee))
    trainee.post("switch", course="2-1", mode="learn", after=first)
    at = trainee.post("switch", course="1-1", mode="learn", after=first)
    assert at.heading == MINE
    assert "その操作は、すでに済んでいるか、できなくなっています。" in at.page.text
    assert goes(trainee)[-1] == ("2-1", "learn", "")


def test_the_same_course_again_is_asked_about_as_well(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    assert start(trainee, "1-4", "learn", number(trainee)).heading == QUESTION


# Resuming --------------------------------------------------------------------------------------


def interrupted(trainee: Trainee) -> str:
    return str(suspension.waiting(trainee.kept, trainee.seat.code)[0].id)


def test_resuming_is_done_once(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    trainee.post("stop")
    wanted = interrupted(trainee)
    headings = [trainee.post("resume", interrupted=wanted).heading for _ in range(3)]
    assert headings == [BANK] * 3
    assert goes(trainee) == [("1-4", "learn", "")]


def test_resuming_asks_before_it_leaves_what_runs(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    trainee.begin("2-1", "learn")
    wanted = interrupted(trainee)
    at = trainee.post("resume", interrupted=wanted)
    assert at.heading == QUESTION
    form = {name: hidden(trainee, name) for name in ("after", "course", "mode", "resume")}
    assert at.press("中断して切り替える").heading == BANK
    assert goes(trainee) == [("2-1", "learn", "stopped"), ("1-4", "learn", "")]
    assert trainee.post("switch", **form).heading == BANK  # the same form again
    assert goes(trainee) == [("2-1", "learn", "stopped"), ("1-4", "learn", "")]


def test_my_training_lists_what_was_interrupted(trainee: Trainee) -> None:
    trainee.play(trainee.begin("ch1", "learn").items, until="1-2.1")
    trainee.post("stop")
    text = trainee.desk.get("/my").page.text
    assert "中断した練習" in text
    assert "1 システムを利用できるようにする（マスターユーザの初期設定） 4／15 " in text
    assert "ログインからやり直します。" in text


# Interrupting ----------------------------------------------------------------------------------


def test_stopping_concerns_the_practice_of_the_page_alone(trainee: Trainee) -> None:
    trainee.begin("1-4", "learn")
    old = str(number(trainee))
    trainee.begin("2-1", "learn")
    trainee.post("stop", practice=old)
    assert trainee.outcome == ""
    assert trainee.post("stop", practice=str(number(trainee))).heading == MINE
    assert trainee.outcome == "stopped"


# Handing in ------------------------------------------------------------------------------------


def test_handing_in_is_done_once_and_leads_to_the_result(trainee: Trainee) -> None:
    trainee.begin("1-4")
    at = trainee.desk.get("/my/submit")
    assert at.heading == "提出しますか？"
    form = {name: hidden(trainee, name) for name in ("practice", "key")}
    at.press("提出して採点する")
    for _ in range(2):
        assert at.path == f"/my/result/{number(trainee)}"
        assert "不合格" in at.page.text
        ended = trainee.going.row.ended
        at = trainee.post("submit", **form)
        assert trainee.going.row.ended == ended
    assert len(trainee.trail("ended")) == 1


def test_an_old_form_does_not_hand_in_the_next_test(trainee: Trainee) -> None:
    trainee.begin("1-4")
    old = {"practice": str(number(trainee)), "key": trainee.going.practice.submit_key}
    trainee.submit()
    trainee.begin("1-4")
    trainee.post("submit", **old)
    assert trainee.outcome == ""
    wrong_key = {"practice": str(number(trainee)), "key": old["key"]}
    assert trainee.post("submit", **wrong_key).status == 400
    assert trainee.outcome == ""


@pytest.mark.parametrize("mode", ["show", "learn", "try"])
def test_what_is_no_test_is_not_handed_in(trainee: Trainee, mode: str) -> None:
    trainee.begin("1-4", mode)
    assert trainee.desk.get("/my/submit").heading == MINE
    trainee.post("submit", practice=str(number(trainee)), key="")
    assert trainee.outcome == ""


def test_the_question_about_what_has_ended_leads_to_its_result(trainee: Trainee) -> None:
    assert trainee.desk.get("/my/submit").heading == MINE
    trainee.begin("1-4")
    trainee.submit()
    assert trainee.desk.get("/my/submit").path == f"/my/result/{number(trainee)}"


# The page --------------------------------------------------------------------------------------


def test_the_card_has_one_button_and_says_what_comes_next(trainee: Trainee) -> None:
    page = trainee.desk.get("/my").page
    assert (
        "手順1-1 マスターユーザがログインする まだ練習していない手順です。 見本を見る"
        in page.text.replace("\n", "")
    )
    trainee.play(trainee.begin("2-3", "learn").items, until="2-3.5")
    text = trainee.desk.get("/my").page.text
    assert "4／8ステップ 案内つき" in text
    assert "次は 5.「利用する業務および口座をチェックし、「確認」ボタンをクリックします。」" in text
    assert "練習中（4／8）" in text


def test_a_test_that_runs_tells_no_step(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-3").items, until="2-3.5")
    text = trainee.desk.get("/my").page.text
    assert "テスト中です（残り" in text
    assert "次は " not in text
    assert "4／8" not in text


def test_every_course_has_its_buttons(trainee: Trainee) -> None:
    page = trainee.desk.get("/my").page
    offered = {
        (form.data()[-2][1], form.data()[-1][1])
        for form in page.forms
        if form.action in ("/my/start", "/my/brief")
    }
    modes = ("show", "learn", "try", "measure")
    wanted = {(id_, mode) for id_ in courses() if id_ != "ch4" for mode in modes}
    assert offered == wanted


# Papers ----------------------------------------------------------------------------------------


def notes(trainee: Trainee) -> dict[tuple[str, str], str]:
    sheets = memo(trainee.seat.read(), trainee.people)
    return {(sheet.name, value.label): value.note for sheet in sheets for value in sheet.entries}


def test_the_memo_says_how_each_password_stands(trainee: Trainee) -> None:
    trainee.begin("1-1", "learn")
    taro, hanako = trainee.people.master.name, trainee.people.general.name
    found = notes(trainee)
    assert found[taro, "通知書面のログインパスワード（初回のみ）"] == CURRENT
    assert (found[taro, "ログインパスワード"], found[taro, "承認パスワード"]) == (LATER, LATER)
    assert found[hanako, "初回ログインパスワード"] == LATER
    trainee.begin("3-2", "learn")
    found = notes(trainee)
    assert found[taro, "通知書面のログインパスワード（初回のみ）"] == SPENT
    assert found[taro, "承認パスワード"] == CURRENT
    assert (found[hanako, "初回ログインパスワード"], found[hanako, "ログインパスワード"]) == (CURRENT, LATER)
    assert (found[hanako, "初期承認パスワード"], found[hanako, "承認パスワード"]) == (CURRENT, LATER)
    trainee.begin("4", "learn")
    trainee.begin("d-13", "learn")
    assert notes(trainee)[hanako, "初期承認パスワード"] == SPENT


def test_a_password_of_ones_own_is_called_that_and_its_value_is_not_shown(trainee: Trainee) -> None:
    items = trainee.begin("ch1", "learn").items
    trainee.play(items, until="1-3.2")
    trainee.do_step(items[6], new="jibun0123", again="jibun0123")
    page = trainee.desk.get("/my/memo").page
    assert ["承認パスワード", "", OWN] in page.rows
    assert trainee.people.master.approval_password not in page.html
    assert trainee.seat.read().users[MASTER_ID].approval_password


def test_papers_stay_open_in_a_test(trainee: Trainee) -> None:
    trainee.begin("1-4")
    for address, heading in (("memo", "訓練用の控え"), ("letter", "通知書面")):
        at = trainee.desk.get(f"/my/{address}")
        assert (at.status, at.heading) == (200, heading)


def test_the_letter_says_when_its_password_is_spent(trainee: Trainee) -> None:
    trainee.begin("1-1", "learn")
    spent = "このログインパスワードは使用済みです。現在の値は「訓練用の控え」にあります。"
    assert spent not in trainee.desk.get("/my/letter").page.text
    trainee.begin("1-3", "learn")
    assert spent in trainee.desk.get("/my/letter").page.text


# The result ------------------------------------------------------------------------------------


def result(trainee: Trainee) -> str:
    return trainee.desk.get(f"/my/result/{number(trainee)}").page.text


def test_a_test_that_passed(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4").items)
    assert "合格" in result(trainee)
    assert "課題どおりに設定できました。" in result(trainee)
    assert "✕" not in result(trainee)


def test_a_step_left_out_is_named(trainee: Trainee) -> None:
    trainee.play(trainee.begin("ch2").items, until="2-2.1")
    trainee.submit()
    assert "手順2-2「ユーザ更新」が行われていません。" in result(trainee)
    assert "最初に違ったのは「手順2-2 1. 「管理業務を実施する」タブをクリックします。」です。" in result(
        trainee
    )


def test_a_lock_is_named(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.6")
    for _ in range(6):
        trainee.do_step(items[5], approval="chigau0")
    trainee.submit()
    text = result(trainee)
    assert "承認パスワードをロックさせたため、不合格です。" in text
    assert "最初に違ったのは「6. 承認パスワードを入力し、[変更] ボタンをクリックします。」です。" in text


def test_the_whole_manual_is_completed(trainee: Trainee) -> None:
    trainee.play(trainee.begin("all", "learn").items)
    text = result(trainee)
    for words in (
        "修了",
        "初期設定編の手順を、最後まで終えました。",
        "できるようになったこと",
        "章ごとの記録",
        "4／4",
    ):
        assert words in text
    assert "修了の記録を印刷する" in trainee.desk.page.buttons
    assert "56ステップの記録を表示する" in text


@pytest.mark.parametrize(
    ("mode", "words"), [("learn", "手順1-4の練習が終わりました。"), ("try", "自力で完了しました。")]
)
def test_a_practice_without_a_verdict_has_a_result_as_well(trainee: Trainee, mode: str, words: str) -> None:
    trainee.play(trainee.begin("1-4", mode).items)
    assert "終了" in result(trainee)
    assert words in result(trainee)


def test_an_interrupted_one_says_how_far_it_got(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    trainee.post("stop")
    assert "2. まで進んでいました。" in result(trainee)


def test_mistakes_are_told_with_their_step_and_the_manuals_note(trainee: Trainee) -> None:
    items = trainee.begin("2-3").items
    trainee.play(items, until="2-3.5")
    trainee.do_step(items[4], rights=["densai", "trades.approver"])
    trainee.go_on(items[5:])
    trainee.submit()
    text = result(trainee)
    assert "間違いの内容" in text
    assert "各種取引の「担当者」にチェックがありません。" in text
    assert "マニュアル 手順2-3 5." in text
    assert "次にすること テストで違っていた手順です。" in text
    assert "もう一度テストを受ける" in trainee.desk.page.buttons


def test_a_result_belongs_to_its_seat_and_a_running_practice_has_none(trainee: Trainee) -> None:
    assert trainee.desk.get("/my/result/999999").status == 404
    trainee.begin("1-4")
    assert trainee.desk.get(f"/my/result/{number(trainee)}").heading == MINE


def test_a_result_of_before_stays(trainee: Trainee) -> None:
    items = trainee.begin("1-4").items
    trainee.play(items, until="1-4.5")
    trainee.do_step(items[4], accounts=[])
    trainee.play(items[5:])
    trainee.submit()
    first, text = number(trainee), result(trainee)
    trainee.begin("2-1", "learn")
    again = trainee.desk.get(f"/my/result/{first}").page.text
    assert "✕ 不足" in again
    assert again.partition("次にすること")[0] == text.partition("次にすること")[0]
    assert judge.wrong_rows(trainee.going.practice.compared) == []
