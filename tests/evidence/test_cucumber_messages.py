"""Cucumber Messages of a run: in the protocol's order and with its references, masked, with the pictures."""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from simulator.manual.features import manual_features
from steps.evidence import gate
from steps.evidence.cucumber_messages import write_messages
from steps.evidence.recorder import Recorder
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import Outcome, Scenario
from steps.masking import masked
from tests.evidence.sample_evidence import FIRST, LEFT, RULED, SECRET, played, recorder

# The first procedure, as its feature has it.
WRITTEN = next(each for feature in manual_features() for each in feature.scenarios)
KNOWN = Scenario(f"{WRITTEN.stem}::{WRITTEN.name}", WRITTEN.feature, WRITTEN.name, "1-1", (), ("手順1-1",))


def read(folder: Path) -> list[dict[str, Any]]:
    """Return the messages of a folder as a reader of the protocol gets them."""
    file = folder.parent / "messages.ndjson"
    write_messages(folder, file, lambda text: masked(text, {SECRET}))
    return [msgspec.json.decode(line) for line in file.read_bytes().splitlines()]


def of_kind(messages: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [each[kind] for each in messages if kind in each]


def statuses(messages: list[dict[str, Any]]) -> list[str]:
    return [each["testStepResult"]["status"] for each in of_kind(messages, "testStepFinished")]


def step(made: Recorder, text: str, outcome: Outcome, message: str = "") -> None:
    made.begin_step("もし", text, type_="when", rows=(("値", "a|b\\c"),))
    made.end_step(outcome, message)


def test_every_reference_leads_to_what_came_before(tmp_path: Path) -> None:
    made = recorder(tmp_path / "run")
    made.begin_scenario(FIRST)
    step(made, "ログインする", "passed")
    made.end_scenario("passed")
    made.finish()
    messages = read(tmp_path / "run")
    assert {len(each) for each in messages} == {1}
    assert [*messages[0]] == ["meta"]
    assert [*messages[-1]] == ["testRunFinished"]
    pickles = {each["id"]: each for each in of_kind(messages, "pickle")}
    cases = {each["id"]: each for each in of_kind(messages, "testCase")}
    assert {each["pickleId"] for each in cases.values()} == pickles.keys()
    for case in cases.values():
        of_case = [each["pickleStepId"] for each in case["testSteps"]]
        assert of_case == [each["id"] for each in pickles[case["pickleId"]]["steps"]]
    started = {each["id"]: cases[each["testCaseId"]] for each in of_kind(messages, "testCaseStarted")}
    steps = Counter((id_, each["id"]) for id_, case in started.items() for each in case["testSteps"])
    for kind in ("testStepStarted", "testStepFinished"):
        told = of_kind(messages, kind)
        assert Counter((each["testCaseStartedId"], each["testStepId"]) for each in told) == steps


def test_a_feature_has_the_scenarios_as_they_were_played(tmp_path: Path) -> None:
    made = recorder(tmp_path / "run")
    made.begin_scenario(FIRST)
    step(made, f"「{SECRET}」でログインする", "passed")
    made.end_scenario("passed")
    made.finish()
    messages = read(tmp_path / "run")
    one = of_kind(messages, "source")[0]
    assert one["uri"] == "features/p1_1_log_in.feature"
    assert "    もし 「●●●●」でログインする" in one["data"]
    (pickle, *_) = of_kind(messages, "pickle")
    assert pickle["steps"][0]["argument"]["dataTable"]["rows"][0]["cells"][1]["value"] == "a|b\\c"
    assert SECRET not in str(messages)


def test_what_a_failure_has_kept_from_being_played_is_skipped_in_the_words_of_the_feature(
    tmp_path: Path,
) -> None:
    made = Recorder(tmp_path / "run", RunInfo("訓練用"), lambda: {SECRET})
    made.record_plan([], [KNOWN])
    made.begin_scenario(KNOWN)
    step(made, WRITTEN.lines[0].text, "passed")
    step(made, WRITTEN.lines[1].text, "failed", f"「{SECRET}」が見つかりません。")
    made.end_scenario("failed", "見つかりません。")
    made.finish()
    messages = read(tmp_path / "run")
    assert statuses(messages) == ["PASSED", "FAILED", *["SKIPPED"] * (len(WRITTEN.lines) - 2)]
    failed = of_kind(messages, "testStepFinished")[1]
    assert failed["testStepResult"]["message"] == "「●●●●」が見つかりません。"
    (pickle,) = of_kind(messages, "pickle")
    assert [each["text"] for each in pickle["steps"]] == [each.text for each in WRITTEN.lines]
    assert of_kind(messages, "testRunFinished")[0]["success"] is False


def test_a_scenario_that_was_not_reached_says_why_and_one_that_was_not_chosen_is_left_out(
    tmp_path: Path,
) -> None:
    made = Recorder(tmp_path / "run", RunInfo("訓練用"), set)
    made.record_plan([], [KNOWN, LEFT])
    made.begin_scenario(LEFT)
    made.end_scenario("skipped", LEFT.reason)
    made.finish("人の操作で中断しました。")
    messages = read(tmp_path / "run")
    assert [each["name"] for each in of_kind(messages, "pickle")] == [KNOWN.name]
    assert set(statuses(messages)) == {"SKIPPED"}
    assert [each["body"] for each in of_kind(messages, "attachment")] == ["人の操作で中断しました。"]


def test_a_scenario_that_was_resumed_counts_by_its_last_time(tmp_path: Path) -> None:
    made = recorder(tmp_path / "run")
    for outcome in ("failed", "passed"):
        made.begin_scenario(RULED)
        step(made, "ログインする", outcome)
        made.end_scenario(outcome)
    made.finish()
    messages = read(tmp_path / "run")
    attempts = [each["attempt"] for each in of_kind(messages, "testCaseStarted")]
    again = [each["willBeRetried"] for each in of_kind(messages, "testCaseFinished")]
    assert (attempts[:2], again[:2]) == ([0, 1], [True, False])


def test_a_failure_while_clearing_up_is_told(tmp_path: Path) -> None:
    made = recorder(tmp_path / "run")
    made.begin_scenario(RULED)
    step(made, "ログインする", "passed")
    made.end_scenario("failed", "後片付けができません。")
    made.finish()
    results = [each["testStepResult"] for each in of_kind(read(tmp_path / "run"), "testStepFinished")]
    assert [each["status"] for each in results] == ["PASSED", "FAILED"]
    assert results[1]["message"] == "後片付けができません。"


def test_a_run_that_was_stopped_in_a_step_is_no_success(tmp_path: Path) -> None:
    made = recorder(tmp_path / "run")
    made.begin_scenario(RULED)
    made.begin_step("もし", "ログインする", type_="when")
    made.finish("人の操作で中断しました。")
    messages = read(tmp_path / "run")
    assert statuses(messages)[0] == "UNKNOWN"
    finished = of_kind(messages, "testRunFinished")[0]
    assert (finished["success"], finished["message"]) == (False, "人の操作で中断しました。")


def test_the_masked_pictures_are_attached_and_the_gate_sees_into_them(tmp_path: Path, page: Page) -> None:
    played(tmp_path / "run", page).finish()
    messages = read(tmp_path / "run")
    pictures = [each for each in of_kind(messages, "attachment") if each["mediaType"] == "image/png"]
    contents = [base64.b64decode(each["body"]) for each in pictures]
    assert contents == [path.read_bytes() for path in sorted((tmp_path / "run" / "pictures").iterdir())]
    assert {each["contentEncoding"] for each in pictures} == {"BASE64"}
    assert gate.search([tmp_path / "messages.ndjson"], {SECRET}) == []


@pytest.mark.parametrize("place", ["body", "text"])
def test_the_gate_finds_a_secret_in_a_message(tmp_path: Path, place: str) -> None:
    body = base64.b64encode(b"\0" * 7 + SECRET.encode()).decode()
    line = {"contentEncoding": "BASE64", "body": body} if place == "body" else {"text": SECRET}
    (tmp_path / "messages.ndjson").write_bytes(msgspec.json.encode({"attachment": line}))
    assert len(gate.search([tmp_path / "messages.ndjson"], {SECRET})) == 1


def test_letters_that_happen_to_stand_in_the_code_of_a_picture_are_no_secret(tmp_path: Path) -> None:
    line = {"contentEncoding": "BASE64", "body": base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 40).decode()}
    (tmp_path / "messages.ndjson").write_bytes(msgspec.json.encode({"attachment": line}))
    assert gate.search([tmp_path / "messages.ndjson"], {"iVBORw0"}) == []
