"""The progress of a run on the terminal: one bar where it is interactive, else one line for each step."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from steps.pytest_internals import Uncaptured, hide_file_names

WIDTH = 24


@dataclass
class ProgressBar:
    """Writes the progress through pytest's reporter.

    uncaptured: a context in which pytest captures no output, as steps are reported while their test runs.
    all_steps: how many steps are expected. left: returns in words how long the rest will take.
    """

    reporter: pytest.TerminalReporter
    uncaptured: Uncaptured
    all_steps: int
    left: Callable[[], str] = str
    done: int = 0
    failed: int = 0

    @property
    def is_bar(self) -> bool:
        """Whether one line is written over again."""
        return bool(self.reporter.isatty())

    def begin(self) -> None:
        """Prepare the terminal: file names between the steps would break the bar."""
        hide_file_names(self.reporter)

    def now(self, where: str, text: str) -> None:
        """Show the step that is being played, where there is a bar; a list has it once it has ended."""
        if self.is_bar:
            with self.uncaptured():
                self.reporter.rewrite(self._bar(f"{where} {text}"), erase=True)
                self.reporter.flush()

    def step(self, where: str, text: str, *, passed: bool) -> None:
        """Report a step that has ended."""
        self.done += 1
        self.failed += not passed
        self.all_steps = max(self.all_steps, self.done)
        with self.uncaptured():
            self._show(f"{where} {text}", "合格" if passed else "不合格")
            self.reporter.flush()

    def end(self) -> None:
        """Begin a new line under the bar."""
        self.reporter.ensure_newline()

    def _show(self, text: str, outcome: str) -> None:
        if self.is_bar:
            self.reporter.rewrite(self._bar(text), erase=True)
        else:
            self.reporter.write_line(" ".join(filter(None, (self._count(), self.left(), outcome, text))))

    def _bar(self, text: str) -> str:
        full = WIDTH * self.done // self.all_steps
        failed = f" 不合格 {self.failed}" * bool(self.failed)
        bar = f"[{'#' * full}{'-' * (WIDTH - full)}] {self.done}/{self.all_steps}{failed}"
        whole = " ".join(filter(None, (bar, self.left(), text)))
        return _cut(whole, shutil.get_terminal_size().columns - 1)

    def _count(self) -> str:
        return f"[{self.done}/{self.all_steps}]"


def _cut(text: str, columns: int) -> str:
    """Return the beginning of a text that fits so many columns; most Japanese letters take two."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > columns:
            return text[:place]
    return text
