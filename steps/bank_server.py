"""The server that the features need: the fixture ``bank_server``, which the folder fixtures provides."""

from __future__ import annotations

from typing import Protocol


class BankServer(Protocol):
    """A running simulator."""

    def address(self, seat_code: str) -> str:
        """Return the address of the front page of a seat's bank (S01)."""
