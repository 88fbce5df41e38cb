"""HTTP servers of the tests' own, on loopback, while something is tried on them."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

# Certificates for 127.0.0.1 of an authority that nobody trusts.
AUTHORITY = Path(__file__).parent / "acceptance" / "authority"


class Silent:
    """For a request handler that writes no log."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def listening(handler: Callable[..., BaseHTTPRequestHandler], *, tls: bool = False) -> Iterator[str]:
    """Yield the address of a server, as http://127.0.0.1:8123. handler: makes one for each request."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(AUTHORITY / "server.pem", AUTHORITY / "server.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    options: dict[str, Any] = {"poll_interval": 0.01}  # so that the end is not waited for
    Thread(target=server.serve_forever, kwargs=options, daemon=True).start()
    try:
        yield f"http{'s' * tls}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
