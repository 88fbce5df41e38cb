"""Which of the bank's screens an example state stands on, by its number in tests/screens."""

from __future__ import annotations

FORM, REFUSED_FORM, CONFIRM, REFUSED_CONFIRM = "S18", "S18 refused", "S14", "S14 refused"
SCREEN_OF = {
    "checking": "S13",
    "confirm": "S19",
    "confirm_right": CONFIRM,
    "confirm_differs": CONFIRM,
    "look_only": "S22",
    "refusal_2": REFUSED_FORM,
    "refusal_3": REFUSED_CONFIRM,
    "refusal_4": REFUSED_CONFIRM,
    "own_value": CONFIRM,
    "locked": CONFIRM,
    "waiting": CONFIRM,
    "unlocked": CONFIRM,
    "way_back": "S15",
    "session_over": "S36",
    "wrong_person": "S09",
    "wrong_user": "S13",
    "nothing_here": "S13",
    "procedure_done": "S20",
    "course_done": "S20",
}


def screen_of(state: str) -> str:
    """The screen of a state."""
    return SCREEN_OF.get(state, FORM)
