"""The manual's procedures, read from features/: one text for coaching, tests and the illustrated manual.

Nothing here knows pytest or a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from simulator.manual.grammar import Action, parse

if TYPE_CHECKING:
    from gherkin.parser_types import GherkinDocument, Scenario
    from gherkin.parser_types import Step as GherkinStep

# In the tree and in the installed package alike, features/ stands beside simulator/.
FEATURES = Path(__file__).parents[2] / "features"
DRILLS = "drills"  # the folder of features that are not the manual's
NUMBERED = re.compile(r"(?P<number>\d+)\. (?P<sentence>.+)")
START = re.compile(r".+が「(?P<screen>.+)」画面を表示している")
SCREEN = re.compile(r"「(?P<screen>.+)」画面が表示される")


@dataclass(frozen=True)
class Step:
    """One numbered step: its sentence verbatim, its bullets, what it asks for and the screen that follows.

    next_screen is empty where the manual shows none, as after a step that only looks.
    """

    number: int
    sentence: str
    rows: tuple[tuple[str, ...], ...]
    actions: tuple[Action, ...]
    next_screen: str = ""


@dataclass(frozen=True)
class Procedure:
    """One procedure of the manual, and the scenario of a feature that holds it.

    slug is the name that its files have everywhere; start is the screen that it begins on, empty where it
    begins with a window yet to be opened.
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
    """The eleven procedures in the order of the manual's chapters."""
    return tuple(_procedure(path) for path in feature_files(folder) if path.parent.name != DRILLS)


def titles() -> dict[str, str]:
    """Every procedure's heading by its number, in the manual's order."""
    return {each.id: each.title for each in procedures()}


def feature_files(folder: Path = FEATURES) -> list[Path]:
    """Every feature file, in the manual's order, which is that of their names."""
    return sorted(folder.rglob("*.feature"))


def procedure(id_: str) -> Procedure:
    """The procedure with this number, as 2-1. Raises KeyError."""
    return {each.id: each for each in procedures()}[id_]


def read(path: Path) -> GherkinDocument:
    """A feature file as Cucumber's own parser reads it. Raises gherkin's ParserError."""
    # Imported late: a server that coaches nobody yet needs no parser.
    from gherkin.parser import Parser  # noqa: PLC0415

    return Parser().parse(path.read_text(encoding="utf-8"))


def _procedure(path: Path) -> Procedure:
    feature = read(path).get("feature")
    if feature is None:
        raise ValueError(f"{path.name} holds no feature")
    id_ = next(tag["name"] for tag in feature["tags"]).removeprefix("@手順")
    # gherkin's own types take a feature's children for whole documents.
    children = cast("list[dict[str, Scenario]]", feature["children"])
    scenario = next(child["scenario"] for child in children if "scenario" in child)
    slug = re.sub(r"^p\d+(_\d+)?_", "", path.stem)
    steps = tuple(_steps(scenario))
    return Procedure(id_, feature["name"], slug, path, scenario["name"], _start(scenario), steps)


def _start(scenario: Scenario) -> str:
    shown = (START.fullmatch(line["text"]) for line in scenario["steps"])
    return next((match["screen"] for match in shown if match), "")


def _steps(scenario: Scenario) -> Iterator[Step]:
    lines = scenario["steps"]
    for place, line in enumerate(lines):
        if numbered := NUMBERED.fullmatch(line["text"]):
            rows = rows_of(line)
            sentence = numbered["sentence"]
            yield Step(
                int(numbered["number"]),
                sentence,
                rows,
                parse(sentence, rows),
                next_screen_in(lines[place + 1 :]),
            )


def rows_of(line: GherkinStep) -> tuple[tuple[str, ...], ...]:
    """The table under a line, as its cells."""
    table = line.get("dataTable")
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"]) if table else ()


def next_screen_in(following: Sequence[GherkinStep]) -> str:
    """The screen that the line after a step names; "" when it names none."""
    shown = SCREEN.fullmatch(following[0]["text"]) if following else None
    return shown["screen"] if shown else ""
