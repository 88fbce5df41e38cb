"""The interface through which the hands tell of everything before they use it, and what is told by default.

A manual with pictures is made of it: each thing is framed while its screen still shows it untouched.
"""

from __future__ import annotations

from typing import Literal, Protocol

from playwright.sync_api import Locator, Page

# press: a button, tab or link. answer: a button of the native dialog that is open. review: a look at data.
Kind = Literal["fill", "tick", "press", "answer", "review"]


class Uses(Protocol):
    """Is told of each thing before it is used."""

    def using(self, kind: Kind, word: str, thing: Locator | None, value: str = "") -> None:
        """Note that a thing is about to be used.

        word: the manual's word for it, "" for a check box. thing: None for a native dialog, and for data that
        are looked at. value: what is typed.
        """


class Untold:
    """Keeps nothing: no manual is being made."""

    def using(self, kind: Kind, word: str, thing: Locator | None, value: str = "") -> None:
        """Keep nothing."""


def nothing(_page: Page) -> None:
    """Do nothing before a click: no evidence is kept."""


def untold(_label: str) -> None:
    """Do nothing at a press: no progress is kept."""
