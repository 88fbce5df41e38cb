"""The order of the journey: the manual's procedures as one story.

Logging out, procedure 4, ends the master user's part and, in the end, the general user's.
"""

from __future__ import annotations

from simulator.manual.scenarios import GENERAL, MASTER

LOG_OUT = "4"
MASTERS_PART = ("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", f"{LOG_OUT} {MASTER}")
ORDER = (*MASTERS_PART, "3-1", "3-2", "3-3", f"{LOG_OUT} {GENERAL}")


def place_name(procedure: str, person: str) -> str:
    """Return the name of a place in ORDER: the procedure's number, for logging out with the person."""
    return procedure if procedure != LOG_OUT else f"{LOG_OUT} {person}"


def procedure_at(place: str) -> str:
    """Return the number of the procedure at a place in ORDER."""
    return place.partition(" ")[0]


def index_of(procedure: str, *, last: bool = False) -> int:
    """Return the index in ORDER of a procedure; of logging out, which is there twice, the first or last."""
    found = [index for index, place in enumerate(ORDER) if procedure_at(place) == procedure]
    return found[-1 if last else 0]
