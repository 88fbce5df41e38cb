"""The composition of passwords: R03, R04, R06, R13."""

from __future__ import annotations

from simulator.domain.rules.failures import Failure

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset("0123456789")
SHORTEST, LONGEST = 6, 12
ID_PREFIX = "d-"


def composition(value: str) -> list[str]:
    """Return the failure codes of a password that needs a letter and a digit (R03, R06)."""
    codes = characters_and_length(value)
    kinds_missing = not (LETTERS & set(value)) or not (DIGITS & set(value))
    # Of other characters it is enough to say that they can't be used: one of them may stand for the missing.
    if value and kinds_missing and "half_width_alphanumerics_only" not in codes:
        codes.append("password_needs_letter_and_digit")
    return codes


def characters_and_length(value: str) -> list[str]:
    """Return the failure codes of a text that must be 6 to 12 half-width letters and digits (R03, R13)."""
    if not value:
        return ["required"]
    codes = []
    if not set(value) <= LETTERS | DIGITS:
        codes.append("half_width_alphanumerics_only")
    if not SHORTEST <= len(value) <= LONGEST:
        codes.append("length_6_to_12")
    return codes


def equals_login_id(value: str, login_id: str) -> bool:
    """Return whether a password is the login ID, with ``d-`` or without it (R04)."""
    return value in (login_id, login_id.removeprefix(ID_PREFIX))


def check_new_login_password(new: str, again: str, login_id: str, current: str = "") -> list[Failure]:
    """Return every failure of a new login password typed twice (R02–R04, R14)."""
    # The login ID has a message of its own: R03's would hide the reason.
    codes = ["same_as_login_id"] if equals_login_id(new, login_id) else composition(new)
    return _check_new(new, again, current, codes)


def check_new_approval_password(new: str, again: str, current: str = "") -> list[Failure]:
    """Return every failure of a new approval password typed twice (R06, R19), also an initial one (R18)."""
    return _check_new(new, again, current, composition(new))


def _check_new(new: str, again: str, current: str, codes: list[str]) -> list[Failure]:
    if new and new == current:
        codes = [*codes, "same_as_current"]  # or an issued one would go on being good (R02, R14, R19)
    return [Failure("new", code) for code in codes] + check_repeated(new, again, "again")


def check_first_login_password(value: str, again: str) -> list[Failure]:
    """Return every failure of a first login password set by the master user (R13)."""
    failures = [Failure("password", code) for code in characters_and_length(value)]
    return failures + check_repeated(value, again, "password_again")


def check_repeated(value: str, again: str, field: str) -> list[Failure]:
    """Return the failure of the second typing, tied to its form field ``field`` (R13)."""
    if not again:
        return [Failure(field, "required_again")]
    return [] if value == again else [Failure(field, "mismatch")]
