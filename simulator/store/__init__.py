"""The database: seats with their worlds and events, and what belongs to training. The only place with SQL."""

from simulator.store import training_tables, tries  # noqa: F401  their tables are made with the others
from simulator.store.trouble import DatabaseError, Trouble, trouble_of
from simulator.store.worlds import NewSeat, Seat, SeatGoneError, Wanted, Worlds

__all__ = ["DatabaseError", "NewSeat", "Seat", "SeatGoneError", "Trouble", "Wanted", "Worlds", "trouble_of"]
