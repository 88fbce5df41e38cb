"""Users and worlds for the rules: as little of one as a rule looks at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from simulator.domain.world import Account, Company, Registration, Secret, User, World

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTRACT = date(2025, 11, 4)
COMPANY = Company("株式会社例", "カブシキガイシャレイ", "架空市", "0566-00-0000", "AA0000001", CONTRACT)
ACCOUNTS = [
    Account("001", "本店営業部", "当座", "1560001", "カ）レイ"),
    Account("001", "本店営業部", "普通", "1560002", "カ）レイ"),
]


def master(**parts: object) -> User:
    """The master user, known to the service, never through ユーザ更新."""
    user = User("d-master1", "碧海 太郎", "taro@example.jp", "master", Secret(seeded="master"))
    user.registered = Registration(user.name, user.mail)
    return _with(user, parts)


def general(login_id: str = "d-general1", **parts: object) -> User:
    """A general user as ユーザ管理 makes one: the service does not know him yet."""
    return _with(User(login_id, "碧海 花子", "hana@example.jp", "general", Secret(seeded="general")), parts)


def registered(login_id: str = "d-general1", **parts: object) -> User:
    """A general user after ユーザ更新, with nothing pending."""
    user = general(login_id, updated=True)
    user.registered = Registration(user.name, user.mail)
    return _with(user, parts)


def world(*users: User) -> World:
    """A bank with these users."""
    return World(1, COMPANY, list(ACCOUNTS), {user.login_id: user for user in users})


def _with(user: User, parts: dict[str, object]) -> User:
    for name, value in parts.items():
        assert hasattr(user, name)
        setattr(user, name, value)
    return user


def codes(failures: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Failures as plain pairs, to compare."""
    return [tuple(failure) for failure in failures]  # type: ignore[misc]
