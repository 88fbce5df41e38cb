"""The ledger of password attempts and changes: on disk before anything is sent, one file per account.

A password that was tried and is not known to have been right counts as wrong: after a crash nobody knows. So
does one that a retry might have sent. No file holds a password, only the fact that one was tried, and which
kind; of a new one that must be refused, the feature's description, for the case that a site accepts it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from simulator.manual.wording import fold
from steps.driver.attempt_observer import Kind
from steps.event_file import EventFile
from steps.site_login import DEFAULT_PORTS

WORDS: dict[Kind, str] = {"login": "ログインパスワード", "approval": "承認パスワード"}
SEAT = re.compile(r"/bank/[^/]+")  # the address of one seat of the simulator, all of which share a host
SHORT = 2  # the harness stops this many attempts before the bank would lock


def state_folder() -> Path:
    """Return the folder of all sites' state (ledgers and resume points) that is used without --state."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(base) / "densai"


def site_name(start: str) -> str:
    """Return the name of a site's folder: host and port, and the seat where a simulator has many.

    The rest of the address may be corrected between two runs; the accounts remain the same.
    """
    parts = urlsplit(start)
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(DEFAULT_PORTS.get(parts.scheme, ":"))
    seat = SEAT.match(parts.path)
    return _file_name(host + (seat[0] if seat else ""))


def _file_name(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in text)


def account_key(login_id: str) -> str:
    """Return one key for all spellings of a login ID: a bank may not tell D-1560HEKI from 1560heki."""
    return fold(login_id).lower().removeprefix("d-")


@dataclass
class LedgerAccount:
    """An account according to its file.

    wrong: attempts that may have been wrong. own: whether the person has set a password of their own, None
    where the outcome of the change is unknown. other: a feature's description of the password that the
    account has, or may have, instead of the deployment file's.
    """

    wrong: dict[Kind, int] = field(default_factory=lambda: {"login": 0, "approval": 0})
    own: dict[Kind, bool | None] = field(default_factory=lambda: {"login": False, "approval": False})
    other: dict[Kind, str] = field(default_factory=dict)

    def apply(self, line: dict[str, Any], *, success_resets: bool) -> None:
        """Apply a line of the file: an attempt counts when it begins and is taken back when it was right."""
        kind: Kind = line["kind"]
        match line["event"]:
            case "tried":
                self.wrong[kind] += 1
            case "right" if not success_resets:
                self.wrong[kind] = max(0, self.wrong[kind] - 1)
            case "unjudged":
                self.wrong[kind] = max(0, self.wrong[kind] - 1)
            case "right" | "unlocked":
                self.wrong[kind] = 0
            case _:
                self._apply_change(kind, line)

    def _apply_change(self, kind: Kind, line: dict[str, Any]) -> None:
        match line["event"]:
            case "changing" if line.get("value"):
                self.other[kind] = line["value"]
            case "changing":
                self.own[kind] = None if not self.own[kind] else True
            case "changed" if kind not in self.other:
                self.own[kind] = True
            case "unchanged":
                self.own[kind] = bool(self.own[kind])
                self.other.pop(kind, None)
            case "restored":
                self.own[kind] = True
                self.other.pop(kind, None)


class Ledger:
    """The ledger files of one site; lock_after is the number of wrong passwords that lock an account."""

    def __init__(self, folder: Path, lock_after: int, *, success_resets: bool) -> None:
        self.folder, self._most, self._resets = folder, lock_after - SHORT, success_resets

    def account(self, login_id: str) -> LedgerAccount:
        """Return the state of an account according to its file."""
        found = LedgerAccount()
        for line in self._lines(login_id):
            found.apply(line, success_resets=self._resets)
        return found

    def attempts_left(self, login_id: str, kind: Kind) -> int:
        """Return how many attempts may still go wrong."""
        return max(0, self._most - self.account(login_id).wrong[kind])

    def can_afford(self, login_id: str, kind: Kind, wrong: int) -> bool:
        """Return whether ``wrong`` wrong passwords would leave one attempt for the right one."""
        return not wrong or wrong < self.attempts_left(login_id, kind)

    def note(self, login_id: str, kind: Kind, event: str, button: str = "", value: str = "") -> None:
        """Write an event and return once it is on the disk. Raises LedgerError."""
        more = {key: text for key, text in (("button", button), ("value", value)) if text}
        self._file(login_id).append({"kind": kind, "event": event, **more})

    def _file(self, login_id: str) -> EventFile:
        path = self.folder / f"{_file_name(account_key(login_id)) or '_'}.jsonl"
        return EventFile(
            path,
            f"試行の記録を {self.folder} に書けないため、送信せずに中止しました（{{reason}}）。 "
            "The ledger of attempts cannot be written; nothing was sent.",
        )

    def _lines(self, login_id: str) -> Iterator[dict[str, Any]]:
        """Yield the account's events; a torn line may have been an attempt, so it counts as one."""
        for event in self._file(login_id).events():
            yield event or {"kind": "login", "event": "tried"}
