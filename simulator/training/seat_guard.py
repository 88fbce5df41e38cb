"""The guard of the seats: a bank is open to its member and to the instructor, and stands still in a pause."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from simulator.store.training import AtWork
from simulator.training import access, practice
from simulator.training.model import utc_now


def guard_seats() -> ResponseReturnValue | None:
    """Return None where the request may go on; else the page that says why not.

    A seat that belongs to nobody is open to everybody, as in the tests. While the instructor has paused a
    class, its members get 423, with the news of the class, which lead back when it goes on.
    """
    if request.blueprint is None or not request.blueprint.startswith("bank"):
        return None
    found = access.at_work(g.visit.seat.code) if "visit" in g else None
    g.member = member = found.member if found else None
    if found is None or member is None:
        return None
    mine = access.learner()
    if (mine is None or mine.seat != member.seat) and not access.instructor():
        return access.page("training/not_yours.html", 403)
    if access.is_paused(member) and not access.instructor():
        return access.page("training/paused.html", 423)
    end_what_is_over(found)
    return None


def end_what_is_over(found: AtWork) -> None:
    """End a テスト past its limit before this request changes the bank that is judged."""
    row = found.practice
    if row is None or row.outcome or row.mode != "measure":
        return
    plan = access.plan_of(found.member)
    now = plan.paused_at if plan and plan.paused_at else utc_now()
    if practice.end_overdue(access.training(), [row], now):
        access.forget_found(found.member.seat)
