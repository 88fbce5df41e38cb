"""Starting where not all is as at home: one sentence each, no traceback, and never a silent wait."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from simulator import protection
from simulator.patient_channel import CROWD
from tests.setup.test_serve import ENOUGH_SECONDS, ask, port_of, served

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "simulator", "serve"]


def refused(folder: Path, *options: str, code: int = 1) -> str:
    """The one sentence of a server that does not start."""
    done = subprocess.run(
        [*COMMAND, "--port", "0", *options],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=ENOUGH_SECONDS,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_file_that_is_only_for_reading(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite3"
    file.touch()
    told = refused(tmp_path, "--database", f"sqlite:///file:{file}?mode=ro&uri=true")
    assert "書き込めません" in told
    assert "readonly database" in told


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "d.sqlite3").write_text("研修の名簿\n" * 500, encoding="utf-8")
    assert "file is not a database" in refused(tmp_path, "--database", "d.sqlite3")


def test_a_file_that_another_program_holds(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "ほかのプログラム" in refused(tmp_path, "--database", "d.sqlite3")
    other.close()


@pytest.mark.parametrize("name", [":memory:", "sqlite://", "sqlite:///:memory:", "postgresql://u@h:abc/d"])
def test_what_is_no_place_to_keep_anything(tmp_path: Path, name: str) -> None:
    assert "--database" in refused(tmp_path, "--database", name, code=2)


@pytest.mark.parametrize("name", ["研修 2026/で#んさい?100%.sqlite3"])
def test_a_path_is_shown_and_used_as_it_was_given(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir()
    with served(tmp_path, "--database", name) as (_process, announced):
        assert ask(port_of(announced), "/")[0] == 200
    assert str(tmp_path / name) in announced
    assert (tmp_path / name).exists()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program that a test may spoil."""
    for name in ("simulator", "features"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize(
    "fault", ["機能 1-1".encode(), "機能: 初".encode("cp932")], ids=["grammar", "letters"]
)
def test_a_feature_that_cannot_be_read_keeps_the_server_from_starting(tree: Path, fault: bytes) -> None:
    file = next(tree.glob("features/*/p1_1*.feature"))
    file.write_bytes(file.read_bytes().replace("機能:".encode(), fault, 1))
    done = subprocess.run(
        [*COMMAND, "--port", "0"], cwd=tree, check=False, capture_output=True, timeout=ENOUGH_SECONDS
    )
    assert done.returncode == 1
    assert re.fullmatch(r"マニュアルのファイルを読めません: p1_1\w+\.feature:\d+: .*\n", done.stderr.decode())


def test_a_feature_with_a_byte_order_mark_is_read(tree: Path) -> None:
    file = next(tree.glob("features/*/p1_1*.feature"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    with served(tree) as (_process, announced):
        assert ask(port_of(announced), "/manual")[0] == 200


# Where nobody listens ---------------------------------------------------------------------------


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def full() -> Iterator[IO[str]]:
    """An output that takes nothing."""
    with open("/dev/full", "w", encoding="utf-8") as device:  # noqa: PTH123
        yield device


def answers_and_ends(process: subprocess.Popen[bytes], port: int) -> None:
    """See a server answer that announces nothing, and end without a complaint."""
    try:
        while process.poll() is None and not is_listening(port):
            pass
        assert ask(port, "/")[0] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(ENOUGH_SECONDS) == 0
    finally:
        process.kill()
        process.communicate(timeout=ENOUGH_SECONDS)


def is_listening(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_it_runs_where_its_output_takes_nothing(tmp_path: Path, port: int, full: IO[str]) -> None:
    command = [*COMMAND, "--port", str(port)]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE)
    answers_and_ends(process, port)


@pytest.mark.skipif(sys.platform == "win32", reason="started by a shell that closes the streams")
def test_it_runs_without_any_output(tmp_path: Path, port: int) -> None:
    command = ["sh", "-c", 'exec "$@" >&- 2>&-', "-", *COMMAND, "--port", str(port)]
    answers_and_ends(subprocess.Popen(command, cwd=tmp_path, env=environment()), port)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


# Runs `densai serve` and interrupts it at its first import of the module that is named.
INTERRUPTED = """
import builtins, os, runpy, signal, sys
read, waited_for = builtins.__import__, [sys.argv[1]]
def interrupting(name, *rest, **named):
    if name in waited_for:
        waited_for.remove(name)
        os.kill(os.getpid(), signal.SIGINT)
    return read(name, *rest, **named)
builtins.__import__ = interrupting
sys.argv = ["densai", "serve", "--port", "0"]
runpy.run_module("simulator", run_name="__main__", alter_sys=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a program is interrupted otherwise there")
@pytest.mark.parametrize("seen", ["simulator.cli", "sqlalchemy", "waitress"])
def test_ctrl_c_in_the_first_second_is_quiet(tmp_path: Path, seen: str) -> None:
    """Interrupted when it has just begun to read one of its parts."""
    command = [sys.executable, "-c", INTERRUPTED, seen]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(),
        check=False,
        capture_output=True,
        timeout=ENOUGH_SECONDS,
    )
    assert done.returncode in (-signal.SIGINT, 128 + signal.SIGINT)
    assert (done.stdout, done.stderr) == (b"", b"")


# A slow line ------------------------------------------------------------------------------------


def test_a_form_whose_sender_pauses_is_taken_and_an_idle_line_is_let_go(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced):
        address = ("127.0.0.1", port_of(announced))
        idle, slow = (socket.create_connection(address, ENOUGH_SECONDS) for _ in range(2))
        body = b"csrf=x"
        head = f"POST /alone HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        slow.sendall(head.encode() + body[:2])
        assert idle.recv(1) == b""  # the server lets it go, and has looked at the other line as well
        slow.sendall(body[2:])
        answer = http.client.HTTPResponse(slow)
        answer.begin()
        assert answer.status < 500
        for line in (idle, slow):
            line.close()


def test_in_a_crowd_a_line_goes_with_its_answer(tmp_path: Path) -> None:
    with served(tmp_path) as (_process, announced), contextlib.ExitStack() as lines:
        address = ("127.0.0.1", port_of(announced))
        kept: list[bool] = []
        for others in (0, CROWD):
            for _ in range(others):  # under way, so that the server keeps them
                other = lines.enter_context(socket.create_connection(address, ENOUGH_SECONDS))
                other.sendall(b"GET /healthz HTTP/1.1\r\n")
            line = http.client.HTTPConnection(*address, timeout=ENOUGH_SECONDS)
            lines.callback(line.close)
            line.request("GET", "/healthz")
            answer = line.getresponse()
            assert answer.read()
            kept.append(not answer.will_close)
        assert kept == [True, False]


# The server's own refusals ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("GET / HTTP/9.9 x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nX: {long}\r\n\r\n", 431),
        ("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_a_refusal_of_the_server_itself_is_protected_and_noted_like_any_answer(
    tmp_path: Path, request_: str, status: int
) -> None:
    log = tmp_path / "access.log"
    with served(tmp_path, "--access-log", str(log)) as (process, announced):
        address = ("127.0.0.1", port_of(announced))
        with socket.create_connection(address, ENOUGH_SECONDS) as line:
            line.sendall(request_.format(long="x" * 300_000).encode())
            with contextlib.closing(http.client.HTTPResponse(line)) as answer:
                answer.begin()
                assert answer.status == status
                for name, value in {**protection.HEADERS, **protection.NOT_KEPT}.items():
                    assert answer.getheader(name) == value
        process.terminate()
        process.communicate(timeout=ENOUGH_SECONDS)  # what was begun is finished, and noted
    noted = [json.loads(each) for each in log.read_text().splitlines()]
    assert [(each["status"], each["visitor"], each["path"]) for each in noted] == [(status, "127.0.0.1", "")]
