"""A browser as the server meets it: kept lines, cookies, stored style sheets and scripts, redirects followed.

Only what costs the server something; a page is text here and nothing runs in it.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from tests.bench.load import HOST, Line
from tests.bench.visitors import FORM

FETCHED = re.compile(r'<(?:link rel="stylesheet" href|script(?: [^>]*)? src)="([^"]+)"')
FRESH = re.compile(r"max-age=(\d+)")
NOT_CHANGED, FIRST_ERROR = 304, 400
MOST_SECONDS = 60  # an answer that takes longer counts as none
Fields = list[tuple[str, str]]


@dataclass
class Tally:
    """Milliseconds of every answer by what was asked for, and what went wrong, in words."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    since: float = 0.0  # what was asked before this moment is not counted, but its errors are

    def note(self, kind: str, began: float) -> None:
        """One answer that has just come."""
        if began >= self.since:
            self.milliseconds.setdefault(kind, []).append((time.perf_counter() - began) * 1000)


@dataclass(frozen=True)
class Answer:
    """An answer, and its address."""

    status: int
    path: str
    headers: dict[str, str]
    body: str


class Browser:
    """One person's browser."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.port, self.tally = port, tally
        self.cookies: dict[str, str] = {}
        self._idle: list[Line] = []
        self._stored: dict[str, tuple[str, float]] = {}  # address -> its ETag, and until when it is not asked

    async def open(self, kind: str, path: str, fields: Fields | None = None) -> Answer:
        """A page from the click to its last byte, redirects followed; what it loads comes afterwards."""
        began = time.perf_counter()
        answer = await self._send(path, fields)
        while answer.headers.get("location"):
            answer = await self._send(urljoin(answer.path, answer.headers["location"]), None)
        self.tally.note(kind, began)
        self._check(answer)
        fetched = set(FETCHED.findall(answer.body))
        await asyncio.gather(*(self._fetch(address) for address in fetched))
        return answer

    async def ask(self, kind: str, path: str, fields: Fields | None = None, etag: str = "") -> Answer:
        """Send a script's request and return the answer."""
        began = time.perf_counter()
        answer = await self._send(path, fields, f"If-None-Match: {etag}\r\n" if etag else "")
        self.tally.note(kind, began)
        self._check(answer)
        return answer

    async def _fetch(self, address: str) -> None:
        etag, until = self._stored.get(address, ("", 0.0))
        if time.monotonic() < until:
            return
        answer = await self.ask("style sheets and scripts", address, etag=etag)
        fresh = FRESH.search(answer.headers.get("cache-control", ""))
        lives = int(fresh[1]) if fresh else 0
        self._stored[address] = (answer.headers.get("etag", ""), time.monotonic() + lives)

    def _check(self, answer: Answer) -> None:
        if answer.status >= FIRST_ERROR:
            self.tally.errors.append(f"{answer.path} answered {answer.status}")

    async def _send(self, path: str, fields: Fields | None, more: str = "") -> Answer:
        parts = urlsplit(path)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(fields).encode() if fields is not None else b""
        kind = f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n" if fields is not None else ""
        method = "GET" if fields is None else "POST"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nCookie: {cookies}\r\n{kind}{more}\r\n"
        )
        async with asyncio.timeout(MOST_SECONDS):
            return await self._exchange(path, head.encode() + body)

    async def _exchange(self, path: str, request: bytes) -> Answer:
        while self._idle:
            line = self._idle.pop()
            try:
                return await self._over(line, path, request)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                # A kept line that the server has let go: every browser takes a new one then.
                line[1].close()
                if getattr(error, "partial", b""):
                    raise
        return await self._over(await asyncio.open_connection(HOST, self.port), path, request)

    async def _over(self, line: Line, path: str, request: bytes) -> Answer:
        reader, writer = line
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.split("\r\n")
        headers: dict[str, str] = {}
        for each in rest:
            name, _, value = each.partition(": ")
            if name.lower() == "set-cookie":
                self._keep(value)
            headers[name.lower()] = value
        status = int(first.split()[1])
        length = 0 if status == NOT_CHANGED else int(headers["content-length"])
        body = (await reader.readexactly(length)).decode() if length else ""
        if headers.get("connection") == "close":
            writer.close()
        else:
            self._idle.append(line)
        return Answer(status, path, headers, body)

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if value:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)
