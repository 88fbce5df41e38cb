"""A bank pack as it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.banks.keys import KEYS

Mistake = tuple[str, str]  # the key and a sentence


class PackError(Exception):
    """A bank pack that cannot be used; the message lists its mistakes by their keys."""


@dataclass(frozen=True)
class Rules:
    """The numbers of a bank: wrong passwords until the lock, days, days, minutes."""

    lock_after: int
    approval_days: int
    warning_days: int
    idle_minutes: int


@dataclass(frozen=True)
class Pack:
    """One bank. values: by the keys' names. words: the default bank's other words with this bank's.

    sentences: of steps that this bank's manual words otherwise, by step as 2-1.4.
    """

    path: Path
    values: Mapping[str, str | int]
    words: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name that stands in its database and in the names of files."""
        return self.text("bank.id")

    @property
    def rules(self) -> Rules:
        """The bank's numbers."""
        return Rules(*(int(self.values[each.name]) for each in KEYS if each.is_number))

    def text(self, key: str) -> str:
        """Return the value of a key of text."""
        return str(self.values[key])


def listed(path: Path, found: Sequence[Mistake]) -> str:
    """Return the message that tells the mistakes of a pack, each once."""
    each = sorted(set(found))
    if len(each) == 1:
        return f"{path.name} の {each[0][0]}: {each[0][1]}"
    lines = "\n".join(f"  {key}: {text}" for key, text in each)
    return f"{path.name} に誤りが {len(each)} か所あります。 These are wrong:\n{lines}"
