"""The 50 steps in three ways on one running server: as a feature, as an acceptance, and with evidence.

Seconds are those inside the scenarios: an interpreter and a browser that start would hide the difference.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from simulator.bank.people import people
from simulator.store import Worlds
from simulator.training import starts
from tests.acceptance.runs import SIMULATOR, environment
from tests.bench import servers
from tests.bench.table import Row

ROUNDS = 5
PLAIN, ACCEPTED, KEPT = "plain journey", "acceptance without evidence", "acceptance with evidence"
WITH_EVIDENCE, WITHOUT = 1.60, 1.05
STEPS = 50 + 6  # both people log out, by procedure 4's six
MOST_SECONDS, FIRST_SEED = 300, 2_000
Command = Callable[[Path, int, str], list[str]]
CLOCK = ("-p", "tests.bench.clock", "--journey-clock")


@dataclass
class Played:
    """One way's seconds inside the scenarios and altogether, run by run, and what it left."""

    inside: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    pictures: int = 0
    megabytes: float = 0.0


def rows() -> Iterator[Row]:
    """The rows of the table on acceptance."""
    with tempfile.TemporaryDirectory() as name:
        played = _rounds(Path(name))
    inside = {way: statistics.median(each.inside) for way, each in played.items()}
    for way, each in played.items():
        yield Row(f"50 steps: {way}", inside[way], "s", note=_all(each.inside))
        yield Row("  with all that starts and ends around it", statistics.median(each.whole), "s")
    yield Row(
        "acceptance without evidence to the plain journey", inside[ACCEPTED] / inside[PLAIN], "x", WITHOUT
    )
    yield Row("evidence to none", inside[KEPT] / inside[ACCEPTED], "x", WITH_EVIDENCE)
    yield Row("pictures of one run", played[KEPT].pictures, "")
    yield Row("evidence of one run", played[KEPT].megabytes, "MB")


def _all(seconds: list[float]) -> str:
    return "runs " + ", ".join(f"{each:.2f}" for each in seconds)


def _rounds(folder: Path) -> dict[str, Played]:
    """Every way once a round, each round beginning with another."""
    database = folder / "densai.sqlite3"
    ways: list[tuple[str, Command]] = [
        (PLAIN, _plain), (ACCEPTED, _accepted), (KEPT, _kept),
    ]  # fmt: skip
    played = {way: Played() for way, _ in ways}
    with servers.densai(database) as server:
        for number in range(ROUNDS):
            for way, command in ways[number:] + ways[:number]:
                here = folder / f"{number} {way}"
                here.mkdir()
                _play(command, here, server.port, f"sqlite:///{database}", played[way])
    return played


def _play(
    command: Callable[[Path, int, str], list[str]], here: Path, port: int, url: str, played: Played
) -> None:
    """One run. Raises RuntimeError where it did not play all that it should."""
    worlds = Worlds(url)
    seat = starts.make_seats(worlds, seed=FIRST_SEED + len(played.inside))[0]
    worlds.close()
    environ = environment(people(seat.seed), f"http://127.0.0.1:{port}/bank/{seat.code}/")
    began = time.perf_counter()
    done = subprocess.run(
        command(here, port, url),
        env={**os.environ, **environ},
        check=False,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
    )
    played.whole.append(time.perf_counter() - began)
    figures = json.loads((here / "clock.json").read_text(encoding="ascii")) if not done.returncode else {}
    if figures.get("numbered") != STEPS:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    played.inside.append(figures["scenarios"])
    files = [each for each in (here / "evidence").rglob("*") if each.is_file()]
    played.pictures = sum(each.suffix == ".png" for each in files)
    played.megabytes = sum(each.stat().st_size for each in files) / 1024**2


def _plain(here: Path, port: int, url: str) -> list[str]:
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.bench.seated"]
    at = [f"--bench-port={port}", f"--bench-database={url}", f"--output={here / 'out'}"]
    return [*pytest, *CLOCK, str(here / "clock.json"), *at, "steps/test_journey.py"]


def _accepted(here: Path, _port: int, _url: str) -> list[str]:
    command = [sys.executable, "-m", "simulator", "accept", "--deployment", str(SIMULATOR), "--tags=none"]
    return [
        *command,
        "--state",
        str(here / "state"),
        *CLOCK,
        str(here / "clock.json"),
        f"--output={here / 'out'}",
    ]


def _kept(here: Path, port: int, url: str) -> list[str]:
    return [*_accepted(here, port, url), "--evidence", str(here / "evidence")]
