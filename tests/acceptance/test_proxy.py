"""A site behind a proxy is reached through it, and by nobody who is not told its user name and password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fixtures.server import Server
from simulator.bank.people import People, people
from simulator.store import Seat
from steps.deployment import load
from steps.exit_codes import ExitCode
from tests.acceptance.canned import served
from tests.acceptance.proxy import Proxied, proxied
from tests.acceptance.runs import accept, environment
from tests.acceptance.test_bad_input import file_with
from tests.acceptance.test_probe import probe
from tests.loopback import AUTHORITY

PEOPLE = people(7)
WHO = ("proxytaro7", "proxyhimitsu7")
NAMES = "\nproxy_user = { env = 'PROXY_USER' }\nproxy_password = { env = 'PROXY_PASSWORD' }"
TOLD = {"PROXY_USER": WHO[0], "PROXY_PASSWORD": WHO[1]}
PART = ("--until=1-1", "--tags=none")
CA = f"\nca_file = '{AUTHORITY / 'ca.pem'}'"
MAINTENANCE = {"/in": (503, "<h1>メンテナンス</h1>")}


def site(proxy: Proxied, more: str = "") -> str:
    return f"proxy = '{proxy.address}'{more}"


@pytest.mark.parametrize("who", [None, WHO])
def test_a_part_of_the_journey_goes_through_the_proxy(
    tmp_path: Path, seat: Seat, bank_server: Server, people: People, who: tuple[str, str] | None
) -> None:
    start = bank_server.address(seat.code)
    with proxied(who) as proxy:
        file = file_with(tmp_path, site=site(proxy, NAMES if who else ""))
        run = accept({**environment(people, start), **TOLD}, *PART, file=file, state=tmp_path / "state")
    assert run.code == ExitCode.PASSED, run.told
    assert f"GET {start}" in proxy.went
    assert any(each.startswith("POST ") for each in proxy.went)  # the login too
    assert proxy.sent_away <= 1  # a browser asks once without being asked who it is


@pytest.mark.parametrize("who", [None, WHO])
def test_a_site_of_an_internal_authority_is_checked_and_opened_through_the_proxy(
    tmp_path: Path, who: tuple[str, str] | None
) -> None:
    with served(MAINTENANCE, tls=True) as start, proxied(who) as proxy:
        file = file_with(tmp_path, site=site(proxy, CA + NAMES * bool(who)))
        environ = {**environment(PEOPLE, start), **TOLD}
        run = accept(environ, *PART, file=file, state=tmp_path / "state")
    assert run.code == ExitCode.STOPPED
    assert "手順1-1 の 4. " in run.told  # the pages before it were shown
    assert len(proxy.went) > 1  # the check of the certificate, and the browser
    assert set(proxy.went) == {f"CONNECT {urlsplit(start).netloc}"}


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize(
    ("refuses", "sentence"), [(0, "site.proxy_user と site.proxy_password で"), (403, "403")]
)
def test_a_proxy_that_refuses_is_told_and_no_password_is_sent(
    tmp_path: Path, refuses: int, sentence: str, *, tls: bool
) -> None:
    with served({}, tls=tls) as start, proxied(WHO, refuses) as proxy:
        file = file_with(tmp_path, site=site(proxy, CA * tls + NAMES))
        environ = {**environment(PEOPLE, start), **TOLD, "PROXY_PASSWORD": "chigau77"}
        run = accept(environ, *PART, file=file, state=tmp_path / "state")
    assert run.code == (ExitCode.USAGE if tls else ExitCode.STOPPED), run.told
    assert proxy.address in run.told
    assert sentence in run.told
    assert "Traceback" not in run.told
    assert "chigau77" not in run.told
    assert proxy.went == []


@pytest.mark.parametrize(
    ("address", "more", "code", "sentence"),
    [
        ("http://127.0.0.1:8/", "", ExitCode.STOPPED, "プロキシにつながりません。"),
        ("https://127.0.0.1:8/", "", ExitCode.STOPPED, "プロキシにつながりません。"),
        (
            "https://127.0.0.1:8/",
            CA,
            ExitCode.USAGE,
            "プロキシ http://127.0.0.1:9 を通して 127.0.0.1:8 に接続できません",
        ),
    ],
)
def test_a_proxy_that_is_not_there_is_told(
    tmp_path: Path, address: str, more: str, code: int, sentence: str
) -> None:
    file = file_with(tmp_path, site=f"proxy = 'http://127.0.0.1:9'{more}")
    run = accept(environment(PEOPLE, address), *PART, file=file, state=tmp_path / "state")
    assert run.code == code, run.told
    assert sentence in run.told
    assert "Traceback" not in run.told


def test_what_the_proxy_is_told_is_kept_out_of_the_evidence_and_looked_for(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    page = f"<h1>当金庫ホームページ</h1><p>{WHO[0]} {WHO[1]}</p>"  # as a page of the proxy's might
    with served({"/": (200, page)}) as start, proxied(WHO) as proxy:
        file = file_with(tmp_path, site=site(proxy, NAMES))
        environ = {**environment(PEOPLE, start), **TOLD}
        run = accept(environ, *PART, f"--evidence={evidence}", file=file, state=tmp_path / "a")
        leak = ("-o", f"junit_suite_name={WHO[1]}", f"--evidence={tmp_path / 'leak'}")
        leaking = accept(environ, *PART, *leak, file=file, state=tmp_path / "b")
    assert run.code == ExitCode.FAILED, run.told
    texts = [each.read_bytes() for each in evidence.rglob("*") if each.is_file()]
    assert len(texts) > 3
    assert [secret for secret in WHO if any(secret.encode() in text for text in texts)] == []
    assert leaking.code == ExitCode.SECRET, leaking.told


def test_a_name_without_its_value_is_told_before_anything_is_touched(tmp_path: Path) -> None:
    file = file_with(tmp_path, site=f"proxy = 'http://127.0.0.1:9'{NAMES}")
    environ = {**environment(PEOPLE, "http://127.0.0.1:8/"), "PROXY_USER": "x"}
    run = accept(environ, *PART, file=file, state=tmp_path / "state")
    assert run.code == ExitCode.USAGE
    assert "site.proxy_password: 環境変数 PROXY_PASSWORD" in run.told


@pytest.mark.parametrize("tls", [False, True])
def test_probing_goes_through_the_proxy_and_writes_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, tls: bool
) -> None:
    for name, value in TOLD.items():
        monkeypatch.setenv(name, value)
    out, names = tmp_path / "new.toml", ("--proxy-user-env=PROXY_USER", "--proxy-password-env=PROXY_PASSWORD")
    more = [f"--ca-file={AUTHORITY / 'ca.pem'}"] * tls
    with served({}, tls=tls) as start, proxied(WHO) as proxy:
        through = f"--proxy={proxy.address}"
        refused = probe(start, out, through, *more)
        assert proxy.went == []
        run = probe(start, out, through, *names, *more)
    assert refused.code == (ExitCode.USAGE if tls else ExitCode.STOPPED)
    assert "site.proxy_user と site.proxy_password で" in refused.told
    assert run.code == 0, run.told
    assert (f"CONNECT {urlsplit(start).netloc}" if tls else f"GET {start}") in proxy.went
    written = load(out).site
    assert written.proxy == proxy.address
    assert written.proxy_user
    assert (written.proxy_user.env, WHO[1] in out.read_text(encoding="utf-8")) == ("PROXY_USER", False)


@pytest.mark.parametrize(
    "options",
    [("--proxy=127.0.0.1:9",), ("--proxy=http://a:b@127.0.0.1:9",), ("--proxy-user-env=PROXY_USER",)],
)
def test_a_proxy_that_is_written_wrongly_is_told_to_who_probes(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    run = probe("http://127.0.0.1:8/", tmp_path / "new.toml", *options)
    assert run.code == ExitCode.USAGE
    assert "--proxy" in run.told
