"""Who caught which defect, and the matrix that tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from tests.prove.defects.switch import Defect

MARKED = re.compile(r"<(?P<id>[^>]+)>")  # a defect's id in the name of a test


@dataclass
class Outcome:
    """The outcome of one defect.

    by and at are the scenario that caught it and the step at which. crashes are failures of another kind:
    something in the harness that went wrong instead of an assertion.
    """

    by: str = ""
    at: str = ""
    crashes: list[str] = field(default_factory=list)
    tried: int = 0

    @property
    def caught(self) -> bool:
        """Whether a scenario noticed, by an assertion that failed."""
        return bool(self.by)

    @property
    def on_the_way(self) -> bool:
        """Whether it was noticed before the scenario began: by a 前提 that could not be met."""
        return self.at.startswith("given ")

    @property
    def step(self) -> str:
        """The words of the step that failed."""
        return self.at.partition(" ")[2]


class Score:
    """pytest plugin that keeps the outcome of every defect, and tells each as soon as it is known."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.outcomes = {id_: Outcome() for id_ in ids}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One scenario's end, or its beginning."""
        marked = MARKED.search(report.nodeid)
        if not marked:
            return
        outcome = self.outcomes[marked["id"]]
        outcome.tried += report.when == "setup"
        if report.failed:
            self._failed(outcome, report, marked["id"])

    def _failed(self, outcome: Outcome, report: pytest.TestReport, id_: str) -> None:
        facts = dict(report.user_properties)
        name = str(facts.get("scenario") or report.nodeid)
        if facts.get("asserted"):
            outcome.by, outcome.at = name, str(facts["step"])
            print(f"{id_}  {outcome.step}", flush=True)
        else:
            why = str(report.longrepr).strip().splitlines()[-1:]
            outcome.crashes.append(f"{name} ({report.when}, {facts.get('step')}): {''.join(why)}")


def matrix(defects: Iterable[Defect], outcomes: dict[str, Outcome]) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    yield "| 欠陥 | 破られるきまり | 見つけたシナリオ | 見つけた文 |"
    yield "|---|---|---|---|"
    for each in defects:
        found = outcomes[each.id]
        where = f"{'前提: ' if found.on_the_way else ''}{found.step}" if found.caught else ""
        by = found.by if found.caught else "**見つからない**"
        yield "| " + " | ".join(part.replace("|", "｜") for part in (each.id, each.words, by, where)) + " |"
