"""Runs the server: listens, prints the address to open, and ends cleanly."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
import tempfile
from functools import partial
from typing import TYPE_CHECKING, Any

from waitress.server import BaseWSGIServer

from simulator import database_trouble
from simulator.announcing import announcement
from simulator.app import create_app
from simulator.console import say
from simulator.listening import CONNECTIONS, NotListeningError, listen, port_of, sockets_of
from simulator.manual.features import FeatureError
from simulator.observing import AccessLog, Observer
from simulator.stopping import Run
from simulator.workers import Workers, WorkersFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flask import Flask

    from simulator.observing import Seen
    from simulator.settings import Settings

OTHER_DESCRIPTORS = 200
# Threads that hash or render hand over ten times sooner than by default: the slowest answers get quicker.
SWITCH_SECONDS = 0.0005
NO_METRICS = (
    "メトリクスには追加の部品が必要です: pip install 'densai-sandbox[server]' Metrics need the server extra."
)
NO_METRICS_PORT = "{}:{} でメトリクスに答えられません。 Metrics cannot be served there"
NO_ACCESS_LOG = "アクセスログのファイル {} に書き込めません。 The access log cannot be written"
WORKERS_FAILED = "プロセスが、起動してもすぐに終わります。 The workers end soon after each start: see above."
ENDED = "\n終了しました。続きは同じコマンドで始められます。\n"


class StartError(Exception):
    """The server cannot start; the message is one sentence that says why."""


def serve(settings: Settings) -> int:
    """Serve until stopped. Return 0 then, or 1 when it could not start (one sentence says why)."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    tune()
    try:
        # Ctrl+C may come as soon as the first line is printed.
        with contextlib.suppress(KeyboardInterrupt):
            _serve_by_many(settings) if settings.workers > 1 else _serve_alone(settings)
    except (StartError, NotListeningError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    say(ENDED)
    return 0


def _serve_alone(settings: Settings) -> None:
    """Serve in this process."""
    app = _open(settings)
    server, lines = listen(app, settings)
    metrics = _observe(app, lines, settings)
    if metrics and settings.metrics:
        with _told(NO_METRICS_PORT.format(*settings.metrics)):
            metrics.serve(*settings.metrics)
    run = Run(server, lines)
    run.heed_signals()
    with contextlib.closing(app.extensions["densai"]):
        copy = app.extensions["densai"].copy_before
        say(announcement(app.extensions["densai-settings"], port_of(server), copy))
        run.until_end()


def _serve_by_many(settings: Settings) -> None:
    """Serve by several processes on one socket; this one only looks after them."""
    app = _open(settings)  # what keeps them from starting is told once
    copy = app.extensions["densai"].copy_before
    app.extensions["densai"].close()
    sockets, parent = sockets_of(settings), os.getpid()
    _access_log(settings)
    works: list[Callable[[], None]] = [partial(_work, settings, sockets, parent)] * settings.workers
    ended: Callable[[int], None] = lambda _number: None  # noqa: E731  a function by either way
    with tempfile.TemporaryDirectory(prefix="densai-metrics-") as folder:
        if settings.metrics:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read when the library is first imported
            with _told(NO_METRICS_PORT.format(*settings.metrics)):
                socket.create_server(settings.metrics).close()
            works.append(partial(_metrics().show_all, *settings.metrics, lambda: os.getppid() == parent))
            ended = _metrics().forget
        say(announcement(app.extensions["densai-settings"], sockets[0].getsockname()[1], copy))
        try:
            Workers(works, ended).run()
        except WorkersFailedError as error:
            raise StartError(WORKERS_FAILED) from error


def _work(settings: Settings, sockets: Sequence[socket.socket], parent: int) -> None:
    """Serve as one of several processes, until a signal or the end of the one that looks after them."""
    try:
        app = _open(settings)
        server, lines = listen(app, settings, sockets)
        _observe(app, lines, settings)
    except (StartError, NotListeningError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    run = Run(server, lines)
    run.heed_signals()
    with contextlib.closing(app.extensions["densai"]):
        run.until_end(lambda: os.getppid() == parent)


def _observe(app: Flask, lines: Mapping[int, object], settings: Settings) -> Any:
    """Put around an application what notes each request; return its metrics, if any. Raises StartError.

    lines: what is listened to; the servers among it tell of the requests that they refuse themselves.
    """
    listeners: list[Callable[[Seen], None]] = _access_log(settings)
    metrics = _metrics().Metrics(app) if settings.metrics else None
    listeners += [metrics] if metrics else []
    if listeners:
        app.wsgi_app = Observer(app.wsgi_app, listeners)  # type: ignore[method-assign]
    for each in lines.values():
        if isinstance(each, BaseWSGIServer):
            each.listeners = listeners
    return metrics


def _access_log(settings: Settings) -> list[Callable[[Seen], None]]:
    with _told(NO_ACCESS_LOG.format(settings.access_log)):
        return [AccessLog(settings.access_log)] if settings.access_log else []


def _metrics() -> Any:
    """Return the module of the metrics, which needs the server extra. Raises StartError."""
    try:
        from simulator import metrics  # noqa: PLC0415  what it imports is not always there
    except ImportError as error:
        raise StartError(NO_METRICS) from error
    return metrics


@contextlib.contextmanager
def _told(why: str) -> Iterator[None]:
    """Raise StartError with this sentence and the system's reason where the system refuses something."""
    try:
        yield
    except OSError as error:
        message = f"{why} ({error.strerror or error})."
        raise StartError(message) from error


def tune() -> None:
    """Set this process up for many short requests."""
    # A busy moment is no fault: it would only fill the trainer's screen.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sys.setswitchinterval(SWITCH_SECONDS)
    with contextlib.suppress(ImportError):  # Windows has no such limit
        _allow_descriptors()


def _allow_descriptors() -> None:
    """Room for every connection: many systems begin with 1,024 and let a program ask for more."""
    import resource  # noqa: PLC0415  there is none on Windows

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_DESCRIPTORS
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _open(settings: Settings) -> Flask:
    """The application on its database."""
    try:
        return create_app(settings)
    except FeatureError as error:
        message = f"マニュアルのファイルを読めません: {error} A feature file cannot be read."
        raise StartError(message) from error
    except database_trouble.OPENING as error:
        raise StartError(database_trouble.why(error)) from error
