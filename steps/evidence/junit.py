"""junit.xml: a run's test results for CI servers, with the steps of each scenario.

It is valid by the schema of the xUnit plugin for Jenkins, junit-10.xsd, which has no properties in a test
case: what a test has recorded of itself (each step with its outcome) stands in ``system-out``, a line each.
pytest's own writer is not used: on a full disk it ends pytest before the evidence can be sealed.
"""

from __future__ import annotations

import platform
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from steps.evidence.phase_reports import outcome_of, reason, shortened
from steps.evidence.run_results import NOT_ENDED

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Mask = Callable[[str], str]


@dataclass
class JunitReport:
    """The test results of one run, added as pytest reports them."""

    suite: str
    began: datetime = field(default_factory=lambda: datetime.now().astimezone())
    tests: dict[str, list[pytest.TestReport]] = field(default_factory=dict)
    not_collected: list[pytest.CollectReport] = field(default_factory=list)

    def add(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Add the report of a phase of a test, or of a file that could not be collected."""
        if isinstance(report, pytest.TestReport):
            self.tests.setdefault(report.nodeid, []).append(report)
        elif report.failed:
            self.not_collected.append(report)

    def content(self, mask: Mask) -> bytes:
        """Return the XML document. mask is applied to every text that a test has written."""
        cases = [_not_collected(each, mask) for each in self.not_collected]
        cases += [_test_case(nodeid, phases, mask) for nodeid, phases in self.tests.items()]
        results = Counter(child.tag for case in cases for child in case)
        numbers = {"tests": len(cases), "failures": results["failure"], "errors": results["error"]}
        numbers["skipped"] = results["skipped"]
        seconds = (datetime.now().astimezone() - self.began).total_seconds()
        suite = _element(
            "testsuite",
            name=self.suite,
            **{name: str(number) for name, number in numbers.items()},
            time=f"{seconds:.3f}",
            timestamp=self.began.isoformat(timespec="milliseconds"),
            hostname=platform.node(),
        )
        suite.extend(cases)
        root = ET.Element("testsuites")
        root.append(suite)
        content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return content


def free_file(file: Path) -> Path:
    """Return this file, or where it exists the first of name-2, name-3 and so on that does not."""
    others = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(each for each in chain([file], others) if not each.exists())


def _test_case(nodeid: str, phases: Sequence[pytest.TestReport], mask: Mask) -> ET.Element:
    seconds = sum(each.duration for each in phases)
    case = _element("testcase", **_names(nodeid), time=f"{seconds:.3f}")
    result = _result(phases)
    if result is not None:
        tag, why, details = result
        case.append(_element(tag, mask(details), message=mask(shortened(why))))
    if recorded := [f"{name}: {value}" for name, value in phases[-1].user_properties]:
        case.append(_element("system-out", mask("\n".join(recorded))))
    return case


def _result(phases: Sequence[pytest.TestReport]) -> tuple[str, str, str] | None:
    """Return the element of the result, why and in detail; None for a test that passed."""
    if phases[-1].when != "teardown":  # pytest was ended in the middle of the test
        return "error", NOT_ENDED, NOT_ENDED
    outcome, why = outcome_of(phases)
    if outcome == "passed":
        return None
    if outcome == "skipped":
        return "skipped", why, why
    failed = [each for each in phases if each.failed]
    tag = "failure" if any(each.when == "call" for each in failed) else "error"
    return tag, why, "\n".join(str(each.longrepr) for each in failed)


def _not_collected(report: pytest.CollectReport, mask: Mask) -> ET.Element:
    case = _element("testcase", **_names(report.nodeid), time="0")
    case.append(_element("error", mask(str(report.longrepr)), message=mask(shortened(reason(report)))))
    return case


def _names(nodeid: str) -> dict[str, str]:
    """Return how CI servers name a test: its file and classes with dots, and its name with its parameters."""
    plain, bracket, parameters = nodeid.partition("[")
    file, *inside = plain.split("::")
    parts = [*file.removesuffix(".py").split("/"), *inside]
    return {"classname": ".".join(parts[:-1]), "name": parts[-1] + bracket + parameters}


def _element(tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Return an element; letters that XML cannot hold, such as the colours of a terminal, are left out."""
    element = ET.Element(tag, {name: NOT_XML.sub("", value) for name, value in attributes.items()})
    element.text = NOT_XML.sub("", text) or None
    return element
