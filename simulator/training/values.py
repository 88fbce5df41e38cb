"""The values to type into fields: those of the notice letter and of the 訓練用の控え."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.bank.people import People, Persona
from simulator.manual.grammar import Field
from simulator.manual.wording import GENERAL, MASTER, PEOPLE, fold, names_of

_TIMES = re.compile(r"(.)\s*×\s*(\d+)")
# What a cell of a feature can't hold: it ends before a blank.
_UNSEEN = {"（空）": "", "（空白）": " ", "（全角の空白）": "\u3000"}
_SOMEBODYS = re.compile(rf"({'|'.join(PEOPLE)})の(.+)")
# Whether a person has set a login password, and an approval password, of his own.
Own = Callable[[Persona], tuple[bool, bool]]


class UnknownWordError(KeyError):
    """A field that no person of the story has a value for."""


@dataclass(frozen=True)
class Typist:
    """The person at the keyboard. own: whether a person has set own passwords, (login, approval)."""

    people: People
    me: Persona
    own: Own

    def person(self, word: str) -> Persona:
        """The person whom the manual calls so."""
        return {MASTER: self.people.master, GENERAL: self.people.general}[word]

    def login_password(self, who: Persona) -> str:
        """The one that works now: the issued one until its owner has set another."""
        return who.password if self.own(who)[0] else who.issued_password

    def value(self, asked: Field) -> str:
        """Return what is typed into a field. Raises UnknownWordError."""
        if asked.value is not None:
            return self.spelled(asked.value)
        known = self._known(self.person(asked.owner) if asked.owner else self.me)
        for name in names_of(asked.word):
            if (value := known.get(fold(name))) is not None:
                return value
        raise UnknownWordError(asked.word)

    def spelled(self, text: str) -> str:
        """A value as a feature writes it, in parts joined by ＋.

        A part is あ × 41, 一般ユーザのユーザ名, （空）, （空白）, （全角の空白） or as it stands.
        """
        return "".join(map(self._spelled, re.split(r"\s*＋\s*", text)))

    def _spelled(self, part: str) -> str:
        if somebodys := _SOMEBODYS.fullmatch(part):
            who = self.person(somebodys[1])
            own = {"ログインパスワード": who.password, "初回ログインパスワード": who.issued_password}
            return {**self._known(who), **own}[fold(somebodys[2])]
        if times := _TIMES.fullmatch(part):
            return times[1] * int(times[2])
        return _UNSEEN.get(part, part)

    def _known(self, who: Persona) -> dict[str, str]:
        created = self.people.general
        current = who.approval_password if self.own(who)[1] else who.initial_approval_password
        return {
            "ログインID": who.login_id,
            "お客様ID": who.login_id,
            "ログインパスワード": self.login_password(who),
            "現ログインパスワード": self.login_password(who),
            "新ログインパスワード": who.password,
            "承認パスワード": who.approval_password,
            "現在の承認パスワード": current,
            "新しい承認パスワード": who.approval_password,
            "初期承認パスワード": created.initial_approval_password,
            "ユーザID": created.login_id.removeprefix("d-"),
            "ユーザ名": created.name,
            "メールアドレス": created.mail,
            "初回ログインパスワード": created.issued_password,
        }
