"""How long a run will take is told from the last run or from its own pace, and not before it can be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.acceptance.pace import FEWEST_LINES, FILE, Pace, in_words


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def played(pace: Pace, clock: Clock, nodeid: str, lines: int, seconds: float, *, whole: bool = True) -> None:
    pace.begin(nodeid)
    for _ in range(lines):
        clock.now += seconds / lines
        pace.line()
    pace.end(nodeid, whole=whole)


def test_a_new_site_has_no_estimate_until_some_lines_were_played(tmp_path: Path, clock: Clock) -> None:
    pace = Pace(tmp_path / FILE, clock)
    pace.plan({"a": FEWEST_LINES, "b": 10, "c": 20})
    assert (pace.lines, pace.left()) == (FEWEST_LINES + 30, None)
    pace.begin("a")
    for _ in range(FEWEST_LINES - 1):
        clock.now += 2
        pace.line()
    assert pace.left() is None
    clock.now += 2
    pace.line()
    pace.end("a", whole=True)
    assert pace.left() == 60  # 30 lines of 2 seconds
    pace.begin("b")
    clock.now += 5
    assert pace.left() == pytest.approx(30 * (2 * FEWEST_LINES + 5) / FEWEST_LINES - 5)


def test_the_next_run_is_told_from_this_one_at_once(tmp_path: Path, clock: Clock) -> None:
    first = Pace(tmp_path / FILE, clock)
    first.plan({"a": 2, "b": 2, "c": 2})
    played(first, clock, "a", 2, 30)
    played(first, clock, "b", 2, 90)
    played(first, clock, "c", 2, 500, whole=False)  # it failed, which tells nothing
    second = Pace(tmp_path / FILE, clock)
    second.plan({"a": 2, "b": 2})
    assert second.left() == 120
    played(second, clock, "a", 2, 10)
    assert second.left() == 90
    third = Pace(tmp_path / FILE, clock)
    third.plan({"a": 2, "c": 2})
    assert third.left() is None


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": "x"}'])
def test_a_file_that_cannot_be_read_is_none(tmp_path: Path, clock: Clock, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="ascii")
    pace = Pace(tmp_path / FILE, clock)
    pace.plan({"a": 2})
    assert pace.left() is None


def test_a_disk_that_is_full_ends_nothing(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    pace = Pace(tmp_path / "file" / FILE, clock)
    pace.plan({"a": 2})
    played(pace, clock, "a", 2, 30)
    assert pace.left() == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "約 10 秒"),
        (14, "約 10 秒"),
        (44, "約 40 秒"),
        (89, "約 90 秒"),
        (90, "約 2 分"),
        (280, "約 5 分"),
    ],
)
def test_a_time_is_told_as_a_person_would(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
