"""Who may import whom: the bank knows nothing of training, rules nothing but the world."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BANK, DOMAIN = ROOT / "simulator" / "bank", ROOT / "simulator" / "domain"
# In a process that has no site-packages; ``simulator`` itself starts Flask, so it is stood in for.
ALONE = """
import importlib, pathlib, sys, types
root = pathlib.Path(sys.argv[1])
simulator = types.ModuleType("simulator")
simulator.__path__ = [str(root / "simulator")]
sys.modules["simulator"] = simulator
for file in sorted((root / "simulator/domain/rules").glob("*.py")):
    importlib.import_module("simulator.domain.rules." + file.stem)
"""


def imports_of(source: str) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def outside(source: str, allowed: tuple[str, ...]) -> list[str]:
    """The imports of a file that are neither Python's own nor below one of ``allowed``."""
    return sorted(
        name
        for name in imports_of(source)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == each or name.startswith(f"{each}.") for each in allowed)
    )


def files(*folders: Path) -> list[Path]:
    return sorted(file for folder in folders for file in folder.rglob("*.py"))


@pytest.mark.parametrize(
    "file", files(BANK, DOMAIN, ROOT / "simulator" / "store"), ids=lambda file: file.name
)
def test_the_bank_and_its_store_know_nothing_of_training(file: Path) -> None:
    strangers = (
        "simulator.training",
        "simulator.manual.procedures",
        "simulator.manual.grammar",
        "simulator.serving",
    )
    known = imports_of(file.read_text(encoding="utf-8"))
    assert [name for name in known if name.startswith((*strangers, "fixtures", "steps", "tests"))] == []


@pytest.mark.parametrize("file", [*files(DOMAIN / "rules"), DOMAIN / "world.py"], ids=lambda file: file.name)
def test_rules_and_world_need_only_python_and_each_other(file: Path) -> None:
    allowed = ("simulator.domain.rules", "simulator.domain.world")
    assert outside(file.read_text(encoding="utf-8"), allowed) == []


@pytest.mark.parametrize("file", files(DOMAIN / "rules"), ids=lambda file: file.name)
def test_a_rule_never_reads_a_clock(file: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = [ast.unparse(call.func) for call in calls]
    assert [name for name in names if name.endswith((".now", ".today", ".utcnow", "time.time"))] == []


def test_only_the_store_speaks_sql() -> None:
    speakers = {
        file.parent.name
        for file in files(ROOT / "simulator")
        if any(name.startswith("sqlalchemy") for name in imports_of(file.read_text(encoding="utf-8")))
    }
    # Starting the server names the database and reads what is wrong with it.
    assert speakers <= {"store", "simulator"}


def test_the_rules_run_where_nothing_is_installed() -> None:
    command = [sys.executable, "-S", "-I", "-c", ALONE, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "line",
    ["from simulator.training import desk", "import flask", "def f() -> None:\n    from flask import g"],
)
def test_a_forbidden_import_is_noticed_wherever_it_stands(line: str) -> None:
    assert outside(f"import re\n{line}\n", ("simulator.bank",)) != []
