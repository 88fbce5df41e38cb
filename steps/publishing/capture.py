"""Plays the manual on a training bank of its own and photographs every step.

The clock stands still for each step and the bank's data come from a seed, so two captures are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Thread

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from waitress.server import BaseWSGIServer

from simulator.domain.world import JAPAN, Clock
from simulator.manual.order import done_before
from simulator.manual.procedures import procedure
from simulator.manual.wording import WHO
from simulator.store import Seat
from simulator.training.goals import done_words
from simulator.training.lessons import Item, courses
from simulator.training.starts import world_at
from steps.bank_under_test import BankUnderTest
from steps.driver.browser_search import find_browser
from steps.driver.word_engine import register
from steps.open_bank import OpenBank, open_bank
from steps.publishing.book import Book, Picture
from steps.publishing.coach_steps import due_step, traps_of
from steps.publishing.scene_watcher import SceneWatcher, Several
from steps.publishing.scenes import Frame, Scene
from steps.publishing.watcher import Watcher

# Of this manual's bank alone: the passwords of the default seed open the banks of real classes.
SEED = 740_260_401
BEGIN = datetime(2026, 4, 1, 10, 0, tzinfo=JAPAN)
VIEWPORT = {"width": 1280, "height": 720}
WHOLE = "all"
PERSON = {who: person for person, who in WHO.items()}
# Is told how many steps are done, of how many, and which is next.
Tell = Callable[[int, int, str], None]


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Return a browser of this computer. Raises BrowserError where none is found or it does not start."""
    found = find_browser()
    with sync_playwright() as playwright:
        register(playwright)
        try:
            browser = playwright.chromium.launch(**found.launch_options())  # type: ignore[arg-type]
        except PlaywrightError as error:
            raise found.start_failure(error) from None
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served_bank() -> Iterator[OpenBank]:
    """Return a bank that answers, in a thread of its own."""
    with open_bank(seed=SEED) as bank:
        Thread(target=_serve, args=(bank.server,), daemon=True).start()
        yield bank


def _serve(server: BaseWSGIServer) -> None:
    # It ends when its sockets are closed, of which its loop is told by an error.
    with suppress(OSError, ValueError):
        server.run()


def capture(browser: Browser, seat: Seat, home: str, tell: Tell, course: str = WHOLE) -> Book:
    """Return the pictures of every step of a course, which is played on a seat from its beginning.

    home: the address of the seat's home page. Raises StepFailure where a step cannot be done.
    """
    context = browser.new_context(
        viewport=VIEWPORT,  # type: ignore[arg-type]
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",
    )
    try:
        return _Photographer(browser, BankUnderTest(context, seat, home)).play(course, tell)
    finally:
        context.close()


class _Photographer:
    """Plays a course and keeps every step's windows, and the pictures of its first time."""

    def __init__(self, browser: Browser, bank: BankUnderTest) -> None:
        self._bank = bank
        self._watcher = Watcher(browser, bank.windows, bank.story.seen())
        self._scenes = SceneWatcher(bank.windows)
        # A picture leaves traces in the page: the page is kept before.
        bank.hands.uses = Several((self._scenes, self._watcher))

    def play(self, id_: str, tell: Tell) -> Book:
        course = courses()[id_]
        seat = self._bank.story.training_seat()
        seat.replace(world_at(seat.seed, course.base, self._clock(0)))
        self._bank.story.done = list(done_before(course.base))
        pictures: dict[str, tuple[Picture, ...]] = {}
        scenes: list[Scene] = []
        lesson = ""
        for place, item in enumerate(course.items):
            tell(place, len(course.items), item.label)
            self._set_clock(place)
            if item.lesson != lesson:
                lesson = self._begin(item, lesson)
            step, traps = due_step(course, item, seat.read()), traps_of(item, seat.read())
            after = course.items[place + 1 :][:1]
            shown, frames = self._do(item, after[0] if after else None, is_new=item.key not in pictures)
            if shown:
                pictures[item.key] = shown
            is_last = not after or after[0].lesson != item.lesson
            done = done_words(item.lesson, seat.read()) if is_last else ""
            scenes.append(Scene(item.key, step, traps, frames, done))
        tell(len(course.items), len(course.items), "")
        return Book(pictures, tuple(scenes))

    def _begin(self, item: Item, before: str) -> str:
        """Begin a procedure at the screen where it begins; return its number."""
        if before:
            self._bank.story.done.append(before)
        self._bank.sit_down(PERSON[item.who])
        if start := procedure(item.lesson).start:
            self._bank.reach(start)
        return item.lesson

    def _do(
        self, item: Item, after: Item | None, *, is_new: bool
    ) -> tuple[tuple[Picture, ...], tuple[Frame, ...]]:
        self._scenes.begin()
        if is_new:
            self._watcher.begin(item.key)
        self._bank.hands.perform(item.actions, after.actions if after else ())
        if item.next_screen:
            self._bank.arrive(item.next_screen)
        frames = self._scenes.end()
        return self._watcher.end() if is_new else (), frames

    def _set_clock(self, place: int) -> None:
        with self._bank.story.training_seat().change() as world:
            world.clock = self._clock(place)

    def _clock(self, place: int) -> Clock:
        clock = Clock()
        clock.set(BEGIN + timedelta(minutes=place))
        return clock
