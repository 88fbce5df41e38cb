"""The meaning of the drills' phrases: how a bank is made ready for a start, and when a goal is reached.

The phrases stand in features/drills; the coach and the tests use the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from simulator.bank.people import GENERAL_ID, MASTER_ID, people
from simulator.banks.chosen import bank
from simulator.domain.rules import expiry, lockout, user_update
from simulator.domain.rules.rights import EVERY_RIGHT, approves
from simulator.domain.world import Event, Registration, Secret, Session, User, World

Effect = Callable[[World], None]
Goal = Callable[[World, Sequence[Event]], bool]
WRONG_MAIL = "hanako@hekishin.example"
PREPARER = ["densai", "trades.preparer"]
DAYS_BEFORE, DAYS_AFTER = 1 - bank().rules.warning_days, 3  # the message about an expiry is shown already


@dataclass(frozen=True)
class Away:
    """Something done away from the screens: the words on its button, and what it does to the bank."""

    label: str
    effect: Effect


# Starts ----------------------------------------------------------------------------------------


def _lock(login_id: str) -> Effect:
    def effect(world: World) -> None:
        world.users[login_id].login_failures = world.settings.lock_after

    return effect


def _mistyped_approval(world: World) -> None:
    world.users[MASTER_ID].approval_failures = 2


def _preparer_only(world: World) -> None:
    user = world.users[GENERAL_ID]
    user.rights, user.approval_password = list(PREPARER), None
    user.approval_initial, user.approval_expires = False, None


def _expires_in(days: int) -> Effect:
    def effect(world: World) -> None:
        expires = world.users[MASTER_ID].approval_expires
        if expires:
            world.clock.move(days=(expires - world.now().date()).days + days)

    return effect


def _wrong_mail(world: World) -> None:
    user = world.users[GENERAL_ID]
    user.mail, user.registered = WRONG_MAIL, Registration(user.name, WRONG_MAIL)


def _left_open(world: World) -> None:
    # Nobody holds the cookie of this session any more.
    now = datetime.now(UTC).replace(microsecond=0)
    world.sessions.append(Session("left-open", "", GENERAL_ID, now, in_service=True))


STARTS: dict[str, Effect] = {
    "一般ユーザがロックされている": _lock(GENERAL_ID),
    "マスターユーザがロックされている": _lock(MASTER_ID),
    "マスターユーザが承認パスワードを 2 回間違えている": _mistyped_approval,
    "一般ユーザが担当者の権限だけを持っている": _preparer_only,
    "承認パスワードの有効期限が近づいている": _expires_in(DAYS_BEFORE),
    "承認パスワードの有効期限が過ぎている": _expires_in(DAYS_AFTER),
    "一般ユーザのメールアドレスが間違っている": _wrong_mail,
    "一般ユーザがログアウトせずに帰っている": _left_open,
}

# Goals -----------------------------------------------------------------------------------------

# Goals that one event spoils for good.
NEVER = {
    "承認パスワードをそれから間違えていない": "approval_password_wrong",
    "ログインパスワードを間違えていない": "login_password_wrong",
}


def _never(kind: str) -> Goal:
    def goal(_world: World, events: Sequence[Event]) -> bool:
        return all(event.kind != kind for event in events)

    return goal


def _is_open(login_id: str) -> Goal:
    def goal(world: World, _events: Sequence[Event]) -> bool:
        return not lockout.is_locked(world.users[login_id], "login", world.settings.lock_after)

    return goal


def _happened(kind: str, login_id: str) -> Goal:
    def goal(_world: World, events: Sequence[Event]) -> bool:
        return any(event.kind == kind and event.login_id == login_id for event in events)

    return goal


def _has_everything(login_id: str) -> Goal:
    def goal(world: World, _events: Sequence[Event]) -> bool:
        user = world.users[login_id]
        every = {account.number for account in world.accounts}
        return set(user.rights) == set(EVERY_RIGHT) and set(user.accounts) == every

    return goal


def _prepares_only(world: World, _events: Sequence[Event]) -> bool:
    user = world.users[GENERAL_ID]
    current = {account.number for account in world.accounts if account.kind == "当座"}
    return set(user.rights) == set(PREPARER) and set(user.accounts) == current


def _own_approval(world: World, _events: Sequence[Event]) -> bool:
    user = world.users[GENERAL_ID]
    return approves(user) and user.approval_password is not None and not user.approval_initial


def _renewed(world: World, _events: Sequence[Event]) -> bool:
    return world.users[MASTER_ID].approval_expires == expiry.expiry_date(world.now().date(), world.settings)


def _nothing_pending(world: World, _events: Sequence[Event]) -> bool:
    return not user_update.pending(world).login_ids


def _right_mail(world: World, _events: Sequence[Event]) -> bool:
    user, mail = world.users[GENERAL_ID], people(world.seed).general.mail
    return user.mail == mail and user.registered == Registration(user.name, mail)


def _left_twice(_world: World, events: Sequence[Event]) -> bool:
    kinds = [event.kind for event in events if event.login_id == GENERAL_ID]
    return kinds[-2:] == ["left_service", "logged_out"]


GOALS: dict[str, Goal] = {
    "一般ユーザのロックが解除されている": _is_open(GENERAL_ID),
    "マスターユーザのロックが解除されている": _is_open(MASTER_ID),
    "マスターユーザがログインしている": _happened("login", MASTER_ID),
    "ユーザ更新を待つユーザがいない": _nothing_pending,
    "一般ユーザは当座の口座で確認と仮登録だけをできる": _prepares_only,
    "マスターユーザにすべての権限がある": _has_everything(MASTER_ID),
    "一般ユーザにすべての権限がある": _has_everything(GENERAL_ID),
    **{words: _never(kind) for words, kind in NEVER.items()},
    "一般ユーザが自分の承認パスワードを設定している": _own_approval,
    "マスターユーザの承認パスワードの期限が新しくなっている": _renewed,
    "一般ユーザのメールアドレスが正しい": _right_mail,
    "一般ユーザが残っていない": lambda world, _events: GENERAL_ID not in world.users,
    "時間切れになったことがある": _happened("timed_out", MASTER_ID),
    "だれもログインしていない": lambda world, _events: not world.sessions,
    "一般ユーザが 2 回のログアウトを終えている": _left_twice,
}

# Away from the screens -------------------------------------------------------------------------


def release_everybody(world: World) -> None:
    """The bank's desk releases every lock (a master's nobody else can); noted where there was one."""
    for user in world.users.values():
        _release(world, user)


def _release(world: World, user: User) -> None:
    which: lockout.Which
    for which in ("login", "approval"):
        if lockout.is_locked(user, which, world.settings.lock_after):
            world.record("lock_released", user.login_id)
        lockout.release(user, which)


def is_anyone_locked(world: World) -> bool:
    """Whether the bank's desk has something to release."""
    return any(
        lockout.is_locked(user, which, world.settings.lock_after)
        for user in world.users.values()
        for which in ("login", "approval")
    )


def _stay_away(world: World) -> None:
    for session in world.sessions:
        session.seen -= timedelta(minutes=world.settings.idle_minutes)


def give_initial_approval(world: World, login_id: str) -> None:
    """A general user who forgot his approval password begins again with the one of his 控え."""
    user = world.users[login_id]
    user.approval_password = Secret(seeded=f"{login_id} initial approval")
    user.approval_initial, user.approval_failures, user.approval_expires = True, 0, None


OUTSIDE: dict[str, Away] = {
    "desk": Away("窓口に申し出る", release_everybody),
    "away": Away("30分間、席を離れたことにする", _stay_away),
}


def outside_of(what: str) -> str:
    """Which of OUTSIDE a sentence means."""
    return "desk" if "窓口" in what else "away"
