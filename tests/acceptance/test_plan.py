"""The plan: what is run, what is not and why, and that a tag says the same as the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as struct_replace

from simulator.bank.people import people
from simulator.manual.features import DESTRUCTIVE
from simulator.manual.order import ORDER
from simulator.manual.procedures import procedures
from simulator.manual.scenarios import played_scenarios
from steps.acceptance.asked_part import Asked, asked_from
from steps.acceptance.disposable_scenarios import NO_ROOM
from steps.acceptance.journey_state import JourneyState
from steps.acceptance.plan import Planned, plan
from steps.acceptance.plan_report import plan_report
from steps.acceptance.side_effects import is_destructive
from steps.deployment import DeploymentError, load
from steps.deployment_file import Allow, Deployment, DisposableUsers
from steps.driver.attempt_observer import Kind
from steps.exit_codes import ExitCode
from steps.ledger import SHORT, site_name
from tests.acceptance.runs import SIMULATOR, accept, environment


@pytest.fixture(scope="module")
def made() -> Deployment:
    return load(SIMULATOR)


def named(planned: list[Planned], words: str) -> Planned:
    return next(each for each in planned if words in each.scenario.name)


def test_the_fifty_steps_are_in_it_in_their_order(made: Deployment) -> None:
    run = [each for each in plan(made, Asked()) if each.scenario.is_procedure]
    assert [each.place for each in run] == list(range(len(ORDER)))
    assert [each.why_not for each in run] == [""] * len(ORDER)
    assert sum(len(each.steps) for each in procedures()) == 50


def test_every_scenario_has_its_verdict(made: Deployment) -> None:
    planned = plan(made, Asked())
    assert len(planned) == len(played_scenarios()) == len({each.scenario.key for each in planned})


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("6 回間違えると、正しいログインパスワードでも", "@破壊的"),
        ("一般ユーザが 5 回間違えても", "@破壊的"),
        ("変更した後は、通知書面のログインパスワードでは", "@破壊的"),
        ("2 人目の一般ユーザを作成し", "@破壊的"),
        ("ユーザ更新の前の一般ユーザは、サービスを", "@破壊的"),
        ("すべてをチェックすると", "@破壊的"),
        ("有効期限の 15 日前", "席だけ"),
        ("新ログインパスワードに半角英数字以外", "allow.chosen"),
        ("条件に合わない新ログインパスワード", ""),
        ("「キャンセル」をクリックすると", "allow.chosen"),
        ("サービス一覧からログアウトした画面では", ""),
        ("ユーザ ID の条件", ""),
    ],
)
def test_what_is_not_run_says_why(made: Deployment, words: str, reason: str) -> None:
    why_not = named(plan(made, Asked()), words).why_not
    assert reason in why_not
    assert bool(reason) == bool(why_not)


@pytest.fixture(scope="module")
def bold(made: Deployment) -> Deployment:
    return struct_replace(made, allow=struct_replace(made.allow, chosen=True, destructive=True))


@pytest.mark.parametrize(
    ("words", "users"),
    [
        ("作成したユーザのログイン ID には", 1),
        ("規定外の文字とメールアドレスがあっても", 1),
        ("ユーザ更新の前の一般ユーザは、サービスを", 1),
        ("検索条件を入力すると一部のユーザが", 2),
        ("2 人目の一般ユーザを作成し", 2),
        ("担当者だけ、承認者だけ", 1),
        ("一般ユーザのログイン ID と同じ", 1),
        ("一般ユーザが 5 回間違えても", 1),
        ("一般ユーザが 6 回間違えると", 1),
        ("ロックは間違えた人だけに", 1),
        ("ユーザの削除は、ユーザ更新を行うまで", 1),
    ],
)
def test_what_spends_a_general_user_is_played_last_on_one_who_is_made_for_it(
    bold: Deployment, words: str, users: int
) -> None:
    each = named(plan(bold, Asked()), words)
    assert (each.disposable, each.place, each.users, each.why_not, each.refusals_only) == (
        *(True, len(ORDER)),
        *(users, "", False),
    )


@pytest.mark.parametrize(
    "words",
    [
        "6 回間違えると、正しいログインパスワードでも",
        "変更した後は、通知書面のログインパスワードでは",
        "現ログインパスワードを 6 回間違えると",
        "承認パスワードは 5 回間違えても",
        "承認パスワードを 6 回間違えると",
        "すべてをチェックすると",
        "マスターユーザは取引に携わらず",
    ],
)
def test_what_spends_the_master_is_never_played(bold: Deployment, words: str) -> None:
    assert "マスターユーザを元に戻せない" in named(plan(bold, Asked()), words).why_not


def test_what_is_done_after_the_journey_has_a_name_of_its_own(bold: Deployment) -> None:
    names = [each.name for each in plan(bold, Asked()) if each.disposable]
    assert len(names) == len(set(names)) > 20


@pytest.mark.parametrize(
    ("asked", "run"),
    [
        (Asked(), True),
        (Asked(first="3-2"), True),
        (Asked(last="4"), True),
        (Asked(last="3-3"), False),
        (Asked(tags=("R05",)), True),
        (Asked(tags=("R13",)), False),
        (Asked(tags=("none",)), False),
    ],
)
def test_the_last_part_goes_with_the_end_of_the_journey_and_its_tags(
    bold: Deployment, asked: Asked, run: bool
) -> None:
    assert bool(named(plan(bold, asked), "一般ユーザが 6 回間違えると").why_not) is not run


def test_the_plan_tells_how_many_users_it_needs_and_what_stays(bold: Deployment) -> None:
    planned = plan(bold, Asked())
    told = plan_report(bold, Asked(), planned)
    users = sum(each.users for each in planned if each.disposable)
    assert f"必要な利用者: {users} 人。" in told
    assert "ログインID: d-tmp に英数字を続けたもの" in told
    assert "使い捨ての利用者は残りません。" in told
    assert "ロックしてもよい利用者です" in told


def test_what_locks_an_account_has_the_tag_for_it() -> None:
    locking = {
        each.key for each in played_scenarios() if any("6 回間違えて" in line.text for line in each.lines)
    }
    assert {each.key for each in played_scenarios() if DESTRUCTIVE in each.tags} == locking
    assert len(locking) == 6


def test_the_tag_alone_keeps_a_scenario_from_being_run() -> None:
    harmless = next(each for each in played_scenarios() if "ユーザ ID の条件" in each.name)
    assert not is_destructive(harmless)
    assert is_destructive(replace(harmless, tags=(*harmless.tags, DESTRUCTIVE)))


@pytest.mark.parametrize("after", range(3, 9))
@pytest.mark.parametrize("resets", [True, False])
def test_wrong_passwords_leave_one_try_for_the_procedures_that_follow(
    made: Deployment, after: int, resets: bool
) -> None:
    lock = struct_replace(made.lock, after=after, success_resets=resets)
    spent: dict[tuple[str, Kind], int] = {}
    for each in plan(struct_replace(made, lock=lock), Asked()):
        for key, wrong in each.wrong.items() if not each.why_not else ():
            spent[key] = wrong + (0 if resets else spent.get(key, 0))
            assert spent[key] < after - SHORT


def test_what_would_use_up_the_wrong_attempts_says_so(made: Deployment) -> None:
    careful = struct_replace(made, lock=struct_replace(made.lock, success_resets=False))
    words = "承認パスワードを間違えると、権限は設定されない"
    assert "合計 3 回を超えて間違えません" in named(plan(careful, Asked()), words).why_not
    assert not named(plan(made, Asked()), words).why_not
    assert not named(plan(careful, Asked(tags=("R20",))), "ユーザ更新は行われない").why_not


def test_what_would_be_accepted_is_left_out(made: Deployment) -> None:
    planned = plan(made, Asked())
    assert named(planned, "マスターユーザのログイン ID と同じ").refusals_only
    assert not named(planned, "ユーザ ID の条件").refusals_only


def test_a_part_and_a_rule_can_be_asked_for(made: Deployment) -> None:
    planned = plan(made, Asked(first="2-2", last="2-3", tags=("R20",)))
    run = [each.scenario.procedure for each in planned if not each.why_not and each.scenario.is_procedure]
    rules = [each.scenario.name for each in planned if not each.why_not and not each.scenario.is_procedure]
    assert run == ["2-2", "2-3"]
    assert len(rules) == 2
    assert all("承認パスワードを間違えると" in name for name in rules)


def test_the_plan_needs_neither_secrets_nor_a_site(tmp_path_factory: pytest.TempPathFactory) -> None:
    run = accept({}, "--plan", state=tmp_path_factory.mktemp("plan"))
    assert run.code == 0, run.told
    assert "変更: 5. ユーザ情報を確認し、[確定] ボタンをクリックします" in run.told
    assert "一般ユーザ d-1560hekishin が作成されます" in run.told
    assert "マスターユーザの承認パスワード: 合計" in run.told


def test_a_procedure_that_there_is_not_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    run = accept({}, "--plan", "--from=5-1", state=tmp_path_factory.mktemp("plan"))
    assert run.code == ExitCode.USAGE
    assert "--from 5-1: 手順は" in run.told


def test_nothing_is_left_behind_by_logging_in(made: Deployment) -> None:
    asked = Asked(last="1-1")
    assert "ありません" in plan_report(made, asked, plan(made, asked))


@pytest.mark.parametrize(
    ("first", "last", "tags", "sentence"),
    [
        ("2-1", "1-2", "", "--from 2-1 は --until 1-2 より後の手順です。"),
        ("", "", "R05,@R99", "--tags R99: このタグのきまりはありません。"),
        ("9-9", "", "", "--from 9-9: 手順は 1-1、"),
    ],
)
def test_a_part_that_there_is_not_is_refused(first: str, last: str, tags: str, sentence: str) -> None:
    with pytest.raises(DeploymentError, match=sentence):
        asked_from(first, last, tags)


def test_a_part_may_be_one_procedure_and_no_rule() -> None:
    assert asked_from("1-2", "1-2", "none") == Asked("1-2", "1-2", ("none",))
    assert asked_from("4", "4", " @R05 ,破壊的") == Asked("4", "4", ("R05", "破壊的"))


def test_a_journey_that_has_been_done_is_not_resumed(tmp_path: Path) -> None:
    start = "http://127.0.0.1:9/"
    progress = JourneyState(tmp_path / site_name(start))
    progress.note("1-1", "done")
    options = ("--until=1-1", "--tags=none", "--resume")
    run = accept(environment(people(7), start), *options, state=tmp_path)
    assert run.code == ExitCode.USAGE, run.told
    assert "実行することが残っていません。" in run.told


def test_what_no_real_site_can_be_asked_is_told_by_rule_whatever_the_file_allows(made: Deployment) -> None:
    for allow in (Allow(), Allow(chosen=True, destructive=True)):
        people = struct_replace(made.people, spare=DisposableUsers("d-tmp"))
        file = struct_replace(made, allow=allow, people=people)
        told = plan_report(file, Asked(), plan(file, Asked()))
        never = told.partition("実際のサイトでは確かめられないこと")[2].partition("実行しないこと")[0]
        assert (
            "\n  R06\n    6 文字と 12 文字の承認パスワードは設定でき、承認に使える: マスターユーザを" in never
        )
        assert "\n  R22\n" in never
        assert "一般ユーザも" not in never


@pytest.mark.parametrize(("beginning", "room"), [("d-tmp", True), ("d-temp", True), ("d-tempo", False)])
def test_a_short_login_id_needs_room_after_the_beginning_that_the_file_gives(
    made: Deployment, beginning: str, *, room: bool
) -> None:
    people = struct_replace(made.people, spare=DisposableUsers(beginning))
    file = struct_replace(made, people=people, allow=Allow(destructive=True))
    why_not = {words: named(plan(file, Asked()), words).why_not for words in ("最も短い", "最も長い")}
    assert why_not == {"最も短い": "" if room else NO_ROOM, "最も長い": ""}
