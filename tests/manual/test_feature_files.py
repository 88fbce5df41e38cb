"""The one reader of the features: what it gives, and the file and line of what it can't read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd.parser import FeatureParser

from simulator.manual.features import (
    ENCODING,
    FEATURES,
    FeatureError,
    Line,
    drill_features,
    features,
    manual_features,
    read_feature,
)
from simulator.manual.procedures import procedure, procedures
from simulator.manual.scenarios import played_scenarios

GOOD = (FEATURES / "ch1_master_setup" / "p1_1_log_in.feature").read_text(encoding=ENCODING)
BOM = b"\xef\xbb\xbf"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "p1_1_log_in.feature"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_features_are_the_manuals_and_the_drills() -> None:
    assert features() == (*manual_features(), *drill_features())
    assert [each.path.parent.name for each in drill_features()] == ["drills"] * 13
    assert [each.title for each in manual_features()] == [each.title for each in procedures()]


def test_an_outline_is_played_once_for_each_example() -> None:
    leaving = next(each for each in manual_features() if each.path.stem == "p4_log_out")
    (outline, *_), (first, second, *_) = leaving.scenarios, leaving.played
    assert outline.lines[1].text == "<人>が「トップ」画面を表示している"
    assert [each.lines[1].text for each in (first, second)] == [
        "マスターユーザが「トップ」画面を表示している",
        "一般ユーザが「トップ」画面を表示している",
    ]
    assert first.name == second.name == outline.name == procedure("4").scenario
    assert len(leaving.played) == len(leaving.scenarios) + 1


def test_a_line_has_its_kind_its_place_and_its_table() -> None:
    scenario = next(each for each in played_scenarios() if "“d-”を付けない" in each.name)
    line = scenario.lines[-1]
    assert (line.kind, line.rows[0]) == ("Action", ("値", "結果"))
    text = (FEATURES / "ch1_master_setup" / "p1_1_log_in.feature").read_text(encoding=ENCODING)
    assert text.splitlines()[line.number - 1].strip() == f"もし {line.text}"
    kinds = [each.kind for each in lines_of("p1_1_log_in")]
    assert kinds[:4] == ["Context", "Context", "Action", "Outcome"]


def lines_of(stem: str) -> tuple[Line, ...]:
    return next(each.lines for each in played_scenarios() if each.stem == stem)


def test_a_scenario_of_a_rule_has_the_tags_of_all_that_it_stands_in() -> None:
    scenario = next(each for each in played_scenarios() if "閉じる前に確認しない" in each.name)
    assert scenario.tags == ("手順4", "R21", "選択")
    assert scenario.rule.startswith("ログアウトは 2 回必要で")


def test_a_byte_order_mark_does_no_harm_to_us_or_to_pytest_bdd(tmp_path: Path) -> None:
    path = written(tmp_path, BOM + GOOD.encode())
    assert read_feature(path).title == "マスターユーザがログインする"
    assert FeatureParser(str(tmp_path), path.name, ENCODING).parse().name == "マスターユーザがログインする"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace("# language: ja", "# language: xx"), 1),
        (GOOD.replace("    もし 3.", "    もーし 3."), 12),
        (GOOD.replace("かつ マスターユーザが操作する", "ー").encode("cp932", "ignore"), 2),
        ("", 1),
        ("# nothing else\n", 1),
    ],
    ids=["an unknown language", "no keyword", "not in UTF-8", "an empty file", "no feature"],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, line: int
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(FeatureError) as raised:
        read_feature(path)
    assert (raised.value.path, raised.value.line) == (path, line)
    assert str(raised.value).startswith(f"p1_1_log_in.feature:{line}: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("@手順1-1", "@選択", 1, "手順のタグ"),
        ("ボタンをクリックします", "あたりをクリックします", 12, "読めない文です"),
    ],
)
def test_a_procedure_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(FeatureError, match=rf"^p1_1_log_in\.feature:{line}: {words}"):
        procedures(tmp_path)


def test_a_feature_without_a_scenario_is_no_procedure(tmp_path: Path) -> None:
    written(tmp_path, "# language: ja\n@手順1-1\n機能: a\n")
    with pytest.raises(FeatureError, match="シナリオがありません"):
        procedures(tmp_path)
