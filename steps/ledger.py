"""The ledger of password attempts and changes: on disk before anything is sent, one file an account.

A password that is tried and not known to have been right counts as wrong: after a crash nobody knows. So
does one that a retry might have sent. No password stands here, only that one was tried, and which kind; of a
new one that must be refused, what the feature calls it, for the day on which a site takes it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from simulator.manual.wording import fold
from steps.driver.attempt_observer import ASKING, SETTING, Kind
from steps.driver.failure import StepFailure

IDS = ("ログインID", "お客様ID")
WORDS: dict[Kind, str] = {"login": "ログインパスワード", "approval": "承認パスワード"}
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
SEAT = re.compile(r"/bank/[^/]+")  # the address of one seat of the simulator, all of which share a host
SHORT = 2  # the harness stops so many attempts before the bank would lock


class LedgerError(Exception):
    """The ledger cannot be kept, so nothing may be tried."""


def state_folder() -> Path:
    """Where ledgers and resume points are kept, unless told otherwise."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(base) / "densai"


def site_name(start: str) -> str:
    """A folder's name for a site: its host and port, and the seat where a simulator has many.

    The rest of the address may be corrected between two runs; the accounts remain the same.
    """
    parts = urlsplit(start)
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(DEFAULT_PORTS.get(parts.scheme, ":"))
    seat = SEAT.match(parts.path)
    return _file_name(host + (seat[0] if seat else ""))


def _file_name(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in text)


def account_key(login_id: str) -> str:
    """One account however it is typed: a bank may or may not tell D-1560HEKI from 1560heki."""
    return fold(login_id).lower().removeprefix("d-")


def append(file: Path, line: str) -> None:
    """Add a line and see it on the disk; half a line that a crash has left stays one of its own.

    Of a line that a full disk has no room for nothing stays: what it tells of is then not done.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b", buffering=0) as opened:
        before = opened.tell()
        opened.seek(max(0, before - 1))
        torn = opened.read(1) not in (b"", b"\n")
        rest = memoryview(b"\n" * torn + line.encode())
        try:
            while rest:
                rest = rest[os.write(opened.fileno(), rest) :]
            os.fsync(opened.fileno())
        except OSError:
            opened.truncate(before)
            raise


@dataclass
class LedgerAccount:
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
            case "right" if not success_resets:
                self.wrong[kind] = max(0, self.wrong[kind] - 1)
            case "unjudged":
                self.wrong[kind] = max(0, self.wrong[kind] - 1)
            case "right" | "unlocked":
                self.wrong[kind] = 0
            case _:
                self._take_change(kind, line)

    def _take_change(self, kind: Kind, line: dict[str, Any]) -> None:
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
    """The files of one site."""

    def __init__(self, folder: Path, lock_after: int, *, success_resets: bool) -> None:
        self.folder, self._most, self._resets = folder, lock_after - SHORT, success_resets

    def account(self, login_id: str) -> LedgerAccount:
        """What is known of an account, read from its file."""
        made = LedgerAccount()
        for line in self._lines(login_id):
            made.take(line, success_resets=self._resets)
        return made

    def left(self, login_id: str, kind: Kind) -> int:
        """How many attempts may still go wrong."""
        return max(0, self._most - self.account(login_id).wrong[kind])

    def spares(self, login_id: str, kind: Kind, wrong: int) -> bool:
        """Whether one attempt is kept for the right password after so many wrong ones."""
        return not wrong or wrong < self.left(login_id, kind)

    def note(self, login_id: str, kind: Kind, event: str, button: str = "", value: str = "") -> None:
        """Write a line and see it on the disk. Raises LedgerError."""
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "kind": kind, "event": event}
        more = {key: text for key, text in (("button", button), ("value", value)) if text}
        text = json.dumps({**line, **more}, ensure_ascii=False) + "\n"
        try:
            append(self._file(login_id), text)
        except OSError as error:
            raise LedgerError(
                f"試行の記録を {self.folder} に書けないため、送信せずに中止しました（{error.strerror}）。 "
                "The ledger of attempts cannot be written; nothing was sent."
            ) from None

    def _file(self, login_id: str) -> Path:
        return self.folder / f"{_file_name(account_key(login_id)) or '_'}.jsonl"

    def _lines(self, login_id: str) -> Iterator[dict[str, Any]]:
        file = self._file(login_id)
        for text in file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else ():
            try:
                yield json.loads(text)
            except ValueError:  # the machine died in the middle of its last line
                yield {"kind": "login", "event": "tried"}


@dataclass
class Tried:
    """What the next press will send, or the last one has sent; value: what a feature calls a new password.

    own: the person's own, no value of a feature. inside: asked of somebody who has already logged in.
    """

    account: str
    kind: Kind
    changes: bool = False
    value: str = ""
    word: str = ""
    own: bool = False
    inside: bool = False


class Counted:
    """Counts what the hands try, at the press that sends it.

    spare: the login ID of a user who is made to be thrown away. lockout: whether he, and nobody else, may be
    locked.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.spare, self.lockout = ledger, "", False
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
            self._filled.append(Tried(who, kind, own=not named, inside=not self._login_id))
        elif name in SETTING:
            self._filled = [each for each in self._filled if each.word != name]  # its second place
            self._filled.append(Tried(account, SETTING[name], changes=True, value=named, word=name))

    def pressing(self, label: str) -> None:
        """Count it, on disk, before it is sent.

        Raises StepFailure two short of the lock, and for an account that has another password.
        """
        filled, self._filled, self._login_id, self._sent = self._filled, [], "", []
        for each in filled:
            if not (each.changes or self._may_lock(each) or self.ledger.left(each.account, each.kind)):
                raise StepFailure(
                    f"{each.account} の{WORDS[each.kind]}は、これ以上間違えるとロックされるおそれがあるため、"
                    f"送信しませんでした（記録: {self.ledger.folder}）。サイトで誤りの回数を戻してから、"
                    f"--resume --unlocked {each.account} を付けて再開してください。 "
                    "Refused: two short of the lock. Have the site's count set back, "
                    "then resume with --unlocked."
                )
            if self.ledger.account(each.account).other and not self._is_spares(each):
                raise StepFailure(
                    f"{each.account} のパスワードがファイルの値でないため、送信しませんでした"
                    f"（記録: {self.ledger.folder}）。 Refused: the account has another password."
                )
        for each in filled:
            self.ledger.note(
                each.account, each.kind, "changing" if each.changes else "tried", label, each.value
            )
        self._sent = filled

    def _is_spares(self, tried: Tried) -> bool:
        return bool(self.spare) and account_key(tried.account) == account_key(self.spare)

    def _may_lock(self, tried: Tried) -> bool:
        return self.lockout and self._is_spares(tried)

    def unsettled(self) -> Tried | None:
        """The feature's new password that was sent last, as long as nobody knows what came of it."""
        return next((each for each in self._sent if each.value), None)

    def is_judging(self) -> bool:
        """Whether the last press has sent a password, and nobody knows what came of it.

        What becomes of one who is thrown away stops nothing.
        """
        return any(not self._is_spares(each) for each in self._sent)

    def own_sent(self) -> Tried | None:
        """A person's own password that was sent last, as long as nobody knows what came of it."""
        return next((each for each in self._sent if each.own and not self._is_spares(each)), None)

    def spoiling(self) -> Tried | None:
        """The same as unsettled, of an account that must not be spoilt."""
        return next((each for each in self._sent if each.value and not self._is_spares(each)), None)

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

    def refused(self, *, asked: bool) -> None:
        """A form has come back with a fault; asked: at the password that one must know.

        At another field of a form behind the login the password was not what was judged, so it alone is
        taken back. A login that did not come about stays counted, whichever field was at fault.
        """
        sent, self._sent = self._sent, []
        for each in sent:
            if each.changes:
                self.ledger.note(each.account, each.kind, "unchanged")
            elif each.inside and not asked:
                self.ledger.note(each.account, each.kind, "unjudged")
