"""The journey: in the manual's order, whole on one worker, and never going on over a gap."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from playwright.sync_api import BrowserContext

from simulator.manual.order import ORDER
from simulator.manual.procedures import procedures
from simulator.store import Seat
from steps.bank_under_test import BankUnderTest
from steps.driver.failure import StepFailure
from steps.xdist_scheduling import group_of


@pytest.fixture
def journey(context: BrowserContext) -> BankUnderTest:
    """A journey at its beginning; its seat is never asked for more than its seed."""
    return BankUnderTest(context, cast("Seat", SimpleNamespace(seed=7)), "about:blank", journey=True)


def test_a_procedure_runs_only_when_the_one_before_is_done(journey: BankUnderTest) -> None:
    journey.start_after("")
    with pytest.raises(StepFailure, match="手順1-2が終わっていないため、続きを実行できません。"):
        journey.start_after("1-2")
    journey.story.done.append("1-2")
    journey.start_after("1-2")


def test_a_screen_that_the_journey_has_not_reached_is_not_gone_to(journey: BankUnderTest) -> None:
    journey.windows.front.set_content("<h1>トップ</h1>")
    journey.reach("トップ")
    with pytest.raises(StepFailure, match="「サービス一覧」画面が表示されていません。"):
        journey.reach("サービス一覧")


def test_every_procedure_has_its_place_and_logging_out_two() -> None:
    assert [each for each in ORDER if not each.startswith("4")] == [p.id for p in procedures() if p.id != "4"]
    assert [each for each in ORDER if each.startswith("4")] == ["4 マスターユーザ", "4 一般ユーザ"]


def test_only_the_journey_stays_together() -> None:
    journey = {group_of(f"steps/test_journey.py::test_{name}") for name in ("p1_1_log_in", "p4_log_out[a]@x")}
    others = {group_of(f"steps/test_features.py::test_{name}") for name in ("a", "b[1]")}
    assert len(journey) == 1
    assert len(others) == 2
