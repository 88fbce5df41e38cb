"""The composition of passwords: R03, R04, R06, R13."""

from __future__ import annotations

from simulator.domain.rules.characters import (
    ALPHANUMERICS,
    DIGITS,
    LETTERS,
    hint_at_characters,
    without_blanks,
)
from simulator.domain.rules.failures import Failure

SHORTEST, LONGEST = 6, 12
ID_PREFIX = "d-"


def composition(field: str, value: str) -> list[Failure]:
    """Every failure of a password that needs a letter and a digit (R03, R06)."""
    failures = characters_and_length(field, value)
    typed = set(without_blanks(value))
    # Where other characters stand it is enough to name them: one of them may stand for the missing.
    if typed and typed <= ALPHANUMERICS:
        if not LETTERS & typed:
            failures.append(Failure(field, "letter_missing"))
        if not DIGITS & typed:
            failures.append(Failure(field, "digit_missing"))
    return failures


def characters_and_length(field: str, value: str) -> list[Failure]:
    """Every failure of a password of 6 to 12 half-width letters and digits (R13; the base of R03)."""
    if not value:
        return [Failure(field, "required")]
    return hint_at_characters(field, value) + check_length(field, value)


def check_length(field: str, value: str) -> list[Failure]:
    """The failure of what has not 6 to 12 characters, blanks not counted: they are named by themselves."""
    length = len(without_blanks(value))
    if length == 0 or SHORTEST <= length <= LONGEST:
        return []
    return [Failure(field, "length_6_to_12", length=length)]


def check_current(field: str, value: str) -> list[Failure]:
    """Every failure of a password that is about to be compared with the one in use.

    None is in use that is empty or has a character other than half-width letters and digits, so such a one
    is a fault of the form and no attempt (screens.md section 5).
    """
    return hint_at_characters(field, value) if value else [Failure(field, "required")]


def equals_login_id(value: str, login_id: str) -> bool:
    """Return whether a password is the login ID, with ``d-`` or without it (R04)."""
    return value in (login_id, login_id.removeprefix(ID_PREFIX))


def check_new_login_password(new: str, again: str, login_id: str, current: str = "") -> list[Failure]:
    """Return every failure of a new login password typed twice (R02–R04, R14)."""
    # The login ID has a message of its own: R03's would hide the reason.
    is_id = equals_login_id(new, login_id)
    failures = [Failure("new", "same_as_login_id")] if is_id else composition("new", new)
    return failures + _check_change(new, again, current)


def check_new_approval_password(new: str, again: str, current: str = "") -> list[Failure]:
    """Every failure of a new approval password typed twice (R06, R19; an initial one too, R18)."""
    return composition("new", new) + _check_change(new, again, current)


def _check_change(new: str, again: str, current: str) -> list[Failure]:
    """The failures of the second typing, and of a password that changes nothing."""
    failures = check_repeated(new, again, "again")
    if new and new == current:
        # Or an issued one would go on being good (R02, R14, R19).
        failures.insert(0, Failure("new", "same_as_current"))
    return failures


def check_first_login_password(value: str, again: str) -> list[Failure]:
    """Every failure of a first login password that the master gives (R13)."""
    return characters_and_length("password", value) + check_repeated(value, again, "password_again")


def check_repeated(value: str, again: str, field: str) -> list[Failure]:
    """Return the failure of the second typing, tied to its form field ``field`` (R13)."""
    if not again:
        return [Failure(field, "required_again")]
    return [] if value == again else [Failure(field, "mismatch")]
