"""The manual's demand behind each line of the rules' scenarios, and the lines that no sentence demands."""

from __future__ import annotations

import pytest

from simulator.manual.features import CHOSEN, FEATURES
from simulator.manual.procedures import procedures
from simulator.manual.scenarios import PlayedScenario, played_scenarios
from simulator.manual.wording import fold
from steps.acceptance.demands import DEMANDS, demand_of, is_demanded

ASKED = [each for each in played_scenarios() if CHOSEN not in each.tags]
KEYS = [f"{each.stem}-{each.name}-{place}" for place, each in enumerate(ASKED)]


def outcomes(scenario: PlayedScenario) -> list[str]:
    return [line.text for line in scenario.lines if line.kind == "Outcome"]


def words_of_the_manual() -> str:
    steps = [step for each in procedures() for step in each.steps]
    cells = [cell for step in steps for row in step.rows for cell in row]
    written = (FEATURES / "manual.md").read_text(encoding="utf-8")
    return fold("".join([written, *(step.sentence for step in steps), *cells]))


@pytest.mark.parametrize("scenario", ASKED, ids=KEYS)
def test_every_line_that_a_real_site_is_asked_is_demanded_or_told_to_be_ours(
    scenario: PlayedScenario,
) -> None:
    for line in outcomes(scenario):
        demand_of(line)


def test_what_demands_a_line_stands_in_the_manual() -> None:
    manual = words_of_the_manual()
    assert [each.by for each in DEMANDS if fold(each.by) not in manual] == []


def test_what_nothing_demands_says_why_it_is_asked_of_the_simulator_alone() -> None:
    assert [each.line.pattern for each in DEMANDS if not each.by and not each.why] == []


def test_no_sort_of_line_is_left_over() -> None:
    used = {demand_of(line).line for each in ASKED for line in outcomes(each)}
    assert [each.line.pattern for each in DEMANDS if each.line not in used] == []


def test_a_scenario_that_is_asked_demands_something() -> None:
    """A scenario of which nothing is demanded is @選択; a table of values demands its refusals itself."""
    idle = [
        each.name
        for each in ASKED
        if not any(map(is_demanded, outcomes(each))) and not any("次の値" in line.text for line in each.lines)
    ]
    assert idle == []
