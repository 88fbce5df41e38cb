"""Several processes on one socket: one may die, and they all end together."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.command_options import command_parser
from tests.setup.test_serve import ENOUGH_SECONDS, ask, begin_alone, port_of, served

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process only on Windows")
ONLY_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are read from /proc")


def children(process: subprocess.Popen[str]) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(each) for each in found.split()]


def lives(number: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_until(is_so: Callable[[], bool]) -> None:
    """A process is seen to end, and a request is counted, a moment after it was answered."""
    end = time.monotonic() + ENOUGH_SECONDS
    while not is_so():
        assert time.monotonic() < end


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@ONLY_LINUX
def test_one_may_die_and_all_end_together(tmp_path: Path) -> None:
    """The whole life at once, because each start costs a second."""
    metrics = free_port()
    options = ("--workers", "2", "--metrics", str(metrics), "--access-log", "access.log")
    with served(tmp_path, *options) as (process, announced):
        port = port_of(announced)
        assert begin_alone(port).heading == "わたしの訓練"
        before = children(process)
        assert len(before) == 3  # with the one that answers for the metrics
        os.kill(before[0], signal.SIGKILL)
        while len(now := children(process)) != 3 or before[0] in now:
            assert ask(port, "/healthz")[0] == 200  # by the other one
        assert {ask(port, "/readyz")[0] for _ in range(10)} == {200}
        ten = 'densai_requests_total{endpoint="health.is_ready",status="2xx"} 10.0'
        wait_until(lambda: ten in ask(metrics, "/metrics")[1])
        running = children(process)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=ENOUGH_SECONDS)
        assert (process.returncode, err) == (0, "")
        assert "終了しました" in out
        wait_until(lambda: not any(map(lives, running)))
    lines = [json.loads(line) for line in (tmp_path / "access.log").read_text().splitlines()]
    assert [line["path"] for line in lines].count("/readyz") == 10


@ONLY_LINUX
def test_none_is_left_when_the_one_that_looks_after_them_dies(tmp_path: Path) -> None:
    with served(tmp_path, "--workers", "2") as (process, announced):
        assert ask(port_of(announced), "/healthz")[0] == 200
        running = children(process)
        process.kill()
        process.communicate(timeout=ENOUGH_SECONDS)  # as long as any of them could still say something
    wait_until(lambda: not any(map(lives, running)))


@pytest.mark.parametrize("number", ["0", "-1", "65", "two"])
def test_a_number_of_processes_is_a_small_number(number: str) -> None:
    with pytest.raises(SystemExit):
        command_parser().parse_args(["serve", "--workers", number])


def test_without_fork_there_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(SystemExit):
        command_parser().parse_args(["serve", "--workers", "2"])
    assert "Windows" in capsys.readouterr().err
    assert command_parser().parse_args(["serve", "--workers", "1"]).workers == 1


@pytest.mark.parametrize(
    ("typed", "place"),
    [("9100", ("127.0.0.1", 9100)), ("0.0.0.0:9100", ("0.0.0.0", 9100))],  # noqa: S104
)
def test_metrics_are_on_this_computer_unless_told_otherwise(typed: str, place: tuple[str, int]) -> None:
    assert command_parser().parse_args(["serve", "--metrics", typed]).metrics == place
