"""The format of a run's records: steps.jsonl, screens.jsonl and drift.json."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

STEPS, SCREENS, MANIFEST = "steps.jsonl", "screens.jsonl", "manifest.json"
REPORT, WORKBOOK, JUNIT = "report.html", "evidence.xlsx", "junit.xml"
DRIFT, DRIFT_PAGE = "drift.json", "drift.html"
SIGN_OFF, SIGN_OFF_PAGE = "signoff.json", "signoff.html"
ROLES = ("実施者", "確認者", "承認者")  # in the order in which they sign
Outcome = Literal["passed", "failed", "skipped"]
Moment = Literal["came", "before_click", "failed"]
Rows = tuple[tuple[str, ...], ...]
T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """One line of steps.jsonl; at is the local time with its zone."""

    at: str = ""


class RunBegan(Record, frozen=True, tag="run"):
    """A run begins: the site under test, the version of this program, the options and the features.

    features: what tells one text of the features from another; "" in records of earlier versions.
    """

    name: str
    site: str = ""
    version: str = ""
    options: str = ""
    features: str = ""


class Used(Record, frozen=True, tag="used"):
    """The browser and its version, known from the first picture on."""

    browser: str


class Rule(Record, frozen=True, tag="rule"):
    """A rule of the manual, in the words of its feature."""

    id: str
    text: str


class Scenario(Record, frozen=True, tag="planned"):
    """A scenario that could be run; reason says why it will not be, where that is known beforehand."""

    key: str
    feature: str
    name: str
    procedure: str = ""
    rules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    reason: str = ""


class ScenarioBegan(Record, frozen=True, tag="scenario"):
    """A scenario begins."""

    key: str


class StepBegan(Record, frozen=True, tag="step"):
    """A step of the scenario begins; type is given, when or then; number is the manual's."""

    keyword: str
    text: str
    type: str = ""
    number: int | None = None
    rows: Rows = ()


class Picture(Record, frozen=True, tag="picture"):
    """A screenshot, unedited; passwords were masked by the browser as it took it."""

    moment: Moment
    file: str
    sha256: str
    url: str
    title: str
    window: int


class Note(Record, frozen=True, tag="note"):
    """An observation of which there is no picture, such as a native dialog."""

    text: str


class Differs(Record, frozen=True, tag="differs"):
    """A difference between a site and the feature that is no failure. what: its kind."""

    what: str
    ours: str
    theirs: str


class StepEnded(Record, frozen=True, tag="step_end"):
    """The outcome of the step."""

    outcome: Outcome
    message: str = ""


class ScenarioEnded(Record, frozen=True, tag="scenario_end"):
    """The outcome of the scenario, clearing up included."""

    key: str
    outcome: Outcome
    reason: str = ""


class RunEnded(Record, frozen=True, tag="run_end"):
    """The run ended; reason says why it did so before everything was done."""

    reason: str = ""


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """One line of screens.jsonl: the words of a screen, without the values of its boxes.

    place: the step of the scenario after which it showed, from 1. number: the manual's number of it.
    """

    at: str
    key: str
    place: int
    procedure: str = ""
    number: int | None = None
    window: int = 1
    title: str = ""
    fields: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tabs: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


class Difference(msgspec.Struct, frozen=True):
    """One item of drift.json: the words that only one of two runs shows at the same step."""

    where: str
    screen: str
    kind: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def where_of(key: str, procedure: str, number: int | None, place: int) -> str:
    """Return in words where a step is: its procedure, or else its scenario, and its number or its line."""
    step = f" の {number}." if number else f" {place} 行目"
    return f"手順{procedure}{step}" if procedure else f"{key}{step}"


AnyRecord = (
    RunBegan
    | Used
    | Rule
    | Scenario
    | ScenarioBegan
    | StepBegan
    | Picture
    | Note
    | Differs
    | StepEnded
    | ScenarioEnded
    | RunEnded
)


def now() -> str:
    """Return the local time with its zone, to the millisecond."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


def read_steps(folder: Path) -> list[AnyRecord]:
    """Return the records of steps.jsonl. Raises ValueError, naming the line that cannot be read."""
    return list(_lines(folder / STEPS, msgspec.json.Decoder(AnyRecord)))


def read_screens(folder: Path) -> list[Screen]:
    """Return the screens of screens.jsonl. Raises ValueError, naming the line that cannot be read."""
    return list(_lines(folder / SCREENS, msgspec.json.Decoder(Screen)))


def read_differences(folder: Path) -> list[Difference]:
    """Return the differences of drift.json; none where the run has not been compared. Raises ValueError."""
    path = folder / DRIFT
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Difference]) if path.exists() else []
    except msgspec.DecodeError:
        raise ValueError(f"{path.name} を読めません。") from None


def _lines(path: Path, decoder: msgspec.json.Decoder[T]) -> Iterator[T]:
    if not path.exists():
        return
    # A power cut may leave half a last line; every whole one ends in a line feed.
    *whole, _half = path.read_bytes().split(b"\n")
    for number, line in enumerate(whole, 1):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError:
            raise ValueError(f"{path.name} の {number} 行目を読めません。") from None
