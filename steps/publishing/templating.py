"""The templates of what is published, beside those of the simulator's own page of the manual."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

import simulator
from simulator.banks.chosen import retold

TEMPLATES = retold(Path(__file__).with_name("templates"))
BANK = retold(Path(simulator.__file__).parent)


def environment() -> Environment:
    """Return where templates are found and how they are read."""
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(BANK / "templates")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
