"""この練習の手順: what the coach says of the due step, as a page of its own for a browser without script."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from simulator.training import access, coach_context, practice, tracker
from simulator.training.access import training
from simulator.training.coach_box_state import Button
from simulator.training.coach_view import Page, coach_state
from simulator.training.coach_windows import TITLES, due_window
from simulator.training.practice import Going

area = Blueprint("steps", __name__, url_prefix="/my", template_folder="templates")
# Button -> the address that its form is sent to, and what it sends besides its own fields. A page without
# script has no button for what only a script can do.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "help": ("coach.help_me", {}),
    "desk": ("coach.outside", {"what": "desk"}),
    "desk_back": ("coach.outside", {"what": "desk_back"}),
    "away": ("coach.outside", {"what": "away"}),
    "restore": ("coach.restore", {}),
    "call": ("coach.hand", {"call": "on"}),
    "uncall": ("coach.hand", {"call": "off"}),
    "passed": ("coach.passed", {}),
}


@area.get("/steps")
def show() -> ResponseReturnValue:
    """Show the due step of the practice that runs; 403 where this browser has joined no seat."""
    member = access.learner() or abort(403)
    going = practice.current(training(), member.seat)
    if going is None or not going.is_running:
        return redirect(url_for("my.home"), 303)
    seat, world = training().worlds.open(member.seat) or abort(404)
    page = _due_page(going)
    state = coach_state(page, coach_context.given(member, seat, world, going))
    return access.page(
        "training/my_steps.html",
        member=member,
        state=state,
        window="" if going.practice.mode == "measure" else TITLES[page.window],
        form_of=_form_of,
    )


def _due_page(going: Going) -> Page:
    """The page on which the due step is done, as if it were in front."""
    due = tracker.due_item(going.practice, going.course) or going.course.items[-1]
    screen = due.screen or tracker.SITE[0]
    return Page(screen, tracker.IDS[due.who], due_window(going.course, due))


def _form_of(button: Button, key: str) -> tuple[str, dict[str, str]] | None:
    """Return the address and the fields of a button's form; None for one that needs a script.

    key: of the step that it is about.
    """
    found = FORMS.get(button["id"])
    if found is None:
        return None
    fields = {**found[1], **button.get("fields", {})}
    if button["id"] == "passed":
        fields["key"] = key
    return url_for(found[0]), fields
