"""Which bank a command line asks for, known before the command's own modules are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.toml_text import TomlTextError, table_of

OPTION = "--bank"
DEPLOYMENT = "--deployment"


def value_of(option: str, given: Sequence[str]) -> str:
    """Return the last value that an option has on a command line, "" for none."""
    found = ""
    for place, each in enumerate(given):
        name, equals, value = each.partition("=")
        if name == option:
            found = value if equals else "".join(given[place + 1 : place + 2])
    return found


def bank_asked_for(given: Sequence[str]) -> Path | None:
    """Return the pack that `--bank`, or the deployment file of an acceptance, names; None for none."""
    if asked := value_of(OPTION, given):
        return Path(asked)
    deployment = value_of(DEPLOYMENT, given)
    return of_deployment(Path(deployment)) if deployment else None


def of_deployment(path: Path) -> Path | None:
    """Return the pack that a deployment file names; None where it names none, or cannot be read at all."""
    try:
        named = table_of(path.read_bytes()).get("bank")
    except (OSError, TomlTextError):
        return None  # the command tells that by itself
    return path.parent / named if named and isinstance(named, str) else None
