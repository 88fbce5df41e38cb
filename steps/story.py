"""Who is at the keyboard, how far the story has got, and what that person would type where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fixtures.bank_data import People, Persona
from simulator.procedures import procedures
from simulator.sentences import PEOPLE, Field
from simulator.store import Seat
from simulator.training import starts
from simulator.wording import fold, names_of
from steps.driver.failure import StepFailure

OWN_PASSWORD = {"master": "1-2", "general": "3-2"}
OWN_APPROVAL_PASSWORD = {"master": "1-3", "general": "3-3"}
_TIMES = re.compile(r"(.)\s*×\s*(\d+)")
_SOMEBODYS = re.compile(r"(マスターユーザ|一般ユーザ)の(.+)")


@dataclass
class Story:
    """One bank's story: the procedures done, and the person who does the next thing."""

    seat: Seat
    people: People
    me: Persona
    done: list[str] = field(default_factory=list)

    def person(self, word: str) -> Persona:
        """The person whom the manual calls so."""
        return {"マスターユーザ": self.people.master, "一般ユーザ": self.people.general}[word]

    def in_row(self, word: str) -> str:
        """The words that mark a row: a person stands in it by his ログインID."""
        return self.person(word).login_id if word in PEOPLE else word

    def start_after(self, procedure: str) -> None:
        """Put the bank to the state that this procedure leaves; "" for a new bank."""
        order = [each.id for each in procedures() if each.id != "4"]
        place = order.index(procedure) + 1 if procedure else 0
        self.done = order[:place]
        starts.reset(self.seat, order[place] if place < len(order) else "end")

    def next_procedures(self) -> list[str]:
        """The procedures in the order in which a 前提 looks for the way to a screen: the next one first."""
        order = [each.id for each in procedures()]
        return [id_ for id_ in order if id_ not in self.done] + [id_ for id_ in order if id_ in self.done]

    def login_password(self, who: Persona) -> str:
        """The one that works now: the issued one until its owner has set another."""
        return who.password if OWN_PASSWORD[who.kind] in self.done else who.issued_password

    def value(self, asked: Field) -> str:
        """What this person types there. Raises StepFailure for a word that nobody knows."""
        if asked.value is not None:
            return self.spelled(asked.value)
        owner = self.person(asked.owner) if asked.owner else self.me
        for name in names_of(asked.word):
            known = self._known(owner).get(fold(name))
            if known is not None:
                return known
        raise StepFailure(f"「{asked.word}」に何を入力するか分かりません。")

    def _known(self, who: Persona) -> dict[str, str]:
        created = self.people.general
        own = OWN_APPROVAL_PASSWORD[who.kind] in self.done
        return {
            "ログインID": who.login_id,
            "お客様ID": who.login_id,
            "ログインパスワード": self.login_password(who),
            "現ログインパスワード": self.login_password(who),
            "新ログインパスワード": who.password,
            "承認パスワード": who.approval_password,
            "現在の承認パスワード": who.approval_password if own else who.initial_approval_password,
            "新しい承認パスワード": who.approval_password,
            "初期承認パスワード": created.initial_approval_password,
            "ユーザID": created.login_id.removeprefix("d-"),
            "ユーザ名": created.name,
            "メールアドレス": created.mail,
            "初回ログインパスワード": created.issued_password,
        }

    def spelled(self, text: str) -> str:
        """A value as a feature writes it: あ × 41, 一般ユーザのユーザ名, （空） or as it stands."""
        if text == "（空）":
            return ""
        if somebodys := _SOMEBODYS.fullmatch(text):
            who = self.person(somebodys[1])
            own = {"ログインパスワード": who.password, "初回ログインパスワード": who.issued_password}
            return {**self._known(who), **own}[fold(somebodys[2])]
        parts = re.split(r"\s*＋\s*", text)
        return "".join(t[1] * int(t[2]) if (t := _TIMES.fullmatch(part)) else part for part in parts)

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
