"""The eleven procedures of the manual, read from the features: one text for coaching and for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simulator.manual.features import FEATURES, Feature, FeatureError, Line, Rows, manual_features
from simulator.manual.grammar import Action, SentenceError, parse
from simulator.manual.patterns import AT_SCREEN, NUMBERED, SCREEN_SHOWN


@dataclass(frozen=True)
class Step:
    """One numbered step: its sentence verbatim, its bullets, its actions and the screen that follows it.

    next_screen is empty where the manual shows none, as after a step that only looks.
    """

    number: int
    sentence: str
    rows: Rows
    actions: tuple[Action, ...]
    next_screen: str = ""


@dataclass(frozen=True)
class Procedure:
    """One procedure of the manual.

    id: its number, as 2-1. slug: the part of its file's name after the number. path and scenario: the feature
    and the name of the scenario that holds it. start: the screen that it begins on, empty where it begins
    with a window yet to be opened.
    """

    id: str
    title: str
    slug: str
    path: Path
    scenario: str
    start: str
    steps: tuple[Step, ...]


@cache
def procedures(folder: Path = FEATURES) -> tuple[Procedure, ...]:
    """Return the procedures in the order of the manual's chapters. Raises FeatureError."""
    return tuple(_procedure(each) for each in manual_features(folder))


def titles() -> dict[str, str]:
    """Return every procedure's heading by its number, in the manual's order."""
    return {each.id: each.title for each in procedures()}


def procedure(id_: str) -> Procedure:
    """Return the procedure with this number, as 2-1. Raises KeyError."""
    return {each.id: each for each in procedures()}[id_]


def procedure_tag(tags: Sequence[str]) -> str:
    """Return the number of the procedure that is named by one of these tags, as 手順2-1; "" for none."""
    return next((tag.removeprefix("手順") for tag in tags if tag.startswith("手順")), "")


def step_at(path: Path, lines: Sequence[Line], place: int) -> Step | None:
    """Return the numbered step at this place of a scenario's lines; None for a line that is none.

    Raises FeatureError for a sentence that the grammar does not know.
    """
    line = lines[place]
    numbered = NUMBERED.fullmatch(line.text)
    if not numbered:
        return None
    sentence = numbered["sentence"]
    try:
        actions = parse(sentence, line.rows)
    except SentenceError as error:
        raise FeatureError(path, line.number, str(error)) from error
    shown = SCREEN_SHOWN.fullmatch(lines[place + 1].text) if place + 1 < len(lines) else None
    return Step(int(numbered["number"]), sentence, line.rows, actions, shown["screen"] if shown else "")


def _procedure(feature: Feature) -> Procedure:
    id_ = procedure_tag(feature.tags)
    if not id_:
        raise FeatureError(feature.path, 1, "手順のタグ（@手順1-1 など）がありません。")
    if not feature.played:
        raise FeatureError(feature.path, 1, "シナリオがありません。")
    # Both examples of logging out have the same steps.
    written, lines = feature.scenarios[0], feature.played[0].lines
    shown = (AT_SCREEN.fullmatch(line.text) for line in lines)
    return Procedure(
        id_,
        feature.title,
        re.sub(r"^p\d+(_\d+)?_", "", feature.path.stem),
        feature.path,
        written.name,
        next((match["screen"] for match in shown if match), ""),
        tuple(_steps(feature.path, lines)),
    )


def _steps(path: Path, lines: Sequence[Line]) -> Iterator[Step]:
    for place in range(len(lines)):
        if step := step_at(path, lines, place):
            yield step
