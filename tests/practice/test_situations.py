"""The drills' phrases: each start is as it says, each goal tells right from wrong, and none is unused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.bank.people import GENERAL_ID, MASTER_ID, people
from simulator.domain.rules import expiry, lockout, user_update
from simulator.domain.rules.rights import approves
from simulator.domain.world import Event, World
from simulator.manual.drills import drills
from simulator.training import starts
from simulator.training.judge import unreached
from simulator.training.situations import (
    GOALS,
    NEVER,
    OUTSIDE,
    STARTS,
    WRONG_MAIL,
    give_initial_approval,
    outside_of,
    release_everybody,
)
from tests.practice.goes import Go

SEED = 1560


@pytest.fixture
def world() -> World:
    return starts.world_at(SEED, "end")


def happened(world: World, *kinds: str, login_id: str = GENERAL_ID) -> list[Event]:
    return [Event(kind, login_id, world.now()) for kind in kinds]


def test_the_drills_use_every_phrase_and_no_other() -> None:
    assert {phrase for drill in drills() for phrase in drill.situations} == set(STARTS)
    assert {phrase for drill in drills() for phrase in drill.goals} == set(GOALS)
    assert set(NEVER) <= set(GOALS)


@pytest.mark.parametrize("drill", [drill.id for drill in drills()])
def test_a_drill_starts_with_an_empty_history_and_somewhere_to_go(drill: str) -> None:
    go = Go(drill)
    assert go.world.new_events == []
    assert unreached(go.course, go.world, [])


@pytest.mark.parametrize(
    ("phrase", "login_id"),
    [("一般ユーザがロックされている", GENERAL_ID), ("マスターユーザがロックされている", MASTER_ID)],
)
def test_a_locked_user_is_locked_and_nobody_else(world: World, phrase: str, login_id: str) -> None:
    STARTS[phrase](world)
    for user in world.users.values():
        assert lockout.is_locked(user, "login", world.settings.lock_after) is (user.login_id == login_id)


def test_an_approval_password_mistyped_twice_is_not_locked_yet(world: World) -> None:
    STARTS["マスターユーザが承認パスワードを 2 回間違えている"](world)
    assert world.master().approval_failures == 2
    assert not lockout.is_locked(world.master(), "approval", world.settings.lock_after)


def test_a_preparer_has_no_approval_password(world: World) -> None:
    STARTS["一般ユーザが担当者の権限だけを持っている"](world)
    user = world.users[GENERAL_ID]
    assert not approves(user)
    assert user.approval_password is None


@pytest.mark.parametrize(
    ("phrase", "near", "expired"),
    [
        ("承認パスワードの有効期限が近づいている", True, False),
        ("承認パスワードの有効期限が過ぎている", True, True),
    ],
)
def test_an_expiry_is_near_or_past(world: World, phrase: str, near: bool, expired: bool) -> None:
    today = world.now().date()
    STARTS[phrase](world)
    assert world.now().date() > today
    assert expiry.is_near(world.master(), world.now().date(), world.settings) is near
    assert expiry.is_expired(world.master(), world.now().date()) is expired


def test_a_wrong_mail_address_is_known_to_the_service_as_well(world: World) -> None:
    STARTS["一般ユーザのメールアドレスが間違っている"](world)
    user = world.users[GENERAL_ID]
    assert user.registered
    assert user.mail == user.registered.mail == WRONG_MAIL != people(SEED).general.mail
    assert not user_update.pending(world).login_ids


def test_a_session_left_open_opens_nothing(world: World) -> None:
    STARTS["一般ユーザがログアウトせずに帰っている"](world)
    session = world.sessions[0]
    assert (session.login_id, session.token, session.in_service) == (GENERAL_ID, "", True)


@pytest.mark.parametrize("phrase", NEVER)
def test_what_must_never_happen_has_not_until_it_does(world: World, phrase: str) -> None:
    assert GOALS[phrase](world, [])
    assert not GOALS[phrase](world, happened(world, "login", NEVER[phrase], "login"))


def test_two_logouts_are_the_last_things_that_happened(world: World) -> None:
    goal = GOALS["一般ユーザが 2 回のログアウトを終えている"]
    assert goal(world, happened(world, "login", "left_service", "logged_out"))
    assert not goal(world, happened(world, "logged_out"))
    assert not goal(world, happened(world, "left_service", "logged_out", "login"))
    assert not goal(world, happened(world, "left_service", "logged_out", login_id=MASTER_ID))


def test_somebody_elses_login_is_not_his(world: World) -> None:
    goal = GOALS["マスターユーザがログインしている"]
    assert not goal(world, happened(world, "login"))
    assert goal(world, happened(world, "login", login_id=MASTER_ID))


def test_rights_of_a_preparer_with_one_account_more_are_not_his(world: World) -> None:
    user, goal = world.users[GENERAL_ID], GOALS["一般ユーザは当座の口座で確認と仮登録だけをできる"]
    user.rights = ["densai", "trades.preparer"]
    user.accounts = [account.number for account in world.accounts if account.kind == "当座"]
    assert goal(world, [])
    user.accounts = [account.number for account in world.accounts]
    assert not goal(world, [])


def test_an_initial_approval_password_is_not_his_own(world: World) -> None:
    goal = GOALS["一般ユーザが自分の承認パスワードを設定している"]
    assert goal(world, [])
    give_initial_approval(world, GENERAL_ID)
    assert not goal(world, [])


def test_a_mail_address_put_right_waits_for_the_update(world: World) -> None:
    STARTS["一般ユーザのメールアドレスが間違っている"](world)
    goal = GOALS["一般ユーザのメールアドレスが正しい"]
    world.users[GENERAL_ID].mail = people(SEED).general.mail
    assert not goal(world, [])
    user_update.carry_out(world, [GENERAL_ID])
    assert goal(world, [])


def test_the_desk_releases_both_locks_and_notes_them(world: World) -> None:
    world.master().login_failures = world.master().approval_failures = world.settings.lock_after
    world.users[GENERAL_ID].login_failures = 2
    release_everybody(world)
    assert [(event.kind, event.login_id) for event in world.new_events] == [("lock_released", MASTER_ID)] * 2
    assert world.master().login_failures == world.users[GENERAL_ID].login_failures == 0


def test_staying_away_is_longer_than_the_bank_waits(world: World) -> None:
    STARTS["一般ユーザがログアウトせずに帰っている"](world)
    seen = world.sessions[0].seen
    OUTSIDE["away"].effect(world)
    assert seen - world.sessions[0].seen == timedelta(minutes=world.settings.idle_minutes)


@pytest.mark.parametrize(("what", "slug"), [("当金庫の窓口にロックの解除", "desk"), ("席を 30 分間", "away")])
def test_what_is_done_outside_is_told_from_the_sentence(what: str, slug: str) -> None:
    assert outside_of(what) == slug
    assert slug in OUTSIDE
