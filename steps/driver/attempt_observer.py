"""The interface through which the hands report password attempts, and its implementation that counts none."""

from __future__ import annotations

from typing import Literal, Protocol

from simulator.manual.wording import fold

Kind = Literal["login", "approval"]
# The field that asks whether one knows a password -> which of the two it is.
ASKING: dict[str, Kind] = {
    "ログインパスワード": "login",
    "現ログインパスワード": "login",
    "承認パスワード": "approval",
    "現在の承認パスワード": "approval",
}
# The field that sets a password of one's own -> which of the two it is.
SETTING: dict[str, Kind] = {"新ログインパスワード": "login", "新しい承認パスワード": "approval"}


def is_asked(word: str) -> bool:
    """Return whether a field asks for the current password."""
    return fold(word) in ASKING


class Attempts(Protocol):
    """Is told of every password before it is sent."""

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:
        """Note that a value was typed into a field; account is the login ID of its owner.

        named: what a feature calls the value, where it is not the person's own.
        """

    def abandoned(self) -> None:
        """Note that what was typed since the last press will not be sent."""

    def pressing(self, label: str) -> None:
        """Note that a button is about to be pressed. Raises StepFailure where that might lock an account."""

    def settled(self, *, right: bool, changed: bool) -> None:
        """Note whether the last password was right, and whether new passwords are in force."""

    def refused(self, *, asked: bool) -> None:
        """Note that the last form has come back; asked: with an error at the password that it asks for."""


class Uncounted:
    """Counts nothing: a training bank may be locked, and is thrown away after the scenario."""

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:
        """Count nothing."""

    def abandoned(self) -> None:
        """Count nothing."""

    def pressing(self, label: str) -> None:
        """Count nothing."""

    def settled(self, *, right: bool, changed: bool) -> None:
        """Count nothing."""

    def refused(self, *, asked: bool) -> None:
        """Count nothing."""
