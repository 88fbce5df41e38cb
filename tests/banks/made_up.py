"""The made-up banks, and packs with a mistake in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from simulator.banks.pack import Pack
from simulator.banks.reading import read_pack
from simulator.banks.words import Words

HERE = Path(__file__).parent
NAMES = ("minato", "toge", "yukino")


def path_of(name: str) -> Path:
    """The file of a made-up bank's pack."""
    return HERE / f"{name}.toml"


@cache
def pack_of(name: str) -> Pack:
    """A made-up bank's pack."""
    return read_pack(path_of(name))


@cache
def words_of(name: str) -> Words:
    """Its words."""
    return Words(pack_of(name))
