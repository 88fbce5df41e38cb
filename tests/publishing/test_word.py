"""The manual as a Word file: real headings, the manual's numbers, Japanese fonts, described pictures."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from simulator.manual.procedures import procedures
from simulator.manual.text import manual_text
from steps.publishing import word_book
from steps.publishing.word_file import JAPANESE, STEP
from tests.publishing.made_book import BOOK


@pytest.fixture(scope="module")
def content() -> bytes:
    return word_book.content(BOOK)


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


def test_every_procedures_steps_are_a_list_that_begins_with_1(document: Document) -> None:
    steps = [each for each in document.paragraphs if each.style and each.style.name == STEP]
    lists: dict[str, list[str]] = {}
    for each in steps:
        (number,) = each._p.iter(qn("w:numId"))
        lists.setdefault(number.get(qn("w:val")), []).append(each.text)
    assert list(lists.values()) == [[step.sentence for step in each.steps] for each in procedures()]
    numbering = document.part.numbering_part.element
    starts = {
        each.get(qn("w:numId")): [start.get(qn("w:val")) for start in each.iter(qn("w:startOverride"))]
        for each in numbering.iter(qn("w:num"))
    }
    assert [starts[each] for each in lists] == [["1"]] * len(lists)


def test_chapters_and_procedures_are_headings_and_the_contents_lead_to_them(document: Document) -> None:
    names = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 1"]
    assert names == [f"{each.number}　{each.title}" for each in manual_text().chapters]
    body = document.element.body
    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]
    places = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert anchors == places
    assert len(set(places)) == len(places) > len(names)
    kinds = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_every_picture_is_described_and_has_a_number_of_its_own(document: Document) -> None:
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert [each.get("descr") for each in pictures] == [each.alt for each in BOOK.all()]
    assert len({each.get("id") for each in pictures}) == len(pictures)


def test_japanese_has_its_font_and_its_language_in_every_style(content: bytes) -> None:
    styles = part(content, "word/styles.xml")
    fonts = re.findall(r"<w:rFonts[^>]*>", styles)
    assert fonts
    assert all(f'w:eastAsia="{JAPANESE}"' in each and "Theme" not in each for each in fonts)
    assert 'w:eastAsia="ja-JP"' in styles


def test_word_opens_it_as_a_file_of_today_on_a4(content: bytes, document: Document) -> None:
    settings = part(content, "word/settings.xml")
    assert re.findall(r'compatibilityMode"[^>]*w:val="(\d+)"', settings) == ["15"]
    assert "updateFields" not in settings
    size = document.sections[0]
    assert size.page_width
    assert size.page_height
    assert (round(size.page_width.mm), round(size.page_height.mm)) == (210, 297)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not any("thumbnail" in name for name in file.namelist())


def test_the_same_book_gives_the_same_file(content: bytes) -> None:
    assert word_book.content(BOOK) == content


def test_every_page_says_that_it_is_for_training(document: Document) -> None:
    assert "訓練用" in document.sections[0].header.paragraphs[0].text
