"""How far a practice has got, by pages and events alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.training import tracker
from simulator.training.model import Mode, utc_now
from tests.practice.goes import Go

MENU, USERS, FORM = "管理業務を実施する", "企業ユーザ管理", "ユーザ情報変更"


@pytest.fixture
def go() -> Go:
    """Procedure 1-4, at its first screen."""
    made = Go("1-4")
    made.see("トップ")
    return made


def granted(go: Go, *, rights: tuple[str, ...] = EVERY_RIGHT, user: str = MASTER_ID) -> None:
    """The change of 1-4 or 2-3, and its result."""
    accounts = " ".join(account.number for account in go.world.accounts)
    event = go.event("rights_changed", user=user, rights=" ".join(rights), accounts=accounts)
    go.see("ユーザ情報変更完了", event)


# Going on ----------------------------------------------------------------------------------------


def test_a_step_that_leads_on_is_done_when_its_next_screen_is_shown(go: Go) -> None:
    entries = go.see(MENU)
    assert [(entry.kind, entry.item) for entry in entries] == [("passed", "1-4.1")]
    assert go.due == "1-4.2"


def test_a_step_that_changes_something_is_not_done_by_its_next_screen(go: Go) -> None:
    go.see_all(MENU, USERS, "ユーザ情報検索", FORM, "ユーザ情報変更確認", "ユーザ情報変更完了")
    assert go.due == "1-4.6"
    granted(go)
    assert go.due == "1-4.7"
    assert not tracker.is_over(go.practice, go.course)
    go.see("トップ")
    assert tracker.is_over(go.practice, go.course)
    assert go.due == ""


def test_a_step_may_be_skipped_when_a_later_screen_is_reached_another_way(go: Go) -> None:
    go.see("ユーザ情報検索")
    assert go.due == "1-4.4"
    assert go.practice.passed == [0, 1, 2]


def test_going_back_makes_the_step_of_that_screen_due_again(go: Go) -> None:
    go.see_all(MENU, USERS, "ユーザ情報検索", USERS)
    assert go.due == "1-4.3"
    assert go.practice.faults_in_all == 0


def test_the_same_page_again_changes_nothing_at_all(go: Go) -> None:
    go.see(MENU)
    before = go.practice.step_since
    assert go.see(MENU) == []
    assert go.practice.step_since == before


def test_the_time_at_a_step_begins_when_it_becomes_due(go: Go) -> None:
    go.practice.step_since -= timedelta(minutes=5)
    go.see(MENU)
    assert utc_now() - go.practice.step_since < timedelta(minutes=1)


def test_events_without_a_page_count_and_are_no_page(go: Go) -> None:
    go.see_all(MENU, USERS)
    assert go.see("") == []
    assert (go.due, go.practice.last_screen) == ("1-4.3", USERS)


def test_an_unseen_step_is_passed_by_its_key_when_it_is_due(go: Go) -> None:
    assert tracker.pass_unseen(go.practice, go.course, "1-4.1", utc_now()) == []
    out = Go("4")
    assert [entry.item for entry in tracker.pass_unseen(out.practice, out.course, "4.1", utc_now())] == [
        "4.1"
    ]
    assert tracker.pass_unseen(out.practice, out.course, "4.1", utc_now()) == []
    assert out.due == "4.2"


def test_a_look_is_over_when_what_follows_it_is_done() -> None:
    go = Go("2-2")
    for user in go.world.users.values():
        user.updated, user.registered = True, user.registered or None
    go.world.users.pop(GENERAL_ID)
    go.see_all("トップ", MENU, USERS, "ユーザ検索条件", "ユーザ情報更新確認")
    assert go.due == "2-2.5"
    go.see("ユーザ情報更新完了", go.event("users_updated", users=MASTER_ID))
    assert go.due == "2-2.7"


# Ways in and out ---------------------------------------------------------------------------------


def test_logging_in_on_the_way_is_neither_step_nor_mistake(go: Go) -> None:
    assert go.see("サービス一覧", go.event("login"), go.event("entered_service")) == []
    assert go.due == "1-4.1"


def test_a_login_before_what_has_to_be_done_inside_is_only_the_way_there() -> None:
    go = Go("d-12")
    go.see("ログイン", login_id="")
    go.see("サービス一覧", go.event("login"))
    go.see("トップ")
    assert go.due == "d-12.1"
    go.see_all(MENU, "セッション終了", "ログイン")
    go.see("サービス一覧", go.event("timed_out"), go.event("login"))
    assert go.due == "1-4.1"


def test_the_wrong_person_gets_no_step_done() -> None:
    go = Go("3-1")
    go.see_all("当金庫ホームページ", "へきしん電子記録債権サービス", "ログイン")
    assert go.due == "3-1.4"
    entries = go.see("サービス一覧", go.event("login"))
    assert entries[0].data["what"] == "一般ユーザが操作する手順です。"
    assert go.due == "3-1.4"
    assert go.see("ユーザ管理業務") == []  # one mistake, however far it goes


def test_whoever_has_done_his_part_may_leave() -> None:
    go = Go("d-07")
    go.practice.position = [item.key for item in go.course.items].index("3-3.1")
    assert go.see("トップ") == []
    assert go.see("サービス一覧") == []
    assert go.see("ユーザ管理業務")[0].kind == "mistake"


def test_a_logout_from_the_list_proves_nothing_before_the_first() -> None:
    go = Go("4")
    go.see("トップ")
    go.see("ログアウト", go.event("logged_out"))
    assert go.due == "4.1"
    go.see("ログアウト", go.event("left_service"))
    assert go.due == "4.3"


# Mistakes ----------------------------------------------------------------------------------------


def test_a_screen_that_leads_away_is_one_mistake_however_far_it_leads(go: Go) -> None:
    assert go.see("ユーザ検索条件")[0].data["what"].startswith("「ユーザ検索条件」画面")
    assert go.see("ユーザ情報更新確認") == []
    assert go.see("ユーザ検索条件") == []
    assert go.practice.faults == 1


def test_going_astray_again_is_a_mistake_again(go: Go) -> None:
    go.see_all("ユーザ検索条件", "トップ", "ユーザ検索条件")
    assert go.practice.faults == 2


@pytest.mark.parametrize(
    "screen", ["サービス一覧", "お知らせ（通知）", "セッション終了", "当金庫ホームページ"]
)
def test_a_screen_beside_the_way_is_no_mistake(go: Go, screen: str) -> None:
    assert go.see(screen) == []
    assert go.due == "1-4.1"


def test_refusals_are_counted_at_their_step(go: Go) -> None:
    go.see_all(MENU, USERS, "ユーザ情報検索", FORM, "ユーザ情報変更確認")
    for count in range(1, 4):
        go.see("ユーザ情報変更確認", failures=("approval_wrong",))
        assert (go.practice.refusals, go.practice.faults) == (count, count)
    granted(go)
    assert (go.practice.refusals, go.practice.faults_in_all) == (0, 3)


def test_what_the_coach_sends_and_is_refused_is_nobodys_mistake(go: Go) -> None:
    go.see_all(MENU, USERS, "ユーザ情報検索", FORM, "ユーザ情報変更確認")
    go.practice.acting = True
    entries = go.see("ユーザ情報変更確認", failures=("approval_wrong",))
    assert [entry.kind for entry in entries] == ["coach"]
    kept = go.practice
    assert (kept.coach_faults, kept.faults, kept.faults_in_all, kept.refusals) == (1, 0, 0, 0)
    assert not kept.acting
    go.see("ユーザ情報変更確認", failures=("approval_wrong",))
    assert (kept.coach_faults, kept.faults) == (1, 1)


def test_what_the_coach_sends_spoils_no_goal_of_a_drill() -> None:
    go = Go("d-05")
    go.practice.acting = True
    go.see("ユーザ情報変更確認", go.event("approval_password_wrong"), failures=("approval_wrong",))
    assert go.practice.broken == []


@pytest.mark.parametrize("mode", ["show", "learn", "try", "measure"])
def test_a_mistake_uses_no_hint(mode: Mode) -> None:
    go = Go("1-4", mode)
    go.see("ユーザ検索条件")
    assert (go.practice.faults, go.practice.help) == (1, 0)


def test_the_next_step_begins_without_mistakes_and_help(go: Go) -> None:
    go.see("ユーザ検索条件")
    go.see(MENU)
    assert (go.practice.faults, go.practice.help, go.practice.mistake) == (0, 0, "")
    assert go.practice.faults_in_all == 1


def test_a_mistake_keeps_its_step_what_was_said_and_the_rule(go: Go) -> None:
    entry = go.see("ユーザ情報変更確認", failures=("approval_wrong",))[0]
    assert (entry.kind, entry.item) == ("mistake", "1-4.1")
    assert entry.data == {"what": "approval_wrong", "rule": "R08"}


@pytest.mark.parametrize(("mode", "clean"), [("try", "1"), ("measure", "1"), ("learn", ""), ("show", "")])
def test_a_step_is_clean_only_where_he_works_alone(mode: Mode, clean: str) -> None:
    go = Go("1-4", mode)
    go.see("トップ")
    assert go.see(MENU)[0].data == {"clean": clean}


def test_a_step_with_a_mistake_or_help_is_not_clean() -> None:
    go = Go("1-4", "try")
    go.see_all("トップ", "ユーザ検索条件")
    assert go.see(MENU)[0].data == {"clean": ""}
    go.practice.helped = True
    assert go.see(USERS)[0].data == {"clean": ""}
    assert go.see("ユーザ情報検索")[0].data == {"clean": "1"}


# Changes -----------------------------------------------------------------------------------------


def test_a_wrong_change_is_kept_until_it_is_put_right(go: Go) -> None:
    granted(go, rights=("densai",))
    assert go.practice.wrong["1-4.6"][0] == "1-4.5"
    assert go.practice.faults == 1  # the page that shows it is not a second one
    granted(go)
    assert go.practice.wrong == {}
    assert go.due == "1-4.7"


def test_a_change_undone_later_is_wrong_after_all(go: Go) -> None:
    granted(go)
    granted(go, rights=())
    assert go.practice.wrong["1-4.6"][0] == "1-4.5"


def test_a_change_before_its_turn_is_taken_where_the_order_does_not_matter() -> None:
    go = Go("all", "measure")
    keys = [item.key for item in go.course.items]
    go.practice.position = keys.index("1-4.1")
    go.practice.passed = [n for n, item in enumerate(go.course.items[: go.practice.position]) if item.events]
    person = go.people.general
    go.world.users[GENERAL_ID] = Go("2-3").world.users[GENERAL_ID]
    assert go.world.users[GENERAL_ID].mail == person.mail
    entries = go.see("ID 新規作成完了", go.event("user_created", user=GENERAL_ID))
    assert ("passed", "2-1.5") in [(entry.kind, entry.item) for entry in entries]
    assert go.due == "1-4.1"
    granted(go)
    go.see("トップ")
    assert go.due == "2-2.1"  # what was done before its turn is not due again
    granted(go, user=GENERAL_ID)
    assert keys.index("2-3.7") in go.practice.passed


def test_rights_before_the_user_update_name_the_step_that_was_due() -> None:
    go = Go("ch2", "measure")
    go.world.users[GENERAL_ID] = Go("2-2").world.users[GENERAL_ID]  # created, and unknown to the service
    go.practice.position = [item.key for item in go.course.items].index("2-2.3")
    granted(go)
    assert go.practice.wrong["2-3.7"] == ("2-2.3", tracker.TOO_EARLY)


def test_a_change_that_nobody_asked_for_is_kept_with_the_step_that_was_due(go: Go) -> None:
    entries = go.see("ユーザ名変更完了", go.event("user_renamed", user=MASTER_ID))
    assert entries[0].data["what"] == "課題にない変更（ユーザ名変更）を行いました。"
    assert go.practice.uncalled == [("1-4.1", entries[0].data["what"])]


def test_a_lock_is_kept_for_good(go: Go) -> None:
    entries = go.see(
        "ユーザ情報変更確認", go.event("approval_password_locked"), failures=("approval_locked",)
    )
    assert go.practice.broken == [("1-4.1", "承認パスワードのロックがかかりました。")]
    assert entries[0].data["rule"] == "R05"


def test_a_drill_that_wants_a_refusal_wants_that_of_a_lock() -> None:
    go = Go("d-02")
    go.see("ログイン", login_id="", failures=("required",))
    assert (go.due, go.practice.faults) == ("d-02.1", 1)
    go.see("ログイン", login_id="", failures=("login_locked",))
    assert go.due == "d-02.2"
    go.see("ログイン", go.event("lock_released"), login_id="")
    assert go.due == "d-02.3"


def test_a_password_that_a_drill_forbids_to_mistype_is_noted() -> None:
    go = Go("d-05")
    go.see("ユーザ情報変更確認", go.event("approval_password_wrong"), failures=("approval_wrong",))
    assert go.practice.broken == [("1-4.1", "承認パスワード誤りがありました。")]
    other = Go("1-4")
    other.see("ユーザ情報変更確認", other.event("approval_password_wrong"), failures=("approval_wrong",))
    assert other.practice.broken == []


def test_an_event_is_taken_once(go: Go) -> None:
    go.see_all(MENU, USERS)
    go.practice.last_event = 41
    go.see("ユーザ情報検索", go.event("entered_service"), go.event("login"))
    assert go.practice.last_event == 43
