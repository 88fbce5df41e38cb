"""The pictures of the manual's steps: what every printed form of the manual is made of besides its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steps.publishing.scenes import Scene

TRAINING = "訓練用"


def quoted(words: str) -> str:
    """Return words in 「」, or in 『』 where they have 「」 of their own."""
    return f"『{words}』" if "「" in words else f"「{words}」"


@dataclass(frozen=True)
class Doing:
    """An action at one place: the words around the value to type; value is "" where nothing is typed."""

    before: str
    value: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.value}{self.after}"


@dataclass(frozen=True)
class Picture:
    """A picture of one window within one step.

    name: that of its file. width, height: in pixels. screen: the title of the screen. marks: what is done at
    the places that are framed and numbered in it, in their order. part: whether only a part of the screen is
    shown. is_dialog: whether it shows a dialog of the browser's own.
    """

    name: str
    width: int
    height: int
    screen: str
    marks: tuple[Doing, ...]
    content: bytes = field(repr=False)
    part: bool = False
    is_dialog: bool = False

    @property
    def caption(self) -> str:
        """Return the words under the picture."""
        ending = "" if self.screen.endswith("画面") else "画面"
        what = "確認のダイアログ" if self.is_dialog else f"{quoted(self.screen)}{ending}"
        return f"{what}（{TRAINING}{'・一部' if self.part else ''}）"

    @property
    def alt(self) -> str:
        """Return the words in place of the picture: which screen it is, and what to do where."""
        doings = "、".join(f"{number} {doing}" for number, doing in enumerate(self.marks, 1))
        return f"{self.caption}。{doings}。" if doings else f"{self.caption}。"


@dataclass(frozen=True)
class Book:
    """The pictures of each step, by its key (2-1.4); scenes: every step of the course, in its order."""

    pictures: Mapping[str, tuple[Picture, ...]]
    scenes: tuple[Scene, ...] = ()

    def of(self, key: str) -> tuple[Picture, ...]:
        """Return the pictures of a step; none for a step that was not photographed."""
        return self.pictures.get(key, ())

    def all(self) -> tuple[Picture, ...]:
        """Return every picture, in the order of the steps."""
        return tuple(picture for pictures in self.pictures.values() for picture in pictures)
