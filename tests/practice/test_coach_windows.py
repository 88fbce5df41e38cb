"""In which window each screen stands, and which window leads on."""

from __future__ import annotations

import pytest

from simulator.training.coach_windows import due_window, window_of, windows
from simulator.training.lessons import courses, item_of


@pytest.mark.parametrize(
    ("screen", "window"),
    [
        ("当金庫ホームページ", "a"),
        ("「しんきん電子記録債権システム」案内画面", "a"),
        ("", "a"),
        ("ログイン", "b"),
        ("ログインパスワード変更", "b"),
        ("サービス一覧", "b"),
        ("ユーザ管理業務", "b"),
        ("ID 新規作成確認", "b"),
        ("承認パスワード変更", "c"),
        ("トップ", "c"),
        ("ユーザ情報変更確認", "c"),
    ],
)
def test_every_screen_stands_in_its_window(screen: str, window: str) -> None:
    assert window_of(screen) == window


def test_a_logout_is_done_where_the_screen_before_it_stood() -> None:
    course = courses()["4"]
    found = [due_window(course, item) for item in course.items]
    assert found == ["c", "c", "c", "b", "b", "b"]


@pytest.mark.parametrize(
    ("course", "step", "due", "order"),
    [
        ("1-1", "1-1.2", "a", ["a"]),
        ("2-1", "2-1.1", "b", ["b", "a"]),
        ("1-4", "1-4.1", "c", ["c", "b", "a"]),
    ],
)
def test_the_way_goes_from_the_due_window_back_to_the_first(
    course: str, step: str, due: str, order: list[str]
) -> None:
    found = windows("seki", "b", item_of(step), courses()[course])
    assert (found["due"], found["order"]) == (due, order)
    assert set(found["elsewhere"]) == {"a", "c"}
    assert found["names"]["c"] == "densai-seki-c"


def test_whoever_has_to_log_out_first_does_so_from_the_last_window_on() -> None:
    found = windows("seki", "b", item_of("2-1.1"), courses()["2-1"], leaves=True)
    assert found["order"] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("course", "step", "title", "button"),
    [
        ("1-1", "1-1.2", "「ホームページ」のウィンドウが閉じられています", "わたしの訓練に戻る"),
        ("1-1", "1-1.4", "「ログイン」のウィンドウが閉じられています", "ログイン画面を開く"),
        ("2-1", "2-1.1", "「サービス一覧」のウィンドウが閉じられています", "ログイン画面を開く"),
        ("3-3", "3-3.2", "「電子記録債権サービス」のウィンドウが閉じられています", "ログイン画面を開く"),
    ],
)
def test_a_closed_window_is_named_with_the_way_to_open_it_again(
    course: str, step: str, title: str, button: str
) -> None:
    closed = windows("seki", "c", item_of(step), courses()[course])["closed"]
    assert (closed["title"], closed["buttons"][0]["label"]) == (title, button)
    assert closed["lines"][0].endswith("手順は途中から続けられます。")
