"""The drills, read from features/drills: what people really get wrong, in the manual's own grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from simulator.manual.grammar import PEOPLE, Action, parse
from simulator.manual.procedures import (
    DRILLS,
    FEATURES,
    NUMBERED,
    feature_files,
    next_screen_in,
    procedure,
    procedures,
    read,
    rows_of,
)

if TYPE_CHECKING:
    from gherkin.parser_types import Scenario
    from gherkin.parser_types import Step as GherkinStep

Who = Literal["master", "general"]
WHO: dict[str, Who] = {"マスターユーザ": "master", "一般ユーザ": "general"}
_PEOPLE = "|".join(PEOPLE)
DONE = re.compile(r"手順(?P<id>[\d-]+)まで終わっている")
AT = re.compile(rf"(?P<who>{_PEOPLE})が「(?P<screen>.+)」画面を表示している")
REFERENCE = re.compile(r"手順(?P<id>[\d-]+)を行う")
_SHOWN = re.compile(r"「.+」画面が表示される")


@dataclass(frozen=True)
class DrillStep:
    """One step of a drill, its own (procedure "") or one of a procedure that it refers to."""

    procedure: str
    number: int
    sentence: str
    rows: tuple[tuple[str, ...], ...]
    actions: tuple[Action, ...]
    next_screen: str
    who: Who
    screen: str


@dataclass(frozen=True)
class Drill:
    """One drill: its task in words, the start it is made from, its steps and what must hold in the end.

    base: the procedure whose start the bank is put to ("end": after all). situations and goals are phrases of
    simulator/training/situations.py.
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
    """Every drill, in the order of its files' names."""
    return tuple(_drill(path) for path in feature_files(folder) if path.parent.name == DRILLS)


def _drill(path: Path) -> Drill:
    feature = read(path).get("feature")
    if feature is None:
        raise ValueError(f"{path.name} holds no feature")
    children = cast("list[dict[str, Scenario]]", feature["children"])
    scenario = children[0]["scenario"]
    number, _, slug = path.stem.partition("_")
    lines = scenario["steps"]
    first = next(place for place, line in enumerate(lines) if line["keyword"].strip() == "もし")
    given = [line["text"] for line in lines[:first]]
    last = max(place for place, line in enumerate(lines) if _is_done(line["text"]))
    goals = tuple(line["text"] for line in lines[last + 1 :] if not _SHOWN.fullmatch(line["text"]))
    return Drill(
        f"d-{number.removeprefix('d')}",
        feature["name"],
        slug,
        "".join(line.strip() for line in scenario["description"].splitlines()),
        _base(given[0]),
        tuple(text for text in given[1:] if not AT.fullmatch(text)),
        tuple(_steps(lines, first)),
        goals,
    )


def _is_done(text: str) -> bool:
    return bool(NUMBERED.fullmatch(text) or REFERENCE.fullmatch(text))


def _base(text: str) -> str:
    """The start that follows this procedure in the story."""
    done = DONE.fullmatch(text)
    if done is None:
        raise ValueError(f"a drill begins with 手順…まで終わっている, not: {text}")
    order = [each.id for each in procedures() if each.id != "4"]
    following = order.index(done["id"]) + 1
    return order[following] if following < len(order) else "end"


def _steps(lines: list[GherkinStep], first: int) -> Iterator[DrillStep]:
    who: Who = "master"
    screen = ""
    for place, line in enumerate(lines):
        text = line["text"]
        if at := AT.fullmatch(text):
            who, screen = WHO[at["who"]], at["screen"]
        elif place >= first and (reference := REFERENCE.fullmatch(text)):
            for step in _referred(reference["id"], who):
                yield step
                screen = step.next_screen or screen
        elif numbered := NUMBERED.fullmatch(text):
            rows, following = rows_of(line), next_screen_in(lines[place + 1 :])
            sentence = numbered["sentence"]
            actions = parse(sentence, rows)
            yield DrillStep("", int(numbered["number"]), sentence, rows, actions, following, who, screen)
            screen = following or screen


def _referred(id_: str, who: Who) -> Iterator[DrillStep]:
    each = procedure(id_)
    screen = each.start
    for step in each.steps:
        yield DrillStep(
            id_, step.number, step.sentence, step.rows, step.actions, step.next_screen, who, screen
        )
        screen = step.next_screen or screen
