"""The words that a journey finds on a site stand beside the state, as lines that only have to be copied."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tomllib
from contextlib import suppress
from pathlib import Path

from steps.acceptance.vocabulary_file import FILE
from steps.ledger import Ledger, site_name
from tests.acceptance.canned import served
from tests.acceptance.runs import SIMULATOR, Run, accept, begun
from tests.harness.foreign.sites import SECRETS, SITES, new_bank

LEGACY = Path(__file__).parents[1] / "harness" / "foreign" / "legacy.toml"
# Two things that the first part of the manual can do nothing without: a field and a screen.
WITHOUT = ("お客様ID", "サービス一覧")
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
        runs.append(accept(environ, "--until=1-2", "--tags=none", *resumed, file=file, state=state))
        if runs[-1].code == 0:
            break
        text = copied(text, (state / site_name(start) / FILE).read_text(encoding="utf-8"))
    return runs, text


def test_a_file_is_completed_by_copying_the_lines_that_the_runs_tell(tmp_path: Path) -> None:
    whole = LEGACY.read_text(encoding="utf-8")
    with SITES["legacy"](new_bank()) as start:
        runs, text = completed(without(whole, *WITHOUT), tmp_path / "state", tmp_path, start)
        written = tmp_path / "state" / site_name(start) / FILE
    assert runs[-1].code == 0, "\n\n".join(run.told[-2500:] for run in runs) + text
    for run in runs[:-1]:
        assert LINE.search(run.told.replace('  "', '"')), run.told
        assert f"分かったこと: {written}（写す行 1 件）" in run.told
    assert f"分かったこと: {written}\n" in runs[-1].told
    found = written.read_text(encoding="utf-8")
    assert set(tomllib.loads(found)) == {"found"}  # nothing is lacking any more
    assert tomllib.loads(found)["found"]["サービス一覧"]["title"] == "ご利用サービス選択"
    assert [secret for secret in SECRETS.values() if secret in found] == []
    assert len(runs) == 3


def killed_at_login(file: Path, state: Path) -> str:
    """Return the file of a run that was killed while it waited for the screen after ログイン."""
    with served({"/in": (200, "<h1>お待ちください</h1>")}) as start:
        environ = {**SECRETS, "DENSAI_START": start}
        path = state / site_name(start) / FILE
        with begun(environ, "--tags=none", file=file, state=state) as process:
            watch = Ledger(state / site_name(start) / "ledger", 6, success_resets=True)
            while process.poll() is None and not watch.account("d-1560heki").wrong["login"]:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=60)
        return path.read_text(encoding="utf-8")


def test_a_run_that_is_killed_has_kept_what_it_learnt_up_to_its_last_step(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    text = SIMULATOR.read_text(encoding="utf-8")
    file.write_text(f"{text}\n[timeouts]\nfind = 60\n", encoding="utf-8")
    found = tomllib.loads(killed_at_login(file, tmp_path / "state"))["found"]
    assert {"当金庫ホームページ", "へきしん電子記録債権サービス", "ログイン"} <= set(found)
