"""One seat's bank as one document: company, users, accounts, notices and bank sessions.

Everything a screen may change is in here, so that loading and saving one document under one
row lock is all the storage a seat needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from simulator.banks.chosen import bank

_RULES = bank().rules
JAPAN = timezone(timedelta(hours=9), "JST")

Kind = Literal["master", "general"]


@dataclass
class Clock:
    """The bank's clock: real time moved by an offset in seconds. Each world has its own."""

    offset: float = 0.0

    def now(self) -> datetime:
        """Return the bank's time in Japan, to the second."""
        return (datetime.now(UTC) + timedelta(seconds=self.offset)).astimezone(JAPAN).replace(microsecond=0)

    def set(self, moment: datetime) -> None:
        """Set the bank's time; a moment without a zone is taken as Japan's."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=JAPAN)
        self.offset = (moment - datetime.now(UTC)).total_seconds()

    def move(self, days: float = 0, minutes: float = 0) -> None:
        """Move the bank's time forward, or back with negative numbers."""
        self.offset += timedelta(days=days, minutes=minutes).total_seconds()


@dataclass
class BankSettings:
    """The numbers and choices that the manual leaves to each bank."""

    lock_after: int = _RULES.lock_after  # R05
    approval_days: int = _RULES.approval_days  # R07
    approval_warning_days: int = _RULES.warning_days  # R07
    idle_minutes: int = _RULES.idle_minutes
    close_dialog: bool = True  # procedure 4, step 6


@dataclass
class Secret:
    """A stored password.

    hash: argon2id, "" for one that has not been hashed yet. seeded: the name under which it derives from the
    seed (credentials.derive), "" for one that a person has chosen.
    """

    hash: str = ""
    seeded: str = ""


@dataclass
class Registration:
    """A user's name and mail address as the service knows them since the last ユーザ更新 (R15)."""

    name: str
    mail: str


@dataclass
class User:
    """One user of the company. login_id includes the prefix ``d-`` (R01)."""

    login_id: str
    name: str
    mail: str
    kind: Kind
    login_password: Secret
    first_login: bool = True  # the issued password has not been replaced yet (R02, R14)
    login_failures: int = 0
    approval_password: Secret | None = None
    approval_initial: bool = False  # set by the master, good for the first entry only (R19)
    approval_expires: date | None = None
    approval_failures: int = 0
    rights: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    registered: Registration | None = None  # None until the first ユーザ更新 (R15)
    updated: bool = False  # has been through ユーザ更新 since the contract began
    deleted: bool = False  # in ユーザ管理; the service follows with ユーザ更新
    last_used: datetime | None = None
    this_used: datetime | None = None
    read_notices: list[int] = field(default_factory=list)

    @property
    def is_master(self) -> bool:
        """Whether this is the company's master user."""
        return self.kind == "master"


@dataclass
class Account:
    """A settlement account. number: 7 digits, by which a user's ``accounts`` refer to it."""

    branch_code: str
    branch: str
    kind: str
    number: str
    holder: str


@dataclass
class Company:
    """The company that uses the bank, as registered (S34)."""

    name: str
    kana: str
    address: str
    phone: str
    user_number: str
    contract_date: date


@dataclass
class Notice:
    """One お知らせ（通知）. to: the login ID that it is for, "" for every user."""

    number: int
    at: datetime
    kind: str
    title: str
    body: str
    to: str = ""


@dataclass
class Draft:
    """The input of one form while it waits for its confirmation, which spends it: nothing is done twice."""

    id: str
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    secret: Secret | None = None


@dataclass
class Session:
    """A user's bank session, from login to logout."""

    public_id: str
    token: str  # SHA-256 of the cookie, in hex
    login_id: str
    seen: datetime  # real time: moving a bank's date logs nobody out
    in_service: bool = False  # has entered window C
    drafts: dict[str, Draft] = field(default_factory=dict)  # by window, b or c
    done: dict[str, Draft] = field(default_factory=dict)  # what its last confirmation did


@dataclass
class EndedSession:
    """The reason for which a session ended, for the page that its old windows show next (S36)."""

    public_id: str
    reason: str


@dataclass
class Event:
    """An entry of the event log, written in the transaction that it reports. It never holds a password."""

    kind: str
    login_id: str
    at: datetime
    data: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """One seat's whole bank: everything that its screens read and change."""

    seed: int
    company: Company
    accounts: list[Account]
    users: dict[str, User]
    clock: Clock = field(default_factory=Clock)
    settings: BankSettings = field(default_factory=BankSettings)
    notices: list[Notice] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    ended: list[EndedSession] = field(default_factory=list)
    version: Literal[1] = 1  # of the document: simulator.store.documents

    def __post_init__(self) -> None:
        # Not a field: events wait here for the store and are never part of the document.
        self.new_events: list[Event] = []

    def now(self) -> datetime:
        """Return the bank's time in Japan, to the second."""
        return self.clock.now()

    def record(self, kind: str, login_id: str, **data: str) -> None:
        """Add an entry to the event log; the store writes it when the change is saved."""
        self.new_events.append(Event(kind, login_id, self.now(), data))

    def notify(self, kind: str, title: str, body: str, to: str = "") -> None:
        """Add an お知らせ（通知）; to: the login ID that it is for, "" for every user."""
        self.notices.append(Notice(len(self.notices) + 1, self.now(), kind, title, body, to))

    def master(self) -> User:
        """Return the company's master user."""
        return next(user for user in self.users.values() if user.is_master)

    def registered_users(self) -> list[User]:
        """Return the users that the service knows since a ユーザ更新, the master first."""
        known = [user for user in self.users.values() if user.registered]
        return sorted(known, key=lambda user: (not user.is_master, user.login_id))

    def admin_users(self) -> list[User]:
        """Return the users that ユーザ管理 shows: all but the deleted, the master first."""
        shown = [user for user in self.users.values() if not user.deleted]
        return sorted(shown, key=lambda user: (not user.is_master, user.login_id))
