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

from simulator.store import Seat, Worlds
from tests.screens.browsers import HttpBrowser
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
ENOUGH_SECONDS = 30
NOWHERE = Seat(Worlds("sqlite://"), "-", 0, "")  # of whom is at the entrance


def seat_code(at: Visitor) -> str:
    """The seat code on わたしの訓練."""
    return next(each.text for each in at.page.top.all("span") if each.attrs.get("class") == "code")


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


def port_of(announced: str) -> int:
    found = ADDRESS.search(announced)
    assert found, announced
    return int(found[1])


def begin_alone(port: int) -> Visitor:
    """Somebody who begins by himself, over real HTTP."""
    at = Visitor(HttpBrowser(port), NOWHERE)
    return at.get("/").press("ひとりで始める")


def test_it_answers_at_once_and_one_click_begins(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        at = begin_alone(port_of(announced))
        assert at.heading == "わたしの訓練"
        assert at.press("見本を見る").heading == "当金庫ホームページ"
    assert (tmp_path / "densai.sqlite3").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as (process, _announced_text):
        process.send_signal(number)
        out, err = process.communicate(timeout=ENOUGH_SECONDS)
        assert (process.returncode, err) == (0, "")
        assert "終了しました" in out


def test_the_seat_is_the_same_after_a_restart(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        at = begin_alone(port_of(announced))
        code = seat_code(at)
    with served(tmp_path) as (_process, announced):
        again = Visitor(HttpBrowser(port_of(announced)), NOWHERE).get("/").press("席を開く", seat_code=code)
        assert seat_code(again) == code
        assert again.path == "/my"


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
        connection = http.client.HTTPConnection("127.0.0.1", port_of(announced), timeout=ENOUGH_SECONDS)
        connection.request("GET", "/")
        server = connection.getresponse().getheader("Server")
        connection.close()
    assert server == "densai"


def test_another_host_name_is_not_answered(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        connection = http.client.HTTPConnection("127.0.0.1", port_of(announced), timeout=ENOUGH_SECONDS)
        connection.request("GET", "/", headers={"Host": "evil.example"})
        status = connection.getresponse().status
        connection.close()
    assert status == 421


def test_where_others_can_reach_it_the_operator_code_guards_the_desk(tmp_path: Path) -> None:
    with served(tmp_path, "--allow-host", "densai.example", "--plain-http") as (_process, announced):
        port = int(re.findall(r"http://densai\.example:(\d+)/", announced)[0])
        code = re.findall(r"起動時の確認コード\s+(\w+)", announced)[0]
        first, door = ask(port, "/"), ask(port, "/desk/login")
    assert code
    assert (first[0], door[0]) == (200, 200)
    assert "起動時の確認コード" in door[1]
    for page in (first[1], door[1]):
        assert code not in page
        assert "/bank/" not in page
        assert "ひとりで始める" not in page


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_it_is_small_and_quick(tmp_path: Path) -> None:
    """Issue's figures, with room for a busy machine: the bench shows the exact ones."""
    began = time.perf_counter()
    with served(tmp_path) as (process, announced):
        assert ask(port_of(announced), "/")[0] == 200
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
