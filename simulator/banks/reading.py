"""Reading a bank pack: a TOML file with every mistake in it told at once, each by its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from simulator.banks.keys import BY_NAME, SENTENCES, WORDS
from simulator.banks.mistakes import in_keys, in_sentences, in_values, in_words
from simulator.banks.pack import Mistake, Pack, PackError, listed
from simulator.toml_text import TomlTextError, table_of

DEFAULT = Path(__file__).with_name("hekishin.toml")


@cache
def default_pack() -> Pack:
    """Return the pack in whose words the program is written."""
    return read_pack(DEFAULT)


def read_pack(path: Path) -> Pack:
    """Return the pack of a TOML file. Raises PackError with every mistake that the file itself shows.

    Keys that are left out are the default bank's.
    """
    table = _table_of(path)
    flat = dict(_flat(table))
    words, sentences = table.get(WORDS, {}), table.get(SENTENCES, {})
    found: list[Mistake] = [*in_keys(flat), *in_words(words), *in_sentences(sentences)]
    if not found:
        usual = {} if path == DEFAULT else default_pack().values
        pack = Pack(path, {**usual, **flat}, words, sentences)
        found = [*in_values(pack)]
        if path != DEFAULT and pack.id == default_pack().id:
            found.append(("bank.id", f"「{pack.id}」は既定のパックの名前です。別の名前にしてください。"))
    if found:
        raise PackError(listed(path, found))
    return pack


def _table_of(path: Path) -> dict[str, Any]:
    try:
        return table_of(path.read_bytes())
    except OSError as error:
        raise PackError(f"{path} を開けません（{error.strerror}）。 The bank pack cannot be read.") from None
    except TomlTextError as error:
        raise PackError(f"{path} は TOML として読めません: {error}") from None


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The keys of a pack with their tables, but for its words and sentences."""
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and name not in BY_NAME:
            yield from _flat(value, f"{name}.") if name not in (WORDS, SENTENCES) else ()
        elif name not in (WORDS, SENTENCES):
            yield name, value
