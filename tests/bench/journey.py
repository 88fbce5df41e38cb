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
MOST_SECONDS = 180
SEED = 1560


def rows() -> Iterator[Row]:
    """The rows of the table on the journey."""
    through, bare = [], []
    for _ in range(RUNS):
        bare.append(_by_hand())
        through.append(_through_features())
    ours, other = statistics.median(through), statistics.median(bare)
    yield Row("journey of 50 steps through the features", ours, "s", note=_all(through))
    yield Row("the same clicks in a bare script", other, "s", note=_all(bare))
    yield Row("journey to bare script", ours / other, "x", RATIO)


def _all(seconds: list[float]) -> str:
    return "runs " + ", ".join(f"{each:.2f}" for each in seconds)


def _through_features() -> float:
    with tempfile.TemporaryDirectory() as name:
        figure = Path(name) / "clock.json"
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.bench.clock"]
        _run([*pytest, "--journey-clock", str(figure), f"--output={name}/out", "steps/test_journey.py"])
        return float(json.loads(figure.read_text(encoding="ascii"))["seconds"])


def _by_hand() -> float:
    """On the server as people run it."""
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "densai.sqlite3"
        worlds = Worlds(f"sqlite:///{database}")
        seat = starts.make_seats(worlds, seed=SEED)[0]
        worlds.close()
        with servers.densai(database) as server:
            script = [sys.executable, "-m", "tests.bench.script", str(server.port), seat.code, str(seat.seed)]
            return float(_run(script))


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=MOST_SECONDS)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout
