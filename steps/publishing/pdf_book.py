"""The manual as a PDF, printed by typst: tagged, with bookmarks, its contents and its own letters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typst

from simulator.manual.text import manual_text
from simulator.manual.text_model import Block, Chapter, ListBlock, Note, NumberedStep, Paragraph, Section
from steps.publishing.book import Book, Picture
from steps.publishing.cover import cover
from steps.publishing.templating import TEMPLATES
from steps.publishing.trouble import PublishError

LOOK = TEMPLATES / "manual.typ"
SOURCE, PICTURES = "manual.typ", "pictures"
# On Linux, Windows and macOS: with Japanese letters, and in the weights that the manual is printed in.
FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDPGothic",
    "Yu Gothic",
    "Meiryo",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "IPAexGothic",
)
NO_FONT = (
    f"PDF に使う日本語の書体がありません。次のどれかを入れてください: {'、'.join(FONTS)}。 "
    "No Japanese font for the PDF was found."
)
PIXELS_WIDE = 1280  # of a picture that takes the full width of the page
TALLEST_MM, WIDTH_MM = 205, 158


def font() -> str:
    """Return the first of our fonts that this computer has. Raises PublishError where it has none."""
    there = set(typst.Fonts().families())
    for name in FONTS:
        if name in there:
            return name
    raise PublishError(NO_FONT)


def write(file: Path, book: Book, work: Path) -> None:
    """Write the manual as a PDF; work: a folder for what it is made of. Raises PublishError and OSError."""
    (work / PICTURES).mkdir(parents=True)
    for picture in book.all():
        (work / PICTURES / picture.name).write_bytes(picture.content)
    (work / SOURCE).write_text(source(book, font()), encoding="utf-8", newline="\n")
    file.write_bytes(_printed(work / SOURCE))


def _printed(path: Path) -> bytes:
    try:
        made, warnings = typst.compile_with_warnings(path, format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        raise PublishError(f"PDF を作れません: {error}") from None
    # Letters of another font, and whatever else would not look as it should.
    if warnings:
        raise PublishError(f"PDF を作れません: {warnings[0].message}")
    assert isinstance(made, bytes)
    return made


def source(book: Book, font_name: str) -> str:
    """Return the manual in typst's language."""
    return "\n".join([LOOK.read_text(encoding="utf-8"), *_lines(book, font_name)]) + "\n"


def _lines(book: Book, font_name: str) -> Iterator[str]:
    words, manual = cover(), manual_text()
    named = _named(title=words.title, service=words.service, training=words.training)
    yield f"#show: look.with({named}, font: {_text(font_name)})"
    yield f"#titlepage({named}, {_named(kind=words.kind, notice=words.notice, guide=words.guide)})"
    yield f"#contents({_text('目次')})"
    for chapter in manual.chapters:
        yield from _chapter(chapter, book)


def _chapter(chapter: Chapter, book: Book) -> Iterator[str]:
    yield f"#heading(level: 1, {_text(f'{chapter.number}　{chapter.title}')})"
    yield from map(_block, chapter.intro)
    for section in chapter.sections:
        if section.title != chapter.title:
            yield f"#heading(level: 2, {_text(f'{section.procedure}　{section.title}'.strip())})"
        yield from _section(section, book)


def _section(section: Section, book: Book) -> Iterator[str]:
    # What leads to the first step stays with it, as the heading above does.
    yield from (
        f"#block(width: 100%, sticky: {json.dumps(bool(section.steps))}, {_call(each)})"
        for each in section.intro
    )
    for each in section.steps:
        yield _step(each, book)
        yield from map(_block, each.blocks)
    yield from map(_block, section.closing)


def _step(each: NumberedStep, book: Book) -> str:
    asked = _array(_texts([row[0], *filter(None, row[1:])]) for row in each.step.rows)
    screens = _array(map(_screen, book.of(each.key)))
    return f"#step({each.step.number}, {_text(each.step.sentence)}, {asked}, {screens})"


def _screen(picture: Picture) -> str:
    doings = _array(
        f"({_named(before=each.before, value=each.value, after=each.after)})" for each in picture.marks
    )
    named = _named(path=f"{PICTURES}/{picture.name}", alt=picture.alt, caption=picture.caption)
    return f"screen({named}, width: {_width(picture)}mm, doings: {doings})"


def _width(picture: Picture) -> float:
    """Return the width in print, in mm: all of the page's for a window, less for what would be too tall."""
    wide = WIDTH_MM * min(1, picture.width / PIXELS_WIDE)
    return round(min(wide, TALLEST_MM * picture.width / picture.height), 1)


def _block(block: Block) -> str:
    return f"#{_call(block)}"


def _call(block: Block) -> str:
    match block:
        case Paragraph():
            return f"paragraph({_texts(block.lines)})"
        case ListBlock():
            return _list(block)
        case Note():
            return f"note({_text(block.title)}, {_array(map(_call, block.blocks))}.join())"


def _list(block: ListBlock) -> str:
    if not any(item.mark for item in block.items):
        return f"bullets({_array(_texts(item.lines) for item in block.items)})"
    items = (f"(sign: {_text(item.mark)}, lines: {_texts(item.lines)})" for item in block.items)
    return f"marked({_array(items)})"


def _named(**texts: str) -> str:
    return ", ".join(f"{name}: {_text(text)}" for name, text in texts.items())


def _texts(texts: Sequence[str]) -> str:
    return _array(map(_text, texts))


def _array(parts: Iterable[str]) -> str:
    """Return an array of typst; the comma at its end makes one of a single part, too."""
    return f"({''.join(f'{part}, ' for part in parts)})"


def _text(text: str) -> str:
    """Return a string of typst, in which no sign of its markup means anything."""
    return json.dumps(text, ensure_ascii=False)
