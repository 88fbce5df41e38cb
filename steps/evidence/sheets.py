"""Sheets of a workbook: rows of plain texts with heads that stay in view, and pictures as they are."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from steps.evidence.png import png_size

FAILED = PatternFill("solid", fgColor="FFF4CCCC")
HEAD = PatternFill("solid", fgColor="FFDDE6F0")
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def content_of(book: Workbook) -> bytes:
    """Return the file of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def add_table(
    book: Workbook, title: str, rows: Sequence[Sequence[str]], widths: Sequence[int], fixed: int = 0
) -> Worksheet:
    """Add a sheet of rows, of which the first is the head, and return it; ``fixed`` columns stay in view."""
    sheet: Worksheet = book.create_sheet(title)
    for row in rows:
        add_line(sheet, row)
    dress(sheet, 1, widths, fixed)
    return sheet


def add_line(sheet: Worksheet, texts: Sequence[str]) -> int:
    """Add a row of texts and return its number; none of them is a formula, whatever it begins with."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        cell.value = NOT_XML.sub("", text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return row


def dress(sheet: Worksheet, heads: int, widths: Sequence[int], fixed: int = 0) -> None:
    """Give the columns their widths in letters; ``heads`` rows and ``fixed`` columns stay in view."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(heads, column)
        head.font, head.fill = Font(bold=True), HEAD
    sheet.cell(1, 1).font = Font(bold=True)
    sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{heads + 1}"


class PngImage(Image):
    """A PNG that is put into the workbook byte for byte; openpyxl's own class needs Pillow for the size."""

    def __init__(self, content: bytes, width: int) -> None:
        pixels = png_size(content)
        self._content = content
        self.format = "png"
        self.width, self.height = width, round(pixels[1] * width / pixels[0])

    def _data(self) -> bytes:
        """Return the bytes that openpyxl writes into the archive."""
        return self._content
