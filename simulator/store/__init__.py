"""Worlds and their events in a database; the only place with SQL."""

from simulator.store.worlds import NewSeat, Seat, Wanted, Worlds

__all__ = ["NewSeat", "Seat", "Wanted", "Worlds"]
