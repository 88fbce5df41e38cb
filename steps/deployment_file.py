"""The format of a deployment file: its tables and keys, as structs, and the JSON schema made from them.

Secrets never stand in the file, only the names of environment variables or keyring entries that hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from simulator.banks.chosen import bank
from steps import keyring_secrets
from steps.driver.profile import Locate, Notice, Profile, Timeouts, Typing, WindowRules

HOME = "当金庫ホームページ"
FOLDER = Path(__file__).parents[1] / "fixtures" / "deployments"
SCHEMA = FOLDER / "deployment.schema.json"
LoginId = Annotated[str, Meta(pattern="^d-[0-9A-Za-z]+$")]


class Source(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The place of a secret: an environment variable, or a keyring entry written service/user."""

    env: str = ""
    keyring: str = ""

    def __post_init__(self) -> None:
        """Check that exactly one place is given. Raises ValueError."""
        if bool(self.env) == bool(self.keyring):
            raise ValueError("env か keyring のどちらか 1 つを書いてください")
        if self.keyring and "/" not in self.keyring:
            raise ValueError("keyring は「サービス名/ユーザ名」と書いてください")

    @property
    def name(self) -> str:
        """Return the name of the place for a message."""
        return f"環境変数 {self.env}" if self.env else f"キーリング {self.keyring}"

    def read(self, environ: Mapping[str, str]) -> str:
        """Return the value; empty where there is none. Raises KeyringReadError."""
        return environ.get(self.env, "") if self.env else keyring_secrets.read(self.keyring)


class Site(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The address of a site and the way to it.

    start_screen: the screen at the address, one of procedure 1-1 (当金庫ホームページ, 案内画面, ログイン, …).
    channel: an installed browser by Playwright's name for it, as msedge. ca_file: the PEM file of an internal
    certificate authority; hosts: further hosts (host or host:port) with certificates of that authority.
    user and password: for a site that answers nothing without them (HTTP authentication), told to the origin
    of start alone. proxy_user and proxy_password: for a proxy that asks for them.
    """

    start: str | Source
    start_screen: str = HOME
    user: Source | None = None
    password: Source | None = None
    proxy: str = ""
    proxy_user: Source | None = None
    proxy_password: Source | None = None
    ca_file: str = ""
    hosts: list[str] = field(default_factory=list)
    channel: str = ""


class Master(Struct, forbid_unknown_fields=True, frozen=True):
    """The master user of the notice letter; password and approval_password: those to be set, or in force."""

    login_id: LoginId
    name: str
    issued_password: Source
    password: Source
    approval_password: Source
    mail: str = ""


class General(Struct, forbid_unknown_fields=True, frozen=True):
    """The general user that procedure 2-1 creates: the passwords given at first, and those to be set."""

    login_id: LoginId
    name: str
    mail: str
    issued_password: Source
    password: Source
    initial_approval_password: Source
    approval_password: Source


class DisposableUsers(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The users that are created to be locked or changed, and deleted after that (table people.spare).

    login_id: the beginning of their login IDs; name: that of their names. All else is the general user's.
    """

    login_id: Annotated[str, Meta(pattern="^d-[0-9A-Za-z]{2,8}$")]
    name: Annotated[str, Meta(min_length=1, max_length=30)] = "使い捨て"


class Persons(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The two people of the manual's story, and the disposable users (spare).

    nobody: a login ID that, as the site has promised, belongs to nobody. Without it no password is sent for
    any ID but theirs: an invented ID might belong to a stranger, who would be locked out.
    """

    master: Master
    general: General
    nobody: Annotated[str, Meta(pattern="^(d-[0-9A-Za-z]+)?$")] = ""
    spare: DisposableUsers | None = None


class Lock(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The number of wrong passwords that locks an account, and whether a right one starts the count anew."""

    after: Annotated[int, Meta(ge=3)] = bank().rules.lock_after
    success_resets: bool = False


class Allow(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Permissions beyond the 50 steps.

    refusals: send forms with values that must be refused. chosen: also scenarios of rules that the manual
    does not state. destructive: also scenarios that lock, delete or change a user for good.
    """

    refusals: bool = True
    chosen: bool = False
    destructive: bool = False


class Deployment(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """A deployment file: one site to be accepted. bank: the file of its bank pack, "" for the default one."""

    name: str
    site: Site
    people: Persons
    bank: str = ""
    words: dict[str, str] = field(default_factory=dict)
    screens: dict[str, str] = field(default_factory=dict)
    find: dict[str, Locate] = field(default_factory=dict)
    pause: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    typing: Typing = field(default_factory=Typing)
    windows: WindowRules = field(default_factory=WindowRules)
    timeouts: Timeouts = field(default_factory=Timeouts)
    lock: Lock = field(default_factory=Lock)
    allow: Allow = field(default_factory=Allow)

    @property
    def profile(self) -> Profile:
        """Return the part that the driver needs."""
        return Profile(
            self.words,
            self.screens,
            self.find,
            self.pause,
            self.notices,
            self.typing,
            self.windows,
            self.timeouts,
            exact=False,
        )

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Yield the place of every value that is kept elsewhere, with its key, as people.master.password."""
        site = self.site
        of_site = {"start": site.start, "user": site.user, "password": site.password}
        of_site |= {"proxy_user": site.proxy_user, "proxy_password": site.proxy_password}
        yield from ((f"site.{key}", kept) for key, kept in of_site.items() if isinstance(kept, Source))
        for who in ("master", "general"):
            person = msgspec.structs.asdict(getattr(self.people, who))
            yield from (
                (f"people.{who}.{key}", kept) for key, kept in person.items() if isinstance(kept, Source)
            )


def schema() -> dict[str, Any]:
    """Return the JSON schema that is published beside the files."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Deployment)}
