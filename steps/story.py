"""Who is at the keyboard, how far the story has got, and what that person would type where."""

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
    """One bank's story: the procedures done, and the person who does the next thing."""

    seat: Seat | None
    people: People
    me: Persona
    done: list[str] = field(default_factory=list)

    def person(self, word: str) -> Persona:
        """The person whom the manual calls so."""
        return self._typist().person(word)

    def in_row(self, word: str) -> str:
        """The words that mark a row: a person stands in it by his ログインID."""
        return self.person(word).login_id if word in PEOPLE else word

    def start_after(self, procedure: str) -> None:
        """Put the bank to the state that this procedure leaves; "" for a new bank."""
        start = following(procedure) if procedure else STARTS[0]
        self.done = list(done_before(start))
        starts.reset(self.training_seat(), start)

    def go_outside(self, what: str) -> None:
        """Something done away from the bank's screens."""
        with self.training_seat().change() as world:
            OUTSIDE[outside_of(what)].effect(world)

    def training_seat(self) -> Seat:
        """The seat behind this bank. Raises StepFailure where there is none, as at a real bank."""
        if self.seat is None:
            raise StepFailure("訓練用シミュレータの席でだけ用意できる前提です。")
        return self.seat

    def next_procedures(self) -> list[str]:
        """The procedures in the order in which a 前提 looks for the way to a screen: the next one first."""
        order = [each.id for each in procedures()]
        return [id_ for id_ in order if id_ not in self.done] + [id_ for id_ in order if id_ in self.done]

    def _typist(self) -> Typist:
        return Typist(self.people, self.me, self._own)

    def _own(self, who: Persona) -> tuple[bool, bool]:
        return OWN_PASSWORD[who.kind] in self.done, OWN_APPROVAL_PASSWORD[who.kind] in self.done

    def login_password(self, who: Persona) -> str:
        """The one that works now: the issued one until its owner has set another."""
        return self._typist().login_password(who)

    def value(self, asked: Field) -> str:
        """What this person types there. Raises StepFailure for a word that nobody knows."""
        try:
            return self._typist().value(asked)
        except UnknownWordError:
            raise StepFailure(f"「{asked.word}」に何を入力するか分かりません。") from None

    def spelled(self, text: str) -> str:
        """A value as a feature writes it: あ × 41, 一般ユーザのユーザ名, （空） or as it stands."""
        return self._typist().spelled(text)

    def secrets(self) -> set[str]:
        """Every password that may be typed: none of them may stand in a report."""
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
        """What a person compares when he checks the new user's data."""
        return self.people.general.login_id, self.people.general.name, self.people.general.mail
