"""A browser that is not there is told in one sentence before the site is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.bank.people import people
from steps.evidence.verify import verify
from steps.exit_codes import ExitCode
from tests.acceptance.canned import served
from tests.acceptance.runs import Run, accept, environment
from tests.acceptance.test_bad_input import file_with
from tests.acceptance.test_probe import probe

PEOPLE = people(7)
CHANNEL = "msedge-canary"  # of Windows and macOS alone
NO_PROGRAM = "DENSAI_BROWSER のブラウザーがありません。"
NOT_STARTED = f"ブラウザー {CHANNEL} を起動できません。"


def assert_told(run: Run, code: int, sentence: str) -> None:
    assert run.code == code, run.told
    assert sentence in run.told
    assert "Traceback" not in run.told
    assert "Call log" not in run.told


def test_accept_says_that_the_channel_is_not_installed(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    with served({}) as start:
        file = file_with(tmp_path, site=f'channel = "{CHANNEL}"')
        options = ("--tags=none", f"--evidence={evidence}")
        run = accept(environment(PEOPLE, start), *options, file=file, state=tmp_path / "state")
    assert_told(run, ExitCode.STOPPED, NOT_STARTED)
    assert "site.channel を直してください。" in run.told
    assert "DENSAI_BROWSER" not in run.told
    assert "--resume" in run.told
    assert verify(evidence).code == ExitCode.STOPPED
    assert NOT_STARTED in (evidence / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("named", ["/nowhere/chrome", "no-such-browser"])
def test_accept_and_probe_say_that_the_named_browser_is_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("DENSAI_BROWSER", named)
    evidence = tmp_path / "evidence"
    options = ("--tags=none", f"--evidence={evidence}")
    run = accept(
        environment(PEOPLE, "http://127.0.0.1:9/"),
        *options,
        file=file_with(tmp_path),
        state=tmp_path / "state",
    )
    assert_told(run, ExitCode.USAGE, NO_PROGRAM)
    assert not (tmp_path / "state").exists()
    assert not evidence.exists()
    assert_told(probe("http://127.0.0.1:9/", tmp_path / "new.toml"), ExitCode.STOPPED, NO_PROGRAM)


def test_a_program_that_is_no_browser_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("DENSAI_BROWSER", str(program))
    told = "ブラウザーを起動できません。"
    run = accept(
        environment(PEOPLE, "http://127.0.0.1:9/"),
        "--tags=none",
        file=file_with(tmp_path),
        state=tmp_path / "state",
    )
    assert_told(run, ExitCode.STOPPED, told)
    assert_told(probe("http://127.0.0.1:9/", tmp_path / "new.toml"), ExitCode.STOPPED, told)


def test_probe_says_that_the_channel_is_not_installed(tmp_path: Path) -> None:
    run = probe("http://127.0.0.1:9/", tmp_path / "new.toml", f"--channel={CHANNEL}")
    assert_told(run, ExitCode.STOPPED, NOT_STARTED)
    assert "を開けません" not in run.told
