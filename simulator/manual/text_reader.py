"""Reads features/manual.md, the manual's own words in Markdown, into the types of text_model.py.

The numbered steps are not in that file: they come from the features, to which its headings 手順1-1 and 4.
refer. The head of the file says how it is written; anything else is refused with the number of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import NoReturn

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from simulator.manual.procedures import Procedure, procedures
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

_CHAPTER = re.compile(r"(?P<number>\d+) (?P<title>.+)")
_PROCEDURE = re.compile(r"手順(?P<id>[\d-]+)")
_STEP = re.compile(r"(?P<number>\d+)\.")
_BOLD = re.compile(r"\*\*(?P<words>.+)\*\*")
_MARKED = re.compile(r"(?P<mark>[①-⑳※])\s*(?P<words>.+)")
_SHOWN_AT = re.compile(r"<!--\s*案内:(?P<keys>.*)-->\s*")


class ManualTextError(ValueError):
    """A line of the file that cannot be read; the message gives its number."""


def read_manual(source: str) -> Manual:
    """Return the manual that a Markdown text and the features' steps make. Raises ManualTextError."""
    before, titled = _split(Node(MarkdownIt("commonmark").parse(source)).children, "h1")
    if len(titled) != 1:
        raise ManualTextError("manual.md: マニュアルの名前（#）を1つだけ書いてください")
    heading, nodes = titled[0]
    outside, parts = _split(nodes, "h2")
    for node in (*before, *outside):
        if node.type != "html_block":
            _refuse(node, "章（##）の外には、本文を書けません")
    return Manual(_text(heading), tuple(_chapters(parts)))


def _split(nodes: Sequence[Node], tag: str) -> tuple[list[Node], list[tuple[Node, list[Node]]]]:
    """Return the nodes before the first heading of this level, and each such heading with what follows it."""
    before: list[Node] = []
    parts: list[tuple[Node, list[Node]]] = []
    for node in nodes:
        if node.tag == tag:
            parts.append((node, []))
        else:
            (parts[-1][1] if parts else before).append(node)
    return before, parts


def _refuse(node: Node, why: str) -> NoReturn:
    line = node.map[0] + 1 if node.map else 0
    raise ManualTextError(f"manual.md {line}行目: {why}")


def _text(node: Node) -> str:
    """Return the words of a heading or paragraph, its lines parted by newlines."""
    return node.children[0].content


# Chapters, sections and steps --------------------------------------------------------------------


def _chapters(parts: Sequence[tuple[Node, list[Node]]]) -> Iterator[Chapter]:
    due = list(procedures())
    for place, (heading, nodes) in enumerate(parts, 1):
        found = _CHAPTER.fullmatch(_text(heading))
        if found is None or int(found["number"]) != place:
            _refuse(heading, f"章の見出しは「## {place} 章の名前」と書きます")
        id_ = f"chapter-{place}"
        before, sections = _split(nodes, "h3")
        intro = _blocks(before, id_)
        made = tuple(_sections(sections, id_, len(intro), due))
        yield Chapter(id_, place, found["title"], intro, made)
    if due:
        raise ManualTextError(f"manual.md: 手順{due[0].id}がありません")


def _sections(
    parts: Sequence[tuple[Node, list[Node]]], chapter: str, letters: int, due: list[Procedure]
) -> Iterator[Section]:
    """Return the sections of a chapter and take its procedures off the list of those due.

    letters: how many parts of the chapter have a letter already.
    """
    for heading, nodes in parts:
        title = _text(heading)
        if found := _PROCEDURE.fullmatch(title):
            if not due or due[0].id != found["id"]:
                _refuse(heading, f"ここに書ける手順は{due[0].id}です" if due else "手順はもうありません")
            yield _procedure(due.pop(0), nodes)
        else:
            id_ = f"{chapter}-{ascii_lowercase[letters]}"
            letters += 1
            yield Section(id_, "", title, _blocks(nodes, id_))


def _procedure(each: Procedure, nodes: Sequence[Node]) -> Section:
    end = next((place for place, node in enumerate(nodes) if node.type == "hr"), len(nodes))
    before, parts = _split(nodes[:end], "h4")
    intro = _blocks(before, each.id)
    closing = _blocks(nodes[end + 1 :], each.id, len(intro))
    return Section(each.id, each.id, each.title, intro, tuple(_steps(each, parts)), closing)


def _steps(each: Procedure, parts: Sequence[tuple[Node, list[Node]]]) -> Iterator[NumberedStep]:
    """Return every step of a procedure with the text that the file has for it."""
    texts: dict[int, list[Node]] = {}
    for heading, nodes in parts:
        found = _STEP.fullmatch(_text(heading))
        number = int(found["number"]) if found else 0
        if not max(texts, default=0) < number <= len(each.steps):
            _refuse(heading, f"手順{each.id}の番号を「#### 1.」のように、順番に書きます")
        texts[number] = nodes
    for step in each.steps:
        id_ = f"{each.id}-{step.number}"
        blocks = _blocks(texts.get(step.number, ()), id_)
        yield NumberedStep(id_, f"{each.id}.{step.number}", step, blocks)


# Blocks ------------------------------------------------------------------------------------------


def _blocks(nodes: Sequence[Node], parent: str, letters: int = 0) -> tuple[Block, ...]:
    """Return the blocks below a heading; letters: how many parts of the parent have a letter already."""
    found: list[Block] = []
    comment: Node | None = None
    shown_at: tuple[str, ...] = ()
    for node in nodes:
        if node.type == "html_block":
            comment, shown_at = node, _shown_at(node)
            continue
        found.append(_block(node, f"{parent}-{ascii_lowercase[letters + len(found)]}", shown_at))
        comment, shown_at = None, ()
    if comment:
        _refuse(comment, "「案内:」の後に、段落、箇条書きまたは注記がありません")
    return tuple(found)


def _shown_at(comment: Node) -> tuple[str, ...]:
    """Return the keys of the steps that a comment names."""
    found = _SHOWN_AT.fullmatch(comment.content)
    keys = tuple(key.strip() for key in found["keys"].split("、")) if found else ()
    known = {f"{each.id}.{step.number}" for each in procedures() for step in each.steps}
    if not keys or not known.issuperset(keys):
        _refuse(comment, "コメントは「案内: 1-1.4、3-1.4」のように、ある手順の番号で書きます")
    return keys


def _block(node: Node, id_: str, shown_at: tuple[str, ...]) -> Block:
    if node.type != "blockquote":
        return _words(node, id_, shown_at)
    parts = node.children
    if not parts:
        _refuse(node, "注記に何も書かれていません")
    title = _BOLD.fullmatch(_text(parts[0])) if parts[0].type == "paragraph" else None
    words = parts[1:] if title else parts
    blocks = tuple(_words(part, f"{id_}-{ascii_lowercase[place]}") for place, part in enumerate(words))
    return Note(id_, title["words"] if title else "", blocks, shown_at)


def _words(node: Node, id_: str, shown_at: tuple[str, ...] = ()) -> Paragraph | ListBlock:
    if node.type == "paragraph":
        return Paragraph(id_, tuple(_text(node).splitlines()), shown_at)
    if node.type == "bullet_list":
        return ListBlock(id_, tuple(_item(item) for item in node.children), shown_at)
    _refuse(node, "ここには、段落、箇条書きまたは注記だけを書けます")


def _item(node: Node) -> ListItem:
    if [part.type for part in node.children] != ["paragraph"]:
        _refuse(node, "箇条書きの項目には、1つの段落だけを書けます")
    first, *more = _text(node.children[0]).splitlines()
    marked = _MARKED.fullmatch(first)
    mark, words = (marked["mark"], marked["words"]) if marked else ("", first)
    return ListItem(mark, (words, *more))
