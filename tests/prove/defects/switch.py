"""Every defect there is, and the switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.prove.defects import (  # noqa: F401  each enters its own
    approval_password,
    approving,
    entering,
    leaving,
    login,
    login_password,
    permissions,
    steps_inside,
    steps_outside,
    user_update,
    users,
)
from tests.prove.defects.catalogue import DEFECTS, KINDS, Defect

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["DEFECTS", "KINDS", "Defect", "switch_on"]


def switch_on(app: Flask, id_: str) -> None:
    """Break one thing in this application, for good. KeyError for a defect that is not there."""
    DEFECTS[id_].make(app)
