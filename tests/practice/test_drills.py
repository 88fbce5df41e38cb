"""The drills as they are read: base, people, screens, and the steps of the procedures they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.manual.drills import Drill, drills
from simulator.manual.features import DRILLS, FEATURES, FeatureError, feature_files
from simulator.manual.order import STARTS
from simulator.manual.procedures import procedure

if TYPE_CHECKING:
    from pathlib import Path

DRILL = """# language: ja
@訓練
機能: 名前

  シナリオ: 名前
    課題の一行目。
    二行目。

    前提 {given}
    かつ マスターユーザがロックされている
    かつ マスターユーザが「サービス一覧」画面を表示している
    もし 1. [ユーザ管理業務] ボタンをクリックします。
    ならば 「ユーザ管理業務」画面が表示される
    かつ 一般ユーザが「サービス一覧」画面を表示している
    もし 手順3-3を行う
    ならば 「トップ」画面が表示される
    かつ だれもログインしていない
"""


def read(folder: Path, given: str) -> Drill:
    place = folder / DRILLS
    place.mkdir()
    (place / "d07_some_name.feature").write_text(DRILL.format(given=given), encoding="utf-8")
    return drills(folder)[0]


def test_a_drill_is_read_from_its_file(tmp_path: Path) -> None:
    drill = read(tmp_path, "手順3-2まで終わっている")
    assert (drill.id, drill.title, drill.slug) == ("d-07", "名前", "some_name")
    assert drill.task == "課題の一行目。二行目。"
    assert drill.base == "3-3"
    assert drill.situations == ("マスターユーザがロックされている",)
    assert drill.goals == ("だれもログインしていない",)


def test_a_procedure_referred_to_brings_its_steps_and_its_person(tmp_path: Path) -> None:
    steps = read(tmp_path, "手順3-2まで終わっている").steps
    assert [(step.procedure, step.number, step.who) for step in steps] == [
        ("", 1, "master"),
        *(("3-3", step.number, "general") for step in procedure("3-3").steps),
    ]
    assert steps[0].screen == steps[1].screen == "サービス一覧"


def test_after_the_last_procedure_there_is_only_the_end(tmp_path: Path) -> None:
    assert read(tmp_path, "手順3-3まで終わっている").base == "end"


def test_a_drill_says_how_far_the_story_is(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=r"d07_some_name\.feature:9: .*マスターユーザが操作する"):
        read(tmp_path, "マスターユーザが操作する")


@pytest.mark.parametrize("drill", drills(), ids=lambda drill: drill.id)
def test_a_drill_has_a_task_a_start_steps_and_goals(drill: Drill) -> None:
    assert drill.task.endswith("。")
    assert drill.base in STARTS
    assert drill.steps
    assert drill.goals
    own = [step.number for step in drill.steps if not step.procedure]
    assert own == list(range(1, len(own) + 1))
    assert all(step.screen for step in drill.steps)


def test_every_file_of_the_folder_is_a_drill() -> None:
    files = [path.stem for path in feature_files() if path.parent == FEATURES / DRILLS]
    assert [f"d{drill.id.removeprefix('d-')}_{drill.slug}" for drill in drills()] == files
