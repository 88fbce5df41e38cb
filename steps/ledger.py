"""The ledger of password attempts and changes: on disk before anything is sent, one file an account.

A password that is tried and not known to have been right counts as wrong: after a crash nobody knows. So
does one that a retry might have sent. No password stands here, only that one was tried, and which kind; of a
new one that must be refused, what the feature calls it, for the day on which a site takes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from simulator.wording import fold
from steps.driver.attempts import ASKING, SETTING, Kind
from steps.driver.failure import StepFailure

IDS = ("ログインID", "お客様ID")
WORDS: dict[Kind, str] = {"login": "ログインパスワード", "approval": "承認パスワード"}
SHORT = 2  # the harness stops so many attempts before the bank would lock


class LedgerError(Exception):
    """The ledger cannot be kept, so nothing may be tried."""


def state_folder() -> Path:
    """Where ledgers and resume points are kept, unless told otherwise."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(base) / "densai"


def site_name(start: str) -> str:
    """A folder's name for a site: its host and the path to its front page."""
    parts = urlsplit(start)
    text = f"{parts.netloc}{parts.path}".strip("/")
    return "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in text)


def account_key(login_id: str) -> str:
    """One account however it is typed: a bank may or may not tell D-1560HEKI from 1560heki."""
    return fold(login_id).lower().removeprefix("d-")


@dataclass
class Account:
    """What an account's file says: attempts that may have been wrong, and the passwords it has of its own.

    other: what a feature calls the password that the account has, or may have, instead of the file's.
    """

    wrong: dict[Kind, int] = field(default_factory=lambda: {"login": 0, "approval": 0})
    own: dict[Kind, bool | None] = field(default_factory=lambda: {"login": False, "approval": False})
    other: dict[Kind, str] = field(default_factory=dict)

    def take(self, line: dict[str, Any], *, success_resets: bool) -> None:
        """One line of the file: an attempt counts when it begins and is taken back when it was right."""
        kind: Kind = line["kind"]
        match line["event"]:
            case "tried":
                self.wrong[kind] += 1
            case "right":
                self.wrong[kind] = 0 if success_resets else max(0, self.wrong[kind] - 1)
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
    """The files of one site."""

    def __init__(self, folder: Path, lock_after: int, *, success_resets: bool) -> None:
        self.folder, self._most, self._resets = folder, lock_after - SHORT, success_resets

    def account(self, login_id: str) -> Account:
        """What is known of an account, read from its file."""
        made = Account()
        for line in self._lines(login_id):
            made.take(line, success_resets=self._resets)
        return made

    def left(self, login_id: str, kind: Kind) -> int:
        """How many attempts may still go wrong."""
        return max(0, self._most - self.account(login_id).wrong[kind])

    def note(self, login_id: str, kind: Kind, event: str, button: str = "", value: str = "") -> None:
        """Write a line and see it on the disk. Raises LedgerError."""
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "kind": kind, "event": event}
        more = {key: text for key, text in (("button", button), ("value", value)) if text}
        text = json.dumps({**line, **more}, ensure_ascii=False) + "\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._file(login_id).open("a", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LedgerError(
                f"試行の記録を {self.folder} に書けないため、送信せずに中止しました（{error.strerror}）。 "
                "The ledger of attempts cannot be written; nothing was sent."
            ) from None

    def _file(self, login_id: str) -> Path:
        return self.folder / f"{site_name(account_key(login_id)) or '_'}.jsonl"

    def _lines(self, login_id: str) -> Iterator[dict[str, Any]]:
        file = self._file(login_id)
        for text in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            try:
                yield json.loads(text)
            except ValueError:  # the machine died in the middle of its last line
                yield {"kind": "login", "event": "tried"}


@dataclass
class Tried:
    """What the next press will send, or the last one has sent; value: what a feature calls a new password."""

    account: str
    kind: Kind
    changes: bool = False
    value: str = ""
    word: str = ""


class Counted:
    """Counts what the hands try, at the press that sends it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.lockout = ledger, False
        self._login_id = ""
        self._filled: list[Tried] = []
        self._sent: list[Tried] = []

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:
        """Remember what the next press will send."""
        name = fold(word)
        if any(fold(each) in name for each in IDS):
            self._login_id = value
            return
        if name in ASKING:
            kind = ASKING[name]
            who = (self._login_id if kind == "login" else "") or account
            self._filled.append(Tried(who, kind))
        elif name in SETTING:
            self._filled = [each for each in self._filled if each.word != name]  # its second place
            self._filled.append(Tried(account, SETTING[name], changes=True, value=named, word=name))

    def pressing(self, label: str) -> None:
        """Count it, on disk, before it is sent.

        Raises StepFailure two short of the lock, and for an account that has another password.
        """
        filled, self._filled, self._login_id, self._sent = self._filled, [], "", []
        for each in filled:
            if not each.changes and not self.lockout and not self.ledger.left(each.account, each.kind):
                raise StepFailure(
                    f"{each.account} の{WORDS[each.kind]}は、これ以上間違えるとロックされるおそれがあるため、"
                    f"送信しませんでした（記録: {self.ledger.folder}）。 Refused: two short of the lock."
                )
            if self.ledger.account(each.account).other:
                raise StepFailure(
                    f"{each.account} のパスワードがファイルの値でないため、送信しませんでした"
                    f"（記録: {self.ledger.folder}）。 Refused: the account has another password."
                )
        for each in filled:
            self.ledger.note(
                each.account, each.kind, "changing" if each.changes else "tried", label, each.value
            )
        self._sent = filled

    def unsettled(self) -> Tried | None:
        """The feature's new password that was sent last, as long as nobody knows what came of it."""
        return next((each for each in self._sent if each.value), None)

    def unanswered(self) -> None:
        """What was sent last stays as it was noted: whatever screen comes next is no answer to it."""
        self._sent = []

    def settled(self, *, right: bool, changed: bool) -> None:
        """Take back what was right; what was wrong stays counted."""
        sent, self._sent = self._sent, []
        for each in sent:
            if each.changes:
                self.ledger.note(each.account, each.kind, "changed" if changed else "unchanged")
            elif right:
                self.ledger.note(each.account, each.kind, "right")
