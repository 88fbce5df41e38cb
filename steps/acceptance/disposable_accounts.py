"""The disposable accounts of a site: on disk before each user is created, until the user is deleted."""

from __future__ import annotations

import secrets
import string
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steps.event_file import EventFile

if TYPE_CHECKING:
    from simulator.bank.people import Persona
    from steps.deployment_file import DisposableUsers

# deleted: in ユーザ管理業務. updating: the ユーザ更新 that carries it out is being sent. gone: done.
Event = Literal["making", "made", "deleting", "deleted", "updating", "gone"]
FILE = "spares.jsonl"
LONGEST = 12  # letters and digits of a login ID, without d-
DIGITS = 2  # of the number that each user of one run has
LEAST_DRAWN = 2  # letters or digits after what the file says, so that an ID is hardly anybody's
SIGNS = string.ascii_lowercase + string.digits


def has_room(rule: DisposableUsers, length: int) -> bool:
    """Return whether there are login IDs of this length that begin as the deployment file says."""
    return length - len(rule.login_id.removeprefix("d-")) >= LEAST_DRAWN


class DisposableAccounts:
    """The file of one site's disposable accounts, and the source of new ones.

    rule: how their login IDs and names begin, None where the deployment file allows none. like: the person
    whose other data they have.
    """

    def __init__(self, folder: Path, rule: DisposableUsers | None, like: Persona) -> None:
        path = folder / FILE
        self._rule, self._like = rule, like
        self._numbers = count(1)
        self._run = ""
        self._file = EventFile(
            path,
            f"使い捨ての利用者を {path} に書けないため中止しました（{{reason}}）。 "
            "The disposable accounts cannot be written down.",
        )

    def new(self, length: int = LONGEST) -> Persona:
        """Return a person whose login ID no run has used; all but it and the name is the general user's.

        length: the number of letters and digits of the login ID, without d-.
        """
        assert self._rule, "a file that allows what is destructive has people.spare"
        number = f"{next(self._numbers):0{DIGITS}}"
        login_id = f"{self._rule.login_id}{self._token()}{number}" if length == LONGEST else self._of(length)
        return replace(self._like, login_id=login_id, name=f"{self._rule.name} {number}")

    def _of(self, length: int) -> str:
        """Return a login ID of this length that no run has used; there is room for one."""
        assert self._rule
        left = length - len(self._rule.login_id.removeprefix("d-"))
        while True:
            drawn = self._rule.login_id + "".join(secrets.choice(SIGNS) for _ in range(left))
            if drawn not in self._last():
                return drawn

    def _token(self) -> str:
        """Return the letters and digits of this run alone, a letter first; drawn once."""
        assert self._rule
        known = {login_id[:-DIGITS] for login_id in self._last()}
        while not self._run:
            length = LONGEST - len(self._rule.login_id.removeprefix("d-")) - DIGITS
            drawn = secrets.choice(SIGNS[:26]) + "".join(secrets.choice(SIGNS) for _ in range(length - 1))
            self._run = "" if self._rule.login_id + drawn in known else drawn
        return self._run

    def note(self, login_id: str, event: Event) -> None:
        """Write an event and return once it is on the disk. Raises LedgerError."""
        self._file.append({"id": login_id, "event": event})

    def left(self) -> dict[str, Event]:
        """Return the last event of each login ID that is not known to be gone."""
        return {login_id: event for login_id, event in self._last().items() if event != "gone"}

    def _last(self) -> dict[str, Event]:
        return {event["id"]: event["event"] for event in self._file.events() if event}
