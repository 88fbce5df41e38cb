"""Tells of the connections to a database that are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.store.worlds import Worlds


def watch(worlds: Worlds, change: Callable[[float], None]) -> None:
    """Call ``change`` with 1 for each connection that is taken from now on, with -1 when it is given back."""

    def taken(*_connection: Any) -> None:
        change(1)

    def given_back(*_connection: Any) -> None:
        change(-1)

    event.listen(worlds.engine, "checkout", taken)
    event.listen(worlds.engine, "checkin", given_back)
