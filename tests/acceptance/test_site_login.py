"""A site behind Basic authentication is reached, and its user name and password stand nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from simulator.bank.people import people
from steps.acceptance.connection_errors import status_failure
from steps.acceptance.probe import PASSWORD_ENV, USER_ENV, address_and_login
from steps.acceptance.probe_draft import KINDS, ProbedPage, Route, draft
from steps.deployment import DeploymentError, load, resolve, without_secrets
from steps.evidence import gate
from steps.exit_codes import ExitCode
from steps.masking import masked
from steps.site_login import SiteLogin, split_address, without_login
from tests.acceptance.canned import HOME, served
from tests.acceptance.runs import SIMULATOR, accept, environment
from tests.acceptance.test_bad_input import file_with
from tests.acceptance.test_probe import probe

PEOPLE = people(7)
WHO = ("kensho", "pass-w0rd")
SITE_KEYS = "user = { env = 'SITE_USER' }\npassword = { env = 'SITE_PASSWORD' }"
TOLD = {"SITE_USER": WHO[0], "SITE_PASSWORD": WHO[1]}
PART = ("--until=1-1", "--tags=none")


def with_login(start: str, user: str = WHO[0], password: str = WHO[1]) -> str:
    return start.replace("://", f"://{user}:{password}@")


@pytest.mark.parametrize(
    ("address", "bare", "login"),
    [
        ("http://bank.example/a", "http://bank.example/a", ("", "")),
        ("http://u:p@bank.example:81/a?b@c", "http://bank.example:81/a?b@c", ("u", "p")),
        ("https://u%40x:p%3A%2F@bank.example", "https://bank.example", ("u@x", "p:/")),
        ("http://u:p@q@bank.example/", "http://bank.example/", ("u", "p@q")),
        ("http://u@bank.example/", "http://bank.example/", ("u", "")),
        ("http://bank.example/a@b", "http://bank.example/a@b", ("", "")),
    ],
)
def test_what_stands_before_the_host_is_taken_out(address: str, bare: str, login: tuple[str, str]) -> None:
    found = split_address(address)
    assert found == (bare, SiteLogin(*login))
    assert bool(found[1]) is any(login)
    assert without_login(f"見よ {address} を") == f"見よ {bare} を"
    assert "p" not in repr(found[1]).removeprefix("SiteLogin")


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Bank.Example:443/a", "https://bank.example"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://bank.example:8080/", "http://bank.example:8080"),
        ("https://碧海.example/", "https://xn--90wp2v.example"),
        ("http://[::1]:81/", "http://[::1]:81"),
    ],
)
def test_only_the_sites_own_origin_is_told(address: str, origin: str) -> None:
    given = SiteLogin("u", "p").options(address)["http_credentials"]
    assert given == {"username": "u", "password": "p", "origin": origin}
    assert SiteLogin().options(address) == {}


def test_they_come_from_the_keys_or_from_the_address_and_are_secrets(tmp_path: Path) -> None:
    address = {"DENSAI_START": with_login("http://bank.example/")}
    environ = {**environment(PEOPLE, ""), **TOLD}
    by_address = resolve(load(SIMULATOR), {**environ, **address})
    by_keys = resolve(
        load(file_with(tmp_path, site=SITE_KEYS)), {**environ, "DENSAI_START": "http://bank.example/"}
    )
    for made in (by_address, by_keys):
        assert (made.start, made.login) == ("http://bank.example/", SiteLogin(*WHO))
        assert set(WHO) <= made.secrets()
    with pytest.raises(DeploymentError, match="アドレスに、名前とパスワードが書かれています") as error:
        resolve(load(file_with(tmp_path, site=SITE_KEYS)), {**environ, **address})
    assert WHO[1] not in str(error.value)
    file = file_with(tmp_path)
    text = file.read_text(encoding="utf-8").replace(
        '{ env = "DENSAI_START" }', f'"{address["DENSAI_START"]}"'
    )
    file.write_text(text, encoding="utf-8")
    assert without_secrets(load(file)).start == "http://bank.example/"


def test_a_name_that_is_a_part_of_ordinary_words_is_no_secret_but_for_the_address() -> None:
    environ = {**environment(PEOPLE, with_login("http://bank.example/", "test")), **TOLD}
    made = resolve(load(SIMULATOR), environ)
    assert made.start == "http://bank.example/"
    assert WHO[1] in made.secrets()
    assert masked("<testcase>", made.secrets()) == "<testcase>"


def test_one_key_without_the_other_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError, match=r"site\.password: user と一緒に書いてください"):
        load(file_with(tmp_path, site="user = { env = 'SITE_USER' }"))


def test_a_site_that_asks_is_opened_and_no_artefact_holds_what_it_asks_for(tmp_path: Path) -> None:
    evidence, state = tmp_path / "evidence", tmp_path / "state"
    said = f"{HOME}<p>{WHO[0]} さん {WHO[1]} <a href='http://{WHO[0]}:{WHO[1]}@127.0.0.1/'>印刷</a></p>"
    with served({"/": (200, said), "/in": (503, "メンテナンス")}, login=WHO) as start:
        environ = environment(PEOPLE, with_login(start))
        run = accept(environ, *PART, f"--evidence={evidence}", file=file_with(tmp_path), state=state)
    assert run.code == ExitCode.STOPPED, run.told
    assert "手順1-1 の 4. " in run.told  # it was let in
    (tmp_path / "told.txt").write_text(run.told, encoding="utf-8")
    assert len(list(evidence.rglob("*.png"))) > 2
    assert gate.search([evidence, state, tmp_path / "told.txt"], WHO) == []


def test_the_site_alone_is_told_and_a_wrong_password_is_an_answer_as_any(browser: Browser) -> None:
    with served({}, login=WHO) as start, served({}, login=WHO) as other:
        right, wrong = SiteLogin(*WHO).options(start), SiteLogin(WHO[0], "another-1").options(start)
        statuses = []
        for options, address in ((right, start), (right, other), (wrong, start), ({}, start)):
            context = browser.new_context(**options)
            answer = context.new_page().goto(address)
            statuses.append(answer.status if answer else 0)
            context.close()
    assert statuses == [200, 401, 401, 401]
    assert "正しい値の置き場所を site.user と site.password に" in status_failure(401, start)


def test_probing_is_let_in_and_its_draft_names_where_the_values_are(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    with served({}, login=WHO) as start:
        run = probe(with_login(start), out)
    assert run.code == 0, run.told
    assert "DENSAI_SITE_USER と DENSAI_SITE_PASSWORD" in run.told
    assert WHO[1] not in run.told + out.read_text(encoding="utf-8")
    site = load(out).site
    assert site.user
    assert site.password
    assert (site.start, site.user.env, site.password.env) == (start, USER_ENV, PASSWORD_ENV)


def test_probing_takes_them_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    route = Route(user_env="SITE_USER", password_env="SITE_PASSWORD")
    monkeypatch.setenv("SITE_USER", WHO[0])
    with pytest.raises(DeploymentError, match="--user-env と --password-env"):
        address_and_login("http://bank.example/", route)
    monkeypatch.setenv("SITE_PASSWORD", WHO[1])
    assert address_and_login("http://bank.example/", route) == ("http://bank.example/", SiteLogin(*WHO))
    page = ProbedPage("当金庫ホームページ", True, "信金", {kind: [] for kind in KINDS}, {})
    assert 'user = {env = "SITE_USER"}' in draft("http://bank.example/", [page], route).replace(
        "{ ", "{"
    ).replace(" }", "}")
