"""The types of the manual's text: chapters, sections, steps and the blocks of words between them.

Every chapter, section, step and block has an id that is unique in the manual and serves as an anchor. What
the manual numbers keeps its number: chapter-2, 2-1 (a procedure), 2-1-4 (its step 4). Anything else has a
letter, in its order below its parent: 2-1-4-a. A step's key, as 2-1.4, is the one used everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.manual.procedures import Step


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, broken into lines where the manual breaks it.

    shown_at: the keys of the steps that it is shown at besides the place where it stands.
    """

    id: str
    lines: tuple[str, ...]
    shown_at: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListItem:
    """One item of a list; mark is ①, ② … or ※ where the manual has one, else empty."""

    mark: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ListBlock:
    """A list, of bullets or of ①②③, which name places on the step's screen. shown_at: as Paragraph."""

    id: str
    items: tuple[ListItem, ...]
    shown_at: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A boxed note; its title is empty where the manual gives none. shown_at: as Paragraph."""

    id: str
    title: str
    blocks: tuple[Paragraph | ListBlock, ...]
    shown_at: tuple[str, ...] = ()


Block = Paragraph | ListBlock | Note


@dataclass(frozen=True)
class NumberedStep:
    """A numbered step, whose words stand in a feature, and the blocks that follow it."""

    id: str
    key: str
    step: Step
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A procedure, or a heading with text of its own: then procedure is empty and there are no steps.

    intro stands before the steps, closing after the last one. ログアウト is a chapter and
    its only procedure: there the section has its chapter's title, and one heading serves both.
    """

    id: str
    procedure: str
    title: str
    intro: tuple[Block, ...]
    steps: tuple[NumberedStep, ...] = ()
    closing: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number and heading, the text before its first section, and its sections."""

    id: str
    number: int
    title: str
    intro: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Manual:
    """The whole text, in the manual's order."""

    title: str
    chapters: tuple[Chapter, ...]
