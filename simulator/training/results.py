"""A class's results as tables, for Excel and as CSV. A cell that a spreadsheet would run is held as text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from simulator.store.training import Member, PracticeRow, read
from simulator.training import progress_map
from simulator.training.classes import shown_code
from simulator.training.lessons import courses, item_of
from simulator.training.model import MODES, Mode, Practice, in_japan

Cell = str | int | None
Rows = list[list[Cell]]
OUTCOMES = {"": "練習中", "done": "終了", "passed": "合格", "failed": "不合格", "stopped": "中止"}
BOM = "\ufeff"  # by which Excel knows UTF-8


def people_table(members: Sequence[Member], practices: Sequence[PracticeRow]) -> Rows:
    """One line a seat: how far it is with every procedure."""
    columns = [course for course in courses().values() if course.kind in ("procedure", "drill")]
    head: list[Cell] = ["番号", "氏名", "席コード", "参加", *[course.title for course in columns], "間違い"]
    lines: Rows = [head]
    for member in members:
        own = [row for row in practices if row.seat == member.seat]
        faults = sum(read(row.document, Practice).faults_in_all for row in own)
        states: list[Cell] = [
            max(
                (
                    progress_map.state_of(row.mode, row.outcome)
                    for row in own
                    if progress_map.covers(row.course, course)
                ),
                key=progress_map.STATES.index,
                default=progress_map.NEVER,
            )
            for course in columns
        ]
        joined = "済" if member.joined else "－"
        lines.append([member.place, member.name, shown_code(member.code), joined, *states, faults])
    return lines


def goes_table(members: Sequence[Member], practices: Sequence[PracticeRow]) -> Rows:
    """One line a practice: what, how, how long, how it came out, the first step that went wrong."""
    who = {member.seat: member for member in members}
    lines: Rows = [
        [
            "番号",
            "氏名",
            "内容",
            "方法",
            "開始",
            "分",
            "結果",
            "間違い",
            "ヘルプ",
            "最初に違っていた手順",
        ]
    ]
    for row in practices:
        member, practice = who[row.seat], read(row.document, Practice)
        course = courses().get(row.course)
        minutes = round((row.ended - row.started).total_seconds() / 60) if row.ended else None
        wrong = practice.verdict.wrong if practice.verdict else ""
        lines.append(
            [
                member.place,
                member.name,
                course.title if course else row.course,
                MODES[practice.mode],
                f"{in_japan(row.started):%Y-%m-%d %H:%M}",
                minutes,
                OUTCOMES[row.outcome],
                practice.faults_in_all,
                practice.helps_in_all,
                "".join(_named(wrong)),
            ]
        )
    return lines


def _named(key: str) -> tuple[str, str]:
    """A step's number and sentence; the bare key of one that is not in the features any more."""
    try:
        item = item_of(key)
    except KeyError:
        return key, ""
    return item.label, item.sentence


def mistakes_table(counts: dict[tuple[str, str], int]) -> Rows:
    """One line a step of the manual with the mistakes made at it, by mode."""
    modes: list[Mode] = ["learn", "try", "measure"]
    total: Counter[str] = Counter()
    for (key, _), count in counts.items():
        total[key] += count
    lines: Rows = [["手順", "手順の文", *[MODES[mode] for mode in modes], "計"]]
    for key, number in total.most_common():
        by_mode: list[Cell] = [counts.get((key, mode), 0) for mode in modes]
        lines.append([*_named(key), *by_mode, number])
    return lines


GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")


def harmless(cell: Cell) -> Cell:
    """A text that no spreadsheet takes for a formula; ``unguarded`` gives it back as it was."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(GUARDED) else cell


def unguarded(text: str) -> str:
    """A cell's text as it was before ``harmless``."""
    return text[1:] if text.startswith("'") and text[1:].startswith(GUARDED) else text


def as_csv(rows: Rows) -> bytes:
    """A table in UTF-8 that Excel opens by a double click."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def as_excel(sheets: dict[str, Rows]) -> bytes:
    """A workbook with a sheet for each table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append([f"訓練用　{title}（架空のデータ）"])
        for row in rows:
            sheet.append([harmless(cell) for cell in row])
        for column in range(1, len(rows[0]) + 1):
            sheet.cell(row=2, column=column).font = Font(bold=True)
            longest = max(len(str(row[column - 1] or "")) for row in rows)
            sheet.column_dimensions[get_column_letter(column)].width = min(60, 4 + 2 * longest)
        sheet.freeze_panes = "C3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
