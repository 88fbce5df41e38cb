"""One session a user, one user a browser, and an end after idleness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from simulator.domain.rules import sessions
from simulator.domain.world import Session
from tests.rules.people import general, master, world

NOW = datetime(2025, 11, 7, 15, 0, tzinfo=UTC)


def session(name: str, login_id: str) -> Session:
    return Session(f"id-{name}", f"token-{name}", login_id, NOW)


@pytest.mark.parametrize(("seconds", "idle"), [(0, False), (1799, False), (1800, True), (1801, True)])
def test_thirty_minutes_without_a_click_are_too_long(seconds: int, *, idle: bool) -> None:
    assert sessions.is_idle(session("a", "d-master1"), NOW + timedelta(seconds=seconds), 30) is idle


@pytest.mark.parametrize(("seconds", "due"), [(0, False), (59, False), (60, True)])
def test_last_seen_is_saved_at_most_once_a_minute(seconds: int, *, due: bool) -> None:
    assert sessions.is_due(session("a", "d-master1"), NOW + timedelta(seconds=seconds)) is due


def test_a_second_login_of_a_user_ends_his_first_session() -> None:
    bank = world(master())
    sessions.begin(bank, session("a", "d-master1"), old_token="")
    sessions.begin(bank, session("b", "d-master1"), old_token="")
    assert [each.public_id for each in bank.sessions] == ["id-b"]
    assert sessions.why_ended(bank, "id-a") == "other_login"


def test_another_users_login_in_the_same_browser_ends_the_first_ones_session() -> None:
    bank = world(master(), general())
    sessions.begin(bank, session("a", "d-master1"), old_token="")
    sessions.begin(bank, session("b", "d-general1"), old_token="token-a")
    assert [each.public_id for each in bank.sessions] == ["id-b"]
    assert sessions.why_ended(bank, "id-a") == "other_user"


def test_two_users_in_two_browsers_work_side_by_side() -> None:
    bank = world(master(), general())
    sessions.begin(bank, session("a", "d-master1"), old_token="")
    sessions.begin(bank, session("b", "d-general1"), old_token="token-of-no-session")
    assert [each.public_id for each in bank.sessions] == ["id-a", "id-b"]
    assert sessions.find(bank, "token-a") is bank.sessions[0]
    assert sessions.find(bank, "token-c") is None


def test_a_deleted_users_session_ends_with_him() -> None:
    bank = world(master(), general())
    sessions.begin(bank, session("a", "d-master1"), old_token="")
    sessions.begin(bank, session("b", "d-general1"), old_token="")
    del bank.users["d-general1"]
    sessions.end_of_deleted_users(bank)
    assert [each.public_id for each in bank.sessions] == ["id-a"]
    assert sessions.why_ended(bank, "id-b") == "deleted"


def test_the_reasons_of_the_last_twenty_endings_are_kept() -> None:
    bank = world(master())
    for number in range(22):
        sessions.begin(bank, session(str(number), "d-master1"), old_token="")
    assert sessions.why_ended(bank, "id-0") == "unknown"
    assert sessions.why_ended(bank, "id-1") == "other_login"
    assert len(bank.ended) == sessions.KEPT_ENDINGS
