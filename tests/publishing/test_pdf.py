"""The manual as a PDF: accessible as far as a program can tell, with its own letters, and always the same."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from simulator.manual.procedures import titles
from simulator.manual.text import manual_text
from steps.publishing import pdf_book
from steps.publishing.trouble import PublishError
from tests.publishing.made_book import BOOK


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    pdf_book.write(folder / "manual.pdf", BOOK, folder / "work")
    return folder / "manual.pdf"


def test_pdfua_finds_nothing(file: Path) -> None:
    assert [(each.rule_id, each.message) for each in validate(str(file)).findings] == []


def test_it_has_a_title_a_language_bookmarks_and_only_letters_of_its_own(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        assert pdf.docinfo["/Title"] == manual_text().title
        assert str(pdf.Root.Lang).startswith("ja")
        with pdf.open_outline() as outline:
            chapters = [each.title for each in outline.root]
            procedures = {child.title for each in outline.root for child in each.children}
        assert chapters == [f"{each.number}　{each.title}" for each in manual_text().chapters]
        assert {f"{id_}　{title}" for id_, title in titles().items() if id_ != "4"} <= procedures
        fonts = [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontFile3")
        ]
        fonts += [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontFile2")
        ]
        assert fonts


def test_the_same_book_gives_the_same_pdf(file: Path, tmp_path: Path) -> None:
    pdf_book.write(tmp_path / "again.pdf", BOOK, tmp_path / "work")
    assert (tmp_path / "again.pdf").read_bytes() == file.read_bytes()


def test_signs_of_typsts_markup_mean_nothing_in_a_text() -> None:
    assert r'"「#[あ]*$\"\\」をクリック"' in pdf_book.source(BOOK, "Noto Sans CJK JP")


def test_a_missing_font_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_book, "FONTS", ("ない書体",))
    with pytest.raises(PublishError, match="日本語の書体がありません"):
        pdf_book.font()
    monkeypatch.setattr(pdf_book, "font", lambda: "ない書体")
    with pytest.raises(PublishError, match="PDF を作れません"):
        pdf_book.write(tmp_path / "manual.pdf", BOOK, tmp_path / "work")
    assert not (tmp_path / "manual.pdf").exists()
