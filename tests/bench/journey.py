"""The 50-step journey through the features beside the same clicks written out by hand, in turns."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.store import Worlds
from simulator.training import starts
from tests.bench import servers
from tests.bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 3
RATIO = 1.25
SEAT_KIB = 50
MOST_SECONDS = 180
SEED = 1560


def rows() -> Iterator[Row]:
    """The rows of the table on the journey."""
    through, bare, kib = [], [], 0.0
    for _ in range(RUNS):
        seconds, kib = _by_hand()
        bare.append(seconds)
        through.append(_through_features())
    ours, other = statistics.median(through), statistics.median(bare)
    yield Row("journey of 50 steps through the features", ours, "s", note=_all(through))
    yield Row("the same clicks in a bare script", other, "s", note=_all(bare))
    yield Row("journey to bare script", ours / other, "x", RATIO)
    yield Row("database after one journey, empty tables included", kib, "KiB", SEAT_KIB)


def _all(seconds: list[float]) -> str:
    return "runs " + ", ".join(f"{each:.2f}" for each in seconds)


def _through_features() -> float:
    with tempfile.TemporaryDirectory() as name:
        figure = Path(name) / "clock.json"
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.bench.clock"]
        _run([*pytest, "--journey-clock", str(figure), f"--output={name}/out", "steps/test_journey.py"])
        return float(json.loads(figure.read_text(encoding="ascii"))["seconds"])


def _by_hand() -> tuple[float, float]:
    """Seconds on the server as people run it, and the KiB of its database when it has ended."""
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "densai.sqlite3"
        worlds = Worlds(f"sqlite:///{database}")
        seat = starts.make_seats(worlds, seed=SEED)[0]
        worlds.close()
        with servers.densai(database) as server:
            script = [sys.executable, "-m", "tests.bench.script", str(server.port), seat.code, str(seat.seed)]
            seconds = float(_run(script))
        return seconds, database.stat().st_size / 1024


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=MOST_SECONDS)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout
