"""The users that a run makes in order to throw them away: on disk before each is made, until it is gone."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steps.ledger import LedgerError, append

if TYPE_CHECKING:
    from simulator.bank.people import Persona
    from steps.deployment import Spare

# deleted: in ユーザ管理業務; updating: the ユーザ更新 that makes it so is being sent; gone: it was done.
Event = Literal["making", "made", "deleting", "deleted", "updating", "gone"]
FILE = "spares.jsonl"
LONGEST = 12  # of a login ID, without d-
DIGITS = 2  # of the number that every user of one run has
SIGNS = string.ascii_lowercase + string.digits


class Spares:
    """One site's file."""

    def __init__(self, folder: Path, rule: Spare | None, like: Persona) -> None:
        self.path, self._rule, self._like = folder / FILE, rule, like
        self._numbers = count(1)
        self._run = ""

    def new(self) -> Persona:
        """Somebody with a login ID that nobody has had; all but that and his name as the general user's."""
        assert self._rule, "a file that allows what is destructive has people.spare"
        number = f"{next(self._numbers):0{DIGITS}}"
        login_id = f"{self._rule.login_id}{self._token()}{number}"
        return replace(self._like, login_id=login_id, name=f"{self._rule.name} {number}")

    def _token(self) -> str:
        """Letters and digits that are this run's alone, a letter first; drawn once."""
        assert self._rule
        known = {login_id[:-DIGITS] for login_id in self._last()}
        while not self._run:
            length = LONGEST - len(self._rule.login_id.removeprefix("d-")) - DIGITS
            drawn = secrets.choice(SIGNS[:26]) + "".join(secrets.choice(SIGNS) for _ in range(length - 1))
            self._run = "" if self._rule.login_id + drawn in known else drawn
        return self._run

    def note(self, login_id: str, event: Event) -> None:
        """Write a line and see it on the disk. Raises LedgerError."""
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "id": login_id, "event": event}
        try:
            append(self.path, json.dumps(line) + "\n")
        except OSError as error:
            raise LedgerError(
                f"使い捨ての利用者を {self.path} に書けないため中止しました（{error.strerror}）。 "
                "The throw-away users cannot be written down."
            ) from None

    def left(self) -> dict[str, Event]:
        """Those that are not known to be gone, and how far each has got."""
        return {login_id: event for login_id, event in self._last().items() if event != "gone"}

    def _last(self) -> dict[str, Event]:
        return {line["id"]: line["event"] for line in self._lines()}

    def _lines(self) -> Iterator[dict[str, Event]]:
        if not self.path.exists():
            return
        for text in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                yield json.loads(text)
            except ValueError:  # the machine died in the middle of its last line
                continue
