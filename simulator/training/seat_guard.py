"""The guard of the seats: a bank is open to its member and to the instructor."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from simulator.bank.web import title_of
from simulator.training import access, coach

PAUSED = "training/paused.html"


def guard_seats() -> ResponseReturnValue | None:
    """Return None where the request may go on; else the page that says why not.

    A seat that belongs to nobody is open to everybody, as in the tests. While the instructor has paused a
    class, its members get 423, with the coach on the page, which goes on by itself when the class does.
    """
    if request.blueprint is None or not request.blueprint.startswith("bank"):
        return None
    found = access.at_work(g.visit.seat.code) if "visit" in g else None
    g.member = member = found.member if found else None
    if member is None:
        return None
    mine = access.learner()
    if (mine is None or mine.seat != member.seat) and not access.instructor():
        return access.page("training/not_yours.html", 403)
    if access.is_paused(member) and not access.instructor():
        return access.page(PAUSED, 423, page_end=coach.watch_page(title_of(PAUSED), {}, []))
    return None
