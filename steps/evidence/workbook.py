"""evidence.xlsx: the results of a run with a sheet for each procedure and the pictures in their rows."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from simulator.manual.procedures import titles
from steps.evidence.report import MOMENTS, by_procedure, moment, rule_lines
from steps.evidence.run_records import Picture
from steps.evidence.run_results import WORDS, ManualStep, RunResults, ScenarioResult

HEADS = ("手順番号", "手順", "期待結果", "実際の結果", "判定", "日時", "画面")
WIDTHS = (10, 44, 36, 44, 8, 20, 60)
PICTURE_WIDTH = 420
POINTS_PER_PIXEL = 0.75
MOST_POINTS = 409  # Excel's own limit for a row
FAILED = PatternFill("solid", fgColor="FFF4CCCC")
HEAD = PatternFill("solid", fgColor="FFDDE6F0")
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def workbook(folder: Path, results: RunResults) -> bytes:
    """Return the content of the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _table(book, "概要", list(_summary(results)), (24, 90))
    for id_, scenarios in by_procedure(results).items():
        _procedure(book, folder, id_, scenarios)
    _table(book, "規則", list(_rules(results)), (8, 70, 12, 12, 12, 12))
    _table(book, "メッセージの違い", list(_differences(results)), (10, 40, 10, 60, 60))
    _table(book, "確かめられないこと", list(_never_asked(results)), (8, 60, 60))
    _table(book, "実施しなかったもの", list(_not_run(results)), (10, 40, 60, 50))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


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


def _table(book: Workbook, title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        _line(sheet, row)
    _format(sheet, 1, widths)


def _procedure(book: Workbook, folder: Path, id_: str, scenarios: Sequence[ScenarioResult]) -> None:
    sheet = book.create_sheet(f"手順{id_}")
    _line(sheet, (f"手順{id_}　{titles()[id_]}",))
    _line(sheet, HEADS)
    for scenario in scenarios:
        if len(scenarios) > 1:
            _line(
                sheet, ("", "　".join([scenario.info.name, *(each.began.text for each in scenario.before)]))
            )
        for step in scenario.manual_steps:
            _step(sheet, folder, step)
    if not scenarios:
        _line(sheet, ("", "実施していません。"))
    _format(sheet, 2, WIDTHS)


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
    row = _line(sheet, texts)
    if step.outcome == "failed":
        sheet.cell(row, 5).fill = FAILED
    _place(sheet, folder, row, list({each.file: each for each in step.pictures}.values()))


def _place(sheet: Worksheet, folder: Path, row: int, pictures: Sequence[Picture]) -> None:
    """Put each picture into a row of its own, beginning in the row of its step."""
    for number, picture in enumerate(each for each in pictures if (folder / each.file).is_file()):
        image = PngImage((folder / picture.file).read_bytes(), PICTURE_WIDTH)
        at = row + number
        if number:
            _line(sheet, ("",) * len(HEADS))
        sheet.row_dimensions[at].height = min(MOST_POINTS, image.height * POINTS_PER_PIXEL + 6)
        sheet.add_image(image, f"{get_column_letter(len(HEADS))}{at}")


def _line(sheet: Worksheet, texts: Sequence[str]) -> int:
    """Add a row of texts and return its number; none of them is a formula, whatever it begins with."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        cell.value = NOT_XML.sub("", text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return row


def _format(sheet: Worksheet, heads: int, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(heads, column)
        head.font, head.fill = Font(bold=True), HEAD
    sheet.cell(1, 1).font = Font(bold=True)
    sheet.freeze_panes = f"A{heads + 1}"


class PngImage(Image):
    """A PNG that is put into the workbook byte for byte; openpyxl's own class needs Pillow for the size."""

    def __init__(self, content: bytes, width: int) -> None:
        pixels = struct.unpack_from(">II", content, 16)
        self._content = content
        self.format = "png"
        self.width, self.height = width, round(pixels[1] * width / pixels[0])

    def _data(self) -> bytes:
        """Return the bytes that openpyxl writes into the archive."""
        return self._content
