"""The manual's text at hand: the whole of it, and the notes that belong to a step.

Independent of training and of Flask: the page /manual, the coach and printed manuals are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from simulator.manual.features import FEATURES
from simulator.manual.text_model import Block, ListBlock, ListItem, Manual, Note, NumberedStep
from simulator.manual.text_reader import ManualTextError, read_manual

TEXT = FEATURES / "manual.md"


@cache
def manual_text(path: Path = TEXT) -> Manual:
    """Return the manual's text with the features' steps in it, read once. Raises ManualTextError."""
    try:
        source = path.read_text(encoding="utf-8-sig")  # an editor of Windows may write a byte order mark
    except UnicodeDecodeError as error:
        raise ManualTextError(f"{path.name}: UTF-8 で保存してください") from error
    return read_manual(source)


def notes_of(key: str) -> tuple[Note, ...]:
    """Return the notes for the step with this key (2-1.4); none for a step that is not the manual's.

    First those of its own bullets, then those under it, then those that stand elsewhere and are shown at it
    as well. Words without a box are given as a note without a title.
    """
    return _notes().get(key, ())


@cache
def _notes() -> dict[str, tuple[Note, ...]]:
    found: dict[str, list[Note]] = {}
    for step in _steps(manual_text()):
        found[step.key] = [*_notes_of_bullets(step), *map(_as_note, step.blocks)]
    for block in _blocks(manual_text()):
        for key in block.shown_at:
            found[key].append(_as_note(block))
    return {key: tuple(notes) for key, notes in found.items()}


def _as_note(block: Block) -> Note:
    return block if isinstance(block, Note) else Note(block.id, "", (block,))


def _notes_of_bullets(step: NumberedStep) -> Iterator[Note]:
    """Return the ※ that the manual writes beside a bullet of a step, titled with the bullet's own words."""
    for word, *beside in step.step.rows:
        for text in beside:
            if text.startswith("※"):
                item = ListItem("※", (text.removeprefix("※").strip(),))
                yield Note(step.id, word, (ListBlock(step.id, (item,)),))


def _steps(manual: Manual) -> Iterator[NumberedStep]:
    for chapter in manual.chapters:
        for section in chapter.sections:
            yield from section.steps


def _blocks(manual: Manual) -> Iterator[Block]:
    """Return every block of the manual, in its order."""
    for chapter in manual.chapters:
        yield from chapter.intro
        for section in chapter.sections:
            yield from section.intro
            for step in section.steps:
                yield from step.blocks
            yield from section.closing
