"""One conversation with the bank: what a screen shows now, and what comes of its buttons.

Labels are the manual's; a site that calls a thing otherwise has its own word for it.
"""

from __future__ import annotations

from dataclasses import replace

from tests.harness.foreign import list_screens, service_screens
from tests.harness.foreign.list_screens import LIST, SITE, change
from tests.harness.foreign.screens import Button, Screen, Text, Zone
from tests.harness.foreign.service_screens import SERVICE, tabs_of
from tests.harness.foreign.visit import Form, View, Visit, corner, screen

SECRETS = ("current", "new", "new_again", "approval", "password", "password_again")
ACTIONS = {**list_screens.ACTIONS, **service_screens.ACTIONS}
LEAVE = corner("left_service", "ログアウトしてよろしいですか？")


def see(visit: Visit, view: str, about: str = "") -> Screen:
    """A screen as it stands now; faults of the form that was sent from it come back with it once."""
    make, zone = _found(view)
    visit.about = about or visit.about
    if refusal := _refusal(visit, view, zone):
        return refusal
    shown = make(visit)
    if zone == "service":
        shown = replace(shown, tabs=tabs_of(visit.me), corner=LEAVE)
    if visit.failed_at == view:
        shown = replace(shown, errors=visit.errors, typed=visit.typed)
        visit.errors, visit.typed, visit.failed_at = {}, {}, ""
    return shown


def do(visit: Visit, action: str, form: Form, about: str = "") -> str:
    """Return the name of the view that a button leads to."""
    visit.about = about or visit.about
    act, view, zone = ACTIONS[action]
    if _refusal(visit, view, zone):
        return view
    faults = act(visit, form)
    if isinstance(faults, str):
        return faults
    visit.errors, visit.failed_at = faults, view
    visit.typed = {name: text for name, text in form.items() if name not in SECRETS}
    return view


def _found(view: str) -> tuple[View, Zone]:
    if view in LIST:
        return LIST[view], "list"
    return (SERVICE[view], "service") if view in SERVICE else (SITE[view], "site")


def _refusal(visit: Visit, view: str, zone: Zone) -> Screen | None:
    if zone == "site":
        return None
    if visit.user is None or (zone == "service" and not visit.inside):
        words = "一定時間操作がなかったか、すでにログアウトしています。"
        on = Button("閉じる", go="list", closes=True) if visit.user else Button("ログイン画面へ", go="login")
        return screen("セッション終了", "site", Text(words), on)
    return change(visit) if visit.user.issued and view != "change" else None
