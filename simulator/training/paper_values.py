"""訓練用の控え: what is known of both people's IDs and passwords, and how each stands. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.bank.people import People, Persona
from simulator.domain.world import Secret, User, World
from simulator.training.task import KIND, OWN, Sheet, Value

SPENT, CURRENT, LATER = "使用済み", "現在の値", "これから設定する値"


def memo(world: World, people: People) -> tuple[Sheet, ...]:
    """Return a sheet for each of the two people; a value's note says how it stands."""
    return tuple(
        Sheet(person.name, KIND[person.kind], tuple(_lines(person, world.users.get(person.login_id), people)))
        for person in (people.master, people.general)
    )


def _lines(person: Persona, user: User | None, people: People) -> Iterator[Value]:
    yield Value("ログインID（お客様ID）", person.login_id)
    yield Value("メールアドレス", person.mail)
    is_master = person is people.master
    first = "通知書面のログインパスワード（初回のみ）" if is_master else "初回ログインパスワード"
    is_first = user is None or user.first_login
    login = user.login_password if user else None
    yield _line(first, person.issued_password, login, in_turn=is_first, is_over=not is_first)
    yield _line("ログインパスワード", person.password, login, in_turn=not is_first)
    approval = user.approval_password if user else None
    is_initial = bool(user and user.approval_initial)
    if person.initial_approval_password:
        over = approval is not None and not is_initial
        value = person.initial_approval_password
        yield _line("初期承認パスワード", value, approval, in_turn=not over, is_over=over)
    yield _line("承認パスワード", person.approval_password, approval, in_turn=not is_initial)


def _line(label: str, value: str, secret: Secret | None, *, in_turn: bool, is_over: bool = False) -> Value:
    """A password's line. in_turn: ``secret`` is of this kind; is_over: it was, and has been replaced."""
    if is_over:
        return Value(label, value, SPENT)
    if secret is None or not in_turn:
        return Value(label, value, LATER)
    return Value(label, value, CURRENT) if secret.seeded else Value(label, "", OWN)
