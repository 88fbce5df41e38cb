"""Confirmation with the approval password (R08, R20)."""

from __future__ import annotations

from collections.abc import Callable

from flask import g, request

from simulator.bank import password_attempts
from simulator.bank.web import hasher, read_form, visit, was_done
from simulator.domain.rules import passwords
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, Session, User, World

Act = Callable[[World, Session, User, Draft], Failure | None]


def approve(kind: str, act: Act) -> list[Failure]:
    """Carry out the draft being sent by ``act``, if the approval password is right (R20).

    Returns the failures of the password or of ``act``; none once the draft is carried out.

    The password's outcome is kept even when ``act`` refuses: it returns its failure, and must
    not raise, or a right password would stay counted as a wrong one.
    """
    password = read_form("approval")["approval"]
    if failures := passwords.check_current("approval", password):
        return failures
    attempt = password_attempts.take(visit.seat, hasher(), visit.user.login_id, "approval", password)
    with visit.change() as (world, session, me):
        if not password_attempts.settle(world, attempt):
            return [Failure("approval", password_attempts.failure_code(world, attempt))]
        if was_done(session, kind):
            return []
        draft = session.drafts.get(g.window)
        if draft is None or draft.kind != kind or draft.id != request.form.get("draft"):
            return [Failure("", "draft_changed")]
        failure = act(world, session, me, draft)
        return [failure] if failure else []
