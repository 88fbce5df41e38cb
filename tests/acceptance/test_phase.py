"""The last part of a run on the simulator: all of it, and stopped in its middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import pytest

from fixtures.server import Server
from simulator.bank.people import People
from simulator.manual.order import ORDER
from simulator.store import Seat
from simulator.training import starts
from steps.acceptance.asked_part import Asked
from steps.acceptance.disposable_accounts import FILE as ACCOUNTS
from steps.acceptance.journey_state import FILE as PROGRESS
from steps.acceptance.plan import plan
from steps.deployment import load
from steps.evidence.verify import verify
from steps.exit_codes import ExitCode
from steps.ledger import site_name
from tests.acceptance.runs import SIMULATOR, accept, begun, environment

# The 前提 of both scenarios of R14 that are played on users made for it.
GIVEN = "手順3-2 R14 一般ユーザが「ログインパスワード変更」画面を表示している"
Begun = AbstractContextManager[subprocess.Popen[str]]


@pytest.fixture
def start(seat: Seat, bank_server: Server) -> str:
    """A bank in which the master has done all his part."""
    starts.reset(seat, "3-1")
    return bank_server.address(seat.code)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The simulator's file, with everything allowed."""
    made = tmp_path / "site.toml"
    text = SIMULATOR.read_text(encoding="utf-8")
    made.write_text(f"{text}\n[allow]\nchosen = true\ndestructive = true\n", encoding="utf-8")
    return made


def users(seat: Seat) -> list[str]:
    return sorted(seat.read().users)


def lines(state: Path, start: str, name: str) -> list[dict[str, str]]:
    text = (state / site_name(start) / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.long
def test_all_that_spends_a_general_user_passes_and_leaves_nobody(
    tmp_path: Path, start: str, file: Path, people: People, seat: Seat
) -> None:
    run = accept(environment(people, start), "--from=4", file=file, state=tmp_path, seconds=1_200)
    assert run.code == 0, run.told
    last = {each.name for each in plan(load(file), Asked()) if each.disposable and not each.why_not}
    done = {line["place"] for line in lines(tmp_path, start, PROGRESS) if line["event"] == "done"}
    assert last <= done
    assert users(seat) == sorted((people.master.login_id, people.general.login_id))


def read_until(told: IO[str], words: str, times: int) -> str:
    """Everything that is told until these words have come so often."""
    read = ""
    while read.count(words) < times and (line := told.readline()):
        read += line
    return read


def stopped(begun_: Begun, scenario: int, how: signal.Signals) -> tuple[int, str]:
    """A run that is stopped in the middle of a scenario, counted from 1: its exit code and all it told."""
    with begun_ as process:
        assert process.stdout
        told = read_until(process.stdout, GIVEN, scenario)
        os.killpg(process.pid, how)
        told += process.communicate(timeout=60)[0]
    assert told.count(GIVEN) >= scenario, told
    return process.returncode, told


def test_what_is_stopped_in_its_middle_goes_on_and_leaves_nobody(
    tmp_path: Path, start: str, file: Path, people: People, seat: Seat
) -> None:
    """Killed in the first scenario, and stopped by hand in the second."""
    file.write_text(file.read_text(encoding="utf-8").replace("chosen = true", ""), encoding="utf-8")
    environ, evidence = environment(people, start), tmp_path / "evidence"
    options = ("--from=4", "--tags=R14", f"--evidence={evidence}")
    _, told = stopped(begun(environ, *options, file=file, state=tmp_path), 1, signal.SIGKILL)
    assert len(users(seat)) > 2, told
    again = begun(environ, *options, "--resume", file=file, state=tmp_path)
    code, told = stopped(again, 2, signal.SIGINT)
    assert code == ExitCode.STOPPED, told
    assert "が残っています。" in told
    assert verify(evidence).code == ExitCode.STOPPED
    assert len(users(seat)) > 2, told
    last = accept(environ, *options, "--resume", file=file, state=tmp_path)
    assert last.code == 0, last.told
    assert users(seat) == sorted((people.master.login_id, people.general.login_id))
    done = Counter(line["place"] for line in lines(tmp_path, start, PROGRESS) if line["event"] == "done")
    assert set(done.values()) == {1}
    assert len(set(done) - set(ORDER)) == 2
    gone = [line["id"] for line in lines(tmp_path, start, ACCOUNTS) if line["event"] == "gone"]
    assert sorted(gone) == sorted({line["id"] for line in lines(tmp_path, start, ACCOUNTS)})
