"""Every fault that the sites can have, and the switch."""

from __future__ import annotations

from tests.harness.foreign import faults_of_service, faults_of_users  # noqa: F401  each enters its own
from tests.harness.foreign.fault_changes import FAULTS, broken

__all__ = ["FAULTS", "broken"]
