"""The manual's procedures as the clicks of somebody who makes no mistake, for many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.training.lessons import FIRST, LIST, LOGIN, LOGOUT
from simulator.training.tracker import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.bank.people import People, Persona

HOME, SERVICE, GUIDE = SITE
TOP, ADMIN, RIGHTS, SEARCH = "トップ", "管理業務を実施する", "企業ユーザ管理", "ユーザ情報検索"


@dataclass(frozen=True)
class Click:
    """A link or a button in a window, what is typed before it, and the screen that it has to lead to.

    ``words`` of "" closes the window. into: the window where the screen opens. row: what the address of
    the right one of several buttons holds. password: one is checked or hashed on the way (argon2id).
    """

    window: str
    words: str
    screen: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    into: str = ""
    row: str = ""
    tick_all: bool = False
    password: bool = False


def _to_login(who: Persona, password: str, screen: str) -> Iterator[Click]:
    yield Click("a", SERVICE, SERVICE)
    yield Click("a", "「しんきん電子記録債権システム」案内画面へ", GUIDE)
    yield Click("a", "ログイン", LOGIN, into="b")
    typed = {"login_id": who.login_id, "password": password}
    yield Click("b", "ログイン", screen, typed, password=True)


def _first_login(who: Persona) -> Iterator[Click]:
    """1-1 and 1-2, or 3-1 and 3-2."""
    yield from _to_login(who, who.issued_password, FIRST)
    typed = {"current": who.issued_password, "new": who.password, "again": who.password}
    yield Click("b", "変更", LIST, typed, password=True)


def _enter(screen: str) -> Click:
    return Click("b", "しんきん電子記録債権サービス", screen, into="c")


def _approval_password(who: Persona) -> Iterator[Click]:
    """1-3, or 3-3 with the initial one."""
    yield _enter("承認パスワード変更")
    typed = {"new": who.approval_password, "again": who.approval_password}
    if who.initial_approval_password:
        typed["current"] = who.initial_approval_password
    yield Click("c", "実行", "承認パスワード変更結果", typed, password=True)
    yield Click("c", "トップへ", TOP)


def _to_users(words: str, screen: str) -> Iterator[Click]:
    yield Click("c", ADMIN, ADMIN)
    yield Click("c", "ユーザ情報を管理する", RIGHTS)
    yield Click("c", words, screen)


def _grant(master: Persona, user: Persona) -> Iterator[Click]:
    """1-4, or 2-3."""
    yield from _to_users("企業ユーザを変更する", SEARCH)
    yield Click("c", "変更", "ユーザ情報変更", row=f"/{user.login_id}/")
    if initial := user.initial_approval_password:
        yield Click("c", "確認", "初期承認パスワード設定", tick_all=True)
        typed = {"new": initial, "again": initial}
        yield Click("c", "確認", "ユーザ情報変更確認", typed, password=True)
    else:
        yield Click("c", "確認", "ユーザ情報変更確認", tick_all=True)
    yield Click("c", "変更", "ユーザ情報変更完了", {"approval": master.approval_password}, password=True)
    yield Click("c", "トップへ戻る", TOP)


def _create(general: Persona) -> Iterator[Click]:
    """2-1, in window B."""
    yield Click("b", "ユーザ管理業務", "ユーザ管理業務")
    yield Click("b", "ユーザ管理", "ユーザ管理")
    yield Click("b", "ID 新規作成", "ID 新規作成")
    typed = {"user_id": general.login_id.removeprefix("d-"), "name": general.name}
    for name, value in (("mail", general.mail), ("password", general.issued_password)):
        typed |= {name: value, f"{name}_again": value}
    yield Click("b", "登録", "ID 新規作成確認", typed, password=True)
    yield Click("b", "確定", "ID 新規作成完了")
    yield Click("b", "ユーザ管理業務終了", LIST)


def _update(master: Persona) -> Iterator[Click]:
    """2-2."""
    yield from _to_users("企業ユーザを追加・更新する", "ユーザ検索条件")
    yield Click("c", "確認", "ユーザ情報更新確認")
    yield Click(
        "c", "ユーザ更新", "ユーザ情報更新完了", {"approval": master.approval_password}, password=True
    )
    yield Click("c", "トップへ戻る", TOP)


def _log_out() -> Iterator[Click]:
    """4."""
    yield Click("c", "ログアウト", LOGOUT)
    yield Click("c", "")
    yield Click("b", "ログアウト", LOGOUT)
    yield Click("b", "")


def _all(people: People) -> Iterator[Click]:
    yield from _first_login(people.master)
    yield from _approval_password(people.master)
    yield from _grant(people.master, people.master)
    yield from _create(people.general)
    yield from _update(people.master)
    yield from _grant(people.master, people.general)
    yield from _log_out()
    yield Click("a", f"{SERVICE}に戻る", SERVICE)
    yield Click("a", f"{HOME}に戻る", HOME)
    yield from _ch3(people)
    yield from _log_out()


def _ch2(people: People) -> Iterator[Click]:
    yield from _to_login(people.master, people.master.password, LIST)
    yield from _create(people.general)
    yield _enter(TOP)
    yield from _update(people.master)
    yield from _grant(people.master, people.general)


def _ch3(people: People) -> Iterator[Click]:
    yield from _first_login(people.general)
    yield from _approval_password(people.general)


def _in_service(people: People, *parts: Iterator[Click]) -> Iterator[Click]:
    yield from _to_login(people.master, people.master.password, LIST)
    yield _enter(TOP)
    for part in parts:
        yield from part


# Course -> its clicks from the home page on. In a class at work everybody is somewhere else in the manual.
JOURNEYS: dict[str, Callable[[People], Iterator[Click]]] = {
    "all": _all,
    "1-4": lambda people: _in_service(people, _grant(people.master, people.master)),
    "ch2": _ch2,
    "2-2": lambda people: _in_service(people, _update(people.master)),
    "2-3": lambda people: _in_service(people, _grant(people.master, people.general)),
    "ch3": _ch3,
    "ch4": lambda people: _in_service(people, _log_out()),
}


def course_after(course: str) -> str:
    """Return the course after this one."""
    order = list(JOURNEYS)
    return order[(order.index(course) + 1) % len(order)]
