"""The states of the coach, each reached by what a trainee does in the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.store.training import read
from simulator.training.lessons import item_of
from simulator.training.model import Learner

if TYPE_CHECKING:
    from simulator.training.coach_box_state import Box
    from simulator.training.coach_state import CoachState
    from tests.practice.trainees import Trainee

OWN = "watashi99"


def box(told: CoachState, id_: str) -> Box:
    """The only box of this kind."""
    (found,) = [each for each in told["boxes"] if each["id"] == id_]
    return found


def ids(told: CoachState) -> list[str]:
    return [each["id"] for each in told["boxes"]]


def buttons(told: CoachState) -> list[str]:
    return [each["id"] for each in told["foot"]]


def labels(told: CoachState) -> list[str | None]:
    """The labels of what the marker stands at, one after the other."""
    assert told["step"]
    return [action.get("label") for action in told["step"]["actions"]]


def fresh(trainee: Trainee) -> CoachState:
    """The state of the page in front, shown anew."""
    trainee.reload()
    return trainee.state()


# At the step, on the way, elsewhere --------------------------------------------------------------


def test_the_step_is_told_with_its_position(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-1", "learn").items, until="2-1.4")
    told = trainee.state()
    assert (told["state"], told["turn"], told["boxes"]) == ("normal", "item", [])
    assert told["where"] == {
        "title": "手順2-1　新しく一般ユーザを作成する",
        "steps": 6,
        "at": 4,
        "whole": "",
    }
    assert (buttons(told), told["acts"], told["manual"]) == (["act"], True, True)
    assert told["urls"]["manual"] == "/manual#2-1-4"


def test_in_the_whole_course_the_position_is_that_of_the_procedure_and_of_all(trainee: Trainee) -> None:
    items = trainee.begin("all", "learn").items
    trainee.play(items, until="1-2.1")
    where = trainee.state()["where"]
    assert (where["title"][:5], where["at"], where["steps"]) == ("手順1-2", 1, 1)
    assert where["whole"] == f"全手順 5／{len(items)}"


def test_the_way_back_is_a_state_of_its_own(trainee: Trainee) -> None:
    trainee.begin("2-1", "learn")
    told = trainee.state()
    assert (told["state"], told["turn"]) == ("way_back", "prep")
    assert told["step"]
    assert told["step"]["heading"] == "この手順の前に：「サービス一覧」画面へ移動します"
    assert (told["windows"]["here"], told["windows"]["due"]) == ("a", "b")


def test_where_nothing_is_to_be_done_the_way_is_back(trainee: Trainee) -> None:
    trainee.stand_at(trainee.begin("2-1", "learn").items[0])
    trainee.front.post(f"{trainee.front.home}{trainee.front.sid}/users/new", [("csrf", "old")])
    assert trainee.front.heading == "もう一度操作してください"
    told = trainee.state()
    assert (told["state"], told["turn"]) == ("nothing_here", "prep")
    assert box(told, "nothing_here")["lines"] == ["「サービス一覧へ」をクリックしてください。"]
    assert labels(told) == ["サービス一覧へ"]


def test_the_other_window_is_named_where_the_step_is_done_there(trainee: Trainee) -> None:
    trainee.stand_at(trainee.begin("2-1", "learn").items[0])
    for step in ("1-3.1",):
        trainee.do(trainee.told(item_of(step)))
    told = trainee.state()
    windows = told["windows"]
    assert (trainee.front.heading, told["turn"]) == ("トップ", "off")
    assert (windows["here"], windows["due"], windows["order"]) == ("c", "b", ["b", "a"])
    other = windows["elsewhere"]["b"]
    assert other["title"] == "次は「サービス一覧」のウィンドウで操作します"
    assert other["lines"] == ["手順2-1　1.　[ユーザ管理業務] ボタンをクリックします。"]
    assert windows["closed"]["title"] == "「サービス一覧」のウィンドウが閉じられています"
    assert windows["closed"]["lines"] == [
        "ログイン画面を開き、碧海\u00a0太郎さんとしてログインし直します。手順は途中から続けられます。"
    ]


def test_the_wrong_person_is_told_who_is_logged_in(trainee: Trainee) -> None:
    trainee.begin("3-3", "learn")
    trainee.who = "master"
    trainee.stand_at(item_of("2-1.1"))
    told = trainee.state()
    assert (told["state"], told["turn"]) == ("wrong_person", "prep")
    wrong = box(told, "wrong_person")
    assert wrong["title"] == "碧海\u00a0太郎さんがログインしています"
    assert wrong["lines"] == [
        "この手順は、碧海\u00a0花子さん（一般ユーザ）が操作します。いったんログアウトします。"
    ]
    assert labels(told) == ["ログアウト"]
    assert told["windows"]["order"] == ["c", "b", "a"]


def test_the_end_of_the_session_leads_to_the_login(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.2")
    with trainee.seat.change() as world:
        world.sessions.clear()
    told = fresh(trainee)
    assert (told["state"], told["turn"]) == ("session_over", "prep")
    assert box(told, "session_over")["title"] == "ログインが切れました"
    assert labels(told) == ["ログインへ"]


# Screens of 確認 ---------------------------------------------------------------------------------


def test_a_change_that_is_as_the_task_asks_is_told_so(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.6")
    told = trainee.state()
    assert told["state"] == "confirm_right"
    assert box(told, "confirm_right")["title"] == "変更の内容は、課題どおりです"
    assert labels(told)[-1] == "変更"


def test_a_change_that_differs_is_told_box_by_box_with_the_way_back(trainee: Trainee) -> None:
    items = trainee.begin("d-04", "learn").items
    trainee.play(items, until="d-04.5")
    accounts = [account.number for account in trainee.seat.read().accounts]
    trainee.do_step(items[4], rights=["trades.preparer", "partners"], accounts=accounts)
    told = trainee.state()
    assert (told["state"], told["acts"]) == ("confirm_differs", True)
    differs = box(told, "confirm_differs")
    assert differs["title"] == "課題と違うところが3か所あります"
    assert differs["items"] == [
        "でんさい確認の「利用」にチェックがありません。",
        "取引先管理の「利用」は課題にありません。",
        f"口座（普通 {accounts[1]}）は課題にありません。",
    ]
    assert differs["lines"] == ["［戻る］をクリックして直します。"]
    assert labels(told) == ["戻る"]


def test_a_new_user_with_other_data_is_told_before_it_is_made(trainee: Trainee) -> None:
    items = trainee.begin("2-1", "learn").items
    trainee.play(items, until="2-1.4")
    trainee.do_step(
        items[3], user_id="1560betsu", name="碧海　花子", mail="x@example.jp", mail_again="x@example.jp"
    )
    told = trainee.state()
    assert ids(told) == ["confirm_differs"]
    assert box(told, "confirm_differs")["items"] == [
        f"ユーザ IDは「{GENERAL_ID}」です。",
        f"メールアドレスは「{trainee.people.general.mail}」です。",
    ]


def test_a_look_has_what_to_compare_and_a_button(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-2", "learn").items, until="2-2.5")
    told = trainee.state()
    assert told["state"] == "look_only"
    assert told["step"]
    assert [each["label"] for each in told["step"]["buttons"]] == ["確認しました"]
    assert len(told["step"]["compared"]) == 3


def test_another_user_than_the_steps_is_told_before_anything_is_changed(trainee: Trainee) -> None:
    items = trainee.begin("2-3", "learn").items
    trainee.play(items, until="2-3.4")
    trainee.push("変更", MASTER_ID)
    told = trainee.state()
    assert (told["state"], told["turn"]) == ("wrong_user", "prep")
    wrong = box(told, "wrong_user")
    assert wrong["title"] == "別のユーザを開いています"
    opened, back = wrong["lines"]
    assert opened.startswith("開いているのは、碧海\u00a0太郎さん（マスターユーザ）です。")
    assert opened.endswith("この手順では、碧海\u00a0花子さん（一般ユーザ）を変更します。")
    assert back == (
        "［戻る］をクリックし、花子さんの行の［変更］を選び直します。まだ何も変更されていません。"
    )
    assert labels(told) == ["戻る"]
    assert told["page"]["subject"] == MASTER_ID
    trainee.push("確認")
    assert trainee.front.heading == "ユーザ情報変更確認"
    assert ids(trainee.state()) == ["wrong_user"]


# Refusals ----------------------------------------------------------------------------------------


def test_each_refusal_says_more_than_the_one_before(trainee: Trainee) -> None:
    items = trainee.begin("2-1", "learn").items
    trainee.play(items, until="2-1.4")
    seen: list[Box] = []
    for _ in range(4):
        trainee.do_step(items[3], user_id="１560hekishin")
        seen.append(box(trainee.state(), "refusal"))
    (first,) = seen[0]["faults"]
    assert (first["field"], first["label"]) == ("user_id", "ユーザID")
    assert (first["text"], first["sample"]) == ("1文字目の「１」が全角です。半角の「1」に直します。", "")
    assert seen[0]["lines"] == [
        "半角に切り替えて、もう一度入力します。",
        "パスワードの欄は送るたびに空になるので、もう一度入力します。",
    ]
    assert (seen[1]["faults"][0]["typed"], seen[1]["faults"][0]["sample"]) == (
        "１560hekishin",
        "1560hekishin",
    )
    assert (seen[1]["spell"], seen[2]["spell"]) == ("", "1560hekishin")
    assert "色の付いた文字は数字です。" in seen[2]["small"][0]
    assert [button["id"] for button in seen[3]["buttons"]] == ["act"]
    assert "任せた手順は、「案内つき」の記録になります。" in seen[3]["small"]


def test_two_faults_are_told_and_the_rest_counted(trainee: Trainee) -> None:
    items = trainee.begin("2-1", "learn").items
    trainee.play(items, until="2-1.4")
    wrong = {"user_id": "", "name": "", "mail": "", "mail_again": "", "password": "", "password_again": ""}
    trainee.do_step(items[3], **wrong)
    refusal = box(trainee.state(), "refusal")
    assert len(refusal["faults"]) == 2
    assert refusal["lines"][0] == "ほか4件は画面のメッセージにあります。"


def test_the_attempts_left_are_told_from_three_on(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    left, acts = [], []
    for _ in range(5):
        trainee.do_step(items[5], approval="chigau00")
        told = trainee.state()
        left.append(box(told, "refusal")["left"])
        acts.append(told["acts"])
    assert left == ["", "", *(f"あと{count}回間違えると、ロックされます。" for count in (3, 2, 1))]
    assert acts == [True, True, True, True, False]
    trainee.do_step(items[5], approval="chigau00")
    locked = trainee.state()
    assert (locked["state"], locked["acts"], ids(locked)) == ("locked", False, ["locked"])
    (said,) = box(locked, "locked")["lines"]
    assert said.startswith("碧海\u00a0太郎さんの承認パスワードを、続けて6回間違えました。解除されるまで")
    assert locked["step"]
    assert ["ロック" in note["title"] for note in locked["step"]["manual"]] == [True]


def test_a_fault_of_the_form_says_that_it_is_no_attempt(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(items[5], approval=f"{trainee.people.master.approval_password} ")
    refusal = box(trainee.state(), "refusal")
    assert refusal["faults"][0]["text"] == "最後に空白（スペース）が入っていました。"
    assert refusal["small"] == ["この間違いは、ロックの回数に入りません。"]
    assert trainee.seat.read().master().approval_failures == 0


def test_alone_a_lock_is_released_at_once_and_told(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    for _ in range(6):
        trainee.do_step(items[5], approval="chigau00")
    trainee.post("outside", what="desk")
    told = fresh(trainee)
    assert ids(told) == ["unlocked", "confirm_right"]
    assert box(told, "unlocked")["tone"] == "good"
    trainee.play(items[5:])
    assert trainee.outcome == "done"


def test_a_refusal_is_told_until_another_page_is_shown(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    trainee.do_step(items[5], approval="chigau00")
    assert "refusal" in ids(trainee.state())
    assert "refusal" not in ids(fresh(trainee))


# The coach acts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "helps"), [("learn", 0), ("try", 1)])
def test_a_step_that_is_left_to_the_coach_is_kept_so(trainee: Trainee, mode: str, helps: int) -> None:
    items = trainee.begin("1-4", mode).items
    trainee.play(items, until="1-4.6")
    trainee.post("act")
    trainee.play(items[5:])
    kept = trainee.going.practice
    assert (kept.guided, kept.acted, kept.helps_in_all, kept.faults_in_all) == (True, 1, helps, 0)
    assert [entry.data["what"] for entry in trainee.trail("helped")] == ["案内に操作を任せた"]
    assert trainee.outcome == "done"


def test_what_the_coach_was_refused_is_told_and_is_no_mistake(trainee: Trainee) -> None:
    items = trainee.begin("1-4", "learn").items
    trainee.play(items, until="1-4.6")
    trainee.post("act")
    trainee.do_step(items[5], approval="chigau00")
    told = trainee.state()
    assert told["state"] == "coach_refused"
    assert box(told, "coach_refused")["title"] == "案内の操作が受け付けられませんでした"
    assert (trainee.going.practice.coach_faults, trainee.going.practice.faults_in_all) == (1, 0)
    assert [entry.item for entry in trainee.trail("coach")] == ["1-4.6"]
    assert trainee.trail("mistake") == []


def test_in_a_test_the_coach_does_not_act(trainee: Trainee) -> None:
    trainee.begin("1-4")
    trainee.post("act")
    assert not trainee.going.practice.acting
    assert not trainee.state()["acts"]


# Own passwords -----------------------------------------------------------------------------------


def with_own_approval(trainee: Trainee, mode: str = "learn") -> None:
    items = trainee.begin("ch1", mode).items
    trainee.play(items, until="1-3.2")
    trainee.do_step(item_of("1-3.2"), new=OWN, again=OWN)
    trainee.play(items[7:], until="1-4.6")


def test_an_own_password_is_called_so_and_never_typed(trainee: Trainee) -> None:
    with_own_approval(trainee)
    told = trainee.state()
    own = box(told, "own_value")
    assert own["title"] == "この承認パスワードは、ご自分で決めた値です"
    assert own["lines"] == ["手順1-3で設定した値を入力します。案内には、その値が分かりません。"]
    assert told["step"]
    assert told["step"]["values"][0]["value"] == ""
    assert told["step"]["values"][0]["tag"] == "ご自分で決めた値を入力"
    assert not told["acts"]
    assert "act" not in buttons(told)
    assert own["small"] == [
        f"控えの値（{trainee.people.master.approval_password}）に戻り、間違いの回数は0回になります。"
    ]
    trainee.push("変更", approval=OWN)
    assert trainee.front.heading == "ユーザ情報変更完了"


def test_the_sample_is_known_once_it_is_set_as_it_is_shown(trainee: Trainee) -> None:
    trainee.play(trainee.begin("ch1", "learn").items, until="1-4.6")
    told = trainee.state()
    assert told["step"]
    assert told["step"]["values"][0]["value"] == trainee.people.master.approval_password
    assert told["acts"]


def test_a_forgotten_own_password_goes_back_to_the_memo(trainee: Trainee) -> None:
    with_own_approval(trainee)
    trainee.do_step(item_of("1-4.6"), approval="wasureta1")
    fields = box(trainee.state(), "own_value")["buttons"][0]["fields"]
    trainee.post("restore", **fields)
    told = fresh(trainee)
    assert "own_value" not in ids(told)
    assert told["step"]
    assert told["step"]["values"][0]["value"] == trainee.people.master.approval_password
    assert trainee.seat.read().master().approval_failures == 0
    kept = trainee.going.practice
    assert (kept.own_value_reset, kept.guided) == (True, True)
    trainee.do_step(item_of("1-4.6"))
    assert trainee.front.heading == "ユーザ情報変更完了"


@pytest.mark.parametrize("secret", ["", "mail", "LOGIN"])
def test_what_is_no_password_is_not_set_back(trainee: Trainee, secret: str) -> None:
    with_own_approval(trainee)
    assert trainee.post("restore", user=MASTER_ID, secret=secret).status == 400


def test_in_a_test_no_password_is_set_back(trainee: Trainee) -> None:
    with_own_approval(trainee, "measure")
    trainee.post("restore", user=MASTER_ID, secret="approval")
    assert trainee.seat.read().master().approval_password
    trainee.push("変更", approval=OWN)
    assert trainee.front.heading == "ユーザ情報変更完了"


# The end -----------------------------------------------------------------------------------------


def test_between_two_procedures_what_is_true_now_is_told(trainee: Trainee) -> None:
    items = trainee.begin("ch1", "learn").items
    trainee.play(items, until="1-2.1")
    told = trainee.state()
    done = box(told, "procedure_done")
    assert done["title"] == "手順1-1を終えました"
    assert done["lines"][0] == "碧海\u00a0太郎さんがログインしました。"
    assert done["lines"][1].startswith("次は、手順1-2　")
    assert [fact["label"] for fact in done["facts"]] == ["時間", "間違い"]
    assert [button["id"] for button in done["buttons"]] == ["continue"]
    assert told["turn"] == "item"


def test_a_procedure_that_is_done_leads_to_the_next(trainee: Trainee) -> None:
    items = trainee.begin("2-1", "learn").items
    trainee.play(items)
    told = trainee.state()
    done = box(told, "procedure_done")
    assert (told["turn"], told["step"], told["foot"]) == ("done", None, [])
    assert done["title"] == "手順2-1を終えました"
    assert done["lines"][0] == "一般ユーザの碧海\u00a0花子さんが登録されました。"
    assert done["lines"][-1].startswith("次は、手順2-2　")
    follow, result = done["buttons"]
    assert (follow["id"], result["id"]) == ("next", "result")
    assert follow["fields"]["course"] == "2-2"
    assert follow["fields"]["mode"] == "learn"


def test_the_last_of_all_leads_home(trainee: Trainee) -> None:
    trainee.play(trainee.begin("4", "learn").items, until="4.5")
    done = trainee.state()
    over = box(done, "course_done")
    assert over["title"] == "手順4の練習が終わりました"
    assert [button["id"] for button in over["buttons"]] == ["result", "home"]


def test_done_alone_is_said(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-1", "try").items)
    assert "自力で完了しました。" in box(trainee.state(), "procedure_done")["lines"]


def test_a_test_asks_before_it_is_handed_in(trainee: Trainee) -> None:
    trainee.begin("2-1")
    told = trainee.state()
    assert told["state"] == "test"
    assert told["test"]
    submit = told["test"]["submit"]
    assert (submit["title"], submit["buttons"][0]["label"]) == ("提出しますか？", "操作を続ける")
    fields = submit["buttons"][1]["fields"]
    assert fields == {"practice": str(told["practice"]), "key": trainee.going.practice.submit_key}
    assert "使うIDとパスワード" in told["task_html"]
    trainee.post("submit", **fields)
    over = fresh(trainee)
    assert (over["turn"], over["test"], over["task_html"]) == ("done", None, "")
    assert [button["id"] for button in box(over, "course_done")["buttons"]] == ["result"]


# Hints -------------------------------------------------------------------------------------------


def test_hints_show_one_thing_after_the_other(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "try").items, until="1-4.6")
    seen = []
    for _ in range(4):
        told = fresh(trainee)
        step = told["step"]
        assert step
        seen.append((step["shown"]["sentence"], len(step["values"]), step["shown"]["marker"]))
        trainee.post("help")
    assert seen == [(False, 0, False), (True, 0, False), (True, 1, False), (True, 1, True)]
    told = fresh(trainee)
    assert buttons(told) == ["act"]
    assert told["note"] == "ヒントを使うと、「自力で完了」にはなりません。"


def test_without_a_hint_the_screen_of_confirmation_is_not_judged(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "try").items, until="1-4.6")
    assert trainee.state()["boxes"] == []


def test_a_drill_shows_its_situation_in_every_mode(trainee: Trainee) -> None:
    trainee.begin("d-04", "learn")
    assert "goal" in trainee.state()["task_html"]
    trainee.begin("1-4", "learn")
    assert trainee.state()["task_html"] == ""


# Requests ----------------------------------------------------------------------------------------


def test_a_form_of_a_page_of_another_practice_does_nothing(trainee: Trainee) -> None:
    trainee.begin("1-4", "try")
    first = str(trainee.going.row.id)
    trainee.begin("2-1", "try")
    assert trainee.post("help", practice=first).status == 404
    assert trainee.going.practice.help == 0


def test_the_state_is_given_anew_for_the_page_that_asks(trainee: Trainee) -> None:
    trainee.play(trainee.begin("2-1", "learn").items, until="2-1.4")
    told = trainee.state()
    page = "&".join(f"{name}={value}" for name, value in told["page"].items())
    answer = trainee.front.another_window().get(f"/my/coach?{page}").answer
    assert answer.headers["Content-Type"] == "application/json"


def test_no_request_leaves_something_at_the_desk(trainee: Trainee) -> None:
    trainee.begin("d-02", "learn")
    trainee.post("outside", what="desk_back")
    member = trainee.kept.member(trainee.seat.code)
    assert member
    assert read(member.document, Learner).asks_desk_since is None
