"""The interface through which the driver reports how a site calls things, for the site vocabulary."""

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
    """How a deployment file names a thing.

    what: its name in a message. table: the table of the file. ours: the manual's words for it. among: the
    kinds of things (word_engine.inventory) that it may be one of. part: whether ours is only a part of its
    name.
    """

    what: str
    table: Table
    ours: tuple[str, ...]
    among: tuple[str, ...]
    part: bool = False


class Notes(Protocol):
    """Is told of everything that was found, with the way, and of everything that was not."""

    def found(self, named: Named, way: str, there: Locator) -> None:
        """Note that a thing was found in this way."""

    def missed(self, named: Named, pages: Sequence[Page]) -> str:
        """Note that a thing is in none of these windows; return what to add to the failure's message."""


class Unnoted:
    """Notes nothing: the simulator's words are the manual's."""

    def found(self, named: Named, way: str, there: Locator) -> None:
        """Keep nothing."""

    def missed(self, named: Named, pages: Sequence[Page]) -> str:  # noqa: ARG002  as every Notes is called
        """Add nothing to the message."""
        return ""
