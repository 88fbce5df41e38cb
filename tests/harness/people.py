"""A story without a bank behind it."""

from __future__ import annotations

from typing import cast

from simulator.bank.people import people
from simulator.store import Seat
from steps.driver.story import Story


def nobodys_seat() -> Story:
    """The master at the start of everything; its seat must not be asked for anything."""
    both = people(7)
    return Story(cast("Seat", None), both, both.master)
