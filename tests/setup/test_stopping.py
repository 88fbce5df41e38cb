"""Stopping: what was asked before is answered, nothing else is taken, and nobody waits for ever."""

from __future__ import annotations

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from simulator import stopping
from simulator.listening import listen, port_of
from simulator.settings import Settings
from simulator.stopping import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ENOUGH_SECONDS = 20
BODY = b"x" * 1_000_000  # more than the system takes at once


class Slow:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.asked, self.answers = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.asked.set()
            assert self.answers.wait(ENOUGH_SECONDS)
        start_response("200 OK", [("Content-Length", str(len(BODY)))])
        return [BODY]


class Running:
    """A server with that application, in a thread."""

    def __init__(self) -> None:
        self.app = Slow()
        server, lines = listen(self.app, Settings(port=0))  # type: ignore[arg-type]
        self.port, self.run = port_of(server), Run(server, lines)
        self.thread = threading.Thread(target=self.run.until_end)
        self.thread.start()

    def ask(self, path: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ENOUGH_SECONDS)
        line.request("GET", path)
        answer = line.getresponse()
        return line, answer, answer.read()

    def is_closed(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) != 0

    def ended(self) -> bool:
        self.thread.join(ENOUGH_SECONDS)
        return not self.thread.is_alive()


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    yield made
    made.app.answers.set()
    made.run.end()
    assert made.ended()


def test_a_request_under_way_is_answered_in_full_and_no_other_is_taken(running: Running) -> None:
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(running.ask, "/slow")
        assert running.app.asked.wait(ENOUGH_SECONDS)
        running.run.end()
        while not running.is_closed():
            pass
        running.app.answers.set()
        line, answer, body = asking.result(ENOUGH_SECONDS)
    assert (answer.status, body) == (200, BODY)
    line.close()
    assert running.ended()


def test_all_that_a_line_has_asked_is_answered_and_the_last_answer_says_so(
    running: Running,
) -> None:
    with socket.create_connection(("127.0.0.1", running.port), ENOUGH_SECONDS) as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert running.app.asked.wait(ENOUGH_SECONDS)
        running.run.end()
        while not running.is_closed():
            pass
        running.app.answers.set()
        with line.makefile("rb") as file:
            answers = file.read()
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert answers.count(b"Connection: close") == 1
    assert running.ended()


def test_a_line_that_waits_to_be_taken_is_answered_as_well() -> None:
    app = Slow()
    server, lines = listen(app, Settings(port=0))  # type: ignore[arg-type]
    with socket.create_connection(("127.0.0.1", port_of(server)), ENOUGH_SECONDS) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        Run(server, lines).until_end(lambda: False)  # it has never looked at its socket
        assert line.recv(12) == b"HTTP/1.1 200"


def test_a_line_that_waits_for_nothing_holds_nothing_up(running: Running) -> None:
    line = running.ask("/")[0]
    running.run.end()
    assert running.ended()
    line.close()


def test_what_does_not_end_is_cut_off_with_a_word(
    running: Running, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stopping, "PATIENCE_SECONDS", 0)
    line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=ENOUGH_SECONDS)
    line.request("GET", "/slow")
    assert running.app.asked.wait(ENOUGH_SECONDS)
    running.run.end()
    assert running.ended()
    assert "打ち切りました" in capsys.readouterr().err
    line.close()


def test_it_ends_with_the_process_that_started_it() -> None:
    server, lines = listen(Slow(), Settings(port=0))  # type: ignore[arg-type]
    Run(server, lines).until_end(lambda: False)
    assert lines == {}
