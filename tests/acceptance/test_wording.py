"""A feature in a deployment's own terms: no password is sent for a login ID that may be a stranger's."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pytest_bdd.parser import FeatureParser, Scenario

from simulator.manual.features import FEATURES
from steps.acceptance.asked_part import Asked
from steps.acceptance.feature_rewriting import rewrite
from steps.acceptance.plan import plan
from steps.acceptance.plan_report import plan_report
from steps.deployment import load, without_secrets
from steps.deployment_file import Deployment
from tests.acceptance.runs import SIMULATOR

FEATURE = "ch1_master_setup/p1_1_log_in.feature"
BARE, GOOD = ["1560heki", "D-1560heki"], ["d-1560heki"]


def deployment(nobody: str) -> Deployment:
    made = load(SIMULATOR)
    return replace(made, people=replace(made.people, nobody=nobody))


def scenario_of_ids() -> Scenario:
    feature = FeatureParser(str(FEATURES), FEATURE).parse()
    found = next(each for each in feature.scenarios.values() if "“d-”を付けない" in each.name)
    return found.render({})


@pytest.mark.parametrize(("nobody", "sent"), [("", []), ("d-0000nobody", ["d-0000nobody"])])
def test_a_login_id_that_was_made_up_is_sent_only_where_it_is_known_to_be_nobodys(
    nobody: str, sent: list[str]
) -> None:
    scenario = scenario_of_ids()
    rewrite(scenario, without_secrets(deployment(nobody)), refusals_only=False)
    (table,) = (step.datatable for step in scenario.steps if step.datatable)
    assert [str(row.cells[0].value) for row in table.rows] == ["値", *BARE, *sent, *GOOD]


@pytest.mark.parametrize(
    ("nobody", "words"),
    [("", "people.nobody があれば送ります"), ("d-0000nobody", "「d-0000nobody」を送ります")],
)
def test_the_plan_says_what_becomes_of_it(nobody: str, words: str) -> None:
    made, asked = deployment(nobody), Asked()
    planned = plan(made, asked)
    assert words in plan_report(made, asked, planned)
    ours = next(each for each in planned if "“d-”を付けない" in each.scenario.name)
    assert list(ours.wrong.values()) == [len(BARE)]
