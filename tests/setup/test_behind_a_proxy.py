"""Behind the https proxy that --allow-host expects: who visits is told by that proxy, and by nobody else."""

from __future__ import annotations

import http.client
import json
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from simulator import cli
from simulator.command_options import command_parser
from simulator.listening import listen, port_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SAID = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Host": "kenshu.example",
    "X-Forwarded-Proto": "https",
}
NAMES = ("REMOTE_ADDR", "HTTP_HOST", "wsgi.url_scheme")


def told(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """An application that answers with what it was told of its visitor."""
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps([environ[name] for name in NAMES]).encode()]


@contextmanager
def listening(*options: str) -> Iterator[int]:
    """The server of these options around that application; gives its port."""
    settings = cli.settings_from(command_parser().parse_args(["serve", "--port", "0", *options]))
    server, _ = listen(told, settings)  # type: ignore[arg-type]
    ended = Event()

    def run() -> None:
        while not ended.is_set():
            server.asyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)

    running = Thread(target=run)
    running.start()
    try:
        yield port_of(server)
    finally:
        ended.set()
        running.join()
        server.asyncore.close_all(server._map)
        server.task_dispatcher.shutdown()


def ask(port: int) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/", headers={"Host": "densai.example", **SAID})
    answer: list[str] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("options", "visitor"),
    [
        (("--allow-host", "kenshu.example"), ["198.51.100.7", "kenshu.example", "https"]),
        (("--proxy", "127.0.0.1"), ["198.51.100.7", "kenshu.example", "https"]),
        ((), ["127.0.0.1", "densai.example", "http"]),
        (("--allow-host", "kenshu.example", "--plain-http"), ["127.0.0.1", "densai.example", "http"]),
        (("--allow-host", "k.example", "--proxy", "192.0.2.1"), ["127.0.0.1", "densai.example", "http"]),
    ],
)
def test_the_visitor_is_the_one_that_the_own_proxy_names_last(
    options: tuple[str, ...], visitor: list[str]
) -> None:
    with listening(*options) as port:
        assert ask(port) == visitor


@pytest.mark.parametrize("typed", ["nginx", "10.0.0.0/8", ""])
def test_a_proxy_is_an_address(typed: str) -> None:
    with pytest.raises(SystemExit):
        command_parser().parse_args(["serve", "--proxy", typed])
