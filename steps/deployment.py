"""Reading a deployment file: every mistake by its key, every secret from the place that the file names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from simulator.bank.people import People, Persona
from simulator.banks.chosen import bank
from simulator.manual.procedures import procedure
from simulator.manual.wording import fold
from simulator.toml_text import TomlTextError, table_of
from steps.deployment_file import HOME, Deployment, Source, schema
from steps.driver.profile import Locate, Notice
from steps.keyring_secrets import KeyringReadError
from steps.proxy import Proxy, proxy_mistakes
from steps.schema_errors import mistakes, sentence
from steps.site_login import SiteLogin, one_without_other, secret_name, split_address

GUIDE = "案内画面"  # procedure 1-1 goes through it in the middle of a step
NO_PROXY = Proxy()
# The structs of the file that check more than a schema can.
CHECKED: dict[str, type] = {"Source": Source, "Locate": Locate, "Notice": Notice}
NO_LOGIN = SiteLogin()
NEEDS_SPARE = (
    "allow.destructive = true のときは、使い捨ての利用者のログインIDの始まりを "
    '[people.spare] に login_id = "d-…" と書いてください。'
)


class DeploymentError(Exception):
    """The mistakes of a deployment file, or of what was asked for, in sentences for the tester."""


@dataclass(frozen=True)
class Resolved:
    """A deployment with its secrets read, ready to run.

    start: the address without a user name and password; these are the login.
    """

    file: Deployment
    start: str
    people: People
    proxy: Proxy = NO_PROXY
    login: SiteLogin = NO_LOGIN

    def secrets(self) -> set[str]:
        """Return every text that no evidence may hold: the passwords, and the names of site and proxy.

        Of these names those that are too short to be told from a part of a word are left out.
        """
        both = (self.people.master, self.people.general)
        kept = {secret for person in both for secret in _passwords(person)}
        for each in (self.proxy, self.login):
            kept |= {secret_name(each.user), each.password}
        return kept - {""}


def _passwords(person: Persona) -> tuple[str, ...]:
    issued, approval = person.issued_password, person.initial_approval_password
    return issued, person.password, approval, person.approval_password


def load(path: Path) -> Deployment:
    """Return the deployment of a TOML file. Raises DeploymentError that lists every mistake by its key."""
    try:
        table = table_of(path.read_bytes())
    except OSError:
        raise DeploymentError(f"{path} を開けません。 The file cannot be read.") from None
    except TomlTextError as error:
        raise DeploymentError(f"{path} は TOML として読めません: {error}") from None
    found = [*mistakes(table, schema(), CHECKED), *_beyond_schema(table, path)]
    try:
        if not found:
            return msgspec.convert(table, Deployment)
    except msgspec.ValidationError as error:  # what only the reader knows, as an integer written 6.0
        found = [(_key_of(error), sentence(error))]
    raise DeploymentError(_listed(path.name, found))


def _key_of(error: msgspec.ValidationError) -> str:
    found = re.search(r"\$\.([^`]+)`$", str(error))
    return found[1] if found else ""


def _listed(name: str, found: Sequence[tuple[str, str]]) -> str:
    if len(found) == 1:
        return f"{name} の {found[0][0]}: {found[0][1]}"
    lines = "\n".join(f"  {key}: {text}" for key, text in sorted(found))
    return f"{name} に誤りが {len(found)} か所あります。 These are wrong:\n{lines}"


def _beyond_schema(table: Mapping[str, Any], path: Path) -> Iterator[tuple[str, str]]:
    """Yield the mistakes that a schema cannot express, by key, of a table that may have others as well."""
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
    if isinstance(table.get("bank"), str) and (reason := _other_bank(path, table["bank"])):
        yield "bank", reason
    for key, text in (*proxy_mistakes(site), *one_without_other(site, "user", "password")):
        yield f"site.{key}", text


def _other_bank(path: Path, named: str) -> str:
    """Return why this process does not speak the words of the pack that a file names, "" if it does."""
    if not named:
        return ""
    wanted = (path.parent / named).resolve()
    if not wanted.is_file():
        return f"{wanted} がありません。この設定ファイルから見た場所を書いてください。"
    if wanted != bank().path:
        return "この銀行パックは選ばれていません。densai accept --deployment で実行してください。"
    return ""


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def first_screens() -> list[str]:
    """Return the screens on the way to ログイン, in procedure 1-1's order."""
    home, service, login = (step.next_screen for step in procedure("1-1").steps[:3])
    return [home, service, GUIDE, login]


def absent_screens(start_screen: str) -> set[str]:
    """Return the folded titles of the screens before the one at which a site is entered."""
    titles = [fold(title) for title in first_screens()]
    return set(titles[: titles.index(fold(start_screen))])


def resolve(deployment: Deployment, environ: Mapping[str, str] | None = None) -> Resolved:
    """Return the deployment with every secret, each place asked once.

    Raises DeploymentError that lists all those that are not set.
    """
    here = os.environ if environ is None else environ
    keys: dict[Source, str] = {}
    for key, source in deployment.sources():
        keys.setdefault(source, key)
    read = {source: _read(key, source, here) for source, key in keys.items()}
    values = {key: read[source] for key, source in deployment.sources()}
    missing = [f"  {key}: {source.name}" for key, source in deployment.sources() if not values[key]]
    if missing:
        lines = "\n".join(missing)
        raise DeploymentError(
            f"値が設定されていません。設定してから、もう一度実行してください。 These are not set:\n{lines}"
        )
    site = deployment.site
    start, login = bare_and_login(
        site.start if isinstance(site.start, str) else values["site.start"],
        SiteLogin(values.get("site.user", ""), values.get("site.password", "")),
    )
    return Resolved(
        deployment,
        start,
        People(_persona(deployment, "master", values), _persona(deployment, "general", values)),
        Proxy(site.proxy, values.get("site.proxy_user", ""), values.get("site.proxy_password", "")),
        login,
    )


def bare_and_login(address: str, by_keys: SiteLogin) -> tuple[str, SiteLogin]:
    """Return the bare address and the login, which one place gives. Raises DeploymentError where two do."""
    bare, in_address = split_address(address)
    if in_address and by_keys:
        raise DeploymentError(
            "site.start のアドレスに、名前とパスワードが書かれています。"
            "site.user と site.password があるときは、アドレスから除いてください。 "
            "The address and site.user both give a user name."
        )
    return bare, in_address or by_keys


def _read(key: str, source: Source, environ: Mapping[str, str]) -> str:
    try:
        return source.read(environ)
    except KeyringReadError as error:
        raise DeploymentError(f"{key} の{source.name}: {error}") from None


def without_secrets(deployment: Deployment) -> Resolved:
    """Return the deployment for a plan: no secret is read, all of them are empty."""
    empty = {key: "" for key, _ in deployment.sources()}
    start = deployment.site.start
    return Resolved(
        deployment,
        split_address(start)[0] if isinstance(start, str) else f"（{start.name}）",
        People(_persona(deployment, "master", empty), _persona(deployment, "general", empty)),
    )


def _persona(deployment: Deployment, who: Literal["master", "general"], values: Mapping[str, str]) -> Persona:
    person: Any = getattr(deployment.people, who)
    secrets = {key.rpartition(".")[2]: value for key, value in values.items() if f".{who}." in key}
    return Persona(kind=who, login_id=person.login_id, name=person.name, mail=person.mail, **secrets)
