"""The drills, read from features/drills: exercises on common mistakes, in the manual's own grammar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simulator.manual.features import FEATURES, Feature, FeatureError, Line, Rows, drill_features
from simulator.manual.grammar import Action
from simulator.manual.order import following
from simulator.manual.patterns import AT_SCREEN, DONE_UP_TO, NUMBERED, SCREEN_SHOWN, WHOLE_PROCEDURE
from simulator.manual.procedures import procedure, step_at
from simulator.manual.wording import WHO, Who


@dataclass(frozen=True)
class DrillStep:
    """One step of a drill: its own (procedure "") or one of a procedure that the drill refers to.

    screen: where it is done. next_screen: the screen that follows, "" where none is shown.
    """

    procedure: str
    number: int
    sentence: str
    rows: Rows
    actions: tuple[Action, ...]
    next_screen: str
    who: Who
    screen: str


@dataclass(frozen=True)
class Drill:
    """One drill: its task in words, the start it is made from, its steps and what must hold in the end.

    base: the start that the bank is put to, one of manual.order.STARTS. situations and goals are phrases;
    what each means for a bank stands in simulator/training/situations.py.
    """

    id: str
    title: str
    slug: str
    task: str
    base: str
    situations: tuple[str, ...]
    steps: tuple[DrillStep, ...]
    goals: tuple[str, ...]


@cache
def drills(folder: Path = FEATURES) -> tuple[Drill, ...]:
    """Return every drill, in the order of their files' names. Raises FeatureError."""
    return tuple(_drill(each) for each in drill_features(folder))


def _drill(feature: Feature) -> Drill:
    if not feature.played or not feature.played[0].lines:
        raise FeatureError(feature.path, 1, "シナリオがありません。")
    scenario, lines = feature.played[0], feature.played[0].lines
    done = [place for place, line in enumerate(lines) if _is_done(line.text)]
    if not done:
        raise FeatureError(feature.path, scenario.number, "手順がありません。")
    first = next(place for place, line in enumerate(lines) if line.kind == "Action")
    number, _, slug = feature.path.stem.partition("_")
    shown = [line.text for line in lines[done[-1] + 1 :]]
    return Drill(
        f"d-{number.removeprefix('d')}",
        feature.title,
        slug,
        "".join(line.strip() for line in scenario.description.splitlines()),
        _base(feature.path, lines[0]),
        tuple(line.text for line in lines[1:first] if not AT_SCREEN.fullmatch(line.text)),
        tuple(_steps(feature.path, lines, first)),
        tuple(text for text in shown if not SCREEN_SHOWN.fullmatch(text)),
    )


def _is_done(text: str) -> bool:
    return bool(NUMBERED.fullmatch(text) or WHOLE_PROCEDURE.fullmatch(text))


def _base(path: Path, line: Line) -> str:
    """The start that follows, in the story, the procedure that a drill's first line names."""
    done = DONE_UP_TO.fullmatch(line.text)
    if done is None:
        raise FeatureError(path, line.number, f"課題は「手順…まで終わっている」で始まります: {line.text}")
    try:
        return following(done["procedure"])
    except ValueError as error:
        raise FeatureError(path, line.number, f"この手順はありません: {line.text}") from error


def _steps(path: Path, lines: tuple[Line, ...], first: int) -> Iterator[DrillStep]:
    who: Who = "master"
    screen = ""
    for place, line in enumerate(lines):
        if at := AT_SCREEN.fullmatch(line.text):
            who, screen = WHO[at["person"]], at["screen"]
        elif place >= first and (whole := WHOLE_PROCEDURE.fullmatch(line.text)):
            for step in _steps_of(whole["procedure"], who):
                yield step
                screen = step.next_screen or screen
        elif own := step_at(path, lines, place):
            yield DrillStep("", own.number, own.sentence, own.rows, own.actions, own.next_screen, who, screen)
            screen = own.next_screen or screen


def _steps_of(id_: str, who: Who) -> Iterator[DrillStep]:
    """The steps of a procedure that a drill refers to, done by this person."""
    each = procedure(id_)
    screen = each.start
    for step in each.steps:
        yield DrillStep(
            id_, step.number, step.sentence, step.rows, step.actions, step.next_screen, who, screen
        )
        screen = step.next_screen or screen
