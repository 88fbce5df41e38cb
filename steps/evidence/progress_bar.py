"""How far the run is: one bar where there is a terminal, one line a step where there is none."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest

WIDTH = 24


@dataclass
class ProgressBar:
    """Tells a person about each step through pytest's own reporter.

    uncaptured lifts pytest's capturing: steps are told while their test runs.
    """

    reporter: pytest.TerminalReporter
    uncaptured: Callable[[], AbstractContextManager[None]]
    all_steps: int
    done: int = 0
    failed: int = 0

    @property
    def is_bar(self) -> bool:
        """Whether one line is written again and again."""
        return bool(self.reporter.isatty())

    def begin(self) -> None:
        """The dots and file names of pytest itself would only break the lines."""
        self.reporter.showfspath = False

    def step(self, where: str, text: str, *, passed: bool) -> None:
        """A step is done."""
        self.done += 1
        self.failed += not passed
        self.all_steps = max(self.all_steps, self.done)
        with self.uncaptured():
            self._show(f"{where} {text}", "合格" if passed else "不合格")
            self.reporter.flush()

    def end(self) -> None:
        """Leave the bar as it is."""
        self.reporter.ensure_newline()

    def _show(self, text: str, outcome: str) -> None:
        if self.is_bar:
            self.reporter.rewrite(self._bar(text), erase=True)
        else:
            self.reporter.write_line(f"[{self.done}/{self.all_steps}] {outcome} {text}")

    def _bar(self, text: str) -> str:
        full = WIDTH * self.done // self.all_steps
        failed = f" 不合格 {self.failed}" * bool(self.failed)
        whole = f"[{'#' * full}{'-' * (WIDTH - full)}] {self.done}/{self.all_steps}{failed} {text}"
        return _fitting(whole, shutil.get_terminal_size().columns - 1)


def _fitting(text: str, columns: int) -> str:
    """As much of a text as one line of a terminal holds; most Japanese letters take two columns."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > columns:
            return text[:place]
    return text
