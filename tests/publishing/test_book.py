"""The words of a picture, and which part of a screen it shows."""

from __future__ import annotations

import pytest

from steps.publishing.book import Doing, Picture, quoted
from steps.publishing.framing import BELOW, EDGE, FOOT, GAP, TALLEST, Mark, Size, clip_of

TALL = Size(1280, 2000, 1800, (100, 700, 1300))


def mark(y: float, height: float = 40) -> Mark:
    return Mark("press", "確認", 100, y, 200, height)


def test_the_alt_says_which_screen_it_is_and_what_to_do_where() -> None:
    doings = (Doing("「ログイン ID」に ", "d-1560heki", " と入力"), Doing("「ログイン」をクリック"))
    shown = Picture("1.png", 1, 1, "ログイン", doings, b"")
    assert shown.alt == (
        "「ログイン」画面（訓練用）。1 「ログイン ID」に d-1560heki と入力、2 「ログイン」をクリック。"
    )


def test_a_picture_without_marks_says_its_screen() -> None:
    assert Picture("1.png", 1, 1, "トップ", (), b"", part=True).alt == "「トップ」画面（訓練用・一部）。"


def test_a_title_with_marks_of_its_own_is_put_into_others() -> None:
    shown = Picture("1.png", 1, 1, "「しんきん」案内画面", (), b"")
    assert shown.caption == "『「しんきん」案内画面』（訓練用）"
    assert quoted("OK") == "「OK」"


@pytest.mark.parametrize(
    ("made", "doing"),
    [
        (Mark("fill", "ユーザ名", 0, 0, 1, 1, value="碧海 花子"), "「ユーザ名」に 碧海 花子 と入力"),
        (Mark("fill", "ID", 0, 0, 1, 1, again=True, value="a"), "「ID」（2 箇所目）に a と入力"),
        (Mark("tick", "権限リスト", 0, 0, 1, 1), "「権限リスト」の欄をチェック"),
        (Mark("review", "ユーザ情報", 0, 0, 1, 1), "ユーザ情報を確認"),
        (Mark("press", "確定", 0, 0, 1, 1), "「確定」をクリック"),
    ],
)
def test_what_is_done_at_a_mark(made: Mark, doing: str) -> None:
    assert str(made.doing) == doing


def test_a_screen_that_fits_is_shown_whole_without_the_emptiness_below() -> None:
    clip, part = clip_of(Size(1280, 768, 500, (100,)), [mark(300)])
    assert (clip["y"], clip["height"], part) == (0, 500 + FOOT, False)
    assert clip_of(Size(1280, 768, 0, ()), []) == ({"x": 0, "y": 0, "width": 1280, "height": 768}, False)


def test_a_tall_screen_is_cut_to_the_heading_of_its_marks_and_the_next_one() -> None:
    clip, part = clip_of(TALL, [mark(900), mark(1275 - BELOW)])
    assert part
    assert clip["y"] == 700 - GAP
    assert clip["y"] + clip["height"] == 1300 - EDGE


def test_marks_far_apart_are_all_shown() -> None:
    clip, _ = clip_of(TALL, [mark(150), mark(1500)])
    assert clip["y"] <= 150
    assert clip["y"] + clip["height"] >= 1540


def test_a_tall_screen_without_marks_is_shown_whole() -> None:
    clip, part = clip_of(TALL, [])
    assert clip["height"] > TALLEST
    assert not part
