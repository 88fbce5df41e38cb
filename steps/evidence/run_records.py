"""What a run leaves behind, line by line: steps.jsonl and screens.jsonl."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

STEPS, SCREENS, MANIFEST = "steps.jsonl", "screens.jsonl", "manifest.json"
REPORT, WORKBOOK, JUNIT, DRIFT = "report.html", "evidence.xlsx", "junit.xml", "drift.json"
Outcome = Literal["passed", "failed", "skipped"]
Moment = Literal["came", "before_click", "failed"]
Rows = tuple[tuple[str, ...], ...]
T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """One line; at is the local time with its zone."""

    at: str = ""


class RunBegan(Record, frozen=True, tag="run"):
    """What is tested, by which version of ours and with which options."""

    name: str
    site: str = ""
    version: str = ""
    options: str = ""


class Used(Record, frozen=True, tag="used"):
    """The browser that is really used, known from the first picture on."""

    browser: str


class Rule(Record, frozen=True, tag="rule"):
    """A rule of the manual, in the words of its feature."""

    id: str
    text: str


class Scenario(Record, frozen=True, tag="planned"):
    """A scenario that there is; reason says why it will not be run, where that is known beforehand."""

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
    """A line of it begins; type is given, when or then, whatever its keyword."""

    keyword: str
    text: str
    type: str = ""
    number: int | None = None
    rows: Rows = ()


class Picture(Record, frozen=True, tag="picture"):
    """A picture as the browser gave it, passwords masked by the browser itself."""

    moment: Moment
    file: str
    sha256: str
    url: str
    title: str
    window: int


class Note(Record, frozen=True, tag="note"):
    """Something seen of which there can be no picture, as a native dialog."""

    text: str


class StepEnded(Record, frozen=True, tag="step_end"):
    """How the line came out."""

    outcome: Outcome
    message: str = ""


class ScenarioEnded(Record, frozen=True, tag="scenario_end"):
    """How the scenario came out, clearing up included."""

    key: str
    outcome: Outcome
    reason: str = ""


class RunEnded(Record, frozen=True, tag="run_end"):
    """The run came to its end; reason says why it did so early."""

    reason: str = ""


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a screen as it came, without any value: what two deployments can be compared by."""

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


AnyRecord = (
    RunBegan
    | Used
    | Rule
    | Scenario
    | ScenarioBegan
    | StepBegan
    | Picture
    | Note
    | StepEnded
    | ScenarioEnded
    | RunEnded
)


def now() -> str:
    """The local time with its zone, to the millisecond."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


def read_steps(folder: Path) -> list[AnyRecord]:
    """Every record of a run. Raises ValueError, naming the line, for one that is none."""
    return list(_lines(folder / STEPS, msgspec.json.Decoder(AnyRecord)))


def read_screens(folder: Path) -> list[Screen]:
    """Every screen of a run. Raises ValueError, naming the line, for one that is none."""
    return list(_lines(folder / SCREENS, msgspec.json.Decoder(Screen)))


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
