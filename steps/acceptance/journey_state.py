"""How far a journey has got, on disk after every change: what has been sent is never sent again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from simulator.manual.order import ORDER
from steps.event_file import EventFile

Event = Literal["sending", "sent", "done"]
FILE = "progress.jsonl"


@dataclass(frozen=True)
class Reached:
    """The state of a journey, in names of ORDER.

    done: the procedures that are done. unknown: one whose change was sent and not answered, "" for none.
    after_journey: the scenarios after the journey that are done, as Planned.name has them.
    """

    done: tuple[str, ...] = ()
    unknown: str = ""
    after_journey: tuple[str, ...] = ()


class JourneyState:
    """The state file of one journey."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._file = EventFile(
            self.path,
            f"進み具合を {self.path} に書けないため中止しました（{{reason}}）。 "
            "The progress cannot be written.",
        )

    def note(self, place: str, event: Event) -> None:
        """Write an event and return once it is on the disk. Raises LedgerError."""
        self._file.append({"place": place, "event": event})

    def read(self) -> Reached:
        """Return the state according to the file."""
        last: dict[str, str] = {each["place"]: each["event"] for each in self._file.events() if each}
        done = tuple(place for place in ORDER if last.get(place) in ("sent", "done"))
        unknown = next((place for place in ORDER if last.get(place) == "sending"), "")
        return Reached(done, unknown, tuple(place for place in last if place not in ORDER))
