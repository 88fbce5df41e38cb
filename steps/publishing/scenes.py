"""The steps as they can be done again without the bank: each window as it stood, and what was used in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.training.coach_state import Step
from steps.driver.use_observer import Kind

Path = tuple[int, ...]  # which child of which child of <html>


@dataclass(frozen=True)
class Use:
    """A thing that is used. path: where it stands, () for what only is looked at or is no part of a page."""

    kind: Kind
    word: str
    path: Path = ()
    value: str = ""


@dataclass(frozen=True)
class Frame:
    """A state of one window within a step.

    title: of its screen. page: its body as HTML, before anything in it was used. behind: the titles of the
    other windows, the one right behind it last. ticked: the boxes that are ticked in the end, None where no
    box is to be ticked. question: the words of the browser's own dialog over it, "" for none.
    """

    title: str
    page: str
    behind: tuple[str, ...]
    uses: tuple[Use, ...]
    ticked: tuple[Path, ...] | None = None
    question: str = ""


@dataclass(frozen=True)
class Scene:
    """One step of the course.

    step: as the coach has it. traps: what may be typed instead of each of its values, and what the coach says
    of it. done: what is true once its procedure is over, "" for a step that does not end one.
    """

    key: str
    step: Step
    traps: Sequence[Mapping[str, str]]
    frames: Sequence[Frame]
    done: str = ""
