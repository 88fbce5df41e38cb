"""The story: who is at the keyboard, which procedures are done, and what that person types in each field."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.bank.people import People, Persona
from simulator.manual.grammar import Field
from simulator.manual.order import STARTS, done_before, following
from simulator.manual.procedures import procedures
from simulator.manual.wording import PEOPLE
from simulator.store import Seat
from simulator.training import starts
from simulator.training.situations import OUTSIDE, outside_of
from simulator.training.values import Typist, UnknownWordError
from steps.driver.failure import StepFailure

OWN_PASSWORD = {"master": "1-2", "general": "3-2"}
OWN_APPROVAL_PASSWORD = {"master": "1-3", "general": "3-3"}


@dataclass
class Story:
    """One bank's story: its people, the person at the keyboard, and the ids of the procedures done.

    seat: the seat of the training bank; None for a site of somebody else.
    """

    seat: Seat | None
    people: People
    me: Persona
    done: list[str] = field(default_factory=list)

    def person(self, word: str) -> Persona:
        """Return the person for マスターユーザ or 一般ユーザ."""
        return self._typist().person(word)

    def in_row(self, word: str) -> str:
        """Return the words by which a row is found: for a person the ログインID."""
        return self.person(word).login_id if word in PEOPLE else word

    def start_after(self, procedure: str) -> None:
        """Put the bank into the state in which this procedure leaves it; "" for a new bank."""
        start = following(procedure) if procedure else STARTS[0]
        self.done = list(done_before(start))
        starts.reset(self.training_seat(), start)

    def go_outside(self, what: str) -> None:
        """Carry out what is done outside the bank's screens, as a call at its counter (drills only)."""
        with self.training_seat().change() as world:
            OUTSIDE[outside_of(what)].effect(world)

    def training_seat(self) -> Seat:
        """Return the seat of the training bank. Raises StepFailure where there is none, as at a real bank."""
        if self.seat is None:
            raise StepFailure("訓練用シミュレータの席でだけ用意できる前提です。")
        return self.seat

    def next_procedures(self) -> list[str]:
        """Return all procedures, those not done first: the order in which the way to a screen is sought."""
        order = [each.id for each in procedures()]
        return [id_ for id_ in order if id_ not in self.done] + [id_ for id_ in order if id_ in self.done]

    def _typist(self) -> Typist:
        return Typist(self.people, self.me, self._own)

    def _own(self, who: Persona) -> tuple[bool, bool]:
        return OWN_PASSWORD[who.kind] in self.done, OWN_APPROVAL_PASSWORD[who.kind] in self.done

    def login_password(self, who: Persona) -> str:
        """Return the login password that is in force: the issued one until its owner has set another."""
        return self._typist().login_password(who)

    def value(self, asked: Field) -> str:
        """Return what this person types in a field. Raises StepFailure for an unknown word."""
        try:
            return self._typist().value(asked)
        except UnknownWordError:
            raise StepFailure(f"「{asked.word}」に何を入力するか分かりません。") from None

    def spelled(self, text: str) -> str:
        """Return the value that a feature spells, as あ × 41 or 一般ユーザのユーザ名; else the text."""
        return self._typist().spelled(text)

    def secrets(self) -> set[str]:
        """Return every password that may be typed; none of them may appear in a report."""
        people = (self.people.master, self.people.general)
        return {
            secret
            for who in people
            for secret in (
                who.issued_password,
                who.password,
                who.approval_password,
                who.initial_approval_password,
            )
            if secret
        }

    def seen(self) -> tuple[str, ...]:
        """Return the data of the general user that the screen must show when they are checked."""
        return self.people.general.login_id, self.people.general.name, self.people.general.mail
