"""One visitor's conversation with the bank, and what every screen has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.harness.foreign.core import Bank, Faults, User
from tests.harness.foreign.screens import Button, Part, Screen, Zone

Form = dict[str, str]
SERVICE = "しんきん電子記録債権サービス"
HIDDEN = "******"


@dataclass
class Visit:
    """One browser's conversation: who has logged in, how far, what he is in the middle of."""

    bank: Bank
    user: User | None = None
    inside: bool = False
    about: str = ""
    rights: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    initial: str = ""
    form: Form = field(default_factory=dict)
    searched: Form = field(default_factory=dict)
    updated: tuple[User, ...] = ()
    errors: Faults = field(default_factory=dict)
    typed: Form = field(default_factory=dict)
    failed_at: str = ""

    @property
    def me(self) -> User:
        assert self.user
        return self.user

    @property
    def subject(self) -> User:
        """The user whom the screen is about."""
        return self.bank.users[self.about]


def corner(action: str, question: str = "") -> Button:
    return Button("ログアウト", do=action, confirm=question)


def screen(title: str, zone: Zone, *parts: Part) -> Screen:
    return Screen(title, zone, parts)


def kind(user: User) -> str:
    return "マスターユーザ" if user.master else "一般ユーザ"


View = Callable[[Visit], Screen]
Act = Callable[[Visit, Form], Faults | str]
