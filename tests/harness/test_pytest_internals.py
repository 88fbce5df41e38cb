"""The undocumented parts of pytest, pytest-bdd and pytest-xdist are as steps/pytest_internals.py needs them.

A test that fails says in one sentence what a new release has changed.
"""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from steps.pytest_internals import EXAMPLE

ROOT = Path(__file__).parents[2]
FEATURE = """# language: ja
機能: 表
  シナリオアウトライン: 座る
    前提 <人>が座る
    例:
      | 人 |
      | 花子 |
"""
TEST = """from pytest_bdd import scenarios
from steps.pytest_internals import print_past_capture

scenarios("outline.feature")


def test_plain(pytestconfig):
    print("captured line")
    print_past_capture(pytestconfig, "line at once", yellow=True)
"""
CONFTEST = """from steps.pytest_internals import example_of, rendered_scenario, scenario_template


def pytest_collection_finish(session):
    for item in session.items:
        rendered = rendered_scenario(item)
        print("template", getattr(scenario_template(item), "name", "none"))
        print("example", example_of(item))
        print("rendered", [step.name for step in rendered.steps] if rendered else "none")
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The output of a run that collects an outline and plays a plain test."""
    folder = tmp_path_factory.mktemp("internals")
    for name, text in (("outline.feature", FEATURE), ("test_outline.py", TEST), ("conftest.py", CONFTEST)):
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(folder), "-p", "no:cacheprovider"]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout + done.stderr


def test_pytest_bdd_registers_the_scenario_of_a_test(output: str) -> None:
    assert "template 座る" in output, (
        "pytest-bdd no longer has the scenario of a test's function in scenario_wrapper_template_registry."
    )
    assert "template none" in output, "A plain test is taken for a scenario."


def test_pytest_bdd_passes_an_example_by_its_own_parameter(output: str) -> None:
    assert "example {'人': '花子'}" in output, (
        f"pytest-bdd no longer has the row of an outline's examples in item.callspec.params['{EXAMPLE}']."
    )
    assert "example {}" in output, "A plain test has an example."


def test_pytest_bdd_renders_a_template_with_an_example(output: str) -> None:
    assert "rendered ['花子が座る']" in output, (
        "pytest-bdd's ScenarioTemplate.render no longer fills the columns of an example into the steps."
    )


def test_pytest_prints_a_line_past_its_capture(output: str) -> None:
    assert "line at once" in output, (
        "pytest's plugins terminalreporter and capturemanager no longer have write_line and "
        "global_and_fixture_disabled."
    )
    assert "captured line" not in output, "pytest shows what a test that passes prints."


def test_xdist_asks_for_the_scope_of_a_test_by_its_node_id() -> None:
    asked = inspect.signature(LoadScopeScheduling._split_scope).parameters
    made = inspect.signature(LoadScopeScheduling.__init__).parameters
    assert (list(asked), list(made)) == (["self", "nodeid"], ["self", "config", "log"]), (
        "pytest-xdist's LoadScopeScheduling no longer asks _split_scope(nodeid) for the group of a test."
    )
    source = inspect.getsource(LoadScopeScheduling)
    assert "self._split_scope(nodeid)" in source, (
        "pytest-xdist's LoadScopeScheduling has _split_scope and does not call it."
    )
