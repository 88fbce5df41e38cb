"""evidence.xlsx: the results of a run with a sheet for each procedure and the pictures in their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from simulator.manual.procedures import titles
from steps.evidence.pages import moment
from steps.evidence.report import MOMENTS, by_procedure, rule_lines
from steps.evidence.run_records import ROLES, SIGN_OFF_PAGE, Picture
from steps.evidence.run_results import WORDS, ManualStep, RunResults, ScenarioResult
from steps.evidence.sheets import FAILED, PngImage, add_line, add_table, content_of, dress

HEADS = ("手順番号", "手順", "期待結果", "実際の結果", "判定", "日時", "画面")
WIDTHS = (10, 44, 36, 44, 8, 20, 60)
PICTURE_WIDTH = 420
POINTS_PER_PIXEL = 0.75
MOST_POINTS = 409  # Excel's own limit for a row


def workbook(folder: Path, results: RunResults) -> bytes:
    """Return the content of the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_table(book, "概要", list(_summary(results)), (24, 90))
    for id_, scenarios in by_procedure(results).items():
        _procedure(book, folder, id_, scenarios)
    add_table(book, "規則", list(_rules(results)), (8, 70, 12, 12, 12, 12))
    add_table(book, "メッセージの違い", list(_differences(results)), (10, 40, 10, 60, 60))
    add_table(book, "確かめられないこと", list(_never_asked(results)), (8, 60, 60))
    add_table(book, "実施しなかったもの", list(_not_run(results)), (10, 40, 60, 50))
    return content_of(book)


def _summary(results: RunResults) -> Iterator[Sequence[str]]:
    yield "受入テスト結果", ""
    for run in results.runs:
        yield "対象", f"{run.name}　{run.site}"
        yield "開始", moment(run.at)
        yield "指定", run.options
    yield "ブラウザー", "、".join(results.browsers)
    yield "終了", moment(results.ended.at) if results.ended else results.why_early
    for outcome, word in WORDS.items():
        yield f"{word}（シナリオ数）", str(results.count(outcome))
    yield "署名（紙に署名するときの欄）", f"densai sign で記入した氏名と日付は、{SIGN_OFF_PAGE} にあります。"
    yield from ((f"{role}（氏名・日付）", "") for role in ROLES)


def _rules(results: RunResults) -> Iterator[Sequence[str]]:
    yield "規則", "内容", "判定", "合格", "実施", "シナリオ"
    for line in rule_lines(results):
        counts = [str(sum(column)) for column in zip(*line.cells.values(), strict=True)]
        yield line.id, "\n".join(line.texts), line.state, *counts


def _differences(results: RunResults) -> Iterator[Sequence[str]]:
    yield "手順", "シナリオ", "種類", "訓練用", "対象"
    for scenario, each in results.differences:
        yield scenario.info.procedure, scenario.info.name, each.what, each.ours, each.theirs


def _never_asked(results: RunResults) -> Iterator[Sequence[str]]:
    yield "規則", "シナリオ", "理由"
    for rule, scenarios in results.never_asked.items():
        yield from ((rule, name, reason) for name, reason in scenarios)


def _not_run(results: RunResults) -> Iterator[Sequence[str]]:
    yield "手順", "機能", "シナリオ", "理由"
    for each, reason in results.not_run:
        yield each.procedure, each.feature, each.name, reason


def _procedure(book: Workbook, folder: Path, id_: str, scenarios: Sequence[ScenarioResult]) -> None:
    sheet = book.create_sheet(f"手順{id_}")
    add_line(sheet, (f"手順{id_}　{titles()[id_]}",))
    add_line(sheet, HEADS)
    for scenario in scenarios:
        if len(scenarios) > 1:
            add_line(
                sheet, ("", "　".join([scenario.info.name, *(each.began.text for each in scenario.before)]))
            )
        for step in scenario.manual_steps:
            _step(sheet, folder, step)
    if not scenarios:
        add_line(sheet, ("", "実施していません。"))
    dress(sheet, 2, WIDTHS)


def _step(sheet: Worksheet, folder: Path, step: ManualStep) -> None:
    bullets = [f"・{' '.join(cell for cell in row if cell)}" for row in step.began.rows]
    pictures = "\n".join(f"{MOMENTS[each.moment]} {each.file} {each.sha256[:16]}…" for each in step.pictures)
    texts = (
        str(step.began.number),
        "\n".join([step.began.text, *bullets]),
        "\n".join(step.expected),
        "\n".join([*step.actual, *([pictures] if pictures else [])]),
        WORDS[step.outcome],
        moment(step.began.at),
        "",
    )
    row = add_line(sheet, texts)
    if step.outcome == "failed":
        sheet.cell(row, 5).fill = FAILED
    _place(sheet, folder, row, list({each.file: each for each in step.pictures}.values()))


def _place(sheet: Worksheet, folder: Path, row: int, pictures: Sequence[Picture]) -> None:
    """Put each picture into a row of its own, beginning in the row of its step."""
    for number, picture in enumerate(each for each in pictures if (folder / each.file).is_file()):
        image = PngImage((folder / picture.file).read_bytes(), PICTURE_WIDTH)
        at = row + number
        if number:
            add_line(sheet, ("",) * len(HEADS))
        sheet.row_dimensions[at].height = min(MOST_POINTS, image.height * POINTS_PER_PIXEL + 6)
        sheet.add_image(image, f"{get_column_letter(len(HEADS))}{at}")
