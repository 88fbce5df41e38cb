"""The pages lead where they say, hold what the code holds, and are found from the front page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs import deployment_keys
from tests.docs.coverage import tables
from tests.docs.generated import PARTS, filled, parts_of
from tests.docs.pages import ROOT, Link, anchors, blocks, links, missing_files, name_of, pages, text_of

COVERAGE = ROOT / "docs" / "dev" / "coverage.md"
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
MOST_LINES = 100


def target(path: Path, link: Link) -> Path:
    """Return the file or folder to which a link of a page leads."""
    return (path.parent / link.path).resolve() if link.path else path


def is_dead(path: Path, link: Link) -> bool:
    to = target(path, link)
    if not to.exists() or not to.is_relative_to(ROOT):
        return True
    return bool(link.anchor) and link.anchor not in anchors(to)


def test_every_link_leads_to_a_file_and_its_heading() -> None:
    dead = [f"{name_of(path)}: {link}" for path in pages() for link in links(path) if is_dead(path, link)]
    assert dead == []


@pytest.mark.parametrize("link", [Link("gone.md", "", False), Link("README.md", "nowhere", False)])
def test_a_dead_link_is_noticed(link: Link) -> None:
    assert is_dead(ROOT / "README.md", link)


def test_every_file_that_a_page_names_is_there() -> None:
    assert [f"{name_of(path)}: {name}" for path in pages() for name in missing_files(path)] == []


def test_every_page_is_found_from_the_front_page() -> None:
    found, new = set[Path](), {ROOT / "README.md"}
    while new:
        found |= new
        leads = {target(path, link) for path in new for link in links(path)}
        new = {to for to in leads if to.suffix == ".md"} - found
    proofs = set((ROOT / "docs").glob("proof*.md"))  # `make prove` writes them, one for each way of asking
    assert set(pages()) - proofs - found == set()


def test_every_picture_is_shown_somewhere() -> None:
    shown = {target(path, link) for path in pages() for link in links(path) if link.is_picture}
    assert set((ROOT / "docs" / "pictures").iterdir()) - shown == set()


def test_every_picture_says_what_it_shows() -> None:
    assert [name_of(path) for path in pages() if re.search(r"!\[\s*\]", text_of(path))] == []


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_a_front_page_is_short_and_has_one_picture(name: str) -> None:
    path = ROOT / name
    assert len(text_of(path).splitlines()) <= MOST_LINES
    assert sum(link.is_picture for link in links(path)) == 1


def test_the_front_pages_and_the_changelog_tell_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.findall(r"^## (\S+)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)[0] == version
    assert all(version in text_of(ROOT / name) for name in ("README.md", "README.ja.md"))


# What is made from the code ---------------------------------------------------------------------


def test_the_generated_parts_are_those_of_the_code() -> None:
    lagging = [name_of(path) for path in pages() if filled(text_of(path)) != text_of(path)]
    assert lagging == [], "write them anew: make docs"


def test_every_generated_part_stands_on_one_page() -> None:
    assert sorted(name for path in pages() for name in parts_of(text_of(path))) == sorted(PARTS)


def test_a_table_that_lags_behind_is_noticed() -> None:
    lagging = text_of(COVERAGE).replace("| R05 |", "| R55 |")
    assert lagging != text_of(COVERAGE)
    assert filled(lagging) == text_of(COVERAGE)


def test_every_step_of_the_manual_is_counted() -> None:
    assert "| | | **50** |" in tables()


def test_every_key_of_a_deployment_file_has_a_sentence_and_nothing_else_has() -> None:
    assert deployment_keys.keys() == set(deployment_keys.SENTENCES)


def test_every_toml_block_is_toml() -> None:
    for path in pages():
        for block in blocks(path):
            if block.language == "toml":
                tomllib.loads(block.text)


# Decisions --------------------------------------------------------------------------------------


def test_a_decision_has_its_number_and_four_parts() -> None:
    parts = ["Context", "Decision", "Consequences", "Alternatives"]
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    for path in DECISIONS:
        assert re.findall(r"^## (.+)$", text_of(path), re.MULTILINE) == parts, path.name
        assert text_of(path).startswith(f"# {int(path.name[:4])}. "), path.name
