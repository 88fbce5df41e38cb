"""junit.xml: valid by the common schema, a case for each test with its steps, and no secret in it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

import pytest

from steps.evidence.junit import JunitReport, free_file
from steps.evidence.phase_reports import LONGEST_LINE, MOST_LINES, shortened
from steps.evidence.run_records import Outcome
from steps.masking import masked

Phase = Literal["setup", "call", "teardown"]
PHASES: tuple[Phase, ...] = ("setup", "call", "teardown")
# What the schema of the xUnit plugin for Jenkins (junit-10.xsd) allows of what is used here.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
    "failure": set(),
    "error": set(),
    "skipped": set(),
    "system-out": set(),
}
ATTRIBUTES = {
    "testsuites": set(),
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message"},
    "error": {"message"},
    "skipped": {"message"},
    "system-out": set(),
}


def phase(when: Phase, outcome: Outcome = "passed", why: str = "", name: str = "test_a") -> pytest.TestReport:
    skipped = ("steps/test_x.py", 1, f"Skipped: {why}")
    return pytest.TestReport(
        nodeid=f"steps/test_x.py::{name}",
        location=("steps/test_x.py", 1, name),
        keywords={},
        outcome=outcome,
        longrepr=skipped if outcome == "skipped" else why or None,
        when=when,
        duration=0.5,
        user_properties=[("step", "passed: もし クリックする"), ("step", "failed: ならば himitsu12")],
    )


def document(*reports: pytest.TestReport | pytest.CollectReport) -> ET.Element:
    made = JunitReport("受入テスト")
    for each in reports:
        made.add(each)
    return ET.fromstring(made.content(lambda text: masked(text, {"himitsu12"})))  # noqa: S314  our own


def valid(element: ET.Element) -> None:
    assert {child.tag for child in element} <= CHILDREN[element.tag]
    assert set(element.attrib) == ATTRIBUTES[element.tag]
    for child in element:
        valid(child)


def result(root: ET.Element) -> tuple[str, str, str]:
    """Return the tag, the message and the text of the result of the only case."""
    (element,) = (each for case in root.iter("testcase") for each in case if each.tag != "system-out")
    return element.tag, element.attrib["message"], element.text or ""


def test_a_passed_scenario_is_a_case_with_its_steps() -> None:
    root = document(*map(phase, PHASES))
    valid(root)
    (case,) = root.iter("testcase")
    assert case.attrib == {"classname": "steps.test_x", "name": "test_a", "time": "1.500"}
    assert [child.tag for child in case] == ["system-out"]
    assert case[0].text == "step: passed: もし クリックする\nstep: failed: ならば ●●●●"
    assert root[0].attrib["name"] == "受入テスト"


ENDED: dict[str, tuple[list[pytest.TestReport], tuple[str, str, str]]] = {
    "failed": (
        [phase("setup"), phase("call", "failed", "himitsu12 では\x1b[31m"), phase("teardown")],
        ("failure", "●●●● では", "●●●● では"),
    ),
    "failed in its set-up": (
        [phase("setup", "failed", "だめ"), phase("teardown")],
        ("error", "だめ", "だめ"),
    ),
    "failed twice": (
        [phase("setup"), phase("call", "failed", "だめ"), phase("teardown", "failed", "これも")],
        ("failure", "だめ\nこれも", "だめ\nこれも"),
    ),
    "failed in its clearing up": (
        [phase("setup"), phase("call"), phase("teardown", "failed", "だめ")],
        ("error", "だめ", "だめ"),
    ),
    "skipped": ([phase("setup", "skipped", "対象外"), phase("teardown")], ("skipped", "対象外", "対象外")),
    "ended in its middle": ([phase("setup")], ("error", "途中で終わりました。", "途中で終わりました。")),
}


@pytest.mark.parametrize(("reports", "told"), ENDED.values(), ids=ENDED.keys())
def test_a_scenario_that_did_not_pass_says_why(
    reports: list[pytest.TestReport], told: tuple[str, str, str]
) -> None:
    root = document(*reports)
    valid(root)
    assert result(root) == told


def test_a_reason_has_no_more_and_no_longer_lines_than_a_person_reads() -> None:
    told = shortened("\n".join(["x" * 10 * LONGEST_LINE] * 2 * MOST_LINES)).splitlines()
    assert (len(told), told[-1]) == (MOST_LINES + 1, "…")
    assert max(map(len, told)) == LONGEST_LINE


def test_the_suite_counts_its_cases() -> None:
    root = document(
        *(phase(when, name="test_a[1-x::y]") for when in PHASES),
        *(phase(when, "failed" if when == "call" else "passed", "だめ", name="test_b") for when in PHASES),
        pytest.CollectReport("steps/test_y.py", "failed", "SyntaxError", None),
        pytest.CollectReport("steps/test_z.py", "passed", None, None),
    )
    valid(root)
    counts = {name: root[0].attrib[name] for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "3", "failures": "1", "errors": "1", "skipped": "0"}
    names = [(each.attrib["classname"], each.attrib["name"]) for each in root.iter("testcase")]
    assert names == [("steps", "test_y"), ("steps.test_x", "test_a[1-x::y]"), ("steps.test_x", "test_b")]


def test_a_resumed_run_has_a_report_of_its_own(tmp_path: Path) -> None:
    for name in ("junit.xml", "junit-2.xml", "junit-3.xml"):
        assert free_file(tmp_path / "junit.xml").name == name
        (tmp_path / name).touch()
