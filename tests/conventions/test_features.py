"""The features hold the manual, and nothing in them can be passed over in silence.

Every check is shown a folder with the fault that it is for.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.manual.features import FEATURES
from simulator.manual.procedures import procedures
from tests.conventions import feature_faults as faults

JOURNEY = 12  # eleven procedures, logging out twice
Check = Callable[[Path], list[str]]
FIRST_RULE = "  @R01"
SAME_NAME = "  シナリオ: マスターユーザが初めてログインする\n    前提 まだ何も終わっていない\n\n"
ONE_MORE = SAME_NAME.replace("初めて", "もう 1 回")
CHECKS: list[tuple[Check, str, str]] = [
    (faults.unreadable, "    もし 3.", "    もーし 3."),
    (faults.without_steps, FIRST_RULE, "  シナリオ: 空の場面\n\n" + FIRST_RULE),
    (faults.descriptions, "    前提 まだ", "    まだ"),
    (
        faults.duplicate_names,
        "  @R01",
        "  シナリオ: マスターユーザが初めてログインする\n    前提 まだ何も終わっていない\n\n  @R01",
    ),
    (faults.untested_rules, "@R01", "@R02"),
    (faults.unknown_tags, "@R01", "@R24"),
    (faults.steps_without_one_definition, "まだ何も終わっていない", "まだ何も始まっていない"),
    (faults.sentences_beyond_the_grammar, "ボタンをクリックします", "あたりをクリックします"),
    (faults.misnamed, "@手順1-1", "@手順1-2"),
]


def with_fault(folder: Path, old: str, new: str) -> Path:
    """A copy of the features in which procedure 1-1's file has one thing changed everywhere."""
    copy = folder / "features"
    shutil.copytree(FEATURES, copy)
    for path in copy.rglob("*.feature"):
        if "1_1" in path.name or old == "@R01":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new), encoding="utf-8")
    return copy


@pytest.mark.parametrize("check", [check for check, *_ in CHECKS], ids=lambda check: check.__name__)
def test_the_features_are_right(check: Check) -> None:
    assert check(FEATURES) == []


@pytest.mark.parametrize(("check", "old", "new"), CHECKS, ids=[check.__name__ for check, *_ in CHECKS])
def test_the_check_finds_its_fault(check: Check, old: str, new: str, tmp_path: Path) -> None:
    assert check(with_fault(tmp_path, old, new))


def test_eleven_procedures_hold_fifty_steps_word_for_word() -> None:
    known = faults.FINGERPRINTS.read_text(encoding="utf-8").splitlines()
    assert len(known) == 50
    assert faults.fingerprints(procedures()) == known


@pytest.mark.skipif(not faults.MANUAL.exists(), reason="the manual itself is not part of a release")
def test_the_known_words_are_the_manuals_own() -> None:
    known = faults.FINGERPRINTS.read_text(encoding="utf-8").splitlines()
    assert faults.fingerprints_of_manual(faults.MANUAL.read_text(encoding="utf-8")) == known


@pytest.mark.parametrize(
    ("old", "new"), [("入力し、[ログイン]", "入力して、[ログイン]"), ("もし 2. へきしん", "もし 3. へきしん")]
)
def test_one_changed_word_or_number_is_found(old: str, new: str, tmp_path: Path) -> None:
    known = faults.FINGERPRINTS.read_text(encoding="utf-8").splitlines()
    assert faults.fingerprints(procedures(with_fault(tmp_path, old, new))) != known


def test_every_scenario_is_bound_to_a_test(tmp_path: Path) -> None:
    bound = collected()
    assert bound["steps/test_features.py"] == len(faults.played(FEATURES))
    assert bound["steps/test_journey.py"] == JOURNEY
    one_more = with_fault(tmp_path, FIRST_RULE, ONE_MORE + FIRST_RULE)
    assert bound["steps/test_features.py"] != len(faults.played(one_more))


def collected() -> Counter[str]:
    """How many tests pytest finds in each file of steps/."""
    command = [sys.executable, "-m", "pytest", "steps", "--collect-only", "-q", "-p", "no:cacheprovider"]
    told = subprocess.run(command, cwd=faults.ROOT, capture_output=True, text=True, check=True, timeout=60)
    return Counter(line.partition("::")[0] for line in told.stdout.splitlines() if "::" in line)


def sources() -> dict[str, str]:
    """The project's own text files by their path."""
    kinds = {".py", ".md", ".toml", ".html", ".feature"}
    folders = ("simulator", "steps", "fixtures", "features", "tests")
    files = [path for folder in folders for path in (faults.ROOT / folder).rglob("*") if path.suffix in kinds]
    files += faults.ROOT.glob("*.md")
    return {
        str(path.relative_to(faults.ROOT)): path.read_text(encoding="utf-8")
        for path in files
        if path.name != Path(__file__).name
    }


def test_a_procedure_has_one_slug_everywhere() -> None:
    assert faults.strange_slugs(FEATURES, sources()) == []
    assert faults.strange_slugs(FEATURES, {"x.md": "see p1_1_" + "login"}) == ["x.md: p1_1_" + "login"]
