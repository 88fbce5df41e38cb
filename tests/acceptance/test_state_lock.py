"""A state folder belongs to one run at a time; a run that has ended, however it did, holds nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.bank.people import people
from steps.acceptance import accept_command, state_lock
from steps.deployment import DeploymentError
from steps.exit_codes import ExitCode
from steps.ledger import site_name
from tests.acceptance.runs import ROOT, SIMULATOR, environment

START = "http://127.0.0.1:9/"
HOLD = (
    "import sys, pathlib\nfrom steps.acceptance import state_lock\n"
    "with state_lock.held(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
)


@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_a_second_run_ends_with_the_beginning_of_the_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    resume: tuple[str, ...],
) -> None:
    for name, value in environment(people(7), START).items():
        monkeypatch.setenv(name, value)
    with state_lock.held(tmp_path / site_name(START)):
        code = accept_command.accept([f"--deployment={SIMULATOR}", f"--state={tmp_path}", *resume])
    told = capsys.readouterr().err.strip()
    assert code == ExitCode.USAGE
    assert re.match(r"ERROR: 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d に始めた別の実行が", told), told
    assert "\n" not in told


def test_a_lock_that_a_killed_process_has_left_is_none(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DeploymentError, match="別の実行が"), state_lock.held(tmp_path):
            pass
        other.kill()
        other.wait()
    with state_lock.held(tmp_path):
        pass


def test_one_run_after_the_other_may_use_it_and_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    for _ in range(2):
        with state_lock.held(tmp_path / "state"):
            pass
    (tmp_path / "file").write_text("", encoding="ascii")
    with (
        pytest.raises(DeploymentError, match="状態のフォルダーを使えません"),
        state_lock.held(tmp_path / "file"),
    ):
        pass
