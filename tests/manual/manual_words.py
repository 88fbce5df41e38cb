"""The words of the manual's text as the project has it, part by part and in its order."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from simulator.manual.text_model import Block, Chapter, ListBlock, Manual, Note, NumberedStep, Paragraph
from tests.manual.original import fold

Words = tuple[str, str]


def words(manual: Manual) -> Iterator[Words]:
    """The id of every part that has words, and these, folded; the title's id is empty."""
    yield "", fold(manual.title)
    for chapter in manual.chapters:
        yield chapter.id, fold(f"{chapter.number}{chapter.title}")
        yield from _of_blocks(chapter.intro)
        yield from _of_sections(chapter)


def _of_sections(chapter: Chapter) -> Iterator[Words]:
    for section in chapter.sections:
        # ログアウト is a chapter and its only procedure: one heading serves both.
        yield section.id, "" if section.title == chapter.title else fold(section.title)
        yield from _of_blocks(section.intro)
        for step in section.steps:
            yield step.id, _of_step(step)
            yield from _of_blocks(step.blocks)
        yield from _of_blocks(section.closing)


def _of_step(each: NumberedStep) -> str:
    rows = "".join(cell for row in each.step.rows for cell in row)
    return fold(f"{each.step.number}.{each.step.sentence}{rows}")


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, Note):
            yield block.id, fold(block.title)
            yield from ((part.id, _of_words(part)) for part in block.blocks)
        else:
            yield block.id, _of_words(block)


def _of_words(block: Paragraph | ListBlock) -> str:
    if isinstance(block, Paragraph):
        return fold("".join(block.lines))
    return fold("".join(item.mark + "".join(item.lines) for item in block.items))


def fingerprints(manual: Manual) -> list[str]:
    """One line for each part: its id and the hash of its words."""
    return [f"{id_ or 'title'} {sha256(text.encode()).hexdigest()}" for id_, text in words(manual)]
