"""Bank sessions: one for each user and each browser, ended when idle."""

from __future__ import annotations

from datetime import datetime, timedelta

from simulator.domain.world import EndedSession, Session, World

KEPT_ENDINGS = 20
SEEN_EVERY = timedelta(minutes=1)  # reading does not write more often than this


def find(world: World, token: str) -> Session | None:
    """Return the session whose cookie has this digest; None when there is none."""
    return next((session for session in world.sessions if session.token == token), None)


def is_idle(session: Session, now: datetime, idle_minutes: int) -> bool:
    """Return whether nothing was done for idle_minutes; now: real time."""
    return now - session.seen >= timedelta(minutes=idle_minutes)


def is_due(session: Session, now: datetime) -> bool:
    """Return whether the time at which the session was last seen is due to be saved; now: real time."""
    return now - session.seen >= SEEN_EVERY


def end(world: World, session: Session, reason: str) -> None:
    """Remove a session from the world, and keep the reason for the page that its old windows show (S36)."""
    world.sessions.remove(session)
    world.ended = [*world.ended, EndedSession(session.public_id, reason)][-KEPT_ENDINGS:]


def begin(world: World, session: Session, old_token: str) -> None:
    """Open a session; the user's earlier one ends, and so does another user's in the same browser."""
    for other in list(world.sessions):
        if other.login_id == session.login_id:
            end(world, other, "other_login")
        elif other.token == old_token:
            end(world, other, "other_user")
    world.sessions.append(session)


def end_of_deleted_users(world: World) -> None:
    """End the sessions of users who do not exist any more."""
    for session in list(world.sessions):
        if session.login_id not in world.users:
            end(world, session, "deleted")


def why_ended(world: World, public_id: str) -> str:
    """Return the reason for which a session ended, a key of messages.SESSION_OVER."""
    return next((kept.reason for kept in world.ended if kept.public_id == public_id), "unknown")
