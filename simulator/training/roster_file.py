"""Reading a roster from a file as Excel leaves it: a workbook, or text with , ; or tabs. Pure."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from simulator.training.results import unguarded

MOST_BYTES = 200_000
MOST_UNPACKED = 20_000_000  # bytes of a workbook's parts together
MOST_BEFORE_HEAD = 10  # lines above the heading: a title, ``sep=,``
ENCODINGS = ("utf-8-sig", "cp932")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # before what Excel calls Unicode text
DELIMITERS = ",\t;"
NUMBERS, PEOPLE = ("席番号", "番号"), ("氏名", "お名前", "名前")
# What openpyxl raises on a file that is no workbook, or a broken one.
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of either library that reads XML: lxml is used where it is installed
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    EOFError,
    OSError,
)

NOT_READ = "ファイルを読めません。ExcelブックまたはCSV（UTF-8かShift_JIS）として保存してください。"
NO_HEAD = "見出しの行がありません。1行目を「席番号,氏名」にしてください。"
QUOTES = 'CSVの形式が正しくありません。引用符（"）の対応をお確かめください。'


class RosterFileError(Exception):
    """A file cannot be read; the text is one sentence for the instructor."""


@dataclass(frozen=True)
class Line:
    """One line that is not blank. at: its number in the file, from 1."""

    at: int
    number: str
    name: str


def read(data: bytes) -> list[Line]:
    """Return the lines below the heading that are not blank. Raises RosterFileError."""
    if len(data) > MOST_BYTES:
        raise RosterFileError(NOT_READ)
    rows = _workbook_rows(data) if data.startswith(b"PK") else _text_rows(data)
    for place, (_, cells) in enumerate(rows[:MOST_BEFORE_HEAD], 1):
        if columns := _columns(cells):
            return [_line(at, cells, *columns) for at, cells in rows[place:]]
    raise RosterFileError(NO_HEAD)


def _columns(row: Sequence[str]) -> tuple[int, int] | None:
    """The places of number and name in a heading; None for another line."""
    heads = [unicodedata.normalize("NFKC", cell).strip() for cell in row]
    number = next((heads.index(word) for word in NUMBERS if word in heads), None)
    name = next((heads.index(word) for word in PEOPLE if word in heads), None)
    return None if number is None or name is None else (number, name)


def _line(at: int, row: Sequence[str], number: int, name: int) -> Line:
    cells = [*row, *[""] * (max(number, name) + 1 - len(row))]
    return Line(at, cells[number].strip(), unguarded(cells[name]))


def _filled(rows: Iterable[Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    """The rows that are not blank, each with its number; Excel writes one for any cell once touched."""
    return [(at, row) for at, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]


def _text_rows(data: bytes) -> list[tuple[int, Sequence[str]]]:
    text = _text(data)
    try:
        return _filled(csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(text), strict=True))
    except csv.Error:
        raise RosterFileError(QUOTES) from None


def _text(data: bytes) -> str:
    if data.startswith(UTF_16_MARKS):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS if b"\x00" not in data else ()
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RosterFileError(NOT_READ)


def _delimiter(text: str) -> str:
    """The delimiter, told by the heading."""
    for line in text.splitlines()[:MOST_BEFORE_HEAD]:
        for delimiter in DELIMITERS:
            if _columns([cell.strip('"') for cell in line.split(delimiter)]):
                return delimiter
    return DELIMITERS[0]


def _workbook_rows(data: bytes) -> list[tuple[int, Sequence[str]]]:
    """The cells of the first sheet as text. Raises RosterFileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise RosterFileError(NOT_READ)
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return _filled([_words(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    except BROKEN:
        raise RosterFileError(NOT_READ) from None


def _words(cell: object) -> str:
    return "" if cell is None else str(cell)
