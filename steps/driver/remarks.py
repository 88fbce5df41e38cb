"""The observer of what a site says or shows otherwise than the manual, where that is no failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

# A message in other words, or something on a screen that the manual's text does not demand.
Kind = Literal["メッセージ", "表示"]
MESSAGE: Kind = "メッセージ"
SHOWN: Kind = "表示"


def _unheard(*_words: str) -> None:
    """Keep nothing: no evidence is recorded."""


@dataclass
class Remarks:
    """The remarks on one site.

    on_difference: called with the kind, what the feature says and what the site shows. on_note: called with
    an observation. differences: all that there were, in their order.
    """

    on_difference: Callable[[Kind, str, str], None] = _unheard
    on_note: Callable[[str], None] = _unheard
    differences: list[tuple[Kind, str, str]] = field(default_factory=list)

    def differs(self, kind: Kind, ours: str, theirs: str) -> None:
        """Note that the site says or shows something else than the feature."""
        self.differences.append((kind, ours, theirs))
        self.on_difference(kind, ours, theirs)

    def noted(self, text: str) -> None:
        """Note something that is worth a line in the evidence."""
        self.on_note(text)
