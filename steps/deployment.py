"""A deployment: one TOML file that says where a site is, who its people are and what may be done to it.

Secrets never stand in the file, only the names of environment variables or keyring entries that hold them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from fixtures.bank_data import People, Persona
from simulator.procedures import procedure
from simulator.wording import fold
from steps.driver.profile import Locate, Profile, Timeouts, WindowRules

HOME = "当金庫ホームページ"
GUIDE = "案内画面"  # procedure 1-1 goes through it in the middle of a step
FOLDER = Path(__file__).parents[1] / "fixtures" / "deployments"
SCHEMA = FOLDER / "deployment.schema.json"
LoginId = Annotated[str, Meta(pattern="^d-[0-9A-Za-z]+$")]


class DeploymentError(Exception):
    """What is wrong with a deployment file, in a sentence that names the key."""


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
        """The value; empty where there is none."""
        if self.env:
            return environ.get(self.env, "")
        service, _, user = self.keyring.partition("/")
        try:
            keyring = import_module("keyring")
        except ImportError:
            raise DeploymentError(
                "キーリングを使うには keyring が必要です。 pip install keyring is needed for keyring entries."
            ) from None
        return keyring.get_password(service, user) or ""


class Site(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Where it is and how it is reached.

    start_screen: the screen at the address, one of procedure 1-1 (当金庫ホームページ, 案内画面, ログイン, …).
    channel: an installed browser by Playwright's name for it, as msedge. ca_file: the PEM file of an internal
    certificate authority; hosts: further hosts (host or host:port) that it vouches for.
    """

    start: str | Source
    start_screen: str = HOME
    proxy: str = ""
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
        if isinstance(self.site.start, Source):
            yield "site.start", self.site.start
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


def load(path: Path) -> Deployment:
    """The deployment of a TOML file. Raises DeploymentError with the key of the mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError:
        raise DeploymentError(f"{path} を開けません。 The file cannot be read.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeploymentError(f"{path} は TOML として読めません: {error} Not valid TOML.") from None
    try:
        made = msgspec.convert(table, Deployment)
    except msgspec.ValidationError as error:
        raise DeploymentError(f"{path.name} の {told(str(error))}") from None
    _check(made, path.name)
    return made


_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `(?:key in )?\$\.?(?P<path>[^`]*)`)?$", re.DOTALL)
_KINDS = {
    r"Object contains unknown field `(.+)`": ("{0}", "知らない項目です。綴りを確かめてください"),
    r"Object missing required field `(.+)`": ("{0}", "必要な項目がありません"),
}


def told(error: str) -> str:
    """A mistake as msgspec tells it, as key and sentence."""
    found = _PLACE.match(error)
    what, path = (found["what"], found["path"] or "") if found else (error, "")
    for pattern, (key, sentence) in _KINDS.items():
        if named := re.fullmatch(pattern, what):
            path = ".".join(filter(None, (path, key.format(named[1]))))
            return f"{path}: {sentence}。 ({what})"
    return f"{path}: {what}。"


def _check(made: Deployment, name: str) -> None:
    """What a schema cannot say. Raises DeploymentError."""
    start = made.site.start
    if isinstance(start, str) and not re.match(r"https?://", start):
        raise DeploymentError(f"{name} の site.start: http:// か https:// で始まるアドレスを書いてください。")
    if fold(made.site.start_screen) not in map(fold, first_screens()):
        known = "、".join(first_screens())
        raise DeploymentError(f"{name} の site.start_screen: 次のどれかを書いてください: {known}")
    if made.people.master.login_id == made.people.general.login_id:
        raise DeploymentError(f"{name} の people.general.login_id: マスターユーザと同じです。")
    if made.people.nobody in (made.people.master.login_id, made.people.general.login_id):
        raise DeploymentError(f"{name} の people.nobody: だれも使っていないログインIDを書いてください。")
    if made.allow.destructive and made.people.spare is None:
        raise DeploymentError(
            f"{name} の people.spare: allow.destructive = true のときは、使い捨ての利用者のログインIDの"
            '始まりを login_id = "d-…" と書いてください。 Needed for throw-away users.'
        )


def first_screens() -> list[str]:
    """The screens on the way to ログイン, in procedure 1-1's order."""
    home, service, login = (step.next_screen for step in procedure("1-1").steps[:3])
    return [home, service, GUIDE, login]


def resolve(made: Deployment, environ: Mapping[str, str] | None = None) -> Resolved:
    """The deployment with every secret. Raises DeploymentError that lists all those that are not set."""
    here = os.environ if environ is None else environ
    values = {key: source.read(here) for key, source in made.sources()}
    missing = [f"  {key}: {source.name}" for key, source in made.sources() if not values[key]]
    if missing:
        lines = "\n".join(missing)
        raise DeploymentError(
            f"値が設定されていません。設定してから、もう一度実行してください。 These are not set:\n{lines}"
        )
    start = made.site.start if isinstance(made.site.start, str) else values["site.start"]
    return Resolved(made, start, People(_persona(made, "master", values), _persona(made, "general", values)))


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
