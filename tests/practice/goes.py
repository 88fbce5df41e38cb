"""A go at a course without a bank around it: its practice, and pages and events as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.bank.people import MASTER_ID, people
from simulator.domain.world import Clock, Event
from simulator.training import tracker
from simulator.training.course_start import world_for
from simulator.training.lessons import courses
from simulator.training.model import Mode, Practice, utc_now

if TYPE_CHECKING:
    from simulator.store.training import NewEntry
    from simulator.training.lessons import Item

SEED = 1560


class Go:
    """One practice, and the bank as it is meant to stand."""

    def __init__(self, course: str, mode: Mode = "learn") -> None:
        self.course = courses()[course]
        self.practice = Practice(course, mode)
        self.world = world_for(self.course, SEED, Clock())
        self.people = people(SEED)

    @property
    def due(self) -> str:
        """The key of the step that is due; "" when all are done."""
        item = tracker.due_item(self.practice, self.course)
        return item.key if item else ""

    def item(self, key: str) -> Item:
        return next(item for item in self.course.items if item.key == key)

    def event(self, kind: str, login_id: str = MASTER_ID, **data: str) -> Event:
        return Event(kind, login_id, self.world.now(), data)

    def see(
        self, screen: str, *events: Event, login_id: str = MASTER_ID, failures: tuple[str, ...] = ()
    ) -> list[NewEntry]:
        """A page is shown, after these events."""
        first = self.practice.last_event + 1
        seen = tracker.Seen(screen, login_id, failures, failures, list(enumerate(events, first)))
        return tracker.observe(self.practice, self.course, seen, self.world, self.people, utc_now())

    def see_all(self, *screens: str) -> None:
        """These pages, one after the other."""
        for screen in screens:
            self.see(screen)
