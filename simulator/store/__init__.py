"""Worlds and their events in a database; the only place with SQL."""

from simulator.store import training_tables  # noqa: F401  its tables are made with the others
from simulator.store.worlds import NewSeat, Seat, SeatGoneError, Wanted, Worlds

__all__ = ["NewSeat", "Seat", "SeatGoneError", "Wanted", "Worlds"]
