"""`python -m tests.prove.foreign`: that an acceptance notices the faults of a site of somebody else's making.

The sentences are those of the catalogue, the faults are the site's own (tests/harness/foreign/faults.py).
Each is accepted as a real site would be, with the scenarios of its rule or up to its procedure.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from steps.exit_codes import ExitCode
from tests.harness.foreign.faults import FAULTS
from tests.harness.foreign.sites import SECRETS
from tests.prove.defects.switch import DEFECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SITE = "blocks"
FILE = ROOT / "tests" / "harness" / "foreign" / f"{SITE}.toml"
LONGEST = 3_600  # seconds of one acceptance, on a busy computer
# The site without a fault, from each of the places at which an acceptance begins: it must pass.
HEALTHY = {
    "欠陥なし": [],
    "欠陥なし（手順2-1から）": ["--from=2-1", "--until=2-3"],
    "欠陥なし（手順4から）": ["--from=4"],
}
# The procedure before which a rule is asked of the master; the others are asked of disposable users.
ASKED_BEFORE = {"R01": "1-3", "R02": "1-2", "R03": "1-2", "R04": "1-2", "R06": "1-3", "R08": "1-4"}
ASKED_BEFORE |= {"R13": "2-1", "R18": "2-3", "R20": "2-3"}
# The faults that only disposable users notice, of rules that are asked of the two people as well.
LATE = re.compile("of-general|R01-(?:created|prefix-not)|R13-.*-refused|R18-asked-again")
# Where an acceptance begins -> the last procedure that is done by then.
LEFT_BY = {"--from=2-1": "1-4", "--from=4": "2-3"}
FAILED = re.compile(r"^FAILED \S+::test_(.+?)(?: - .*)?$", re.MULTILINE)
NOTICED = (ExitCode.FAILED, ExitCode.STOPPED)


def options_of(fault: str) -> list[str]:
    """Return the options of `densai accept` for a fault, or for the healthy site under one of its names."""
    if fault in HEALTHY:
        return HEALTHY[fault]
    defect = DEFECTS[fault]
    asked = "" if LATE.search(fault) else ASKED_BEFORE.get(defect.breaks, "")
    until = defect.procedure or ("1-4" if fault.endswith("of-the-master") else asked)
    tags = "--tags=none" if defect.procedure else f"--tags={defect.breaks}"
    begin = {"1": [], "2": ["--from=2-1"]}.get(until[:1], ["--from=4"])
    return [*begin, *([f"--until={until}"] if until else []), tags]


@contextmanager
def served(fault: str, *options: str) -> Iterator[str]:
    """Return the address of the site with this fault, in a process of its own."""
    command = [sys.executable, "-m", "tests.harness.foreign", SITE, *options]
    command += [] if fault in HEALTHY else [f"--fault={fault}"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


def accepted(fault: str) -> tuple[int, str]:
    """Return the exit code of an acceptance of the site with this fault, and the scenario that failed."""
    options = options_of(fault)
    left = [f"--after={LEFT_BY[each]}" for each in options if each in LEFT_BY]
    with (
        tempfile.TemporaryDirectory() as state,
        served(fault, *left) as address,
    ):
        command = [sys.executable, "-m", "simulator", "accept", f"--deployment={FILE}", f"--state={state}"]
        environ = {**os.environ, **SECRETS, "DENSAI_START": address}
        ran = subprocess.run(
            [*command, *options],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
    told = ran.stdout + ran.stderr
    failed = FAILED.search(told)
    return ran.returncode, failed[1] if failed else told[-300:].replace("\n", " ")


def main() -> int:
    """0 when the healthy site passed and every fault that was tried was noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove.foreign")
    parser.add_argument(
        "--only", action="append", default=[], metavar="ID", help="this fault; may be repeated"
    )
    parser.add_argument("--workers", type=int, default=2, help="acceptances at once (default: %(default)s)")
    typed = parser.parse_args()
    chosen = typed.only or [*HEALTHY, *FAULTS]
    missed = []
    with ThreadPoolExecutor(typed.workers) as pool:
        runs = {pool.submit(accepted, fault): fault for fault in chosen}
        for run in as_completed(runs):
            fault, (code, why) = runs[run], run.result()
            right = code == ExitCode.PASSED if fault in HEALTHY else code in NOTICED
            missed += [] if right else [fault]
            told = f"{'OK' if right else '見逃し'} {fault} [{code}] {why}"
            print(told, flush=True)
    print(f"{len(chosen) - len(missed)} / {len(chosen)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
