"""pytest plugin for tests: a warning in the middle of every step, as a library may give after an update."""

from __future__ import annotations

import warnings

WORDS = "to be removed in the next release"


def pytest_bdd_before_step() -> None:
    warnings.warn(WORDS, DeprecationWarning, stacklevel=2)
