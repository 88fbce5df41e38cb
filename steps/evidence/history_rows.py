"""The results of several runs side by side: a row for each step and scenario, a cell for each run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from string import ascii_uppercase

from simulator.manual.procedures import titles
from steps.evidence.run_records import Outcome
from steps.evidence.run_results import NOT_ENDED, RunResults, ScenarioResult, StepResult, read_results
from steps.evidence.sign_off import read_signatures
from steps.evidence.verify import ALTERED, INCOMPLETE, WHOLE, verify

STATES: dict[int, str] = {WHOLE: "封印のとおり", INCOMPLETE: "途中まで", ALTERED: "変更されています"}
MOST_LETTERS = 120  # of the reason of a failure


@dataclass(frozen=True)
class Run:
    """One evidence folder, verified.

    site: letter of the site, the same for the same site. features: number of the text of the features.
    faults: what verify says of an altered folder. The results of a folder that cannot be read are empty.
    """

    number: int
    folder: Path
    code: int
    faults: tuple[str, ...]
    results: RunResults
    site: str
    features: int

    @property
    def state(self) -> str:
        """Return the verdict of ``verify``, in Japanese."""
        return STATES.get(self.code, "ほかのファイルがあります")

    @property
    def is_altered(self) -> bool:
        """Whether something in the folder is not as it was recorded."""
        return self.code == ALTERED

    @property
    def began(self) -> str:
        """The moment at which it began; "" where the records cannot be read."""
        return self.results.runs[0].at if self.results.runs else ""

    @property
    def seconds(self) -> float | None:
        """How long it took, from the beginning of the first part to the end of the last one."""
        return _seconds(self.began, self.results.ended.at) if self.results.ended else None

    @property
    def first_failure(self) -> str:
        """The first step or scenario that failed, with the reason; "" for none."""
        for scenario in self.results.scenarios:
            if scenario.outcome == "failed":
                step = next((each for each in scenario.steps if each.outcome == "failed"), None)
                where = f"手順{scenario.info.procedure}" if scenario.info.procedure else scenario.info.feature
                what = step.began.text if step else scenario.info.name
                return f"{where}　{what}　{_reason(scenario, step)}"
        return ""

    @property
    def signatures(self) -> str:
        """Return the signatures (role, name, day) in the order of the roles, "" for none."""
        if self.is_altered:
            return ""
        return "、".join(f"{each.role} {each.name}（{each.day}）" for each in read_signatures(self.folder))


@dataclass(frozen=True)
class Cell:
    """The outcome of a step in one run.

    outcome: None where the run ended in it. seconds: None likewise. again: how many times it was played.
    """

    outcome: Outcome | None
    seconds: float | None = None
    again: int = 1
    reason: str = ""


@dataclass
class Row:
    """One step of the manual, or one scenario of a rule, with its cell in each run by the run's number.

    variant: the number of the features' text, where other runs have another sentence here; 0 otherwise.
    """

    procedure: str
    place: str
    text: str
    cells: dict[int, Cell] = field(default_factory=dict)
    variant: int = 0

    @property
    def passed(self) -> int:
        """In how many runs it passed."""
        return sum(each.outcome == "passed" for each in self.cells.values())

    @property
    def ran(self) -> int:
        """In how many runs it was played."""
        return sum(each.outcome != "skipped" for each in self.cells.values())

    @property
    def first_failure(self) -> tuple[int, str] | None:
        """The number of the first run in which it failed, and the reason."""
        failed = (number for number, each in sorted(self.cells.items()) if each.outcome == "failed")
        return next(((number, self.cells[number].reason) for number in failed), None)


@dataclass(frozen=True)
class History:
    """Runs in the order in which they began, with the rows of the manual's steps and those of the rules.

    sites: the sites by their letters. features: the texts of the features by their numbers.
    """

    runs: list[Run]
    steps: list[Row]
    scenarios: list[Row]
    sites: dict[str, str]
    features: dict[int, str]


def history(folders: Sequence[Path]) -> History:
    """Return what the folders hold. One that was altered is taken in too, and says so."""
    read = sorted((_read(each) for each in folders), key=lambda each: (_moment_of(each[2]), each[0].name))
    sites = list(dict.fromkeys(_site(results) for *_, results in read))
    features = list(dict.fromkeys(_features(results) for *_, results in read))
    runs = [
        Run(
            number,
            folder,
            code,
            faults,
            results,
            _letter(sites.index(_site(results))),
            features.index(_features(results)) + 1,
        )
        for number, (folder, (code, faults), results) in enumerate(read, 1)
    ]
    return History(
        runs,
        _in_order(_step_rows(runs)),
        _in_order(_scenario_rows(runs)),
        {_letter(place): each for place, each in enumerate(sites)},
        dict(enumerate(features, 1)),
    )


def _read(folder: Path) -> tuple[Path, tuple[int, tuple[str, ...]], RunResults]:
    verification = verify(folder)
    faults = tuple(verification.lines) if verification.code == ALTERED else ()
    try:
        return folder, (verification.code, faults), read_results(folder)
    except ValueError:  # of altered records
        return folder, (ALTERED, faults), RunResults()


def _moment_of(results: RunResults) -> float:
    return datetime.fromisoformat(results.runs[0].at).timestamp() if results.runs else 0


def _letter(place: int) -> str:
    """Return A to Z, and then AA to ZZ."""
    return ascii_uppercase[place % len(ascii_uppercase)] * (place // len(ascii_uppercase) + 1)


def _site(results: RunResults) -> str:
    return f"{results.runs[0].name}　{results.runs[0].site}".strip() if results.runs else "読めません"


def _features(results: RunResults) -> str:
    return (results.runs[0].features if results.runs else "") or "不明"


def _step_rows(runs: Sequence[Run]) -> list[Row]:
    """Return the rows of the manual's steps. Where other features have another sentence, it has a row."""
    texts: dict[tuple[str, int, int], str] = {}
    rows: dict[tuple[str, int, str], Row] = {}
    names: dict[str, tuple[str, str]] = {}
    for run in runs:
        for scenario in _numbered(run.results):
            names[scenario.info.key] = scenario.info.procedure, scenario.info.name
            for step in scenario.manual_steps:
                number = step.began.number or 0
                text = texts.setdefault((scenario.info.key, number, run.features), step.began.text)
                key = scenario.info.key, number, text
                if key not in rows:
                    other = any(each[:2] == key[:2] for each in rows)
                    rows[key] = _row(scenario, text)
                    rows[key].variant = run.features if other else 0
                _add(rows[key], run, scenario, step.lines)
    for (scenario_key, number, text), row in rows.items():
        knowing = (each for each in runs if texts.get((scenario_key, number, each.features), text) == text)
        _note_not_run(row, scenario_key, knowing)
    scenarios = list(dict.fromkeys(key for key, *_ in rows))
    counts = Counter(names[key][0] for key in scenarios)
    for (scenario_key, *_), row in rows.items():
        procedure, name = names[scenario_key]
        row.place += f" {name}" if counts[procedure] > 1 else ""
    return [rows[key] for key in sorted(rows, key=lambda each: (scenarios.index(each[0]), each[1]))]


def _numbered(results: RunResults) -> Iterator[ScenarioResult]:
    return (each for each in results.scenarios if each.info.procedure and each.manual_steps)


def _scenario_rows(runs: Sequence[Run]) -> list[Row]:
    """Return the rows of the scenarios without numbered steps."""
    rows: dict[str, Row] = {}
    for run in runs:
        for scenario in run.results.scenarios:
            if scenario.manual_steps or scenario.outcome == "skipped":
                continue
            if scenario.info.key not in rows:
                rows[scenario.info.key] = _row(scenario, scenario.info.name)
            _add(rows[scenario.info.key], run, scenario, scenario.steps)
    for key, row in rows.items():
        _note_not_run(row, key, runs)
    return list(rows.values())


def _row(scenario: ScenarioResult, text: str) -> Row:
    procedure = scenario.info.procedure
    where = f"手順{procedure}" if procedure else scenario.info.feature
    return Row(procedure, " ".join([where, *scenario.info.rules]), text)


def _add(row: Row, run: Run, scenario: ScenarioResult, lines: Sequence[StepResult]) -> None:
    """Take the last time that a run played it: what was resumed may have passed then."""
    outcomes = [each.outcome for each in lines] or [scenario.outcome]
    worst: tuple[Outcome | None, ...] = (None, "failed", "skipped")
    outcome: Outcome | None = next((each for each in worst if each in outcomes), "passed")
    if not scenario.manual_steps and outcome == "passed":
        outcome = scenario.outcome  # clearing up included
    ended = lines[-1].ended if lines else None
    failed = next((each for each in lines if each.outcome == "failed"), None)
    before = row.cells.get(run.number)
    row.cells[run.number] = Cell(
        outcome,
        _seconds(lines[0].began.at, ended.at) if ended else None,
        before.again + 1 if before else 1,
        _reason(scenario, failed) if outcome != "passed" else "",
    )


def _note_not_run(row: Row, key: str, runs: Iterable[Run]) -> None:
    """Give the row a cell in every run that could have played the scenario and did not."""
    for run in runs:
        if key in run.results.planned:
            row.cells.setdefault(run.number, Cell("skipped"))


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """Return the rows in the order of the manual's procedures, those of none at the end."""
    order = list(titles())
    return sorted(
        rows, key=lambda each: order.index(each.procedure) if each.procedure in order else len(order)
    )


def _reason(scenario: ScenarioResult, step: StepResult | None) -> str:
    text = (step.ended.message if step and step.ended else "") or scenario.reason or NOT_ENDED
    line = text.strip().splitlines()[0] if text.strip() else ""
    return line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS]}…"


def _seconds(began: str, ended: str) -> float:
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()
