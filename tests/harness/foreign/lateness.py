"""How late the sites answer: as a slow site does, scaled down for the tests of every change."""

from __future__ import annotations

import os
from random import Random

SCALE = "DENSAI_FOREIGN_LATENESS"  # the environment variable: 1 is a site as slow as some are
USUAL_SCALE = "0.2"
_DRAWN = Random(1560)  # noqa: S311  delays, not secrets
# Where between its least and its most each delay of a page lies, one after another: the same in every run.
FRACTIONS = " ".join(f"{_DRAWN.random():.3f}" for _ in range(97))


def scale() -> float:
    """Return the factor of all delays of the sites."""
    return float(os.environ.get(SCALE, USUAL_SCALE))


def late(milliseconds: int) -> int:
    """Return a delay of a slow site, scaled."""
    return round(milliseconds * scale())
