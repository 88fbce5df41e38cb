"""A class at work, from a process of its own: so many trainees, and the desk that watches each class."""

from __future__ import annotations

import asyncio
import random
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

from tests.bench.browser import FIRST_ERROR, Browser, Tally
from tests.bench.manual import JOURNEYS
from tests.bench.trainee import Trainee

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MODES = ("learn", "try", "measure")
DESK_SECONDS, TICK_SECONDS = 2, 0.05
BOARD, OWN_DELAY = "the desk's board", "the load's own delay"


@dataclass(frozen=True)
class Room:
    """A class to fill: its number, its code, its seats, and how many of them are taken."""

    id: int
    code: str
    trainees: int


@dataclass(frozen=True)
class Plan:
    """The course of a load: all join within ``arriving`` seconds, and ``settling`` later it is measured."""

    port: int
    rooms: Sequence[Room]
    seeds: Mapping[str, int]  # of every seat, by its code
    desk: Mapping[str, str]  # the instructor's cookies
    think: float
    arriving: float
    measured: float
    settling: float = 0

    @property
    def before(self) -> float:
        """Seconds until it is measured."""
        return self.arriving + self.settling


def run(plan: Plan) -> Tally:
    """Every time and error of the crowd, measured where nothing else runs."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_run, plan).result(timeout=2 * (plan.before + plan.measured) + 60)


def _run(plan: Plan) -> Tally:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # every trainee has lines of his own
    return asyncio.run(_everybody(plan))


async def _everybody(plan: Plan) -> Tally:
    tally = Tally(since=time.perf_counter() + plan.before)
    chance = random.Random(1560)  # noqa: S311  the same crowd every time
    at_work = [asyncio.create_task(_watch(plan, room, tally)) for room in plan.rooms]
    at_work.append(asyncio.create_task(_notice_own_delay(tally)))
    at_work += [
        asyncio.create_task(_trainee(plan, room, number, tally, chance))
        for room in plan.rooms
        for number in range(room.trainees)
    ]
    await asyncio.sleep(plan.before + plan.measured)
    for task in at_work:
        task.cancel()
    for task in at_work:
        with suppress(asyncio.CancelledError):
            await task
    return tally


async def _trainee(plan: Plan, room: Room, number: int, tally: Tally, chance: random.Random) -> None:
    course, mode = list(JOURNEYS)[number % len(JOURNEYS)], MODES[number % len(MODES)]
    await asyncio.sleep(chance.uniform(0, plan.arriving))
    trainee = Trainee(Browser(plan.port, tally), chance, plan.seeds, course, mode, plan.think)
    try:
        await trainee.take_part(room.code, f"受講者{number + 1}")
    except (OSError, EOFError, TimeoutError) as error:
        tally.errors.append(f"no answer: {error!r}")


async def _watch(plan: Plan, room: Room, tally: Tally) -> None:
    """The instructor's page, as desk.js has it."""
    browser, etag = Browser(plan.port, tally), ""
    browser.cookies.update(plan.desk)
    while True:
        answer = await browser.ask(BOARD, f"/desk/classes/{room.id}/board", etag=etag)
        etag = answer.headers.get("etag", "") if answer.status < FIRST_ERROR else ""
        await asyncio.sleep(DESK_SECONDS)


async def _notice_own_delay(tally: Tally) -> None:
    """How late the load itself is: what it measures is longer by so much."""
    while True:
        due = time.perf_counter() + TICK_SECONDS
        await asyncio.sleep(TICK_SECONDS)
        tally.note(OWN_DELAY, due)
