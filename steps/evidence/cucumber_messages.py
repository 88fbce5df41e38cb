"""Cucumber Messages of a run: what Cucumber's own reports are made of, with the masked pictures in it.

The feature files in it are written anew from the records, as the scenarios were played: with the people of
the site under test, and with everything masked that the evidence masks.
"""

from __future__ import annotations

import base64
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from simulator.manual.features import Line, compile_texts, manual_features
from steps.evidence.cucumber_envelopes import (
    PROTOCOL,
    Attachment,
    Envelope,
    Seconds,
    Status,
    TestCase,
    TestCaseFinished,
    TestCaseStarted,
    TestRunFinished,
    TestRunStarted,
    TestStep,
    TestStepFinished,
    TestStepResult,
    TestStepStarted,
    duration,
    timestamp,
)
from steps.evidence.disk import write_file
from steps.evidence.run_records import Outcome, Rows, Scenario
from steps.evidence.run_results import RunResults, ScenarioResult, StepResult, read_results

RUN, CLEARING = "run", "clearing-up"  # ids: those of Gherkin's own parts are numbers
STATUS: dict[Outcome | None, Status] = {
    "passed": "PASSED",
    "failed": "FAILED",
    "skipped": "SKIPPED",
    None: "UNKNOWN",
}
KEYWORDS = {"Context": "前提", "Action": "もし", "Outcome": "ならば"}
LOG, PNG = "text/x.cucumber.log+plain", "image/png"
HOOK = {"id": CLEARING, "name": "後片付け", "type": "AFTER_TEST_CASE", "sourceReference": {"uri": "steps"}}
NO_TIME: Seconds = {"seconds": 0, "nanos": 0}
Mask = Callable[[str], str]


@dataclass
class _Case:
    """One scenario with every time that it was played. reason: why it was not played."""

    info: Scenario
    reason: str = ""
    played: list[ScenarioResult] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"case {self.info.key}"

    @property
    def stem(self) -> str:
        return self.info.key.partition("::")[0]

    def steps(self, written: Sequence[Line]) -> Iterator[tuple[str, str, Rows]]:
        """Yield keyword, text and table of each step; those that were not reached as they are written."""
        recorded = max((each.steps for each in self.played), key=len, default=[])
        for step, line in zip_longest(recorded, written):
            if step:
                yield step.began.keyword, step.began.text, step.began.rows
            else:
                yield KEYWORDS[line.kind], line.text, line.rows


def write_messages(folder: Path, file: Path, mask: Mask) -> None:
    """Write the messages of a run, a line each. Raises EvidenceError, and ValueError for unreadable records.

    mask: is applied to every text.
    """
    encode = msgspec.json.Encoder().encode
    lines = (encode(each) for each in messages(folder, mask))
    write_file(file, b"".join(line + b"\n" for line in lines))


def messages(folder: Path, mask: Mask) -> Iterator[Envelope]:
    """Yield the messages of the run in a folder, in the order that the protocol asks for."""
    results = read_results(folder)
    cases = _cases(results)
    by_file: dict[str, list[_Case]] = {}
    for each in cases:
        by_file.setdefault(f"features/{each.stem}.feature", []).append(each)
    texts = {uri: mask(_feature(of_file)) for uri, of_file in by_file.items()}
    yield Envelope(meta=_meta())
    pickles: dict[str, dict[str, Any]] = {}
    for (uri, text), compiled in zip(texts.items(), compile_texts(texts), strict=True):
        yield Envelope(source={"uri": uri, "data": text, "mediaType": "text/x.cucumber.gherkin+plain"})
        yield Envelope(gherkin_document=compiled.document)
        for case, pickle in zip(by_file[uri], compiled.pickles, strict=True):
            pickles[case.info.key] = pickle
            yield Envelope(pickle=pickle)
    yield Envelope(hook=HOOK)
    began = timestamp(results.runs[0].at)
    yield Envelope(test_run_started=TestRunStarted(RUN, began))
    for case in cases:
        yield Envelope(test_case=_test_case(case, pickles[case.info.key]))
    writer = _Writer(folder, results, mask)
    for case in cases:
        yield from writer.case(case)
    yield Envelope(test_run_finished=writer.finished())


def _cases(results: RunResults) -> list[_Case]:
    """Return the scenarios that were played, in the order of playing, and then those that were to be played.

    What was not chosen for this run is left out: Cucumber counts what is skipped against the run.
    """
    cases: dict[str, _Case] = {}
    for each in results.scenarios:
        if each.outcome != "skipped" or each.steps:
            cases.setdefault(each.info.key, _Case(each.info)).played.append(each)
    for info, reason in results.not_run:
        if not info.reason:
            cases.setdefault(info.key, _Case(info)).reason = reason
    return list(cases.values())


def _meta() -> dict[str, Any]:
    return {
        "protocolVersion": PROTOCOL,
        "implementation": {"name": "densai-sandbox", "version": version("densai-sandbox")},
        "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
        "os": {"name": platform.system(), "version": platform.release()},
        "cpu": {"name": platform.machine()},
    }


# The features -------------------------------------------------------------------------------------


def _feature(cases: Sequence[_Case]) -> str:
    """Return the text of a feature file with these scenarios."""
    lines = ["# language: ja", f"機能: {_one_line(cases[0].info.feature)}"]
    for case in cases:
        lines += ["", f"  {' '.join(f'@{tag}' for tag in case.info.tags)}".rstrip()]
        lines.append(f"  シナリオ: {_one_line(case.info.name)}")
        for keyword, text, rows in case.steps(_written(case.info.key)):
            lines.append(f"    {keyword} {_one_line(text)}")
            lines += [f"      | {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join([*lines, ""])


def _written(key: str) -> Sequence[Line]:
    """Return the steps of a scenario as its feature has them; none for one that stands in no feature."""
    stem, _, name = key.partition("[")[0].partition("::")
    scenarios = (each for feature in manual_features() for each in feature.scenarios)
    return next((each.lines for each in scenarios if (each.stem, each.name) == (stem, name)), ())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


# What was played ------------------------------------------------------------------------------------


def _test_case(case: _Case, pickle: dict[str, Any]) -> TestCase:
    steps = [
        TestStep(_step_id(case, place), each["id"], step_definition_ids=(), step_match_arguments_lists=())
        for place, each in enumerate(pickle["steps"])
    ]
    if any(map(_failed_in_clearing, case.played)):
        steps.append(TestStep(_step_id(case, len(steps)), hook_id=CLEARING))
    return TestCase(case.id, pickle["id"], tuple(steps), RUN)


def _step_id(case: _Case, place: int) -> str:
    return f"{case.id} step {place + 1}"


def _failed_in_clearing(scenario: ScenarioResult) -> bool:
    """Return whether a scenario failed in which no step did."""
    return scenario.outcome == "failed" and all(each.outcome != "failed" for each in scenario.steps)


class _Writer:
    """Yields the messages of what was played."""

    def __init__(self, folder: Path, results: RunResults, mask: Mask) -> None:
        self._folder, self._results, self._mask = folder, results, mask
        self._now = results.runs[0].at
        self._attached_files: set[str] = set()

    def case(self, case: _Case) -> Iterator[Envelope]:
        """Yield the messages of every time that a scenario was played; of one that was not, once."""
        for attempt, scenario in enumerate(case.played or [None]):
            started = f"{case.id} {attempt}"
            self._now = scenario.at if scenario else self._now
            yield Envelope(test_case_started=TestCaseStarted(started, case.id, timestamp(self._now), attempt))
            yield from self._steps(case, scenario, started)
            last = attempt + 1 >= len(case.played)
            finished = TestCaseFinished(started, timestamp(self._now), will_be_retried=not last)
            yield Envelope(test_case_finished=finished)

    def _steps(self, case: _Case, scenario: ScenarioResult | None, started: str) -> Iterator[Envelope]:
        steps = scenario.steps if scenario else []
        count = len(list(case.steps(_written(case.info.key))))
        for place in range(count):
            step = steps[place] if place < len(steps) else None
            yield from self._step(step, started, _step_id(case, place), "" if place else case.reason)
        if any(map(_failed_in_clearing, case.played)):
            failed = scenario is not None and _failed_in_clearing(scenario)
            result = TestStepResult(
                "FAILED" if failed else "PASSED",
                NO_TIME,
                self._mask(scenario.reason) if failed and scenario else "",
            )
            yield from self._ended(started, _step_id(case, count), result)

    def _step(self, step: StepResult | None, started: str, id_: str, reason: str) -> Iterator[Envelope]:
        began = timestamp(step.began.at if step else self._now)
        yield Envelope(test_step_started=TestStepStarted(started, id_, began))
        if reason:
            yield self._text(reason, started, id_)
        if step is None:
            yield from self._ended(started, id_, TestStepResult("SKIPPED", NO_TIME), begin=False)
            return
        yield from self._attached(step, started, id_)
        ended = step.ended.at if step.ended else self._now
        self._now = ended
        took = duration(step.began.at, step.ended.at) if step.ended else NO_TIME
        message = self._mask(step.ended.message) if step.ended else ""
        yield from self._ended(started, id_, TestStepResult(STATUS[step.outcome], took, message), begin=False)

    def _ended(
        self, started: str, id_: str, result: TestStepResult, *, begin: bool = True
    ) -> Iterator[Envelope]:
        if begin:
            yield Envelope(test_step_started=TestStepStarted(started, id_, timestamp(self._now)))
        finished = TestStepFinished(started, id_, result, timestamp(self._now))
        yield Envelope(test_step_finished=finished)

    def _attached(self, step: StepResult, started: str, id_: str) -> Iterator[Envelope]:
        """Yield the notes, differences and pictures of a step."""
        self._now = step.began.at
        differs = (f"{each.what}の違い: {each.ours} → {each.theirs or 'なし'}" for each in step.differs)
        for text in (*(each.text for each in step.notes), *differs):
            yield self._text(text, started, id_)
        for picture in step.pictures:
            path = self._folder / picture.file
            if picture.file in self._attached_files:
                yield self._text(f"画面は {path.name} から変わっていません。", started, id_)
            elif path.is_file():
                self._attached_files.add(picture.file)
                body = base64.b64encode(path.read_bytes()).decode()
                at = timestamp(picture.at)
                yield Envelope(attachment=Attachment(PNG, "BASE64", body, started, id_, at, path.name))

    def _text(self, text: str, started: str, id_: str) -> Envelope:
        body = self._mask(text)
        return Envelope(attachment=Attachment(LOG, "IDENTITY", body, started, id_, timestamp(self._now)))

    def finished(self) -> TestRunFinished:
        """Return the end of the run."""
        ended = self._results.ended
        early = self._results.why_early if not ended or ended.reason else ""
        success = not early and not self._results.count("failed")
        return TestRunFinished(success, timestamp(ended.at if ended else self._now), RUN, self._mask(early))
