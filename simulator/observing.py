"""The record of each request, for the access log and the metrics: never a code, a query or a cookie."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Request

STANDARD_OUTPUT = "-"
FILE_MODE = 0o640  # it holds addresses of visitors
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Seen:
    """One answered request.

    endpoint, path: "" where there is no such page; in the path every code stands as its name, as in
    /bank/<seat>/login. size: bytes of the body, None where it was not known beforehand. visitor: the IP
    address. session: the public id of the bank session in the address, "" outside of one; it is not logged.
    """

    method: str
    path: str
    endpoint: str
    status: int
    seconds: float
    size: int | None
    visitor: str
    session: str


class Observer:
    """A WSGI application around another that tells listeners of every request, once it is answered."""

    def __init__(self, app: WSGIApplication, listeners: Iterable[Callable[[Seen], None]]) -> None:
        self._app, self._listeners = app, list(listeners)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        began, answer = time.perf_counter(), _Answer()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            answer.status = int(status[:3])
            answer.request = environ.get("werkzeug.request")  # Flask forgets it at the end of the request
            answer.size = next(
                (int(text) for name, text in headers if name.lower() == "content-length"), None
            )
            return start_response(status, headers, *rest)

        return ClosingIterator(self._app(environ, start), partial(self._tell, environ, answer, began))

    def _tell(self, environ: WSGIEnvironment, answer: _Answer, began: float) -> None:
        request = answer.request
        seen = Seen(
            environ["REQUEST_METHOD"],
            masked_path(request),
            (request.endpoint if request else "") or "",
            answer.status,
            time.perf_counter() - began,
            answer.size,
            environ.get("REMOTE_ADDR", ""),
            _session_of(request),
        )
        for listener in self._listeners:
            listener(seen)


@dataclass
class _Answer:
    """The application's answer; status 500 where it failed before it gave one."""

    status: int = 500
    size: int | None = None
    request: Request | None = None


def masked_path(request: Request | None) -> str:
    """Return the path of a page with numbers as they were and codes as their names; "" for no page."""
    if request is None or request.url_rule is None:
        return ""
    values = request.view_args or {}

    def shown(found: re.Match[str]) -> str:
        value = values.get(found[1])
        return str(value) if isinstance(value, int) else f"<{found[1]}>"

    return _VARIABLE.sub(shown, request.url_rule.rule)


def _session_of(request: Request | None) -> str:
    rule = request.url_rule.rule if request and request.url_rule else ""
    # The guard of the bank has taken it out of the request's own values.
    return request.path.split("/")[rule.split("/").index("<sid>")] if request and "/<sid>" in rule else ""


class AccessLog:
    """Writes a line of JSON for every request. Raises OSError where the file cannot be opened.

    where: a file, which is opened anew when it was moved away, or STANDARD_OUTPUT. A line that a full disk
    does not take is left out: the request was answered all the same.
    """

    def __init__(self, where: str) -> None:
        self._path = "" if where == STANDARD_OUTPUT else where
        self._lock = threading.Lock()
        self._file = self._open()

    def _open(self) -> int:
        if not self._path:
            return sys.stdout.fileno()
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE_MODE)

    def __call__(self, seen: Seen) -> None:
        """Write one request."""
        noted = asdict(seen)
        del noted["session"]
        noted["ms"] = round(noted.pop("seconds") * 1000, 1)
        line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **noted})
        with self._lock, suppress(OSError):
            if self._was_moved():
                self.close()
                self._file = self._open()
            os.write(self._file, f"{line}\n".encode())  # in one piece, beside other processes

    def _was_moved(self) -> bool:
        if not self._path:
            return False
        try:
            return not os.path.samestat(os.stat(self._path), os.fstat(self._file))  # noqa: PTH116  two of a kind
        except OSError:
            return True

    def close(self) -> None:
        """Close the file."""
        if self._path:
            with suppress(OSError):
                os.close(self._file)
