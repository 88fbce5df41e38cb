"""Layering that import-linter's contracts in pyproject.toml cannot state: of imports and calls."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "simulator" / "domain" / "rules").glob("*.py"))
# The hand-over of a command to the packages of the test extra, which may not be installed.
BY_NAME = {"simulator/cli.py"}
# In a process that has no site-packages.
ALONE = """
import importlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root))
for folder in ("domain", "domain/rules"):
    for file in sorted((root / "simulator" / folder).glob("*.py")):
        importlib.import_module(f"simulator.{folder.replace('/', '.')}.{file.stem}".removesuffix(".__init__"))
"""


def calls(source: str) -> list[str]:
    """Everything that a file calls, by the words it is called with."""
    return [ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def clocks(source: str) -> list[str]:
    """The calls that ask what time it is."""
    return [name for name in calls(source) if name.endswith((".now", ".today", ".utcnow", "time.time"))]


def by_name(source: str) -> list[str]:
    """The calls that import a module by its name: no tool sees what they import."""
    return [name for name in calls(source) if name.endswith(("import_module", "__import__"))]


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.name)
def test_a_rule_never_reads_a_clock(file: Path) -> None:
    assert clocks(file.read_text(encoding="utf-8")) == []


def test_only_the_table_of_commands_imports_by_name() -> None:
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "simulator").rglob("*.py")
        if by_name(file.read_text(encoding="utf-8"))
    }
    assert found == BY_NAME


def test_the_world_and_the_rules_run_where_nothing_is_installed() -> None:
    command = [sys.executable, "-S", "-I", "-c", ALONE, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr


def test_the_checks_find_their_faults() -> None:
    assert clocks("def f():\n    return datetime.now(UTC)\n") == ["datetime.now"]
    assert by_name("def f():\n    return importlib.import_module('steps')\n") == ["importlib.import_module"]
