"""The bank as it stands at the start of each procedure, made anew from a seed.

A start is what the procedures before it do to a new bank's users, done with the bank's own rules
and with the passwords of the seed's people. Nobody is logged in, and nothing stands in the histories.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from simulator.bank.people import GENERAL_ID, MASTER_ID, company, people
from simulator.codes import new_code
from simulator.domain.rules import expiry, rights, user_update
from simulator.domain.world import JAPAN, Clock, Registration, Secret, User, World
from simulator.manual.order import STARTS, done_before
from simulator.store import NewSeat, Seat, Worlds

SEAT_CODE_LENGTH = 12  # in a seat's address: 31**12 cannot be guessed
LAST_USE = time(15, 16, 51, tzinfo=JAPAN)  # on the day before; the manual's picture of トップ has this time

Effect = Callable[[World], None]


def new_world(seed: int, clock: Clock | None = None) -> World:
    """A bank on the day of the notice letter: a master user, and nothing done yet; today without a clock."""
    made, accounts = company(seed)
    master = people(seed).master
    user = User(
        master.login_id,
        master.name,
        master.mail,
        "master",
        Secret(seeded=f"{MASTER_ID} issued"),
        registered=Registration(master.name, master.mail),
    )
    world = World(seed, made, accounts, {user.login_id: user}, clock=clock or Clock())
    world.notify(
        "ご案内",
        "ご利用開始のお知らせ",
        "へきしん電子記録債権サービスのご利用を開始しました。お取引の前に、各種設定を行ってください。",
    )
    return world


def _set_login_password(login_id: str) -> Effect:
    def effect(world: World) -> None:
        user = world.users[login_id]
        user.login_password, user.first_login = Secret(seeded=f"{login_id} login"), False

    return effect


def _set_approval_password(login_id: str) -> Effect:
    def effect(world: World) -> None:
        user = world.users[login_id]
        user.approval_password, user.approval_initial = Secret(seeded=f"{login_id} approval"), False
        user.approval_expires = expiry.expiry_date(world.now().date(), world.settings)
        # It is set inside the service, which shows its last use from then on.
        user.this_used = datetime.combine(world.now().date() - timedelta(days=1), LAST_USE)

    return effect


def _grant_every_right(login_id: str) -> Effect:
    def effect(world: World) -> None:
        user = world.users[login_id]
        if rights.needs_initial_approval_password(user, rights.EVERY_RIGHT):
            user.approval_password = Secret(seeded=f"{login_id} initial approval")
            user.approval_initial = True
        user.rights = list(rights.EVERY_RIGHT)
        user.accounts = [account.number for account in world.accounts]

    return effect


def _create_general_user(world: World) -> None:
    general = people(world.seed).general
    secret = Secret(seeded=f"{GENERAL_ID} issued")
    world.users[GENERAL_ID] = User(GENERAL_ID, general.name, general.mail, "general", secret)


def _update_users(world: World) -> None:
    user_update.carry_out(world, user_update.pending(world).login_ids)


# Procedure -> what it does to the bank; logging in and out leaves no trace at a start.
EFFECTS: dict[str, Effect] = {
    "1-2": _set_login_password(MASTER_ID),
    "1-3": _set_approval_password(MASTER_ID),
    "1-4": _grant_every_right(MASTER_ID),
    "2-1": _create_general_user,
    "2-2": _update_users,
    "2-3": _grant_every_right(GENERAL_ID),
    "3-2": _set_login_password(GENERAL_ID),
    "3-3": _set_approval_password(GENERAL_ID),
}


def world_at(seed: int, procedure: str, clock: Clock | None = None) -> World:
    """The bank at the start of a procedure ("end": after the last). KeyError for an unknown one."""
    if procedure not in STARTS:
        raise KeyError(procedure)
    world = new_world(seed, clock)
    for earlier in done_before(procedure):
        if effect := EFFECTS.get(earlier):
            effect(world)
    return world


def make_seats(worlds: Worlds, count: int = 1, seed: int = 1560, first_label: int = 1) -> list[Seat]:
    """New seats, each with a bank of its own: seeds count up from ``seed``."""
    made = [
        NewSeat(new_code(SEAT_CODE_LENGTH), f"席{first_label + position}", new_world(seed + position))
        for position in range(count)
    ]
    return worlds.add(made)


def reset(seat: Seat, procedure: str) -> None:
    """Put a seat's bank to the start of a procedure; everybody in it is logged out."""
    seat.replace(world_at(seat.seed, procedure))
