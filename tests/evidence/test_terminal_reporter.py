"""pytest's terminal still does what the progress uses it for."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from steps.pytest_internals import hide_file_names

ROOT = Path(__file__).parents[2]
TESTED = """import pytest
from steps.pytest_internals import terminal_reporter, uncaptured

def test_it(pytestconfig):
    print("captured")
    with uncaptured(pytestconfig)():
        terminal_reporter(pytestconfig).write_line("uncaptured")
"""


def test_the_names_of_files_can_be_hidden(pytestconfig: pytest.Config) -> None:
    output = io.StringIO()
    reporter = pytest.TerminalReporter(pytestconfig, output)
    hide_file_names(reporter)
    reporter.pytest_runtest_logstart("test_a.py::test_it", ("test_a.py", 1, "test_it"))
    told = "TerminalReporter.showfspath of pytest no longer hides file names: they break the progress"
    assert output.getvalue() == "", told


def test_the_terminal_can_be_written_to_while_a_test_runs(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(TESTED, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="ascii")
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command = [*pytest_, "-c", str(tmp_path / "pytest.ini"), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    told = "pytest's capturemanager or terminalreporter has changed: the progress of a run is not shown\n"
    assert "uncaptured" in done.stdout.splitlines(), told + done.stdout + done.stderr
    assert "\ncaptured" not in done.stdout, told
