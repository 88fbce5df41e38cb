"""The features' scenarios as whoever plans reads them: their lines, their tags, where they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from simulator.manual.procedures import DRILLS, FEATURES, NUMBERED, START, feature_files, read

MASTER, GENERAL = "マスターユーザ", "一般ユーザ"
DESTRUCTIVE, CHOSEN = "破壊的", "選択"
DONE_UP_TO = re.compile(r"手順(?P<id>[\d-]+)まで終わっている")
SITS = re.compile(rf"(?P<person>{MASTER}|{GENERAL})が(?:「(?P<screen>.+)」画面を表示している|操作する)")
TRIAL = re.compile(
    r"「(?P<word>.+?)」(?:を次の値にして|を「(?P<value>[^」]*)」にして|の 2 箇所目だけを「[^」]*」にして"
    r"|を (?P<times>\d+) 回間違えて)「(?P<label>[^」]+)」ボタンをクリックする"
)
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """One line of a scenario, with the table under it."""

    kind: str
    text: str
    rows: Rows = ()


@dataclass(frozen=True)
class PlayedScenario:
    """A scenario as a feature tells it, an outline once for each example."""

    stem: str
    feature: str
    name: str
    tags: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What it is known by to whoever runs it."""
        return self.stem, self.name, tuple(line.text for line in self.lines)

    @property
    def is_procedure(self) -> bool:
        """Whether it holds the manual's numbered steps."""
        return any(NUMBERED.fullmatch(line.text) for line in self.lines)

    @property
    def procedure(self) -> str:
        """The number of its procedure."""
        return next(tag for tag in self.tags if tag.startswith("手順")).removeprefix("手順")

    @property
    def after(self) -> str:
        """The procedure that must be done before; "" for a new bank."""
        found = (DONE_UP_TO.fullmatch(line.text) for line in self.lines)
        return next((each["id"] for each in found if each), "")

    @property
    def person(self) -> str:
        """Who begins it."""
        found = (SITS.fullmatch(line.text) for line in self.lines)
        return next((each["person"] for each in found if each), MASTER)

    @property
    def screen(self) -> str:
        """The screen that it begins on."""
        found = (START.fullmatch(line.text) for line in self.lines)
        return next((each["screen"] for each in found if each), "")


@cache
def played_scenarios() -> tuple[PlayedScenario, ...]:
    """Every scenario of the manual's features, drills left out, in the manual's order."""
    return tuple(each for path in feature_files(FEATURES) if path.parent.name != DRILLS for each in _in(path))


def _in(path: Path) -> Iterator[PlayedScenario]:
    from gherkin.pickles.compiler import Compiler  # noqa: PLC0415  only planning needs it

    document: Any = {**read(path), "uri": path.name}
    title = document["feature"]["name"]
    for pickle in cast("list[dict[str, Any]]", Compiler().compile(document)):
        tags = tuple(tag["name"].removeprefix("@") for tag in pickle["tags"])
        lines = tuple(Line(step["type"], step["text"], _rows(step)) for step in pickle["steps"])
        yield PlayedScenario(path.stem, title, pickle["name"], tags, lines)


def _rows(step: dict[str, Any]) -> Rows:
    table = step.get("argument", {}).get("dataTable", {"rows": []})
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"])
