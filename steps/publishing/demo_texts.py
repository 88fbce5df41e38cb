"""The sentences of the trial version: those of the coach and the bank, which it shows without a server."""

from __future__ import annotations

from typing import Any

from simulator.bank.messages import MESSAGES
from simulator.manual.procedures import titles
from simulator.training import boxes, coach_confirm, coach_done, refusal_words
from simulator.training.coach_parts import ACT
from simulator.training.model import MODES, Mode
from simulator.training.my_view import BUTTONS
from simulator.training.progress_map import BEGUN, LEARNT, NEVER, SEEN
from steps.driver.windows import ACCEPTING, DISMISSING
from steps.publishing.dialog_picture import KIND

WAYS: tuple[Mode, ...] = ("show", "learn")
LEVELS = (NEVER, BEGUN, SEEN, LEARNT)
# What the bank refuses before it compares anything.
BANK = (
    "required",
    "required_again",
    "unusable",
    "unusable_somewhere",
    "mail_unusable",
    "length_6_to_12",
    "letter_missing",
    "digit_missing",
    "id_needs_prefix",
)


def modes() -> dict[Mode, dict[str, str]]:
    """Return the name of each mode and what its button says."""
    return {mode: {"name": MODES[mode], "button": BUTTONS[mode]} for mode in WAYS}


def end_of(lesson: str, following: str, done: str) -> dict[str, Any]:
    """Return the words at the end of a procedure. following: the number of the next one, "" for none."""
    next_ = [coach_done.NEXT.format(lesson=following, title=titles()[following])] if following else []
    return {"title": coach_done.ENDED.format(lesson=lesson), "lines": [done, *next_]}


def texts() -> dict[str, Any]:
    """Return every other sentence, by the name that the player has for it."""
    return {
        "causes": refusal_words.CAUSES,
        "messages": {code: MESSAGES[code] for code in BANK},
        "lookAlikes": refusal_words.LOOK_ALIKES,
        "refused": refusal_words.REFUSED,
        "nth": refusal_words.NTH,
        "toDo": refusal_words.TO_DO,
        "severalFields": refusal_words.SEVERAL_FIELDS,
        "thisField": refusal_words.THIS_FIELD,
        "passwordsAgain": refusal_words.PASSWORDS_AGAIN,
        "notTicked": boxes.NOT_TICKED,
        "notAsked": boxes.NOT_ASKED,
        "differ": coach_confirm.DIFFERS,
        "mistakes": coach_done.MISTAKES,
        "times": coach_done.TIMES,
        "buttons": {"go": coach_done.GO_ON, "learn": BUTTONS["learn"], "act": ACT["label"]},
        "question": {"kind": KIND, "ok": ACCEPTING[0], "cancel": DISMISSING[0]},
    }
