"""The rules of a bank that somebody else built: written from the manual alone, and in memory.

Every refusal is a code; each of the sites has words of its own for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

LOCK_AT = 6
APPROVAL_DAYS = 90
PREFIX = "d-"
PLAIN = ("利用者情報確認", "でんさい確認", "取引先管理", "取引履歴確認", "操作履歴確認")
APPROVED = ("各種取引", "指定許可管理")
BOXES = {**dict.fromkeys(PLAIN, ("利用",)), **dict.fromkeys(APPROVED, ("担当者", "承認者"))}
ACCOUNTS = {
    "1560001": ("001 本店営業部", "当座", "1560001", "オトリヒキセンヨウ"),
    "1560002": ("001 本店営業部", "普通", "1560002", "オトリヒキセンヨウ"),
}
Faults = dict[str, str]


@dataclass
class User:
    """A user as the bank keeps him; known: a ユーザ更新 has brought him into the service."""

    login_id: str
    name: str
    mail: str
    password: str
    master: bool = False
    issued: bool = True
    wrong: int = 0
    approval: str = ""
    approval_is_initial: bool = False
    approval_wrong: int = 0
    approval_until: date | None = None
    rights: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    known: bool = False
    leaving: bool = False
    was_locked: bool = False

    @property
    def locked(self) -> bool:
        return self.wrong >= LOCK_AT

    @property
    def can_enter(self) -> bool:
        return self.master or self.known

    @property
    def must_set_approval(self) -> bool:
        return (self.master and not self.approval) or self.approval_is_initial


@dataclass
class Bank:
    """All that one run of a site knows; gone: whom a ユーザ更新 has taken out of it."""

    users: dict[str, User] = field(default_factory=dict)
    gone: list[User] = field(default_factory=list)

    @classmethod
    def with_master(cls, login_id: str, name: str, mail: str, issued: str) -> Bank:
        return cls({login_id: User(login_id, name, mail, issued, master=True)})

    def log_in(self, login_id: str, password: str) -> str:
        """The code of a refusal; "" lets him in."""
        user = self.users.get(login_id)
        if not login_id.startswith(PREFIX):
            return "prefix"
        if user is None:
            return "login_wrong"
        return _attempt(user, password)

    def change_password(self, user: User, current: str, new: str, again: str) -> Faults:
        if code := _attempt(user, current):
            return {"current": "current_wrong" if code == "login_wrong" else code}
        fault = _same_as_id(user, new) or password_fault(new) or ("same" if new == current else "")
        faults = _twice("new", fault, new, again)
        if not faults:
            user.password, user.issued = new, False
        return faults

    def set_approval(self, user: User, current: str, new: str, again: str) -> Faults:
        if user.approval and (code := approve(user, current)):
            return {"current": "current_approval_wrong" if code == "approval_wrong" else code}
        fault = password_fault(new) or ("same" if new == user.approval else "")
        faults = _twice("new", fault, new, again)
        if not faults:
            user.approval, user.approval_is_initial = new, False
            user.approval_until = today() + timedelta(days=APPROVAL_DAYS)
        return faults

    def new_user_faults(self, form: dict[str, str]) -> Faults:
        id_, password = form["user_id"], form["password"]
        taken = "taken" if PREFIX + id_ in self.users else ""
        faults = {"user_id": alphanumeric_fault(id_) or taken, "name": name_fault(form["name"])}
        faults |= _twice("mail", mail_fault(form["mail"]), form["mail"], form["mail_again"])
        faults |= _twice("password", alphanumeric_fault(password), password, form["password_again"])
        return {name: code for name, code in faults.items() if code}

    def create(self, form: dict[str, str]) -> None:
        id_ = PREFIX + form["user_id"]
        self.users[id_] = User(id_, form["name"], form["mail"], form["password"])

    def reset_password(self, user: User, new: str, again: str) -> Faults:
        faults = _twice("password", alphanumeric_fault(new), new, again)
        if not faults:
            user.password, user.issued, user.wrong = new, True, 0
        return faults

    def waiting(self) -> list[User]:
        """Whom the next ユーザ更新 would touch: the new, the leaving, and the master the first time."""
        return [user for user in self.users.values() if not user.known or user.leaving]

    def update(self, users: list[User]) -> None:
        for user in users:
            user.known = True
            if user.leaving:
                self.gone.append(self.users.pop(user.login_id))

    def members(self) -> list[User]:
        """Those whom the service knows."""
        return [user for user in self.users.values() if user.can_enter]


def needs_initial_approval(user: User, rights: frozenset[str]) -> bool:
    """R18: a general user's first 承認者 right."""
    return not user.master and not user.approval and any(right.endswith("/承認者") for right in rights)


def approve(user: User, password: str) -> str:
    """The code of a refusal; "" approves."""
    if not password:
        return "required"
    if user.approval_wrong >= LOCK_AT:
        return "locked"
    if password != user.approval:
        user.approval_wrong += 1
        return "locked" if user.approval_wrong >= LOCK_AT else "approval_wrong"
    user.approval_wrong = 0
    return ""


def alphanumeric_fault(text: str) -> str:
    if not text:
        return "required"
    if not re.fullmatch(r"[0-9A-Za-z]+", text):
        return "alphanumeric"
    return "" if 6 <= len(text) <= 12 else "length"


def password_fault(text: str) -> str:
    both = re.search(r"[A-Za-z]", text) and re.search(r"[0-9]", text)
    return alphanumeric_fault(text) or ("" if both else "letter_and_digit")


def name_fault(text: str) -> str:
    if not text.strip():
        return "required"
    return "name_long" if len(text) > 40 else ""


def mail_fault(text: str) -> str:
    if not text:
        return "required"
    if not re.fullmatch(r"[!-~]+", text):
        return "mail_signs"
    return "mail_long" if len(text) > 128 else ""


def second_fault(name: str, fault: str, first: str, second: str) -> Faults:
    return _twice(name, fault, first, second)


def shown_name(text: str) -> str:
    """R17: 「?」 for what the old character set does not have."""
    return "".join(sign if _is_old(sign) else "?" for sign in text)


def shown_mail(text: str) -> str:
    return text if re.fullmatch(r"[^@]+@[^@]+\.[^@]+", text) else "x"


def today() -> date:
    return datetime.now(timezone(timedelta(hours=9))).date()


def _is_old(sign: str) -> bool:
    try:
        return len(sign.encode("shift_jis")) <= 2
    except UnicodeEncodeError:
        return False


def _same_as_id(user: User, text: str) -> str:
    return "same_as_id" if text in (user.login_id, user.login_id.removeprefix(PREFIX)) else ""


def _twice(name: str, fault: str, first: str, second: str) -> Faults:
    if fault:
        return {name: fault}
    return {} if first == second else {f"{name}_again": "mismatch"}


def _attempt(user: User, password: str) -> str:
    if user.locked:
        return "locked"
    if password != user.password:
        user.wrong += 1
        user.was_locked |= user.locked
        return "locked" if user.wrong >= LOCK_AT else "login_wrong"
    user.wrong = 0
    return ""
