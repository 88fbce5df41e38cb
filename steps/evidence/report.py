"""report.html: the results of a run in one file, for readers who did not see the run.

Pictures are embedded in full, because a report is mailed and filed without its folder; each stands with its
file name and SHA-256, by which it can be compared with the original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.manual.procedures import titles
from steps.evidence.pages import data_uri, page
from steps.evidence.run_records import ROLES, Picture, read_differences
from steps.evidence.run_results import WORDS, RunResults, ScenarioResult

MOMENTS = {"came": "表示された画面", "before_click": "クリック直前", "failed": "失敗したとき"}


@dataclass(frozen=True)
class RuleLine:
    """One row of the matrix of rules: cells holds, by procedure, how many scenarios passed, ran and exist."""

    id: str
    texts: list[str]
    cells: dict[str, tuple[int, int, int]]

    @property
    def state(self) -> str:
        """The outcome of the rule as a whole, in Japanese."""
        passed, run, all_ = (sum(column) for column in zip(*self.cells.values(), strict=True))
        if not run:
            return "未実施"
        if passed < run:
            return "不合格"
        return "合格" if run == all_ else "一部合格"


def report(folder: Path, results: RunResults) -> str:
    """Return the report as HTML. Raises ValueError for a drift.json that cannot be read."""
    return page(
        "report.html",
        results=results,
        words=WORDS,
        moments=MOMENTS,
        titles=titles(),
        by_procedure=by_procedure(results),
        of_rules=[each for each in results.scenarios if _has_table(each)],
        rules=list(rule_lines(results)),
        drift=read_differences(folder),
        image=_Images(folder),
        roles=ROLES,
    )


def _has_table(scenario: ScenarioResult) -> bool:
    """Return whether a scenario stands in the part on rules; one that was not run is listed at the end."""
    other = bool(scenario.info.rules) or not scenario.info.procedure
    return other and scenario.outcome != "skipped"


def by_procedure(results: RunResults) -> dict[str, list[ScenarioResult]]:
    """Return the runs of each procedure's numbered steps, in the manual's order."""
    return {
        id_: [each for each in results.scenarios if each.info.procedure == id_ and each.manual_steps]
        for id_ in titles()
    }


def rule_lines(results: RunResults) -> Iterator[RuleLine]:
    """Yield the rows of the matrix of rules, by number."""
    outcomes = {each.info.key: each.outcome for each in results.scenarios}
    for rule, texts in sorted(results.rules.items()):
        cells: dict[str, tuple[int, int, int]] = {}
        for each in results.planned.values():
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
    """The images of one report: each picture is embedded once, and linked to where it is recorded again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shown: set[str] = set()

    def __call__(self, picture: Picture) -> str | None:
        """Return a data URI; "" where the picture is in the report already, None where its file is gone."""
        if picture.file in self._shown:
            return ""
        path = self._folder / picture.file
        if not path.is_file():
            return None
        self._shown.add(picture.file)
        return data_uri(path.read_bytes())
