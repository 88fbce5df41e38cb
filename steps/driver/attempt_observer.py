"""What the hands tell whoever counts passwords; the plain features' banks are made anew, so none does."""

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
    """Whether a field asks for a password that one must know."""
    return fold(word) in ASKING


class Attempts(Protocol):
    """Hears of every password that is tried, before it is."""

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:
        """Something was typed into a field; account is whose login ID or approval it is.

        named: what a feature calls the value, where it is not the person's own.
        """

    def pressing(self, label: str) -> None:
        """A button is about to be pressed. Raises StepFailure where that might lock an account."""

    def settled(self, *, right: bool, changed: bool) -> None:
        """What was tried last was right or not, and new passwords came to count or not."""

    def refused(self, *, asked: bool) -> None:
        """The form that was sent last has come back; asked: with a fault at the password it asks for."""


class Uncounted:
    """For banks that may be locked and thrown away."""

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:
        """Nothing is counted."""

    def pressing(self, label: str) -> None:
        """Nothing is counted."""

    def settled(self, *, right: bool, changed: bool) -> None:
        """Nothing is counted."""

    def refused(self, *, asked: bool) -> None:
        """Nothing is counted."""
