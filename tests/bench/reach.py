"""How soon every seat hears what the instructor does: a pause, a message, an unlock.

Each seat's page asks as class_news.js and the coach do: as often as the pulse says, from any moment on.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.bank.people import MASTER_ID
from simulator.store import Worlds
from simulator.store.training import Training
from simulator.training import class_control, class_news, classes
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan
from tests.bench import servers
from tests.bench.browser import Browser, Tally
from tests.bench.table import Row, quantile
from tests.bench.visitors import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.store.training import Member

SIZES = (40, class_news.LARGE, 500)
UNLOCKED = 40  # seats that are locked at once: as many as an instructor could ever see to
WITHIN_SECONDS = 3.0
ASIDE_SECONDS = 0.5  # an answer's own time, besides the interval of a large class
MOST_SECONDS = 30
PULSE = "a seat's pulse"
Heard = dict[str, Any]


@dataclass
class Seat:
    """One trainee's page: the last pulse that it heard, and when it changed."""

    browser: Browser
    heard: Heard = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def sit_down(self, code: str) -> None:
        """Come in by a seat code."""
        page = await self.browser.open("joining", "/")
        token = TOKEN.search(page.body)
        assert token
        await self.browser.open("joining", "/return", [("csrf", token[1]), ("seat_code", code)])

    async def listen(self, chance: random.Random) -> None:
        """Ask, and ask again, until the bench ends."""
        etag, every = "", class_news.IN_A_CLASS
        await asyncio.sleep(chance.uniform(0, every / 1000))
        while True:
            began = time.perf_counter()
            answer = await self.browser.ask(PULSE, "/my/pulse", etag=etag)
            if answer.body:
                etag, self.heard = answer.headers["etag"], json.loads(answer.body)
                every = self.heard["every"]
                self.changed.set()
            await asyncio.sleep(max(0.0, every / 1000 - (time.perf_counter() - began)))

    async def hears(self, is_it: Callable[[Heard], bool]) -> float:
        """The moment at which the page has heard that."""
        async with asyncio.timeout(MOST_SECONDS):
            while not is_it(self.heard):
                self.changed.clear()
                await self.changed.wait()
        return time.perf_counter()


def rows() -> Iterator[Row]:
    """The rows of the table on how soon things are heard."""
    for size in SIZES:
        yield from asyncio.run(_measure(size))


async def _measure(size: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "densai.sqlite3"
        with servers.densai(database) as server:
            worlds = Worlds(f"sqlite:///{database}")
            kept = Training(worlds)
            id_ = classes.make_class(kept, ClassPlan("速さ", 1, list(courses()), list(MODES)), size)
            tally, chance = Tally(), random.Random(size)  # noqa: S311  the same phases every time
            members = kept.members(id_)
            seats = [Seat(Browser(server.port, tally)) for _ in members]
            for seat, member in zip(seats, members, strict=True):
                await seat.sit_down(member.code)
            tasks = [asyncio.create_task(seat.listen(chance)) for seat in seats]
            await asyncio.gather(*(seat.hears(bool) for seat in seats))
            times = await _acts(kept, id_, seats, members)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            worlds.close()
    return list(_rows(size, times, tally))


async def _acts(kept: Training, id_: int, seats: list[Seat], members: list[Member]) -> dict[str, list[float]]:
    """Seconds to each seat, by what the instructor does."""

    async def all_hear(
        act: Callable[[], object], is_it: Callable[[Heard], bool], who: list[Seat]
    ) -> list[float]:
        began = time.perf_counter()
        await asyncio.to_thread(act)
        return [moment - began for moment in await asyncio.gather(*(seat.hears(is_it) for seat in who))]

    def unlock() -> None:
        for member in members[:UNLOCKED]:
            class_control.release(kept, member.seat, after="")

    pause = await all_hear(
        lambda: class_control.pause(kept, id_, on=True), lambda heard: bool(heard["paused"]), seats
    )
    resume = await all_hear(
        lambda: class_control.pause(kept, id_, on=False), lambda heard: not heard["paused"], seats
    )
    message = await all_hear(
        lambda: class_control.tell(kept, id_, "休憩です。"), lambda heard: bool(heard["news"]), seats
    )
    for member in members[:UNLOCKED]:
        with kept.changing() as change, change.world(member.seat) as world:
            world.users[MASTER_ID].login_failures = world.settings.lock_after
    before = seats[0].heard["version"]  # alike at every seat where nobody practises yet
    released = await all_hear(unlock, lambda heard: heard["version"] != before, seats[:UNLOCKED])
    return {"a pause": pause, "going on": resume, "a message": message, "an unlock": released}


def _rows(size: int, times: dict[str, list[float]], tally: Tally) -> Iterator[Row]:
    interval = class_news.milliseconds(size) / 1000
    limit = WITHIN_SECONDS if size <= class_news.LARGE else interval + ASIDE_SECONDS
    for what, seconds in times.items():
        note = f"half of the seats within {quantile(seconds, 0.5):.1f} s"
        yield Row(f"{size} seats: {what} reaches the last one", max(seconds), "s", limit, note)
    pulses = tally.milliseconds[PULSE]
    yield Row(f"{size} seats: {PULSE}: p50", quantile(pulses, 0.5), "ms", note=f"of {len(pulses)}")
    yield Row(f"{size} seats: {PULSE}: p99", quantile(pulses, 0.99), "ms")
    yield Row(f"{size} seats: errors", len(tally.errors), "", 0, "; ".join(tally.errors[:3]))
