"""Playing `densai accept` as a tester does: a process of its own, with its secrets in the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.bank.people import People
from steps.deployment_file import FOLDER

ROOT = Path(__file__).parents[2]
SIMULATOR = FOLDER / "simulator.toml"
COMMAND = "import sys; from simulator.cli import main; sys.exit(main(sys.argv[1:]))"
SECONDS = 300


@dataclass(frozen=True)
class Run:
    """How it ended and what it printed."""

    code: int
    told: str


def environment(people: People, start: str) -> dict[str, str]:
    """Return the variables that the simulator's file asks for."""
    master, general = people.master, people.general
    return {
        "DENSAI_START": start,
        "DENSAI_MASTER_ISSUED": master.issued_password,
        "DENSAI_MASTER_PASSWORD": master.password,
        "DENSAI_MASTER_APPROVAL": master.approval_password,
        "DENSAI_GENERAL_ISSUED": general.issued_password,
        "DENSAI_GENERAL_PASSWORD": general.password,
        "DENSAI_GENERAL_INITIAL_APPROVAL": general.initial_approval_password,
        "DENSAI_GENERAL_APPROVAL": general.approval_password,
    }


def accept(
    environ: dict[str, str], *options: str, file: Path = SIMULATOR, state: Path, seconds: int = SECONDS
) -> Run:
    """Run it to its end; `--plan` and mistakes end at once."""
    done = subprocess.run(
        _command(*options, file=file, state=state),
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )
    return Run(done.returncode, done.stdout + done.stderr)


@contextmanager
def begun(environ: dict[str, str], *options: str, file: Path, state: Path) -> Iterator[subprocess.Popen[str]]:
    """The same while it runs, in a process group of its own; killed where the test has not ended it."""
    process = subprocess.Popen(
        _command(*options, file=file, state=state),
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _command(*options: str, file: Path, state: Path) -> list[str]:
    command = [sys.executable, "-c", COMMAND, "accept", "--deployment", str(file), "--state", str(state)]
    return [*command, *options]
