"""A Word file as the manual needs it: A4, Japanese fonts everywhere, its lists, its links, fixed times."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from steps.publishing.fixed_zip import ZIP_TIME, zipped

LATIN, JAPANESE = "Yu Gothic", "游ゴシック"
BRAND, SOFT, RED = RGBColor(0x17, 0x3B, 0x51), RGBColor(0x4A, 0x54, 0x61), RGBColor(0xB0, 0x0D, 0x28)
STEP, NOTE, NOTE_TITLE, MARKED, SCREEN, DOING = "手順", "注記", "注記の題", "説明", "画面", "操作"
THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def element(name: str, /, **attributes: str) -> Any:
    """Return an element of WordprocessingML with these attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def new(title: str, author: str) -> Document:
    """Return an empty document with the manual's styles."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title, author, "ja-JP", ""
    core.created = core.modified = datetime(*ZIP_TIME)  # noqa: DTZ001  a fixed one: two files are equal
    _set_compatibility(document)
    _add_styles(document)
    for style in document.styles.element.iter(qn("w:rFonts")):
        _set_fonts(style)
    _set_language(document)
    return document


def _set_compatibility(document: Document) -> None:
    """Have Word open the file as one of today's, not in compatibility mode."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _set_fonts(fonts: Any) -> None:
    for theme in THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), LATIN)
    fonts.set(qn("w:eastAsia"), JAPANESE)


def _set_language(document: Document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "ja-JP")
        language.set(qn("w:eastAsia"), "ja-JP")


def _add_styles(document: Document) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.font.name = LATIN
    normal.paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 26), ("Heading 1", 15), ("Heading 2", 12.5)):
        styles[name].font.size, styles[name].font.color.rgb, styles[name].font.bold = Pt(size), BRAND, True
        styles[name].font.name = LATIN
    styles["Heading 1"].paragraph_format.page_break_before = True
    styles["Heading 2"].paragraph_format.space_before = Pt(16)
    for name, before, left, keep in (
        (STEP, 10, 8, True),
        (NOTE, 0, 6, False),
        (NOTE_TITLE, 6, 6, True),
        (MARKED, 0, 8, False),
        (SCREEN, 4, 8, True),
        (DOING, 0, 16, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        style.font.name = LATIN
        shape = style.paragraph_format
        shape.space_before, shape.left_indent, shape.keep_with_next = Pt(before), Mm(left), keep
    styles[STEP].font.bold = styles[NOTE_TITLE].font.bold = True
    styles[NOTE_TITLE].font.color.rgb = BRAND
    styles[SCREEN].font.size = styles[DOING].font.size = Pt(9)
    styles[MARKED].paragraph_format.first_line_indent = Mm(-6)
    styles[MARKED].paragraph_format.left_indent = Mm(14)
    styles[DOING].paragraph_format.first_line_indent = Mm(-6)
    for name in (NOTE, NOTE_TITLE):
        _box(styles[name])


def _box(style: Any) -> None:
    """Give a style the look of a boxed note: a bar at its left, and a pale ground."""
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="24", space="6", color=str(BRAND)))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    ground = element("shd", val="clear", color="auto", fill="EEF3F7")
    properties.insert_element_before(ground, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def add_numbering(document: Document) -> int:
    """Add the list of numbered steps and return its number; each procedure begins its own with begin_list."""
    numbering = document.part.numbering_part.element
    id_ = 1 + max(int(each.get(qn("w:abstractNumId"))) for each in numbering.iter(qn("w:abstractNum")))
    abstract = element("abstractNum", abstractNumId=str(id_))
    abstract.append(element("multiLevelType", val="singleLevel"))
    level = element("lvl", ilvl="0")
    for name, value in (("start", "1"), ("numFmt", "decimal"), ("lvlText", "%1."), ("lvlJc", "left")):
        level.append(element(name, val=value))
    place = element("pPr")
    place.append(element("ind", left="454", hanging="454"))
    level.append(place)
    abstract.append(level)
    numbering.insert(list(numbering).index(next(numbering.iter(qn("w:num")))), abstract)
    return id_


def begin_list(document: Document, abstract: int) -> int:
    """Begin the numbers of a list with 1 again; return the number of the list."""
    numbering = document.part.numbering_part.element
    id_ = 1 + max(int(each.get(qn("w:numId"))) for each in numbering.iter(qn("w:num")))
    made = element("num", numId=str(id_))
    made.append(element("abstractNumId", val=str(abstract)))
    over = element("lvlOverride", ilvl="0")
    over.append(element("startOverride", val="1"))
    made.append(over)
    numbering.append(made)
    return id_


def number(paragraph: Paragraph, list_: int) -> None:
    """Make a paragraph the next item of a numbered list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  python-docx has no other way
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, list_


def bookmark(paragraph: Paragraph, name: str, id_: int) -> None:
    """Make a paragraph a place that a link can lead to."""
    start, end = element("bookmarkStart", id=str(id_), name=name), element("bookmarkEnd", id=str(id_))
    first = paragraph.runs[0]._r  # noqa: SLF001  as above
    first.addprevious(start)
    paragraph._p.append(end)  # noqa: SLF001  as above


def link(paragraph: Paragraph, words: str, name: str) -> None:
    """Add a link to a bookmark."""
    made = element("hyperlink", anchor=name, history="1")
    made.append(paragraph.add_run(words)._r)  # noqa: SLF001  as above
    paragraph._p.append(made)  # noqa: SLF001  as above


def field(paragraph: Paragraph, kind: str, code: str = "") -> None:
    """Add the begin, separate or end of a field; code: its instruction, between begin and separate."""
    run = paragraph.add_run()._r  # noqa: SLF001  as above
    run.append(element("fldChar", fldCharType=kind))
    if code:
        instruction = element("instrText")
        instruction.set(qn("xml:space"), "preserve")
        instruction.text = f" {code} "
        after = paragraph.add_run()._r  # noqa: SLF001  as above
        after.append(instruction)


def describe(document: Document, alts: list[str]) -> None:
    """Give every picture its words in place of it, and a number of its own."""
    for place, (properties, alt) in enumerate(
        zip(document.element.body.iter(qn("wp:docPr")), alts, strict=True), 1
    ):
        properties.set("id", str(place))
        properties.set("name", f"画面 {place}")
        properties.set("descr", alt)


def content_of(document: Document) -> bytes:
    """Return the file; equal documents give equal files, and nothing of the template's picture is left."""
    _drop_thumbnail(document)
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old:
        return zipped({name: old.read(name) for name in old.namelist()})


def _drop_thumbnail(document: Document) -> None:
    related = document.part.package.rels
    for key, each in list(related.items()):
        if each.reltype.endswith("/thumbnail"):
            del related[key]
