"""The part of the Cucumber Messages protocol that is written here, in the protocol's own names.

The protocol is described by https://github.com/cucumber/messages, whose JSON schema each line fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

PROTOCOL = "34.2.1"  # the release that was read
Status = Literal["PASSED", "FAILED", "SKIPPED", "UNKNOWN"]
Seconds = Mapping[str, int]


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """One line: exactly one of its fields is set, to the message of that kind."""

    meta: Mapping[str, Any] | None = None
    source: Mapping[str, str] | None = None
    gherkin_document: Mapping[str, Any] | None = None
    pickle: Mapping[str, Any] | None = None
    hook: Mapping[str, Any] | None = None
    test_run_started: TestRunStarted | None = None
    test_case: TestCase | None = None
    test_case_started: TestCaseStarted | None = None
    test_step_started: TestStepStarted | None = None
    attachment: Attachment | None = None
    test_step_finished: TestStepFinished | None = None
    test_case_finished: TestCaseFinished | None = None
    test_run_finished: TestRunFinished | None = None


class TestRunStarted(msgspec.Struct, frozen=True, rename="camel"):
    """The run begins."""

    id: str
    timestamp: Seconds


class TestStep(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A step of a test case: that of a pickle, or a hook."""

    id: str
    pickle_step_id: str = ""
    hook_id: str = ""
    step_definition_ids: tuple[str, ...] | None = None
    step_match_arguments_lists: tuple[str, ...] | None = None


class TestCase(msgspec.Struct, frozen=True, rename="camel"):
    """The run of a pickle: its steps with their ids."""

    id: str
    pickle_id: str
    test_steps: tuple[TestStep, ...]
    test_run_started_id: str


class TestCaseStarted(msgspec.Struct, frozen=True, rename="camel"):
    """A test case begins."""

    id: str
    test_case_id: str
    timestamp: Seconds
    attempt: int = 0


class TestStepStarted(msgspec.Struct, frozen=True, rename="camel"):
    """A step begins."""

    test_case_started_id: str
    test_step_id: str
    timestamp: Seconds


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A picture or a text of a step."""

    media_type: str
    content_encoding: Literal["IDENTITY", "BASE64"]  # right before the body: the gate knows it by that
    body: str
    test_case_started_id: str
    test_step_id: str
    timestamp: Seconds
    file_name: str = ""


class TestStepResult(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """The outcome of a step."""

    status: Status
    duration: Seconds
    message: str = ""


class TestStepFinished(msgspec.Struct, frozen=True, rename="camel"):
    """A step ends."""

    test_case_started_id: str
    test_step_id: str
    test_step_result: TestStepResult
    timestamp: Seconds


class TestCaseFinished(msgspec.Struct, frozen=True, rename="camel"):
    """A test case ends."""

    test_case_started_id: str
    timestamp: Seconds
    will_be_retried: bool = False


class TestRunFinished(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """The run ends; message says why it did so early."""

    success: bool
    timestamp: Seconds
    test_run_started_id: str
    message: str = ""


def timestamp(at: str) -> Seconds:
    """Return a time of a record as the protocol has it: whole seconds since 1970, and nanoseconds."""
    when = datetime.fromisoformat(at)
    return {"seconds": int(when.timestamp() // 1), "nanos": when.microsecond * 1000}


def duration(began: str, ended: str) -> Seconds:
    """Return the time between two times of records as the protocol has it; none where a clock went back."""
    between = datetime.fromisoformat(ended) - datetime.fromisoformat(began)
    micro = max(0, round(between.total_seconds() * 1_000_000))
    return {"seconds": micro // 1_000_000, "nanos": micro % 1_000_000 * 1000}
