"""Sends prepared requests to a server on this computer and times each answer, in a process of its own."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HOST = "127.0.0.1"  # never another address
FIRST_ERROR = 400
MOST_SECONDS = 60


@dataclass
class Times:
    """Milliseconds of every answer, and how many answers were errors."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0


def closed(port: int, requests: Sequence[bytes], each: int) -> Times:
    """As many clients as requests, each sending its own `each` times, the next when the last was answered."""
    return _apart(_closed, port, requests, each)


def steady(port: int, requests: Sequence[bytes], rate: int, seconds: int) -> Times:
    """Requests that arrive by chance at this rate, whether or not earlier ones were answered."""
    return _apart(_steady, port, requests, rate, seconds)


def _apart(work: Callable[..., Times], *arguments: object) -> Times:
    # In its own process, so that the measuring never waits for the bench itself.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result(timeout=2 * MOST_SECONDS)


def _closed(port: int, requests: Sequence[bytes], each: int) -> Times:
    async def everybody() -> Times:
        times = Times()
        async with asyncio.timeout(MOST_SECONDS):
            lines = await asyncio.gather(*(asyncio.open_connection(HOST, port) for _ in requests))
            pairs = list(zip(lines, requests, strict=True))
            # Once untimed: what is measured is a class at work, not its first moment.
            await asyncio.gather(*(_ask(*line, request) for line, request in pairs))
            await asyncio.gather(*(_client(line, request, each, times) for line, request in pairs))
        return times

    return asyncio.run(everybody())


async def _client(line: Line, request: bytes, each: int, times: Times) -> None:
    for _ in range(each):
        began = time.perf_counter()
        status = await _ask(*line, request)
        times.milliseconds.append((time.perf_counter() - began) * 1000)
        times.errors += status >= FIRST_ERROR
    line[1].close()


def _steady(port: int, requests: Sequence[bytes], rate: int, seconds: int) -> Times:
    async def arrivals() -> Times:
        times, idle = Times(), list[Line]()
        chance = random.Random(1560)  # noqa: S311  the same arrivals every time
        began, due, asked = time.perf_counter(), 0.0, []
        for number in range(rate * seconds):
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            request = requests[number % len(requests)]
            asked.append(asyncio.create_task(_arrival(port, request, began + due, idle, times)))
        async with asyncio.timeout(MOST_SECONDS):
            await asyncio.gather(*asked)
        return times

    return asyncio.run(arrivals())


async def _arrival(
    port: int,
    request: bytes,
    due: float,
    idle: list[Line],
    times: Times,
) -> None:
    """Timed from when it should have been sent: waiting for a line counts."""
    line = idle.pop() if idle else await asyncio.open_connection(HOST, port)
    try:
        status = await _ask(*line, request)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        # A kept line that the server has let go: every browser takes a new one then.
        line[1].close()
        if getattr(error, "partial", b""):
            raise
        line = await asyncio.open_connection(HOST, port)
        status = await _ask(*line, request)
    times.milliseconds.append((time.perf_counter() - due) * 1000)
    times.errors += status >= FIRST_ERROR
    idle.append(line)


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """The status of the answer, read to its end."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(lines[0].split()[1])
