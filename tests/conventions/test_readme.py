"""The README says what is true: its tables are those of the features, and its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.coverage import README, tables, with_tables

ROOT = README.parent


def test_the_coverage_tables_are_those_of_the_features() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text, "write them anew: python -m tests.docs.coverage"


def test_a_table_that_lags_behind_is_noticed() -> None:
    lagging = README.read_text(encoding="utf-8").replace("| R05 |", "| R55 |")
    assert with_tables(lagging) != lagging


def test_every_step_of_the_manual_is_counted() -> None:
    assert "| | | **50** |" in tables()


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_commands_it_names_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = set(re.findall(r"make ([a-z]+)", text))
    assert asked
    assert asked <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_pictures_and_files_it_names_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:|#)([^)]+)\)", text)
    assert linked
    assert [path for path in linked if not Path(ROOT / path).exists()] == []
