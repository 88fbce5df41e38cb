"""The sockets of the server, and the server on them."""

from __future__ import annotations

import errno
import select
import socket
from typing import TYPE_CHECKING, Any

from waitress import create_server
from waitress.server import BaseWSGIServer

from simulator.patient_channel import KEEP_SECONDS, PatientChannel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from simulator.settings import Settings

# As many as connections to a database server at the most. Those that wait for the one writer of a SQLite file
# must leave some to the others, who only read.
THREADS = 16
# The 1,024 descriptors of select() are no limit where there is poll().
CONNECTIONS = 2000 if hasattr(select, "poll") else 400
MOST_BODY_BYTES = 1024 * 1024
WAITING_LINES = 1024  # the system keeps so many until they are taken


class NotListeningError(Exception):
    """The server cannot listen; the message is one sentence that says why."""


def listen(
    app: Flask, settings: Settings, sockets: Sequence[socket.socket] = ()
) -> tuple[Any, dict[int, object]]:
    """Return a waitress server, and the map of everything that it listens to. Raises NotListeningError.

    sockets: those of ``sockets_of`` to be shared with other processes; none: of its own.
    """
    lines: dict[int, object] = {}  # one server for each address that a name stands for
    where = {"sockets": list(sockets)} if sockets else {"host": settings.host, "port": settings.port}
    try:
        server = create_server(
            app,
            map=lines,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=KEEP_SECONDS,
            cleanup_interval=1,
            max_request_body_size=MOST_BODY_BYTES,
            ident="densai",
            clear_untrusted_proxy_headers=True,
            **where,
            **_proxy(settings),
        )
    except OSError as error:
        raise NotListeningError(_why_not(error, settings)) from error
    for each in lines.values():
        if isinstance(each, BaseWSGIServer):
            each.channel_class = PatientChannel
    return server, lines


def sockets_of(settings: Settings) -> list[socket.socket]:
    """Return a listening socket for each address of the host's name. Raises NotListeningError."""
    found: list[socket.socket] = []
    try:
        for family, *_, where in socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            # Not two ports where any one will do.
            port = found[0].getsockname()[1] if found else where[1]
            address = (str(where[0]), int(port))
            found.append(socket.create_server(address, family=family, backlog=WAITING_LINES))
    except OSError as error:
        raise NotListeningError(_why_not(error, settings)) from error
    return found


def _proxy(settings: Settings) -> dict[str, object]:
    """The proxy that says who visits, by which name and scheme; its last word alone counts."""
    if not settings.proxy:
        return {}
    return {
        "trusted_proxy": settings.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"},
    }


def _why_not(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"ポート {settings.port} は使用中です。--port {settings.port + 1} のように指定してください。 "
            f"Port {settings.port} is in use: try --port {settings.port + 1}."
        )
    place = f"{settings.host}:{settings.port}"
    return f"{place} で待ち受けできません。 Cannot listen on {place} ({error.strerror or error})."


def port_of(server: Any) -> int:
    """Return the port in use, also where 0 asked for a free one."""
    listening = getattr(server, "effective_listen", None)
    return int(listening[0][1] if listening else server.effective_port)
