"""The progress of a run on the terminal: one bar where it is interactive, else one line for each step."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from steps.progress_text import bar
from steps.pytest_internals import Uncaptured, hide_file_names


@dataclass
class ProgressBar:
    """Writes the progress through pytest's reporter.

    uncaptured: a context in which pytest captures no output, as steps are reported while their test runs.
    all_steps: how many steps are expected.
    """

    reporter: pytest.TerminalReporter
    uncaptured: Uncaptured
    all_steps: int
    done: int = 0
    failed: int = 0

    @property
    def is_bar(self) -> bool:
        """Whether one line is written over again."""
        return bool(self.reporter.isatty())

    def begin(self) -> None:
        """Prepare the terminal: file names between the steps would break the bar."""
        hide_file_names(self.reporter)

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
            self.reporter.write_line(f"[{self.done}/{self.all_steps}] {outcome} {text}")

    def _bar(self, text: str) -> str:
        failed = f"不合格 {self.failed} " * bool(self.failed)
        return bar(self.done, self.all_steps, failed + text)
