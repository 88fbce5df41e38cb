"""A class's results as tables, for Excel and as CSV. A cell that a spreadsheet would run is held as text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from simulator.store.training import Member, PracticeRow, read
from simulator.training import progress_map
from simulator.training.classes import shown_code
from simulator.training.lessons import Course, courses, item_of
from simulator.training.model import MODES, Mode, Practice, in_japan

Cell = str | int | None
Rows = list[list[Cell]]
BOM = "\ufeff"  # by which Excel knows UTF-8
CSV = "text/csv"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Person:
    """One seat's results. states: of each procedure and drill, by the course's id."""

    member: Member
    states: dict[str, str]
    mistakes: int


def columns() -> list[Course]:
    """The procedures and drills, for which everybody's state is told."""
    return [course for course in courses().values() if course.kind in ("procedure", "drill")]


def people_of(members: Sequence[Member], practices: Sequence[PracticeRow]) -> list[Person]:
    """One for each seat: how far it is with every procedure and drill."""
    by_seat: dict[str, list[PracticeRow]] = {}
    for row in practices:
        by_seat.setdefault(row.seat, []).append(row)
    return [_person(member, by_seat.get(member.seat, [])) for member in members]


def _person(member: Member, rows: Sequence[PracticeRow]) -> Person:
    states = {course.id: progress_map.best_state(rows, course) for course in columns()}
    return Person(member, states, sum(read(row.document, Practice).faults_in_all for row in rows))


def people_table(members: Sequence[Member], practices: Sequence[PracticeRow]) -> Rows:
    """One line a seat: how far it is with every procedure."""
    lines: Rows = [["席番号", "氏名", "席コード", "参加", *[course.title for course in columns()], "間違い"]]
    for person in people_of(members, practices):
        member, states = person.member, list(person.states.values())
        joined = "済" if member.joined else "－"
        lines.append([member.place, member.name, shown_code(member.code), joined, *states, person.mistakes])
    return lines


GOES_HEAD: list[Cell] = [
    "席番号",
    "氏名",
    "内容",
    "練習方法",
    "開始",
    "分",
    "結果",
    "間違い",
    "ヒント",
    "最初に違っていた手順",
]


def goes_table(members: Sequence[Member], practices: Sequence[PracticeRow]) -> Rows:
    """One line a practice: what, how, how long, how it came out, the first step that went wrong."""
    who = {member.seat: member for member in members}
    return [GOES_HEAD, *(_go(who[row.seat], row) for row in practices)]


def _go(member: Member, row: PracticeRow) -> list[Cell]:
    practice, course = read(row.document, Practice), courses().get(row.course)
    wrong = practice.verdict.wrong if practice.verdict else ""
    return [
        member.place,
        member.name,
        course.title if course else row.course,
        MODES[practice.mode],
        f"{in_japan(row.started):%Y-%m-%d %H:%M}",
        _minutes(row),
        progress_map.result_of(row.mode, row.outcome) if row.outcome else RUNNING,
        practice.faults_in_all,
        practice.helps_in_all,
        "".join(_named(wrong)),
    ]


RUNNING = "練習中"


def _minutes(row: PracticeRow) -> int | None:
    """How long a practice took, without the time in which the class was paused; None while it runs."""
    seconds = progress_map.seconds_taken(row)
    return None if seconds is None else round(seconds / 60)


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


def as_excel(sheets: dict[str, Rows], *, titled: bool = True) -> bytes:
    """A workbook with a sheet for each table; ``titled``: with a line above that says what it is."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        if titled:
            sheet.append([f"訓練用　{title}（架空のデータ）"])
        head = 1 + titled
        for row in rows:
            sheet.append([harmless(cell) for cell in row])
        for column in range(1, len(rows[0]) + 1):
            sheet.cell(row=head, column=column).font = Font(bold=True)
            longest = max(len(str(row[column - 1] or "")) for row in rows)
            sheet.column_dimensions[get_column_letter(column)].width = min(60, 4 + 2 * longest)
        sheet.freeze_panes = f"C{head + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
