"""The coach's words on a screen: the step to do here, the way to it, the way out, or nothing."""

from __future__ import annotations

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.training import guide
from simulator.training.lessons import courses
from simulator.training.tracker import IDS
from tests.practice.goes import Go


def told(go: Go, screen: str, login_id: str = MASTER_ID) -> guide.Guidance:
    return guide.guide(go.practice, go.course, screen, login_id)


def key(guidance: guide.Guidance) -> str:
    return guidance.item.key if guidance.item else ""


def at(course: str, step: str) -> Go:
    go = Go(course)
    go.practice.position = [item.key for item in go.course.items].index(step)
    return go


# Where --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("course", courses())
def test_each_step_is_told_on_its_own_screen(course: str) -> None:
    go = Go(course)
    for place, item in enumerate(go.course.items):
        go.practice.position = place
        found = told(go, item.screen or "当金庫ホームページ", IDS[item.who])
        assert found.turn == "item"
        assert found.place == place + (not item.screen)


@pytest.mark.parametrize(
    ("course", "screen", "turn", "step"),
    [
        ("1-4", "トップ", "item", "1-4.1"),
        ("1-4", "当金庫ホームページ", "prep", "1-1.2"),
        ("1-4", "へきしん電子記録債権サービス", "prep", "1-1.3"),
        ("1-4", "「しんきん電子記録債権システム」案内画面", "prep", "1-1.3"),
        ("1-4", "ログイン", "prep", "1-1.4"),
        ("3-3", "ログイン", "prep", "3-1.4"),
        ("1-4", "サービス一覧", "prep", "1-3.1"),
        ("1-4", "ユーザ管理", "prep", "2-1.6"),
        ("1-4", "承認パスワード変更結果", "prep", "1-3.3"),
        ("1-4", "セッション終了", "prep", ""),
        ("1-4", "お知らせ（通知）", "prep", ""),
        ("1-4", "利用できません", "off", "1-4.1"),
        ("1-4", "ログアウト", "off", "1-4.1"),
        ("2-1", "トップ", "off", "2-1.1"),
        ("3-1", "ログアウト", "off", "3-1.1"),
    ],
)
def test_elsewhere_the_way_is_told(course: str, screen: str, turn: str, step: str) -> None:
    login_id = "" if screen in ("ログイン", "セッション終了") else MASTER_ID
    found = told(Go(course), screen, login_id if course[0] != "3" else "")
    assert (found.turn, key(found)) == (turn, step)


def test_the_way_to_the_screen_of_a_link_is_half_of_a_step() -> None:
    go = at("1-1", "1-1.3")
    found = told(go, "「しんきん電子記録債権システム」案内画面", "")
    assert (found.turn, key(found)) == ("item", "1-1.3")
    assert found.actions == go.item("1-1.3").actions[1:]


@pytest.mark.parametrize(
    ("screen", "step", "sentence"),
    [
        ("トップ", "4.1", "画面右上の「ログアウト」ボタンをクリックします。"),
        ("サービス一覧", "4.4", "「サービス一覧」画面の「ログアウト」ボタンをクリックします。"),
        ("ユーザ管理", "2-1.6", "[ユーザ管理業務終了] ボタンをクリックします。"),
        ("ログインパスワード変更", "", "「閉じる」ボタンをクリックします。"),
    ],
)
def test_the_wrong_person_is_shown_the_way_out(screen: str, step: str, sentence: str) -> None:
    go = Go("2-3")
    found = told(go, screen, GENERAL_ID)
    assert found.turn == "prep"
    assert found.item
    assert (found.item.key, found.item.sentence, found.item.who) == (step, sentence, "general")


def test_when_all_is_done_so_it_is_said() -> None:
    go = Go("1-4")
    go.practice.position = len(go.course.items)
    assert told(go, "トップ") == guide.Guidance("done")
