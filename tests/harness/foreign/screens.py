"""The parts of a foreign site's screens, before any markup; each site draws these in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Zone = Literal["site", "list", "service"]


@dataclass(frozen=True)
class Text:
    """A line to read."""

    words: str


@dataclass(frozen=True)
class Facts:
    """Words and what they stand for."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ask:
    """A place to type in."""

    name: str
    label: str
    secret: bool = False
    before: str = ""


@dataclass(frozen=True)
class Box:
    """A box to tick."""

    name: str
    value: str
    label: str
    ticked: bool = False


@dataclass(frozen=True)
class Button:
    """Something to press.

    go: the screen it opens, about: for whom. do: the action it sends the form to. window: where the answer
    comes up. confirm: the question before it. closes: it closes its window.
    """

    label: str
    go: str = ""
    do: str = ""
    about: str = ""
    window: str = ""
    confirm: str = ""
    closes: bool = False
    link: bool = False


Cell = str | Box | Button


@dataclass(frozen=True)
class Table:
    """A list with its title; the first row of heads names the columns."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Part = Text | Facts | Ask | Table | Button


@dataclass(frozen=True)
class Tab:
    """One of the service's tabs."""

    label: str
    go: str


@dataclass(frozen=True)
class Screen:
    """One screen; errors are codes by the field they belong to, typed is what comes back into the fields."""

    title: str
    zone: Zone
    parts: tuple[Part, ...]
    tabs: tuple[Tab, ...] = ()
    corner: Button | None = None
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
