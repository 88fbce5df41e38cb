"""ユーザ更新: changes of ユーザ管理 that the service has not taken over yet (R15, R16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.domain.rules.identity import shown_mail, shown_name
from simulator.domain.world import Registration, User, World


class Row(NamedTuple):
    """One line of a list on S22 and S23, its texts as shown (R17)."""

    login_id: str
    name: str
    kind: str
    mail: str


@dataclass(frozen=True)
class Pending:
    """The three lists of S22: additions, pairs of before and after, deletions."""

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    deleted: list[Row] = field(default_factory=list)

    @property
    def login_ids(self) -> list[str]:
        """The login IDs of all users in the three lists."""
        rows = [*self.added, *(after for _, after in self.changed), *self.deleted]
        return [row.login_id for row in rows]


def is_pending(user: User) -> bool:
    """Return whether ユーザ更新 would change something about this user."""
    if user.registered is None:
        return not user.deleted
    return user.deleted or not user.updated or user.registered != Registration(user.name, user.mail)


def kind_words(user: User) -> str:
    """Return ユーザ種別 in words."""
    return "マスターユーザ" if user.is_master else "一般ユーザ"


def pending(world: World, login_id: str = "", name: str = "", only: Iterable[str] | None = None) -> Pending:
    """Return what ユーザ更新 would change for users whose ID and name contain these texts (R16).

    Empty texts mean every user. only: nothing but these login IDs.
    """
    chosen = set(only) if only is not None else None
    lists = Pending()
    for user in sorted(world.users.values(), key=lambda user: (not user.is_master, user.login_id)):
        if not is_pending(user) or login_id not in user.login_id or name not in user.name:
            continue
        if chosen is None or user.login_id in chosen:
            _file(lists, user)
    return lists


def _file(lists: Pending, user: User) -> None:
    after = _row(user, user.name, user.mail)
    if user.registered is None:
        lists.added.append(after)
    elif user.deleted:
        lists.deleted.append(_row(user, user.registered.name, user.registered.mail))
    else:
        lists.changed.append((_row(user, user.registered.name, user.registered.mail), after))


def _row(user: User, name: str, mail: str) -> Row:
    return Row(user.login_id, shown_name(name), kind_words(user), shown_mail(mail))


def carry_out(world: World, login_ids: Iterable[str]) -> None:
    """Take these users over into the service as they are now, and remove the deleted ones (R15)."""
    for login_id in login_ids:
        user = world.users[login_id]
        if user.deleted:
            del world.users[login_id]
            continue
        user.registered = Registration(user.name, user.mail)
        user.updated = True
