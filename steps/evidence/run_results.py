"""The results of a run, put together from its records: scenarios, their steps, and the pictures of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from steps.evidence.run_records import (
    STEPS,
    AnyRecord,
    Differs,
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
from steps.never_asked import by_rule

NOT_ENDED = "途中で終わりました。"
WORDS: dict[Outcome | None, str] = {"passed": "合格", "failed": "不合格", "skipped": "未実施", None: "中断"}


@dataclass
class StepResult:
    """A step of a scenario; ended is None where the run stopped in it."""

    began: StepBegan
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    differs: list[Differs] = field(default_factory=list)
    ended: StepEnded | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the step."""
        return self.ended.outcome if self.ended else None


@dataclass
class ManualStep:
    """A numbered step of the manual with the steps that follow it, up to the next number."""

    lines: list[StepResult]

    @property
    def began(self) -> StepBegan:
        """The record of the numbered step itself."""
        return self.lines[0].began

    @property
    def expected(self) -> list[str]:
        """The texts of the steps that follow: the screens and messages that are expected."""
        return [each.began.text for each in self.lines[1:]]

    @property
    def outcome(self) -> Outcome | None:
        """The worst outcome of its steps; None where the run stopped in one."""
        outcomes = [each.outcome for each in self.lines]
        worst: tuple[Outcome | None, ...] = (None, "failed", "skipped")
        return next((each for each in worst if each in outcomes), "passed")

    @property
    def pictures(self) -> list[Picture]:
        """Its pictures in order."""
        return [picture for each in self.lines for picture in each.pictures]

    @property
    def actual(self) -> list[str]:
        """The actual result in words: windows, dialogs, and the reason of a failure."""
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
    """One scenario that was begun; ended is None where the run stopped in it."""

    info: Scenario
    at: str
    steps: list[StepResult] = field(default_factory=list)
    ended: ScenarioEnded | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the scenario."""
        return self.ended.outcome if self.ended else None

    @property
    def reason(self) -> str:
        """The reason why it did not pass."""
        return self.ended.reason if self.ended else NOT_ENDED

    @property
    def before(self) -> list[StepResult]:
        """The steps before the first numbered one; all of them where none is numbered."""
        numbers = [place for place, each in enumerate(self.steps) if each.began.number]
        return self.steps[: numbers[0]] if numbers else self.steps

    @property
    def manual_steps(self) -> list[ManualStep]:
        """The numbered steps, each with those that follow it."""
        found: list[ManualStep] = []
        for each in self.steps[len(self.before) :]:
            if each.began.number:
                found.append(ManualStep([]))
            found[-1].lines.append(each)
        return found


@dataclass
class RunResults:
    """The results of a run and of the runs that continued it."""

    runs: list[RunBegan] = field(default_factory=list)
    browsers: list[str] = field(default_factory=list)
    rules: dict[str, list[str]] = field(default_factory=dict)
    planned: dict[str, Scenario] = field(default_factory=dict)
    scenarios: list[ScenarioResult] = field(default_factory=list)
    ended: RunEnded | None = None

    @property
    def not_run(self) -> Iterator[tuple[Scenario, str]]:
        """The scenarios that were not run, each with the reason."""
        done = {each.info.key for each in self.scenarios if each.outcome != "skipped"}
        skipped = {each.info.key: each.reason for each in self.scenarios if each.outcome == "skipped"}
        for each in self.planned.values():
            if each.key not in done:
                yield each, skipped.get(each.key) or each.reason or self.why_early

    @property
    def never_asked(self) -> dict[str, list[tuple[str, str]]]:
        """The scenarios that no site but the simulator can be asked, each with the reason, by rule."""
        return by_rule((each.rules, each.name, reason) for each, reason in self.not_run)

    @property
    def why_early(self) -> str:
        """The reason why the run ended before everything was done."""
        return self.ended.reason if self.ended and self.ended.reason else "ここまで進む前に終わりました。"

    def count(self, outcome: Outcome | None) -> int:
        """Return the number of scenarios with this outcome."""
        return sum(each.outcome == outcome for each in self.scenarios)

    @property
    def differences(self) -> list[tuple[ScenarioResult, Differs]]:
        """Return each difference from the features once, with the scenario that met it first."""
        found: dict[tuple[str, str, str], tuple[ScenarioResult, Differs]] = {}
        for scenario in self.scenarios:
            for each in (differs for step in scenario.steps for differs in step.differs):
                found.setdefault((each.what, each.ours, each.theirs), (scenario, each))
        return list(found.values())

    @property
    def pictures(self) -> list[Picture]:
        """Every picture of the run in order."""
        return [picture for each in self.scenarios for step in each.steps for picture in step.pictures]


def read_results(folder: Path) -> RunResults:
    """Return the results recorded in a folder. Raises ValueError for a record that cannot be read."""
    results = RunResults()
    for record in read_steps(folder):
        try:
            _add(results, record)
        except IndexError:  # a step without a scenario, or a picture without a step
            raise ValueError(f"{STEPS} の記録の順序が違います。") from None
    return results


def _add(results: RunResults, record: AnyRecord) -> None:
    match record:
        case RunBegan():
            results.runs.append(record)
            results.ended = None
        case Used():
            results.browsers += [record.browser] * (record.browser not in results.browsers)
        case Rule():
            texts = results.rules.setdefault(record.id, [])
            texts += [record.text] * (record.text not in texts)
        case Scenario():
            results.planned[record.key] = record
        case ScenarioBegan():
            info = results.planned.get(record.key) or Scenario(record.key, "", record.key)
            results.scenarios.append(ScenarioResult(info, record.at))
        case RunEnded():
            results.ended = record
        case _:
            _add_to_scenario(results.scenarios[-1], record)


def _add_to_scenario(
    scenario: ScenarioResult, record: StepBegan | Picture | Note | Differs | StepEnded | ScenarioEnded
) -> None:
    match record:
        case StepBegan():
            scenario.steps.append(StepResult(record))
        case Picture():
            scenario.steps[-1].pictures.append(record)
        case Note():
            scenario.steps[-1].notes.append(record)
        case Differs():
            scenario.steps[-1].differs.append(record)
        case StepEnded():
            scenario.steps[-1].ended = record
        case ScenarioEnded():
            scenario.ended = record
