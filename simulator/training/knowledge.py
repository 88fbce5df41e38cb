"""The coach's knowledge of each value that a step asks for: known, to be chosen, or its owner's own.

A password is known only where it derives from the seed and is in force: any other is never shown, copied or
typed. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.bank.credentials import derive
from simulator.bank.people import People, Persona
from simulator.domain.rules import lockout
from simulator.domain.rules.lockout import Which
from simulator.domain.world import Kind, Secret, User, World
from simulator.manual.grammar import Action, Field, Fill
from simulator.manual.wording import fold, names_of
from simulator.training.coach_state import Knowledge
from simulator.training.values import Typist, UnknownWordError

IN_FORCE: dict[str, Which] = {
    "ログインパスワード": "login",
    "現ログインパスワード": "login",
    "承認パスワード": "approval",
    "現在の承認パスワード": "approval",
}
TO_CHOOSE = ("新ログインパスワード", "新しい承認パスワード", "初回ログインパスワード", "初期承認パスワード")
WORDS: dict[Which, str] = {"login": "ログインパスワード", "approval": "承認パスワード"}
ATTEMPTS_TO_ACT = 2  # that are left after the coach's own


@dataclass(frozen=True)
class Known:
    """One value of a step.

    value: "" for one that only its owner knows. which: of a password in force, None for anything else.
    login_id: whose it is. is_secret: whether it is a password.
    """

    field: Field
    kind: Knowledge
    value: str
    is_secret: bool
    which: Which | None
    login_id: str


def typist_of(who: Kind, world: World, people: People) -> Typist:
    """Return the person at the keyboard in this bank."""

    def own(persona: Persona) -> tuple[bool, bool]:
        user = world.users.get(persona.login_id)
        if user is None:
            return False, False
        return not user.first_login, bool(user.approval_password) and not user.approval_initial

    return Typist(people, people.master if who == "master" else people.general, own)


def values_of(actions: Sequence[Action], who: Kind, world: World, people: People) -> list[Known]:
    """Return what is known of each field that these actions fill, in their order."""
    typist = typist_of(who, world, people)
    fields = (field for action in actions if isinstance(action, Fill) for field in action.fields)
    return [know(field, typist, world) for field in fields]


def know(field: Field, typist: Typist, world: World) -> Known:
    """Return what is known of the value for one field."""
    owner = typist.person(field.owner) if field.owner else typist.me
    words = {fold(name) for name in names_of(field.word)}
    which = next((IN_FORCE[word] for word in words if word in IN_FORCE), None)
    if which and field.value is None:
        value = in_force(world, owner.login_id, which)
        return Known(field, "known" if value else "own", value, True, which, owner.login_id)
    kind: Knowledge = "choose" if words & set(TO_CHOOSE) else "known"
    return Known(field, kind, _example(field, typist), kind == "choose", None, owner.login_id)


def _example(field: Field, typist: Typist) -> str:
    try:
        return typist.value(field)
    except UnknownWordError:
        return ""


def secret_of(user: User | None, which: Which) -> Secret | None:
    """Return a user's password as it is stored; None where there is none."""
    if user is None:
        return None
    return user.login_password if which == "login" else user.approval_password


def in_force(world: World, login_id: str, which: Which) -> str:
    """Return the password in force, "" where its owner chose it or there is none."""
    secret = secret_of(world.users.get(login_id), which)
    return derive(world.seed, secret.seeded) if secret and secret.seeded else ""


def set_at(world: World, login_id: str, which: Which) -> str:
    """Return the number of the procedure at which a password in force was set."""
    user = world.users.get(login_id)
    if user is None or user.is_master:
        return "1-2" if which == "login" else "1-3"
    if which == "login":
        return "2-1" if user.first_login else "3-2"
    return "2-3" if user.approval_initial else "3-3"


# Attempts ----------------------------------------------------------------------------------------


def attempts_left(world: World, login_id: str, which: Which) -> int:
    """Return how many wrong passwords are still accepted before the lock, 0 while it is locked."""
    user = world.users.get(login_id)
    most = world.settings.lock_after
    return max(0, most - lockout.failures(user, which)) if user else most


def may_act(values: Sequence[Known], world: World, *, wants_refusal: bool = False) -> bool:
    """Whether the coach may type these values: all are known, nobody is locked, two attempts are left.

    wants_refusal: the step is one of a drill that shows what a lock does, which spends no attempt.
    """
    if wants_refusal:
        return all(known.kind != "own" for known in values)
    return all(
        known.kind != "own"
        and (known.which is None or attempts_left(world, known.login_id, known.which) >= ATTEMPTS_TO_ACT)
        for known in values
    )


# Back to the 控え --------------------------------------------------------------------------------


def seeded_name(user: User, which: Which) -> str:
    """Return the name under which a user's present kind of password derives from the seed."""
    if which == "login":
        return f"{user.login_id} issued" if user.first_login else f"{user.login_id} login"
    return f"{user.login_id} initial approval" if user.approval_initial else f"{user.login_id} approval"


def seeded_value(world: World, known: Known) -> str:
    """Return the value of the 控え that an own password can be set back to."""
    user = world.users[known.login_id]
    return derive(world.seed, seeded_name(user, known.which or "login"))


def restore(world: World, login_id: str, which: Which) -> bool:
    """Set one own password back to the value of the 控え and its count to 0; return whether it was done.

    Nothing is done to a locked one, which the bank's desk releases, and to one that is the 控え's already.
    """
    user = world.users.get(login_id)
    secret = secret_of(user, which)
    if user is None or secret is None or secret.seeded or attempts_left(world, login_id, which) == 0:
        return False
    made = Secret(seeded=seeded_name(user, which))
    if which == "login":
        user.login_password = made
    else:
        user.approval_password = made
    lockout.release(user, which)
    return True
