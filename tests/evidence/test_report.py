"""The report and the workbook: in Japanese, for readers who did not see the run, each file alone."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from fixtures.page_check import syntax_faults_of
from simulator.manual.procedures import titles
from steps.evidence.recorder import Recorder
from steps.evidence.report import rule_lines
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import REPORT, WORKBOOK, Scenario
from steps.evidence.run_results import RunResults, read_results
from steps.never_asked import ONLY_MASTER
from tests.evidence.sample_evidence import LEFT, RULED, played

FAILURE = "「サービス一覧」画面が見つかりません。<b>"
EMBEDDED = re.compile(r'src="data:image/png;base64,([^"]+)"')


@pytest.fixture
def folder(tmp_path: Path, page: Page) -> Path:
    """Evidence of a run in which a step failed."""
    played(tmp_path / "evidence", page, failure=FAILURE).finish()
    return tmp_path / "evidence"


def html(folder: Path) -> str:
    return (folder / REPORT).read_text(encoding="utf-8")


def test_the_report_is_valid_html_without_anything_from_outside(folder: Path) -> None:
    assert syntax_faults_of(html(folder)) == []
    assert re.findall(r'(?:src|href)="(?!data:|#)', html(folder)) == []


def test_a_count_of_none_has_no_colour_of_alarm(folder: Path) -> None:
    told = html(folder)
    assert '<span class="count 不合格">不合格 1</span>' in told
    assert '<span class="count">中断 0</span>' in told


def test_every_picture_is_in_the_report_as_it_was_taken(folder: Path) -> None:
    embedded = [base64.b64decode(each) for each in EMBEDDED.findall(html(folder))]
    assert embedded == [path.read_bytes() for path in sorted((folder / "pictures").iterdir())]


def test_what_has_not_changed_leads_to_its_picture(tmp_path: Path, page: Page) -> None:
    recording = played(tmp_path / "evidence", page)
    recording.begin_scenario(RULED)
    recording.begin_step("ならば", "「サービス一覧」画面が表示される", type_="then")
    recording.record_screen(page, "came")
    recording.finish()
    told = html(tmp_path / "evidence")
    (led,) = re.findall(r'href="#(pictures/[^"]+)"', told)
    assert told.count(f'<figure id="{led}">') == 1


def test_a_picture_whose_file_is_gone_is_told_as_missing(tmp_path: Path, page: Page) -> None:
    recording = played(tmp_path / "evidence", page)
    recording.record_screen(page, "came")  # the same screen as the last one
    gone = next((tmp_path / "evidence" / "pictures").glob("*_came.png"))
    gone.unlink()
    recording.finish()
    told = html(tmp_path / "evidence")
    assert told.count("画像のファイルがありません。") == 2
    assert f"pictures/{gone.name} SHA-256" in told
    assert "から変わっていません。" not in told


def test_the_manual_stands_beside_what_happened(folder: Path) -> None:
    row = re.search(r"<td>4\. ログイン ID を入力し.*?</tr>", html(folder), re.DOTALL)
    assert row
    left, right = row[0].split("</td>", 1)
    assert "<li>ログイン ID</li>" in left
    assert "期待結果: 「サービス一覧」画面が表示される" in left
    assert "不合格" in right
    assert "「サービス一覧」画面が見つかりません。&lt;b&gt;" in right


def test_it_says_what_was_not_run_and_why(folder: Path) -> None:
    assert "破壊的なため実施しません。" in html(folder).partition('id="not-run"')[2]


def test_the_rules_are_a_matrix(folder: Path) -> None:
    lines = {line.id: line for line in rule_lines(read_results(folder))}
    assert {id_: (line.state, line.cells) for id_, line in lines.items()} == {
        "R01": ("合格", {"1-1": (1, 1, 1)}),
        "R05": ("未実施", {"1-2": (0, 0, 1)}),
    }


def test_it_says_which_version_of_ours_it_was(folder: Path) -> None:
    assert f'<th scope="row">プログラム</th><td>{version("densai-sandbox")}</td>' in html(folder)


def test_what_belongs_to_no_procedure_and_what_was_skipped_are_told_without_empty_places(
    tmp_path: Path,
) -> None:
    last = Scenario("clear_up::消す", "後片付け", "消す")
    made = Recorder(tmp_path / "run", RunInfo("訓練用"), set)
    made.record_plan([], [RULED, LEFT, last])
    for each in (RULED, last):
        made.begin_scenario(each)
        made.begin_step("もし", "利用者を削除する", type_="when")
        made.end_step("passed")
        made.end_scenario("passed")
    made.begin_scenario(LEFT)
    made.end_scenario("skipped", "破壊的なため実施しません。")
    made.finish()
    told = html(tmp_path / "run")
    assert "<h3>消す</h3>" in told
    assert '<p class="time">後片付け　' in told
    assert "<h3>R01　d-がない</h3>" in told
    assert "R05　ロック</h3>" not in told


def test_what_a_site_says_otherwise_is_told_once_and_fails_nothing(tmp_path: Path) -> None:
    made = Recorder(tmp_path / "run", RunInfo("模擬サイト"), lambda: {"himitsu1"})
    made.record_plan([], [RULED])
    made.begin_scenario(RULED)
    made.begin_step("もし", "「ログイン ID」を次の値にする", type_="when")
    for _ in range(2):
        made.record_difference("メッセージ", "正しくありません。", "<himitsu1>は誤りです。")
    made.end_step("passed")
    made.end_scenario("passed")
    made.finish()
    told = html(tmp_path / "run").partition('id="differences"')[2]
    assert told.count("<td>正しくありません。</td>") == 1
    assert "は誤りです。" in told
    assert "himitsu1" not in told
    assert syntax_faults_of(html(tmp_path / "run")) == []
    sheet = load_workbook(tmp_path / "run" / WORKBOOK)["メッセージの違い"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("手順", "シナリオ", "種類", "訓練用", "対象")
    assert [row[:4] for row in rows[1:]] == [("1-1", RULED.name, "メッセージ", "正しくありません。")]


def test_what_no_real_site_can_be_asked_is_told_by_rule(tmp_path: Path) -> None:
    made = Recorder(tmp_path / "run", RunInfo("模擬サイト"), set)
    made.record_plan([], [RULED, msgspec.structs.replace(LEFT, reason=ONLY_MASTER)])
    made.finish()
    told = html(tmp_path / "run")
    row = f'<td class="id">R05</td><td>{LEFT.name}</td><td>{ONLY_MASTER}</td>'
    assert row in told.partition('id="never-asked"')[2]
    assert syntax_faults_of(told) == []
    sheet = load_workbook(tmp_path / "run" / WORKBOOK)["確かめられないこと"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows == [("規則", "シナリオ", "理由"), ("R05", LEFT.name, ONLY_MASTER)]


def test_nothing_is_told_of_a_run_of_nothing() -> None:
    assert list(rule_lines(RunResults())) == []
    assert list(RunResults().not_run) == []


def test_the_workbook_has_a_sheet_for_each_procedure(folder: Path) -> None:
    book = load_workbook(folder / WORKBOOK)
    after = ["規則", "メッセージの違い", "確かめられないこと", "実施しなかったもの"]
    assert book.sheetnames == ["概要", *(f"手順{id_}" for id_ in titles()), *after]
    heads, row = list(book["手順1-1"].iter_rows(min_row=2, max_row=3, values_only=True))
    assert heads == ("手順番号", "手順", "期待結果", "実際の結果", "判定", "日時", "画面")
    assert row[0] == "4"
    assert str(row[1]).endswith("・ログイン ID")
    assert row[2] == "「サービス一覧」画面が表示される"
    assert FAILURE in str(row[3])
    assert row[4] == "不合格"


def test_the_workbook_holds_the_pictures_byte_for_byte(folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO((folder / WORKBOOK).read_bytes())) as archive:
        media = [archive.read(name) for name in sorted(archive.namelist()) if "/media/" in name]
    assert media == [path.read_bytes() for path in sorted((folder / "pictures").iterdir())]


def test_no_text_of_the_workbook_is_a_formula(tmp_path: Path, page: Page) -> None:
    played(tmp_path, page, failure="=1+1").finish("=HYPERLINK(1)\x01")
    with zipfile.ZipFile(tmp_path / WORKBOOK) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if "sheets/" in name)
    assert "<f>" not in sheets
