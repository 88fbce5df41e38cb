"""How far the run is: a bar that never wraps where there is a terminal, else one line a step."""

from __future__ import annotations

import unicodedata
from contextlib import nullcontext
from typing import cast

import pytest

from steps.evidence.progress_bar import ProgressBar


class Reporter:
    """The part of pytest's reporter that the progress uses."""

    def __init__(self, *, terminal: bool) -> None:
        self._terminal = terminal
        self.written: list[str] = []
        self.showfspath = True

    def isatty(self) -> bool:
        return self._terminal

    def rewrite(self, line: str, *, erase: bool) -> None:
        assert erase
        self.written.append(line)

    def write_line(self, line: str) -> None:
        self.written.append(line)

    def flush(self) -> None:
        self.written.append("")

    def ensure_newline(self) -> None:
        self.written.append("\n")


def told(reporter: Reporter, left: str = "") -> list[str]:
    progress = ProgressBar(cast("pytest.TerminalReporter", reporter), nullcontext, 2, lambda: left)
    progress.begin()
    progress.step("手順1-1", "1. 当金庫のホームページを表示します。" * 4, passed=True)
    progress.step("手順1-1", "2. 次", passed=False)
    progress.end()
    return [line for line in reporter.written if line.strip()]


def test_each_step_is_a_line_where_there_is_no_terminal() -> None:
    lines = told(Reporter(terminal=False))
    assert lines[0].startswith("[1/2] 合格 手順1-1 1. 当金庫の")
    assert lines[1] == "[2/2] 不合格 手順1-1 2. 次"


def test_a_terminal_has_a_bar_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    first, second = told(Reporter(terminal=True))
    assert first.startswith(f"[{'#' * 12}{'-' * 12}] 1/2 手順1-1")
    assert sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in first) < 60
    assert second == f"[{'#' * 24}] 2/2 不合格 1 手順1-1 2. 次"


def test_a_bar_shows_the_step_that_is_being_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for terminal, shown in ((True, [f"[{'-' * 24}] 0/2 手順1-1 3. 送る"]), (False, [])):
        reporter = Reporter(terminal=terminal)
        progress = ProgressBar(cast("pytest.TerminalReporter", reporter), nullcontext, 2)
        progress.now("手順1-1", "3. 送る")
        assert [line for line in reporter.written if line] == shown


def test_how_long_it_will_take_stands_beside_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert told(Reporter(terminal=False), "残り約 3 分")[1] == "[2/2] 残り約 3 分 不合格 手順1-1 2. 次"
    bar = told(Reporter(terminal=True), "残り約 3 分")[1]
    assert bar == f"[{'#' * 24}] 2/2 不合格 1 残り約 3 分 手順1-1 2. 次"
