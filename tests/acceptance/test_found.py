"""What the journey learns of a site is beside the state, as lines that only have to be copied."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from steps.acceptance.found import FILE
from steps.ledger import site_name
from tests.acceptance.runs import Run, accept
from tests.harness.foreign.sites import SECRETS, SITES, new_bank

LEGACY = Path(__file__).parents[1] / "harness" / "foreign" / "legacy.toml"
# Three things of which the first part of the manual can do nothing without: a field, a screen, a link.
WITHOUT = ("お客様ID", "サービス一覧", "しんきん電子記録債権サービス")
LINE = re.compile(r'^("(?:[^"\\]|\\.)*") = "？"   # 候補: ("(?:[^"\\]|\\.)*")', re.MULTILINE)


def without(text: str, *words: str) -> str:
    """A deployment file as it was before its tester knew these words."""
    kept = [
        line for line in text.splitlines() if not line.startswith(tuple(f'"{word}" = ' for word in words))
    ]
    return "\n".join(kept).replace("[lock]", "[timeouts]\nfind = 2\n\n[lock]") + "\n"


def copied(file: str, found: str) -> str:
    """The file with the first candidate of every line that was told, in the table that it is for."""
    for table, lines in re.findall(r"^\[(words|screens)\]\n(.*?)(?=^\[|\Z)", found, re.MULTILINE | re.DOTALL):
        for key, candidate in LINE.findall(lines):
            if json.loads(key) not in tomllib.loads(file)[table]:
                file = file.replace(f"[{table}]\n", f"[{table}]\n{key} = {candidate}\n")
    return file


def completed(text: str, state: Path, folder: Path, start: str) -> tuple[list[Run], str]:
    """Run, copy what is told, and go on; a tester would do it no more often either."""
    file, runs = folder / "site.toml", list[Run]()
    for _ in range(len(WITHOUT) + 1):
        file.write_text(text, encoding="utf-8")
        resumed = ("--resume",) if runs else ()
        environ = {**SECRETS, "DENSAI_START": start}
        runs.append(accept(environ, "--until=1-4", "--tags=none", *resumed, file=file, state=state))
        if runs[-1].code == 0:
            break
        text = copied(text, (state / site_name(start) / FILE).read_text(encoding="utf-8"))
    return runs, text


def test_a_file_is_completed_by_copying_the_lines_that_the_runs_tell(tmp_path: Path) -> None:
    whole = LEGACY.read_text(encoding="utf-8")
    with SITES["legacy"](new_bank()) as start:
        runs, text = completed(without(whole, *WITHOUT), tmp_path / "state", tmp_path, start)
    assert runs[-1].code == 0, "\n\n".join(run.told[-2500:] for run in runs) + text
    assert len(runs) == 4
