"""Several processes that do the same on one socket: started, started anew when one dies, stopped together."""

from __future__ import annotations

import multiprocessing
import signal
import time
from contextlib import suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.context import ForkProcess
    from types import FrameType

STOP_SECONDS = 15  # more than a worker takes to finish what it was asked
SHORT_LIFE_SECONDS = 5
MOST_SHORT_LIVES = 5


class WorkersFailedError(Exception):
    """The processes end soon after each start."""


class Workers:
    """The processes of some works, each done until a signal asks for its end."""

    def __init__(self, works: Sequence[Callable[[], None]], ended: Callable[[int], None]) -> None:
        """Take the works and who is told the number of each process that has ended by itself."""
        self._fork = multiprocessing.get_context("fork")
        self._works, self._ended = works, ended
        self._running: dict[int, tuple[ForkProcess, float]] = {}
        self._short_lives = 0

    def run(self) -> None:
        """Keep all of them running until SIGINT or SIGTERM. Raises WorkersFailedError."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _interrupt)
        try:
            for place in range(len(self._works)):
                self._start(place)
            while True:
                wait([process.sentinel for process, _ in self._running.values()])
                self._replace_ended()
        except KeyboardInterrupt:
            pass
        finally:
            self._stop()

    def _start(self, place: int) -> None:
        process = self._fork.Process(target=_do, args=(self._works[place],))
        process.start()
        self._running[place] = (process, time.monotonic())

    def _replace_ended(self) -> None:
        for place, (process, began) in list(self._running.items()):
            if process.exitcode is None:
                continue
            self._ended(process.pid or 0)
            short = time.monotonic() - began < SHORT_LIFE_SECONDS
            self._short_lives = self._short_lives + 1 if short else 0
            if self._short_lives >= MOST_SHORT_LIVES:
                raise WorkersFailedError
            self._start(place)

    def _stop(self) -> None:
        """End all of them; a second signal, or too long a time, ends them at once."""
        processes = [process for process, _ in self._running.values()]
        for process in processes:
            process.terminate()
        last = time.monotonic() + STOP_SECONDS
        with suppress(KeyboardInterrupt):
            for process in processes:
                process.join(max(0.0, last - time.monotonic()))
        for process in processes:
            process.kill()
            process.join()


def _do(work: Callable[[], None]) -> None:
    # A signal in the first second ends it; the work itself listens later.
    with suppress(KeyboardInterrupt):
        work()


def _interrupt(_number: int, _frame: FrameType | None) -> Any:
    raise KeyboardInterrupt
