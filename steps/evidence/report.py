"""report.html: one file that opens alone, for somebody who was not there.

Pictures are embedded in full, because a report is mailed and filed without its folder; each is named with
the hash by which the original beside it can be compared.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.manual.procedures import titles
from steps.evidence.drift import Difference
from steps.evidence.run_records import DRIFT, Picture
from steps.evidence.run_results import WORDS, RunResults, ScenarioResult

MOMENTS = {"came": "表示された画面", "before_click": "クリック直前", "failed": "失敗したとき"}


@dataclass(frozen=True)
class RuleLine:
    """One row of the matrix: a rule, and its scenarios by procedure."""

    id: str
    texts: list[str]
    cells: dict[str, tuple[int, int, int]]

    @property
    def state(self) -> str:
        """How the rule as a whole came out."""
        passed, run, all_ = (sum(column) for column in zip(*self.cells.values(), strict=True))
        if not run:
            return "未実施"
        if passed < run:
            return "不合格"
        return "合格" if run == all_ else "一部合格"


def report(folder: Path, history: RunResults) -> str:
    """The report's HTML."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("report.html").render(
        history=history,
        words=WORDS,
        moments=MOMENTS,
        titles=titles(),
        by_procedure=by_procedure(history),
        of_rules=[each for each in history.scenarios if _is_told(each)],
        rules=list(rule_lines(history)),
        drift=_drift(folder),
        image=_Images(folder),
        moment=moment,
    )


def _is_told(scenario: ScenarioResult) -> bool:
    """Whether it has a table of its own: what was not run stands, with its reason, at the end."""
    other = bool(scenario.info.rules) or not scenario.info.procedure
    return other and scenario.outcome != "skipped"


def moment(at: str) -> str:
    """A time as a person reads it, with its zone."""
    when = datetime.fromisoformat(at)
    return f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03} ({when:%Z})"


def by_procedure(history: RunResults) -> dict[str, list[ScenarioResult]]:
    """The runs of each procedure's own steps, in the manual's order."""
    return {
        id_: [each for each in history.scenarios if each.info.procedure == id_ and each.manual_steps]
        for id_ in titles()
    }


def rule_lines(history: RunResults) -> Iterator[RuleLine]:
    """The rules as a matrix: for each procedure how many scenarios passed, ran and are there."""
    outcomes = {each.info.key: each.outcome for each in history.scenarios}
    for rule, texts in sorted(history.rules.items()):
        cells: dict[str, tuple[int, int, int]] = {}
        for each in history.planned.values():
            if rule in each.rules:
                passed, run, all_ = cells.get(each.procedure, (0, 0, 0))
                outcome = outcomes.get(each.key, "skipped")
                cells[each.procedure] = (
                    passed + (outcome == "passed"),
                    run + (outcome != "skipped"),
                    all_ + 1,
                )
        yield RuleLine(rule, texts, cells)


class _Images:
    """A picture as a data URI, the first time; after that only its name, as nothing changed since."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shown: set[str] = set()

    def __call__(self, picture: Picture) -> str:
        path = self._folder / picture.file
        if picture.file in self._shown or not path.is_file():
            return ""
        self._shown.add(picture.file)
        return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()


def _drift(folder: Path) -> list[Difference]:
    path = folder / DRIFT
    return msgspec.json.decode(path.read_bytes(), type=list[Difference]) if path.exists() else []
