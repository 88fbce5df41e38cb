"""One session a user, one user a browser, and an end after idleness (screens.md section 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from simulator.domain.world import EndedSession, Session, World

KEPT_ENDINGS = 20
SEEN_EVERY = timedelta(minutes=1)  # reading does not write more often than this


def find(world: World, token: str) -> Session | None:
    """The session that a cookie (its digest) opens."""
    return next((session for session in world.sessions if session.token == token), None)


def is_idle(session: Session, now: datetime, idle_minutes: int) -> bool:
    """Whether nothing was done for too long; ``now`` is real time."""
    return now - session.seen >= timedelta(minutes=idle_minutes)


def is_due(session: Session, now: datetime) -> bool:
    """Whether it is time to save when the session was last seen."""
    return now - session.seen >= SEEN_EVERY


def end(world: World, session: Session, reason: str) -> None:
    """Take a session out of the world and keep why, for the page its old windows show (S36)."""
    world.sessions.remove(session)
    world.ended = [*world.ended, EndedSession(session.public_id, reason)][-KEPT_ENDINGS:]


def begin(world: World, session: Session, old_token: str) -> None:
    """Open a session; the user's earlier one ends, and so does another's in the same browser."""
    for other in list(world.sessions):
        if other.login_id == session.login_id:
            end(world, other, "other_login")
        elif other.token == old_token:
            end(world, other, "other_user")
    world.sessions.append(session)


def end_of_deleted_users(world: World) -> None:
    """Nobody goes on working as a user who is not there any more."""
    for session in list(world.sessions):
        if session.login_id not in world.users:
            end(world, session, "deleted")


def why_ended(world: World, public_id: str) -> str:
    """The reason to give for a session that is not there any more."""
    return next((kept.reason for kept in world.ended if kept.public_id == public_id), "unknown")
