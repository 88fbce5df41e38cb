"""Runs a server until it is asked to stop, and then until it has answered what it was asked before."""

from __future__ import annotations

import select
import signal
import sys
import time
from typing import TYPE_CHECKING

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PATIENCE_SECONDS = 10
TURN_SECONDS = 1.0  # a signal ends a turn at once; on Windows it is heard after it
THREADS_SECONDS = 5  # they have nothing left to do
MOST_LAST = 1000
SIGNALS = (signal.SIGINT, signal.SIGTERM)
CUT_OFF = "{}秒以内に終わらなかった処理があり、打ち切りました。 Requests were cut off after {} seconds.\n"


class Run:
    """The run of one server with all its lines.

    lines: the server's map of everything that it listens to.
    """

    def __init__(self, server: object, lines: dict[int, object]) -> None:
        self._dispatcher = getattr(server, "task_dispatcher")  # noqa: B009  waitress is not typed
        self._lines = lines
        self._servers = [each for each in lines.values() if isinstance(each, BaseWSGIServer)]
        self._is_ending = self._is_cut_off = False

    def heed_signals(self) -> None:
        """End at SIGINT or SIGTERM; a second SIGINT raises KeyboardInterrupt, which waits for nothing."""
        for number in SIGNALS:
            signal.signal(number, self._hear)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self._is_ending and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.end()

    def end(self) -> None:
        """Ask the server to stop, from any thread."""
        if not self._is_ending:
            self._is_ending = True
            for each in self._servers:
                each.pull_trigger()

    def until_end(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Serve until a stop is asked for or ``goes_on`` is false; finish within PATIENCE_SECONDS."""
        while not self._is_ending and goes_on():
            self._turn(TURN_SECONDS)
        self._is_ending = True
        self._take_the_last()
        for each in self._servers:
            # Not its own close(): what finishes is told by its trigger.
            wasyncore.dispatcher.close(each)
            each.is_ending = True
        self._finish()
        self._dispatcher.shutdown(timeout=0 if self._is_cut_off else THREADS_SECONDS)
        wasyncore.close_all(self._lines)

    def _take_the_last(self) -> None:
        """Take the lines that the system has accepted already: closing would break them off."""
        sockets = [each.socket for each in self._servers]
        for _ in range(MOST_LAST):
            if not select.select(sockets, [], [], 0)[0]:
                return
            self._turn(0)

    def _finish(self) -> None:
        last = time.monotonic() + PATIENCE_SECONDS
        while any(isinstance(each, HTTPChannel) for each in self._lines.values()):
            if time.monotonic() > last:
                self._is_cut_off = True
                sys.stderr.write(CUT_OFF.format(PATIENCE_SECONDS, PATIENCE_SECONDS))
                return
            for each in self._servers:
                each.maintenance(time.time())  # lets go of lines that are idle
            self._turn(TURN_SECONDS / 10)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._lines, count=1)
