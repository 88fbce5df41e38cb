"""The manual as a Word file that staff can edit: real headings, real numbers, pictures with words."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from simulator.manual.text import manual_text
from simulator.manual.text_model import (
    Block,
    Chapter,
    ListBlock,
    ListItem,
    Manual,
    Note,
    NumberedStep,
    Paragraph,
    Section,
)
from steps.publishing import word_file
from steps.publishing.book import Book, Doing, Picture
from steps.publishing.cover import Cover, cover
from steps.publishing.word_file import DOING, MARKED, NOTE, NOTE_TITLE, RED, SCREEN, SOFT, STEP

WIDTH_MM, TALLEST_MM, PIXELS_WIDE = 150, 165, 1280
BULLETS = "List Bullet"


def content(book: Book) -> bytes:
    """Return the manual as a .docx."""
    words = cover()
    return _Writer(word_file.new(f"{words.service}　{words.title}", words.service), book).write(words)


class _Writer:
    """Writes the manual into one document."""

    def __init__(self, document: Document, book: Book) -> None:
        self._document, self._book = document, book
        self._list = word_file.add_numbering(document)
        self._alts: list[str] = []
        self._bookmarks = 0

    def write(self, words: Cover) -> bytes:
        self._head_and_foot(words)
        self._title_page(words)
        self._contents(manual_text())
        for chapter in manual_text().chapters:
            self._chapter(chapter)
        word_file.describe(self._document, self._alts)
        return word_file.content_of(self._document)

    def _head_and_foot(self, words: Cover) -> None:
        section = self._document.sections[0]
        head = section.header.paragraphs[0]
        head.add_run(f"【{words.training}】　{words.service}　{words.title}").font.size = Pt(8.5)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        word_file.field(foot, "begin", "PAGE")
        word_file.field(foot, "separate")
        foot.add_run("1")
        word_file.field(foot, "end")

    def _title_page(self, words: Cover) -> None:
        for text, style, before in (
            (words.service, None, 150),
            (words.kind, "Title", 12),
            (words.title, None, 6),
            (f"【{words.training}】", None, 60),
        ):
            line = self._add(text, style)
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.space_before = Pt(before)
            if style is None:
                line.runs[0].font.size = Pt(15)
        self._add(words.notice).paragraph_format.space_before = Pt(36)
        self._add(words.guide).add_run().add_break(WD_BREAK.PAGE)

    def _contents(self, manual: Manual) -> None:
        """Write a contents field with its entries as links in it; Word adds the pages with F9."""
        title = self._add("目次")
        title.runs[0].bold, title.runs[0].font.size = True, Pt(14)
        entries = [(each.id, _heading(each), 0) for each in manual.chapters]
        lines = [
            entry
            for chapter, first in zip(manual.chapters, entries, strict=True)
            for entry in (first, *((each.id, _title(each), 6) for each in _headed(chapter)))
        ]
        for place, (id_, words, indent) in enumerate(lines):
            line = self._add("")
            line.paragraph_format.left_indent = Mm(indent)
            if place == 0:
                word_file.field(line, "begin", r'TOC \o "1-2" \h')
                word_file.field(line, "separate")
            word_file.link(line, words, _anchor(id_))
            if place == len(lines) - 1:
                word_file.field(line, "end")

    def _chapter(self, chapter: Chapter) -> None:
        self._heading(_heading(chapter), 1, chapter.id)
        for block in chapter.intro:
            self._block(block)
        for section in chapter.sections:
            if section in _headed(chapter):
                self._heading(_title(section), 2, section.id)
            self._section(section)

    def _heading(self, words: str, level: int, id_: str) -> None:
        self._bookmarks += 1
        word_file.bookmark(self._document.add_heading(words, level), _anchor(id_), self._bookmarks)

    def _section(self, section: Section) -> None:
        for block in section.intro:
            self._block(block, keep=bool(section.steps))
        list_ = word_file.begin_list(self._document, self._list) if section.steps else 0
        for each in section.steps:
            self._step(each, list_)
        for block in section.closing:
            self._block(block)

    def _step(self, each: NumberedStep, list_: int) -> None:
        word_file.number(self._add(each.step.sentence, STEP), list_)
        for row in each.step.rows:
            self._lines([row[0], *filter(None, row[1:])], BULLETS, keep=True)
        *earlier, last = self._book.of(each.key) or (None,)
        for picture in earlier:
            self._picture(picture, keep=True)
        if last:
            self._picture(last)
        for block in each.blocks:
            self._block(block)

    def _picture(self, picture: Picture, *, keep: bool = False) -> None:
        """Add a picture and what is done in it; keep: on one page with what follows."""
        wide = WIDTH_MM * min(1, picture.width / PIXELS_WIDE)
        width = Mm(min(wide, TALLEST_MM * picture.width / picture.height))
        self._add("", SCREEN).add_run().add_picture(io.BytesIO(picture.content), width=width)
        self._alts.append(picture.alt)
        caption = self._add(picture.caption, SCREEN)
        caption.runs[0].font.color.rgb = SOFT
        caption.paragraph_format.keep_with_next = keep or bool(picture.marks)
        for number, doing in enumerate(picture.marks, 1):
            self._doing(number, doing, keep=keep or number < len(picture.marks))

    def _doing(self, number: int, doing: Doing, *, keep: bool) -> None:
        line = self._add("", DOING)
        line.paragraph_format.keep_with_next = keep
        sign = line.add_run(f"{number}\t")
        sign.bold, sign.font.color.rgb = True, RED
        line.add_run(doing.before)
        line.add_run(doing.value).bold = True
        line.add_run(doing.after)

    def _block(self, block: Block, *, keep: bool = False) -> None:
        match block:
            case Paragraph():
                self._lines(block.lines, None, keep=keep)
            case ListBlock():
                for item in block.items:
                    self._item(item)
            case Note():
                self._note(block)

    def _item(self, item: ListItem, note: str = "") -> None:
        if item.mark:
            self._lines([f"{item.mark}\t{item.lines[0]}", *item.lines[1:]], note or MARKED)
        elif note:
            paragraph = self._lines([f"・{item.lines[0]}", *item.lines[1:]], note)
            paragraph.paragraph_format.left_indent = Mm(10)
            paragraph.paragraph_format.first_line_indent = Mm(-4)
        else:
            self._lines(item.lines, BULLETS)

    def _note(self, note: Note) -> None:
        if note.title:
            self._add(note.title, NOTE_TITLE)
        for block in note.blocks:
            if isinstance(block, Paragraph):
                self._lines(block.lines, NOTE)
                continue
            for item in block.items:
                self._item(item, NOTE)

    def _lines(self, lines: Sequence[str], style: str | None, *, keep: bool = False) -> WordParagraph:
        paragraph = self._add(lines[0], style)
        for line in lines[1:]:
            paragraph.add_run().add_break()
            paragraph.add_run(line)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _add(self, words: str, style: str | None = None) -> WordParagraph:
        return self._document.add_paragraph(words, style)


def _heading(chapter: Chapter) -> str:
    return f"{chapter.number}　{chapter.title}"


def _title(section: Section) -> str:
    return f"{section.procedure}　{section.title}".strip()


def _headed(chapter: Chapter) -> list[Section]:
    """Return the sections with a heading of their own: one serves ログアウト as chapter and procedure."""
    return [each for each in chapter.sections if each.title != chapter.title]


def _anchor(id_: str) -> str:
    """Return the name of a bookmark, which begins with a letter."""
    return f"m_{id_.replace('-', '_')}"
