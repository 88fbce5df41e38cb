"""The real command as a person starts it: on a free port, asked once, stopped by its own number."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)(/bank/\w+/)")
ENOUGH_SECONDS = 30


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and what it announced, ended whatever happens."""
    command = [sys.executable, "-m", "simulator", "serve", "--port", "0", *options]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process, _announced(process)
    finally:
        process.kill()
        process.communicate(timeout=ENOUGH_SECONDS)


def _announced(process: subprocess.Popen[str]) -> str:
    lines: list[str] = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line)
        if "Ctrl+C" in line:
            break
    return "".join(lines)


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ENOUGH_SECONDS)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def place(announced: str) -> tuple[int, str]:
    found = ADDRESS.search(announced)
    assert found, announced
    return int(found[1]), found[2]


def test_it_makes_a_first_seat_and_answers(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        port, bank = place(announced)
        assert "d-1560heki" in announced
        assert "初回ログインパスワード" in announced
        status, page = ask(port, "/")
        assert (status, bank in page) == (200, True)
        assert ask(port, bank)[0] == 200
    assert (tmp_path / "densai.sqlite3").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as (process, _announced_text):
        process.send_signal(number)
        out, err = process.communicate(timeout=ENOUGH_SECONDS)
        assert (process.returncode, err) == (0, "")
        assert "終了しました" in out


def test_the_seat_is_the_same_after_a_restart(tmp_path: Path) -> None:
    banks = []
    for _ in range(2):
        with served(tmp_path) as (_process, announced):
            banks.append(place(announced)[1])
    assert banks[0] == banks[1]


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _run(tmp_path, "--port", str(port))
    assert done.returncode == 1
    assert f"--port {port + 1}" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("database", ["no/such/folder/d.sqlite3", "oracle+nothing://u:tanuki9@h/d"])
def test_a_database_that_does_not_open_is_one_sentence(tmp_path: Path, database: str) -> None:
    done = _run(tmp_path, "--port", "0", "--database", database)
    assert done.returncode == 1
    assert "--database" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "tanuki9" not in done.stderr


def test_it_says_nothing_of_what_it_is_made_of(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        connection = http.client.HTTPConnection("127.0.0.1", place(announced)[0], timeout=ENOUGH_SECONDS)
        connection.request("GET", "/")
        server = connection.getresponse().getheader("Server")
        connection.close()
    assert server == "densai"


def test_another_host_name_is_not_answered(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        connection = http.client.HTTPConnection("127.0.0.1", place(announced)[0], timeout=ENOUGH_SECONDS)
        connection.request("GET", "/", headers={"Host": "evil.example"})
        status = connection.getresponse().status
        connection.close()
    assert status == 421


def test_the_operator_code_guards_the_letters(tmp_path: Path) -> None:
    with served(tmp_path, "--allow-host", "densai.example", "--plain-http") as (_process, announced):
        port = int(re.findall(r"http://densai\.example:(\d+)/", announced)[0])
        code = re.findall(r"操作コード\s+(\w+)", announced)[0]
        status, page = ask(port, "/")
    assert code
    assert status == 403
    assert "/bank/" not in page


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_it_is_small_and_quick(tmp_path: Path) -> None:
    """Issue's figures, with room for a busy machine: the bench shows the exact ones."""
    began = time.perf_counter()
    with served(tmp_path) as (process, announced):
        assert ask(place(announced)[0], "/")[0] == 200
        assert time.perf_counter() - began < 10
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:  # noqa: PTH123
            resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    assert resident <= 80 * 1024


def _run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "simulator", "serve", *options]
    return subprocess.run(
        command,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=ENOUGH_SECONDS,
    )
