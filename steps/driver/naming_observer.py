"""What the driver tells whoever learns how a site calls things; of the plain features nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from playwright.sync_api import Locator, Page

# The tables of a deployment file that can say how a site calls a thing, or where it is.
Table = Literal["words", "screens", "find"]
# How a thing was found: by role and name, by the deployment file, or by a weaker way of the word engine.
BY_ROLE, BY_FILE = "role", "file"


@dataclass(frozen=True)
class Named:
    """How a deployment file would name a thing.

    ours: the manual's words for it. among: the kinds of things (word_engine.inventory) that it may be one of.
    part: they are only a part of what it is called.
    """

    what: str
    table: Table
    ours: tuple[str, ...]
    among: tuple[str, ...]
    part: bool = False


class Notes(Protocol):
    """Hears of what was found, and how, and of what was not."""

    def found(self, named: Named, way: str, there: Locator) -> None:
        """A thing is there, found in this way."""

    def missed(self, named: Named, pages: Sequence[Page]) -> str:
        """A thing is in none of these windows; what to add to the tester's message."""


class Unnoted:
    """For a bank of one's own: its words are the manual's."""

    def found(self, named: Named, way: str, there: Locator) -> None:
        """Nothing is kept."""

    def missed(self, named: Named, pages: Sequence[Page]) -> str:  # noqa: ARG002  as every Notes is called
        """Nothing is added."""
        return ""
