"""The cause of each fault of a form that was refused, in the coach's words.

The server compares what was sent with what it knows of the value; of a password only the cause is kept. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.bank.credentials import derive
from simulator.bank.messages import message
from simulator.domain.rules.characters import is_blank, is_full_width
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.lockout import Which
from simulator.domain.world import World
from simulator.manual.wording import fold, names_of
from simulator.training.knowledge import WORDS, Known, in_force, seeded_name, set_at
from simulator.training.model import RefusedField
from simulator.training.refusal_words import CAUSES, LOOK_ALIKES, SET_AT

# Refusals of a password that was compared: each is an attempt.
WRONG = ("login_wrong", "approval_wrong", "current_login_wrong", "current_approval_wrong")
LOCKED = ("login_locked", "approval_locked")
ID_FIELD, PASSWORD_FIELD = "login_id", "password"
_ALIKE = str.maketrans("lIOo", "1100")
Cause = tuple[str, str]  # one word, and the sentence


@dataclass(frozen=True)
class SentForm:
    """A form as it was refused. labels: of its fields by their names. typed: what was sent, by name."""

    labels: Mapping[str, str]
    typed: Mapping[str, str]
    values: Sequence[Known]
    world: World

    def known(self, name: str) -> Known | None:
        """Return what is known of the value for the field with this HTML name."""
        label = fold(self.labels.get(first_of_two(name), ""))
        return next((k for k in self.values if label in map(fold, names_of(k.field.word))), None)


def first_of_two(name: str) -> str:
    """Return the name of the field that this one repeats, or itself."""
    return "new" if name == "again" else name.removesuffix("_again")


def refused_fields(failures: Sequence[Failure], form: SentForm) -> list[RefusedField]:
    """Return each fault with its cause, in the order of the page; a lock has a box of its own."""
    found = [each for failure in failures for each in _fields(failure, form)]
    return list({(each.field, each.cause): each for each in found}.values())


def _fields(failure: Failure, form: SentForm) -> Iterator[RefusedField]:
    if failure.code in LOCKED:
        return
    if failure.code == "login_wrong":
        yield from _login_fields(failure, form)
        return
    yield _field(failure.field, _cause(failure, form), form, counts=failure.code in WRONG)


def _field(name: str, cause: Cause, form: SentForm, *, counts: bool) -> RefusedField:
    known = form.known(name)
    is_secret = known.is_secret if known else "password" in name or name in ("new", "again", "current")
    typed = "" if is_secret else form.typed.get(name, "")
    return RefusedField(name, form.labels.get(name, ""), *cause, typed, counts)


def _login_fields(failure: Failure, form: SentForm) -> Iterator[RefusedField]:
    """The two fields of the login, of which the bank does not say which is wrong."""
    found = False
    for name in (ID_FIELD, PASSWORD_FIELD):
        known = form.known(name)
        cause = compared(form.typed.get(name, ""), known, form.world) if known else None
        if cause:
            found = True
            yield _field(name, cause, form, counts=True)
    if not found:
        yield RefusedField("", "", failure.code, message(failure), counts=True)


def _cause(failure: Failure, form: SentForm) -> Cause:
    typed, known = form.typed.get(failure.field, ""), form.known(failure.field)
    code, bank = failure.code, message(failure)
    if code == "blank":
        return _blank(typed)
    if code in ("full_width", "full_width_somewhere"):
        return _full_width(typed, tells=code == "full_width")
    if code == "id_needs_prefix":
        return _told("no_prefix")
    if code == "mismatch":
        return _repeated(typed, form.typed.get(first_of_two(failure.field), ""), known)
    if code in WRONG:
        return (compared(typed, known, form.world) if known else None) or (code, bank)
    return code, bank


def _told(cause: str, **more: object) -> Cause:
    """Return a cause with its sentence. more: the words in its braces."""
    return cause, CAUSES[cause].format(**more)


def _blank(typed: str) -> Cause:
    places = [place for place, char in enumerate(typed) if is_blank(char)]
    if not places:
        return "blank_inside", CAUSES["blank_somewhere"]
    if places[-1] == len(typed) - 1:
        return _told("blank_end")
    return _told("blank_start") if places[0] == 0 else _told("blank_inside", place=places[0] + 1)


def _full_width(typed: str, *, tells: bool) -> Cause:
    """tells: whether the letter is told, which of a password it is not."""
    place = next((n for n, char in enumerate(typed) if is_full_width(char) and not is_blank(char)), 0)
    letter = typed[place : place + 1]
    half = unicodedata.normalize("NFKC", letter)
    kind = "full_width" if half.isascii() else "full_width_other"
    words = CAUSES[kind if tells else "full_width_secret"]
    return "full_width", words.format(place=place + 1, letter=letter, half=half)


def _repeated(again: str, first: str, known: Known | None) -> Cause:
    if known and known.value and first == known.value and _only_last_differs(again, known.value):
        return _told("differs_end")
    return _told("mismatch")


# Compared with the value -------------------------------------------------------------------------


def compared(typed: str, known: Known, world: World) -> Cause | None:
    """Return how a value differs from the right one; None for the same, or where nothing can be told."""
    if known.value and typed == known.value:
        return None
    if known.which and (other := _other_password(typed, known, world)):
        return other
    if not known.value:
        return None
    return _case_or_letters(typed, known.value)


def _other_password(typed: str, known: Known, world: World) -> Cause | None:
    """The cause where a password of another field, or one that is spent, was typed."""
    which, user = known.which, world.users.get(known.login_id)
    if which is None or user is None or not typed:
        return None
    other: Which = "approval" if which == "login" else "login"
    if typed == in_force(world, known.login_id, other):
        return _told("other_password", other=WORDS[other], this=known.field.word)
    step = SET_AT.format(step=set_at(world, known.login_id, which))
    if which == "login" and not user.first_login and typed == derive(world.seed, f"{user.login_id} issued"):
        paper = "通知書面の値" if user.is_master else "初回ログインパスワード"
        return _told("old_password", paper=paper, step=step)
    spent = derive(world.seed, f"{user.login_id} initial approval")
    if which == "approval" and not user.is_master and not user.approval_initial and typed == spent:
        return _told("old_password", paper="初期承認パスワード", step=step)
    if not known.value and typed == derive(world.seed, seeded_name(user, which)):
        return _told("not_own", step=step)
    return None


def _case_or_letters(typed: str, value: str) -> Cause:
    if typed.casefold() == value.casefold():
        return _told("case")
    if typed.translate(_ALIKE) == value.translate(_ALIKE):
        have, want = next(pair for pair in zip(typed, value, strict=True) if pair[0] != pair[1])
        kinds = {"want_kind": LOOK_ALIKES[want], "have_kind": LOOK_ALIKES[have]}
        return _told("look_alike", want=want, have=have, **kinds)
    if f"d-{typed}" == value:
        return _told("no_prefix")
    return _told("differs_end" if _only_last_differs(typed, value) else "differs")


def _only_last_differs(typed: str, value: str) -> bool:
    return len(typed) == len(value) and typed[:-1] == value[:-1] and typed != value
