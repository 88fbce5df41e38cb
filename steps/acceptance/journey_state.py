"""How far a journey has got, on disk after every change: what has been sent is never sent again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from simulator.manual.order import ORDER
from steps.ledger import LedgerError, append

Event = Literal["sending", "sent", "done"]
FILE = "progress.jsonl"


@dataclass(frozen=True)
class Reached:
    """Where a journey stands: the procedures done, and one whose change was sent and not answered.

    last: the scenarios after the journey that are done, as Planned.name calls them.
    """

    done: tuple[str, ...] = ()
    unknown: str = ""
    last: tuple[str, ...] = ()


class JourneyState:
    """One journey's file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def note(self, place: str, event: Event) -> None:
        """Write a line and see it on the disk. Raises LedgerError."""
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "place": place, "event": event}
        try:
            append(self.path, json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise LedgerError(
                f"進み具合を {self.path} に書けないため中止しました（{error.strerror}）。 "
                "The progress cannot be written."
            ) from None

    def read(self) -> Reached:
        """Where the journey stands."""
        last: dict[str, str] = {}
        there = self.path.read_text(encoding="utf-8", errors="replace") if self.path.exists() else ""
        for text in there.splitlines():
            try:
                line = json.loads(text)
            except ValueError:  # the machine died in the middle of its last line
                continue
            last[line["place"]] = line["event"]
        done = tuple(place for place in ORDER if last.get(place) in ("sent", "done"))
        unknown = next((place for place in ORDER if last.get(place) == "sending"), "")
        return Reached(done, unknown, tuple(place for place in last if place not in ORDER))
