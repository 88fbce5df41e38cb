"""`densai history`: runs side by side, each folder verified, in the order in which they began."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from fixtures.page_check import syntax_faults_of
from steps.evidence import history, sealing, sign
from steps.evidence.history_rows import Cell, Row
from steps.evidence.history_rows import history as made_of
from steps.evidence.recorder import Recorder
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import REPORT, STEPS, Outcome, RunBegan, read_steps
from steps.exit_codes import ExitCode
from tests.evidence.sample_evidence import FIRST, LEFT, RULED, SECRET

REASON = "「サービス一覧」画面が見つかりません。\n二行目"


def run(folder: Path, *outcomes: Outcome, name: str = "訓練用", text: str = "ログインします。") -> Path:
    """Record a run whose numbered steps end so, up to the first that fails."""
    made = Recorder(folder, RunInfo(name), lambda: {SECRET})
    made.record_plan([], [FIRST, RULED, LEFT])
    made.begin_scenario(FIRST)
    for number, outcome in enumerate(outcomes, 1):
        made.begin_step("もし", f"{number}. {text}", number)
        made.end_step("passed")
        made.begin_step("ならば", "画面が表示される", type_="then")
        made.end_step(outcome, REASON if outcome == "failed" else "")
    failed = "failed" in outcomes
    made.end_scenario("failed" if failed else "passed", REASON if failed else "")
    if not failed:
        made.begin_scenario(RULED)
        made.begin_step("もし", "「ログイン ID」を「heki」にする", type_="when")
        made.end_step("passed")
        made.end_scenario("passed")
    made.finish()
    return folder


def began(folder: Path, at: str, *, features: str = "") -> Path:
    """Change when the run began, or the text of its features, as if it had been recorded so."""
    path = folder / STEPS
    _, *rest = path.read_bytes().splitlines(keepends=True)
    record = read_steps(folder)[0]
    assert isinstance(record, RunBegan)
    changed = msgspec.structs.replace(record, at=at or record.at, features=features or record.features)
    path.write_bytes(b"".join([msgspec.json.encode(changed) + b"\n", *rest]))
    sealing.rebuild(folder)
    return folder


def outcomes(row: Row) -> list[Outcome | None]:
    return [cell.outcome for _, cell in sorted(row.cells.items())]


def html_of(folder: Path) -> str:
    return (folder / history.PAGE).read_text(encoding="utf-8")


def test_steps_stand_beside_each_other_in_the_order_of_the_runs(tmp_path: Path) -> None:
    good = run(tmp_path / "a", "passed", "passed")
    bad = began(run(tmp_path / "b", "passed", "failed"), "2026-01-01T09:00:00.000+09:00")
    made = made_of([good, bad])
    assert [each.folder for each in made.runs] == [bad, good]
    assert [(row.text, outcomes(row)) for row in made.steps] == [
        ("1. ログインします。", ["passed", "passed"]),
        ("2. ログインします。", ["failed", "passed"]),
    ]
    assert made.steps[1].first_failure == (1, "「サービス一覧」画面が見つかりません。")
    assert (made.steps[1].passed, made.steps[1].ran) == (1, 2)
    assert [(row.text, outcomes(row)) for row in made.scenarios] == [(RULED.name, ["skipped", "passed"])]


def test_a_step_that_was_played_again_counts_as_it_ended(tmp_path: Path) -> None:
    folder = run(tmp_path / "a", "failed")
    made = Recorder(folder, RunInfo("訓練用", resumed=True), set)
    made.begin_scenario(FIRST)
    made.begin_step("もし", "1. ログインします。", 1)
    made.end_step("passed")
    made.end_scenario("passed")
    made.finish()
    (row,) = made_of([folder]).steps
    assert row.cells[1] == Cell("passed", row.cells[1].seconds, 2)


def test_other_sites_and_other_sentences_are_told_apart(tmp_path: Path) -> None:
    one = run(tmp_path / "a", "passed")
    two = began(run(tmp_path / "b", "passed", name="相手", text="ログオンします。"), "", features="0" * 12)
    made = made_of([one, two])
    assert [(each.site, each.features) for each in made.runs] == [("A", 1), ("B", 2)]
    assert [(row.text, row.variant, sorted(row.cells)) for row in made.steps] == [
        ("1. ログインします。", 0, [1]),
        ("1. ログオンします。", 2, [2]),
    ]


def test_the_page_and_the_workbook_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = run(tmp_path / "a", "failed"), run(tmp_path / "b", "passed", name="<b>相手")
    out = tmp_path / "out"
    assert history.main([str(one), str(two), "--output", str(out)]) == ExitCode.PASSED
    assert "2 回の実行を表にしました" in capsys.readouterr().out
    html = html_of(out)
    assert syntax_faults_of(html) == []
    assert 'src="' not in html
    assert "&lt;b&gt;相手" in html
    assert "対象の異なる実行が含まれています。" in html
    book = load_workbook(out / history.BOOK)
    assert book.sheetnames == ["実行", "手順", "きまり"]
    heads, row = list(book["手順"].iter_rows(values_only=True))
    assert heads[:4] == history.FIXED
    assert row[:4] == (
        "手順1-1",
        "1. ログインします。",
        "1 / 2",
        "実行 1: 「サービス一覧」画面が見つかりません。",
    )
    assert [str(each).split("\n")[0] for each in row[4:]] == ["不合格", "合格"]
    assert book["手順"].freeze_panes == "C2"


def test_an_altered_folder_is_marked_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = run(tmp_path / "a", "passed"), run(tmp_path / "b", "passed")
    (two / REPORT).write_text("", encoding="ascii")
    assert history.main([str(tmp_path), "--output", str(tmp_path)]) == ExitCode.FAILED
    assert f"変更されています: {REPORT}" in capsys.readouterr().out
    assert html_of(tmp_path).count("変更あり") == 2  # in the head of either table
    assert [each.is_altered for each in made_of([one, two]).runs] == [False, True]


def test_records_that_cannot_be_read_are_marked_too(tmp_path: Path) -> None:
    one, two = run(tmp_path / "a", "passed"), run(tmp_path / "b", "passed")
    (two / STEPS).write_bytes(b'{"kind":"step","keyword":"x","text":"y"}\n')
    made = made_of([one, two])
    assert [each.is_altered for each in made.runs] == [True, False]
    assert history.main([str(one), str(two), "--output", str(tmp_path)]) == ExitCode.FAILED


def test_who_signed_is_told(tmp_path: Path) -> None:
    folder = run(tmp_path / "a", "passed")
    assert sign.main([str(folder), "--name", "山田 太郎"]) == ExitCode.PASSED
    assert made_of([folder]).runs[0].signatures.startswith("実施者 山田 太郎（")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("none",), "証跡フォルダーではありません: "),
        (("a", "copy"), "同じ実行の証跡です。"),
        (("a", "--output", "a"), "証跡の中には書けません。"),
        (("a", "--output", "a/pictures/more"), "証跡の中には書けません。"),
        (("a", "--output", "file"), "--output にはフォルダーを指定してください"),
    ],
)
def test_what_cannot_be_compared_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], sentence: str
) -> None:
    folder = run(tmp_path / "a", "passed")
    (tmp_path / "copy").mkdir()
    for path in folder.iterdir():
        (tmp_path / "copy" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "none").mkdir()
    (tmp_path / "file").write_text("", encoding="ascii")
    before = sorted(tmp_path.rglob("*"))
    arguments = [each if each.startswith("--") else str(tmp_path / each) for each in given]
    if "--output" not in arguments:
        arguments += ["--output", str(tmp_path / "out")]
    assert history.main(arguments) == ExitCode.USAGE
    assert sentence in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_evidence_with_a_secret_is_not_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Recorder(tmp_path / "a", RunInfo("訓練用"), lambda: {SECRET})
    (tmp_path / "a" / "log.txt").write_text(SECRET, encoding="utf-8")
    made.finish()
    assert history.main([str(tmp_path / "a"), "--output", str(tmp_path)]) == ExitCode.SECRET
    assert "パスワードが含まれている" in capsys.readouterr().err
    assert not (tmp_path / history.PAGE).exists()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0.04, "0.0秒"), (59.94, "59.9秒"), (60, "1分00秒"), (185.2, "3分05秒")],
)
def test_times_are_told_as_people_write_them(seconds: float | None, words: str) -> None:
    assert history.duration(seconds) == words
