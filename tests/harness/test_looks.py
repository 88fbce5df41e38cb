"""A search looks until its time is over, and once more: a slow computer finds the thing, too."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page

from simulator.manual.grammar import Press
from steps.driver.find import Finder
from steps.driver.looks import Looks
from steps.driver.profile import Locate, Profile, Timeouts
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions

STEPS = Path(__file__).parents[2] / "steps"
WAITS = Timeouts(find=0.5, role=0.3, perhaps=0.1)


def nothing() -> None:
    """Nothing to do between two looks."""


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which everything takes ten seconds."""
    ticks = count(step=10)
    monkeypatch.setattr("steps.driver.looks.monotonic", lambda: float(next(ticks)))


def test_the_last_look_is_begun_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("steps.driver.looks.monotonic", lambda: clock[0])
    begun = []
    for look in Looks(0.5, nothing):
        begun.append((look.waited, look.is_last))
        clock[0] += 0.4
    assert begun == [(0.0, False), (0.4, False), (0.8, True)]


@pytest.mark.usefixtures("slow")
def test_there_is_one_whole_look_at_least() -> None:
    assert [look.is_last for look in Looks(0.5, nothing)] == [True]
    assert Looks(0.5, nothing).until(lambda: True)


def test_the_time_can_be_cut_short_and_not_prolonged(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("steps.driver.looks.monotonic", lambda: clock[0])
    looks, begun = Looks(5, nothing), []
    for look in looks:
        begun.append(look.waited)
        looks.end_in(1 if clock[0] else 100)
        clock[0] += 1
    assert begun == [0.0, 1.0, 2.0]


@pytest.mark.usefixtures("slow")
def test_a_slow_computer_has_looked_by_words_and_by_file_before_it_gives_up(
    page: Page, opened: Windows
) -> None:
    field = "<table><tr><td>■お客様ID：<td><input id=x></table>"
    page.set_content(f"<p>トップ</p>{field}<a href='#' id=y>進む</a>")
    finder = Finder(opened, Profile(find={"次へ": Locate(css="#y")}, timeouts=WAITS))
    assert finder.field("お客様ID").get_attribute("id") == "x"
    assert finder.pressable(Press("次へ", "button")).get_attribute("id") == "y"
    assert finder.soon(Press("進む", "link"))
    WordQuestions(opened, finder, Profile(timeouts=WAITS)).shows("トップ")


def test_nothing_else_waits_by_the_clock() -> None:
    files = (path for path in STEPS.rglob("*.py") if "monotonic" in path.read_text(encoding="utf-8"))
    # The other two wait for nothing: one counts how long an answer takes, one how long a scenario took.
    assert {path.name for path in files} == {"looks.py", "form_answer.py", "browser_watch.py", "pace.py"}
