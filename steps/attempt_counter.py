"""Counts the password attempts that the hands make at a deployed bank, in the ledger, before each is sent."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.manual.wording import fold
from steps.driver.attempt_observer import ASKING, SETTING, Kind
from steps.driver.failure import StepFailure
from steps.ledger import WORDS, Ledger, account_key

LOGIN_ID_FIELDS = ("ログインID", "お客様ID")


@dataclass
class Attempt:
    """A password that the next press will send, or the last one has sent.

    account: whose it is, a login ID. changes: it is a new password that is being set. value: the feature's
    description of a new password that must be refused. word: the field of a new password. own: the person's
    own password, not a value of a feature. inside: the person has already logged in.
    """

    account: str
    kind: Kind
    changes: bool = False
    value: str = ""
    word: str = ""
    own: bool = False
    inside: bool = False


class AttemptCounter:
    """The observer of the hands' attempts (steps.driver.attempt_observer.Attempts) that keeps a ledger.

    disposable: the login ID of the disposable user who is being played, "" for none. may_lock: whether that
    user, and no other, may be locked.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.disposable, self.may_lock = ledger, "", False
        self._login_id = ""
        self._filled: list[Attempt] = []
        self._sent: list[Attempt] = []

    def typed(self, word: str, account: str, value: str, named: str = "") -> None:
        """Remember a field's value until the next press sends it."""
        name = fold(word)
        if any(fold(each) in name for each in LOGIN_ID_FIELDS):
            self._login_id = value
            return
        if name in ASKING:
            kind = ASKING[name]
            login_id = (self._login_id if kind == "login" else "") or account
            self._filled.append(Attempt(login_id, kind, own=not named, inside=not self._login_id))
        elif name in SETTING:
            self._filled = [each for each in self._filled if each.word != name]  # its second place
            self._filled.append(Attempt(account, SETTING[name], changes=True, value=named, word=name))

    def abandoned(self) -> None:
        """Forget what was typed since the last press: it will not be sent."""
        self._filled, self._login_id = [], ""

    def pressing(self, label: str) -> None:
        """Count what the press will send, on disk, before it is sent.

        Raises StepFailure two short of the lock, and for an account with another password than the file's.
        """
        filled, self._filled, self._login_id, self._sent = self._filled, [], "", []
        for each in filled:
            self._check(each)
        for each in filled:
            event = "changing" if each.changes else "tried"
            self.ledger.note(each.account, each.kind, event, label, each.value)
        self._sent = filled

    def _check(self, attempt: Attempt) -> None:
        account, folder = attempt.account, self.ledger.folder
        left = self.ledger.attempts_left(account, attempt.kind)
        if not (attempt.changes or left or self._is_lockable(attempt)):
            raise StepFailure(
                f"{account} の{WORDS[attempt.kind]}は、これ以上間違えるとロックされるおそれがあるため、"
                f"送信しませんでした（記録: {folder}）。サイトで誤りの回数を戻してから、"
                f"--resume --unlocked {account} を付けて再開してください。 "
                "Refused: two short of the lock. Have the site's count set back, "
                "then resume with --unlocked."
            )
        if self.ledger.account(account).other and not self._is_disposable(attempt):
            raise StepFailure(
                f"{account} のパスワードがファイルの値でないため、送信しませんでした"
                f"（記録: {folder}）。 Refused: the account has another password."
            )

    def _is_disposable(self, attempt: Attempt) -> bool:
        return bool(self.disposable) and account_key(attempt.account) == account_key(self.disposable)

    def _is_lockable(self, attempt: Attempt) -> bool:
        return self.may_lock and self._is_disposable(attempt)

    def awaits_outcome(self) -> bool:
        """Return whether a password was sent last whose outcome is unknown; disposable users do not count."""
        return any(not self._is_disposable(each) for each in self._sent)

    def own_password_sent(self) -> Attempt | None:
        """Return the person's own password that was sent last, as long as its outcome is unknown."""
        return next((each for each in self._sent if each.own and not self._is_disposable(each)), None)

    def unsettled_change(self, *, disposable: bool = True) -> Attempt | None:
        """Return the feature's new password that was sent last, as long as its outcome is unknown.

        disposable: whether one of a disposable user is returned, too.
        """
        sent = (each for each in self._sent if disposable or not self._is_disposable(each))
        return next((each for each in sent if each.value), None)

    def forget_sent(self) -> None:
        """Leave what was sent last as it was noted: whatever screen comes next is no answer to it."""
        self._sent = []

    def settled(self, *, right: bool, changed: bool) -> None:
        """Note the outcome of what was sent last; a right password no longer counts, a wrong one does."""
        sent, self._sent = self._sent, []
        for each in sent:
            if each.changes:
                self.ledger.note(each.account, each.kind, "changed" if changed else "unchanged")
            elif right:
                self.ledger.note(each.account, each.kind, "right")

    def refused(self, *, asked: bool) -> None:
        """Note that a form has come back with a fault; asked: at the field of a password that one must know.

        At another field of a form behind the login the password was not what was judged, so it alone is
        taken back. A login that did not come about stays counted, whichever field was at fault.
        """
        sent, self._sent = self._sent, []
        for each in sent:
            if each.changes:
                self.ledger.note(each.account, each.kind, "unchanged")
            elif each.inside and not asked:
                self.ledger.note(each.account, each.kind, "unjudged")
