"""A deployment: one TOML file that says where a site is, who its people are and what may be done to it.

Secrets never stand in the file, only the names of environment variables or keyring entries that hold them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from simulator.bank.people import People, Persona
from simulator.manual.procedures import procedure
from simulator.manual.wording import fold
from steps import keyring_secrets
from steps.driver.profile import Locate, Profile, Timeouts, WindowRules
from steps.proxy import Proxy, proxy_mistakes
from steps.schema_errors import mistakes, sentence

HOME = "当金庫ホームページ"
GUIDE = "案内画面"  # procedure 1-1 goes through it in the middle of a step
FOLDER = Path(__file__).parents[1] / "fixtures" / "deployments"
SCHEMA = FOLDER / "deployment.schema.json"
NO_PROXY = Proxy()
NEEDS_SPARE = (
    "allow.destructive = true のときは、使い捨ての利用者のログインIDの始まりを "
    '[people.spare] に login_id = "d-…" と書いてください。'
)
LoginId = Annotated[str, Meta(pattern="^d-[0-9A-Za-z]+$")]


class DeploymentError(Exception):
    """What is wrong with a deployment file, by its keys."""


class Source(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Where a value is kept: an environment variable, or a keyring entry written service/user."""

    env: str = ""
    keyring: str = ""

    def __post_init__(self) -> None:
        """Exactly one place."""
        if bool(self.env) == bool(self.keyring):
            raise ValueError("env か keyring のどちらか 1 つを書いてください")
        if self.keyring and "/" not in self.keyring:
            raise ValueError("keyring は「サービス名/ユーザ名」と書いてください")

    @property
    def name(self) -> str:
        """How to call it in a message."""
        return f"環境変数 {self.env}" if self.env else f"キーリング {self.keyring}"

    def read(self, environ: Mapping[str, str]) -> str:
        """The value; empty where there is none. Raises VaultError."""
        return environ.get(self.env, "") if self.env else keyring_secrets.read(self.keyring)


class Site(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Where it is and how it is reached.

    start_screen: the screen at the address, one of procedure 1-1 (当金庫ホームページ, 案内画面, ログイン, …).
    channel: an installed browser by Playwright's name for it, as msedge. ca_file: the PEM file of an internal
    certificate authority; hosts: further hosts (host or host:port) that it vouches for. proxy_user and
    proxy_password: for a proxy that asks who one is.
    """

    start: str | Source
    start_screen: str = HOME
    proxy: str = ""
    proxy_user: Source | None = None
    proxy_password: Source | None = None
    ca_file: str = ""
    hosts: list[str] = field(default_factory=list)
    channel: str = ""


class Master(Struct, forbid_unknown_fields=True, frozen=True):
    """The master user of the notice letter; password and approval_password are those he will set, or has."""

    login_id: LoginId
    name: str
    issued_password: Source
    password: Source
    approval_password: Source
    mail: str = ""


class General(Struct, forbid_unknown_fields=True, frozen=True):
    """The general user that procedure 2-1 creates, with the passwords he is given and those he will set."""

    login_id: LoginId
    name: str
    mail: str
    issued_password: Source
    password: Source
    initial_approval_password: Source
    approval_password: Source


class Spare(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Users who are made to be locked or changed, and deleted after that.

    login_id: how their login IDs begin; name: how their names do. All else they have from the general user.
    """

    login_id: Annotated[str, Meta(pattern="^d-[0-9A-Za-z]{2,8}$")]
    name: Annotated[str, Meta(min_length=1, max_length=30)] = "使い捨て"


class Persons(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The two people of the manual's story, and those who are thrown away.

    nobody: a login ID that the site has promised nobody has. Without it no password is sent for any ID but
    theirs: an ID that was made up might be a stranger's, who would be locked out.
    """

    master: Master
    general: General
    nobody: Annotated[str, Meta(pattern="^(d-[0-9A-Za-z]+)?$")] = ""
    spare: Spare | None = None


class Lock(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """When wrong passwords lock an account, and whether a right one starts the count anew."""

    after: Annotated[int, Meta(ge=3)] = 6
    success_resets: bool = False


class Allow(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """What may be done to the site beyond the 50 steps.

    refusals: send forms with values that must be refused. chosen: also scenarios of rules that the manual
    does not state. destructive: also scenarios that lock, delete or spend.
    """

    refusals: bool = True
    chosen: bool = False
    destructive: bool = False


class Deployment(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """One site to be accepted."""

    name: str
    site: Site
    people: Persons
    words: dict[str, str] = field(default_factory=dict)
    screens: dict[str, str] = field(default_factory=dict)
    find: dict[str, Locate] = field(default_factory=dict)
    pause: dict[str, str] = field(default_factory=dict)
    windows: WindowRules = field(default_factory=WindowRules)
    timeouts: Timeouts = field(default_factory=Timeouts)
    lock: Lock = field(default_factory=Lock)
    allow: Allow = field(default_factory=Allow)

    @property
    def profile(self) -> Profile:
        """What the driver needs of it."""
        return Profile(self.words, self.screens, self.find, self.pause, self.windows, self.timeouts)

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Every value that is kept elsewhere, with its key."""
        site = self.site
        of_site = {"start": site.start, "proxy_user": site.proxy_user, "proxy_password": site.proxy_password}
        yield from ((f"site.{key}", kept) for key, kept in of_site.items() if isinstance(kept, Source))
        for who in ("master", "general"):
            person = msgspec.structs.asdict(getattr(self.people, who))
            yield from (
                (f"people.{who}.{key}", kept) for key, kept in person.items() if isinstance(kept, Source)
            )


@dataclass(frozen=True)
class Resolved:
    """A deployment with its secrets read, ready to run."""

    file: Deployment
    start: str
    people: People
    proxy: Proxy = NO_PROXY


def load(path: Path) -> Deployment:
    """The deployment of a TOML file. Raises DeploymentError that lists every mistake by its key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise DeploymentError(f"{path} を開けません。 The file cannot be read.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeploymentError(f"{path} は TOML として読めません: {error} Not valid TOML.") from None
    found = [*mistakes(table, schema(), {"Source": Source, "Locate": Locate}), *_beyond_schema(table)]
    try:
        if not found:
            return msgspec.convert(table, Deployment)
    except msgspec.ValidationError as error:  # what only the reader knows, as an integer written 6.0
        found = [(_place_of(error), sentence(error))]
    raise DeploymentError(_listed(path.name, found))


def _place_of(error: msgspec.ValidationError) -> str:
    found = re.search(r"\$\.([^`]+)`$", str(error))
    return found[1] if found else ""


def _listed(name: str, found: Sequence[tuple[str, str]]) -> str:
    if len(found) == 1:
        return f"{name} の {found[0][0]}: {found[0][1]}"
    lines = "\n".join(f"  {key}: {told}" for key, told in sorted(found))
    return f"{name} に誤りが {len(found)} か所あります。 These are wrong:\n{lines}"


def _beyond_schema(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a schema cannot say, of a table that may have other mistakes as well."""
    site, people = _table(table, "site"), _table(table, "people")
    start, screen = site.get("start"), site.get("start_screen", HOME)
    if isinstance(start, str) and not re.match(r"https?://", start):
        yield "site.start", "http:// か https:// で始まるアドレスを書いてください。"
    if isinstance(screen, str) and fold(screen) not in map(fold, first_screens()):
        yield "site.start_screen", f"次のどれかを書いてください: {'、'.join(first_screens())}"
    master, general = (_table(people, who).get("login_id") for who in ("master", "general"))
    if general and master == general:
        yield "people.general.login_id", "マスターユーザと同じです。"
    if people.get("nobody") and people["nobody"] in (master, general):
        yield "people.nobody", "だれも使っていないログインIDを書いてください。"
    if _table(table, "allow").get("destructive") is True and "spare" not in people:
        yield "people.spare", NEEDS_SPARE
    yield from ((f"site.{key}", told) for key, told in proxy_mistakes(site))


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def first_screens() -> list[str]:
    """The screens on the way to ログイン, in procedure 1-1's order."""
    home, service, login = (step.next_screen for step in procedure("1-1").steps[:3])
    return [home, service, GUIDE, login]


def resolve(made: Deployment, environ: Mapping[str, str] | None = None) -> Resolved:
    """The deployment with every secret. Raises DeploymentError that lists all those that are not set."""
    here = os.environ if environ is None else environ
    values = {key: _value(key, source, here) for key, source in made.sources()}
    missing = [f"  {key}: {source.name}" for key, source in made.sources() if not values[key]]
    if missing:
        lines = "\n".join(missing)
        raise DeploymentError(
            f"値が設定されていません。設定してから、もう一度実行してください。 These are not set:\n{lines}"
        )
    start = made.site.start if isinstance(made.site.start, str) else values["site.start"]
    people = People(_persona(made, "master", values), _persona(made, "general", values))
    who = values.get("site.proxy_user", ""), values.get("site.proxy_password", "")
    return Resolved(made, start, people, Proxy(made.site.proxy, *who))


def _value(key: str, source: Source, environ: Mapping[str, str]) -> str:
    try:
        return source.read(environ)
    except keyring_secrets.VaultError as error:
        raise DeploymentError(f"{key} の{source.name}: {error}") from None


def without_secrets(made: Deployment) -> Resolved:
    """The same for whoever only plans: nothing is read, every secret is empty."""
    empty = {key: "" for key, _ in made.sources()}
    start = made.site.start if isinstance(made.site.start, str) else f"（{made.site.start.name}）"
    return Resolved(made, start, People(_persona(made, "master", empty), _persona(made, "general", empty)))


def _persona(made: Deployment, who: Literal["master", "general"], values: Mapping[str, str]) -> Persona:
    person: Any = getattr(made.people, who)
    secret = {key.rpartition(".")[2]: value for key, value in values.items() if f".{who}." in key}
    return Persona(kind=who, login_id=person.login_id, name=person.name, mail=person.mail, **secret)


def schema() -> dict[str, Any]:
    """The JSON schema that is published beside the files."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Deployment)}
