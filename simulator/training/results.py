"""A class's results as tables, for Excel and as CSV. A cell that a spreadsheet would run is held as text."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import IO, Any, cast

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from simulator.store.training import Member, PracticeRow
from simulator.training import progress_map
from simulator.training.classes import shown_code
from simulator.training.lessons import Course, courses, item_of
from simulator.training.model import MODES, Mode, Verdict, in_japan
from simulator.training.progress_map import NEVER
from simulator.training.standing import Standing

Cell = str | int | None
Rows = list[list[Cell]]
LINES_AT_ONCE = 200
BOM = "\ufeff"  # by which Excel knows UTF-8
CSV = "text/csv"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Person:
    """One seat's results. states: of each procedure and drill, by the course's id."""

    member: Member
    states: dict[str, str]
    mistakes: int


@cache
def columns() -> list[Course]:
    """The procedures and drills, for which everybody's state is told."""
    return [course for course in courses().values() if course.kind in ("procedure", "drill")]


def people_of(seats: Sequence[Standing]) -> list[Person]:
    """Return one for each seat: how far it is with every procedure and drill."""
    return [
        Person(seat.member, {course.id: states.get(course.id, NEVER) for course in columns()}, seat.mistakes)
        for seat in seats
        for states in [seat.states]
    ]


def people_table(seats: Sequence[Standing]) -> Rows:
    """One line a seat: how far it is with every procedure."""
    lines: Rows = [["席番号", "氏名", "席コード", "参加", *[course.title for course in columns()], "間違い"]]
    for person in people_of(seats):
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


def goes_table(seats: Sequence[Standing], practices: Iterable[PracticeRow]) -> Iterator[list[Cell]]:
    """Yield the head, then one line a practice: what, how, how long, how it came out, where it went wrong."""
    who = {seat.member.seat: seat.member for seat in seats}
    yield GOES_HEAD
    # A seat that was added since the seats were read has its line the next time.
    yield from (_go(who[row.seat], row) for row in practices if row.seat in who)


class Told(msgspec.Struct):
    """Of a practice's document, what its line tells: the rest is not even read."""

    helps_in_all: int = 0
    paused_seconds: int = 0
    verdict: Verdict | None = None


_told = msgspec.json.Decoder(Told).decode


def _go(member: Member, row: PracticeRow) -> list[Cell]:
    practice, course = _told(row.document), courses().get(row.course)
    wrong = practice.verdict.wrong if practice.verdict else ""
    seconds = progress_map.seconds_between(row, practice.paused_seconds)
    return [
        member.place,
        member.name,
        course.title if course else row.course,
        MODES[cast("Mode", row.mode)],
        f"{in_japan(row.started):%Y-%m-%d %H:%M}",
        None if seconds is None else round(seconds / 60),
        progress_map.result_of(row.mode, row.outcome) if row.outcome else RUNNING,
        row.faults,
        practice.helps_in_all,
        "".join(_named(wrong)) if wrong else "",
    ]


RUNNING = "練習中"


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


def as_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table, some lines at a time, in UTF-8 that Excel opens by a double click."""
    yield BOM.encode()
    left = iter(rows)
    while part := list(islice(left, LINES_AT_ONCE)):
        text = io.StringIO()
        csv.writer(text).writerows([harmless(cell) for cell in row] for row in part)
        yield text.getvalue().encode()


def as_excel(sheets: Mapping[str, Iterable[Sequence[Cell]]], *, titled: bool = True) -> IO[bytes]:
    """Return a workbook with a sheet for each table, as an open file that is gone when closed.

    titled: with a line above that says what it is. The first row of a table is its head.
    """
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        _add_sheet(book.create_sheet(title), title if titled else "", iter(rows))
    out = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    book.save(out)
    out.seek(0)
    return out


def _add_sheet(sheet: Any, title: str, rows: Iterator[Sequence[Cell]]) -> None:
    """Write a table as it comes; how wide its columns are is told from its first rows."""
    first = list(islice(rows, LINES_AT_ONCE))
    for column, cells in enumerate(zip(*first, strict=True), 1):
        longest = max(len(str(cell or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(60, 4 + 2 * longest)
    sheet.freeze_panes = f"C{2 + bool(title)}"
    if title:
        sheet.append([f"訓練用　{title}（架空のデータ）"])
    sheet.append([_bold(sheet, cell) for cell in first[0]])
    for row in chain(first[1:], rows):
        sheet.append([harmless(cell) for cell in row])


def _bold(sheet: Any, value: Cell) -> Any:
    cell = WriteOnlyCell(sheet, harmless(value))
    cell.font = Font(bold=True)
    return cell
