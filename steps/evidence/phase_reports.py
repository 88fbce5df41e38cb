"""The outcome of a test from pytest's reports of its phases: setup, call and teardown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from steps.evidence.run_records import Outcome

MOST_LINES, LONGEST_LINE = 12, 1_000
WORST_FIRST: tuple[Outcome, ...] = ("failed", "skipped", "passed")


def outcome_of(reports: Sequence[pytest.TestReport]) -> tuple[Outcome, str]:
    """Return the worst outcome of the phases, and the reasons of those that came out so."""
    outcome = next(each for each in WORST_FIRST if any(report.outcome == each for report in reports))
    reasons = [reason(report) for report in reports if report.outcome == outcome]
    return outcome, "\n".join(filter(None, reasons))


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a phase did not pass; "" for one that did."""
    if isinstance(report.longrepr, tuple):  # of a skip: file, line and reason
        return report.longrepr[2].removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr or "")


def shortened(text: str) -> str:
    """Return the first lines of a text, none of them endless, and a sign where lines are left out."""
    lines = [each[:LONGEST_LINE] for each in text.strip().splitlines()]
    return "\n".join([*lines[:MOST_LINES], *(["…"] if len(lines) > MOST_LINES else [])])
