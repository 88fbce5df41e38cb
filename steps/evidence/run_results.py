"""A run told from its records: scenarios, their steps, and what each step showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from steps.evidence.run_records import (
    AnyRecord,
    Note,
    Outcome,
    Picture,
    Rule,
    RunBegan,
    RunEnded,
    Scenario,
    ScenarioBegan,
    ScenarioEnded,
    StepBegan,
    StepEnded,
    Used,
    read_steps,
)

NOT_ENDED = "途中で終わりました。"
WORDS: dict[Outcome | None, str] = {"passed": "合格", "failed": "不合格", "skipped": "未実施", None: "中断"}


@dataclass
class StepResult:
    """One line of a scenario and what came of it; no outcome where the run stopped in it."""

    began: StepBegan
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    ended: StepEnded | None = None

    @property
    def outcome(self) -> Outcome | None:
        """How it came out."""
        return self.ended.outcome if self.ended else None


@dataclass
class ManualStep:
    """One numbered step of the manual with the lines that belong to it, up to the next number."""

    lines: list[StepResult]

    @property
    def began(self) -> StepBegan:
        """The numbered line itself."""
        return self.lines[0].began

    @property
    def expected(self) -> list[str]:
        """What must show after it."""
        return [each.began.text for each in self.lines[1:]]

    @property
    def outcome(self) -> Outcome | None:
        """How it came out, with everything that must show after it."""
        outcomes = [each.outcome for each in self.lines]
        worst: tuple[Outcome | None, ...] = (None, "failed", "skipped")
        return next((each for each in worst if each in outcomes), "passed")

    @property
    def pictures(self) -> list[Picture]:
        """All its pictures in order."""
        return [picture for each in self.lines for picture in each.pictures]

    @property
    def actual(self) -> list[str]:
        """What was there: the windows that showed, dialogs, and why it failed."""
        shown = [
            f"「{each.title}」（ウィンドウ {each.window}）"
            for each in self.pictures
            if each.moment != "before_click"
        ]
        notes = [note.text for each in self.lines for note in each.notes]
        failures = [each.ended.message for each in self.lines if each.ended and each.ended.message]
        return [*shown, *notes, *failures]


@dataclass
class ScenarioResult:
    """One scenario as it went."""

    info: Scenario
    at: str
    steps: list[StepResult] = field(default_factory=list)
    ended: ScenarioEnded | None = None

    @property
    def outcome(self) -> Outcome | None:
        """How it came out."""
        return self.ended.outcome if self.ended else None

    @property
    def reason(self) -> str:
        """Why it did not pass."""
        return self.ended.reason if self.ended else NOT_ENDED

    @property
    def before(self) -> list[StepResult]:
        """The lines before the first numbered step; all of them where there is none."""
        numbers = [place for place, each in enumerate(self.steps) if each.began.number]
        return self.steps[: numbers[0]] if numbers else self.steps

    @property
    def manual_steps(self) -> list[ManualStep]:
        """The numbered steps, each with the lines after it."""
        told: list[ManualStep] = []
        for each in self.steps[len(self.before) :]:
            if each.began.number:
                told.append(ManualStep([]))
            told[-1].lines.append(each)
        return told


@dataclass
class RunResults:
    """Everything that one folder tells."""

    runs: list[RunBegan] = field(default_factory=list)
    browsers: list[str] = field(default_factory=list)
    rules: dict[str, list[str]] = field(default_factory=dict)
    planned: dict[str, Scenario] = field(default_factory=dict)
    scenarios: list[ScenarioResult] = field(default_factory=list)
    ended: RunEnded | None = None

    @property
    def not_run(self) -> Iterator[tuple[Scenario, str]]:
        """What was not run, and why."""
        told = {each.info.key for each in self.scenarios if each.outcome != "skipped"}
        skipped = {each.info.key: each.reason for each in self.scenarios if each.outcome == "skipped"}
        for each in self.planned.values():
            if each.key not in told:
                yield each, skipped.get(each.key) or each.reason or self.why_early

    @property
    def why_early(self) -> str:
        """Why the run ended before everything was done."""
        return self.ended.reason if self.ended and self.ended.reason else "ここまで進む前に終わりました。"

    def count(self, outcome: Outcome | None) -> int:
        """How many scenarios came out so."""
        return sum(each.outcome == outcome for each in self.scenarios)

    @property
    def pictures(self) -> list[Picture]:
        """Every picture in order."""
        return [picture for each in self.scenarios for step in each.steps for picture in step.pictures]


def read_history(folder: Path) -> RunResults:
    """What the records of this folder tell. Raises ValueError for one that cannot be read."""
    return tell(read_steps(folder))


def tell(records: Iterable[AnyRecord]) -> RunResults:
    """The records put together."""
    history = RunResults()
    for record in records:
        _take(history, record)
    return history


def _take(history: RunResults, record: AnyRecord) -> None:
    match record:
        case RunBegan():
            history.runs.append(record)
            history.ended = None
        case Used():
            history.browsers += [record.browser] * (record.browser not in history.browsers)
        case Rule():
            texts = history.rules.setdefault(record.id, [])
            texts += [record.text] * (record.text not in texts)
        case Scenario():
            history.planned[record.key] = record
        case ScenarioBegan():
            info = history.planned.get(record.key) or Scenario(record.key, "", record.key)
            history.scenarios.append(ScenarioResult(info, record.at))
        case RunEnded():
            history.ended = record
        case _:
            _take_step(history.scenarios[-1], record)


def _take_step(
    scenario: ScenarioResult, record: StepBegan | Picture | Note | StepEnded | ScenarioEnded
) -> None:
    match record:
        case StepBegan():
            scenario.steps.append(StepResult(record))
        case Picture():
            scenario.steps[-1].pictures.append(record)
        case Note():
            scenario.steps[-1].notes.append(record)
        case StepEnded():
            scenario.steps[-1].ended = record
        case ScenarioEnded():
            scenario.ended = record
