"""The access log and the metrics: every request, and no code, query, cookie or word that was typed."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prometheus_client import generate_latest

import simulator
from simulator import serving
from simulator.bank.people import MASTER_ID
from simulator.bank.people import people as people_of
from simulator.metrics import Metrics
from simulator.observing import AccessLog, Observer
from simulator.settings import Settings
from simulator.training import starts
from tests.screens.banks import Bank, open_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from simulator.observing import Seen
    from tests.screens.visitor import Visitor

SECRET = "?code=tanuki9&name=%E5%B1%B1"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    app = open_bank(tmp_path / "d.sqlite3")
    yield Bank(app)
    app.extensions["densai"].close()


def observe(bank: Bank, *listeners: Callable[[Seen], None]) -> None:
    """As a server runs it: every answer is read to its end and closed."""
    observed = Observer(bank.app.wsgi_app, listeners)

    def whole(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with closing(observed(environ, start_response)) as parts:  # type: ignore[type-var]
            return list(parts)

    bank.app.wsgi_app = whole  # type: ignore[method-assign]


def log_in(bank: Bank) -> Visitor:
    seat = starts.make_seats(bank.worlds, seed=7)[0]
    return bank.visitor(seat).log_in(MASTER_ID, people_of(seat.seed).master.issued_password)


def test_a_line_says_what_was_asked_and_how_it_went_and_nothing_secret(bank: Bank, tmp_path: Path) -> None:
    log = AccessLog(str(tmp_path / "access.log"))
    observe(bank, log)
    at = log_in(bank)
    at.get(f"{at.home}login{SECRET}")
    for path in (f"/desk/classes/17{SECRET}", f"/nowhere/tanuki9{SECRET}"):
        bank.app.test_client().get(path)
    log.close()
    text = (tmp_path / "access.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/bank/<seat>/login", 200),
        ("POST", "/bank/<seat>/login", 303),
        ("GET", "/bank/<seat>/<sid>/list", 303),
        ("GET", "/bank/<seat>/<sid>/password", 200),
        ("GET", "/bank/<seat>/login", 200),
        ("GET", "/desk/classes/17", 303),
        ("GET", "", 404),
    ]
    assert set(lines[0]) == {"time", "method", "path", "endpoint", "status", "ms", "size", "visitor"}
    assert (lines[0]["endpoint"], lines[0]["visitor"]) == ("bank.login.ask", "127.0.0.1")
    assert lines[0]["ms"] > 0
    assert lines[0]["size"] > 1000
    for secret in (at.seat.code, at.sid, "tanuki9", MASTER_ID, people_of(7).master.issued_password):
        assert secret not in text


def test_a_log_that_was_moved_away_is_begun_anew(bank: Bank, tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    log = AccessLog(str(file))
    observe(bank, log)
    client = bank.app.test_client()
    client.get("/healthz")
    file.rename(tmp_path / "access.log.1")
    client.get("/healthz")
    log.close()
    assert [len(each.read_text().splitlines()) for each in sorted(tmp_path.glob("access.log*"))] == [1, 1]


def test_a_log_that_cannot_be_written_is_one_sentence(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(serving.StartError, match=r"access\.log に書き込めません"):
        serving._observe(bank.app, {}, Settings(access_log=str(tmp_path / "no" / "access.log")))


def test_metrics_without_their_library_are_one_sentence(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simulator.metrics", None)
    monkeypatch.delattr(simulator, "metrics")
    with pytest.raises(serving.StartError, match="pip install"):
        serving._observe(bank.app, {}, Settings(metrics=("127.0.0.1", 9100)))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_keeps_no_answer_back(bank: Bank, capsys: pytest.CaptureFixture[str]) -> None:
    log = AccessLog("/dev/full")
    observe(bank, log)
    assert bank.app.test_client().get("/healthz").status_code == 200
    assert capsys.readouterr().err == ""
    log.close()


def test_a_failure_is_noted_as_well(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Seen] = []
    observe(bank, seen.append)
    monkeypatch.setitem(bank.app.view_functions, "health.is_alive", lambda: 1 / 0)
    bank.app.config["PROPAGATE_EXCEPTIONS"] = False
    bank.app.test_client().get("/healthz")
    assert [(one.endpoint, one.status) for one in seen] == [("health.is_alive", 500)]


def test_metrics_count_requests_hashing_connections_and_sessions(bank: Bank) -> None:
    made = Metrics(bank.app)
    observe(bank, made)
    busy: list[float] = []
    watch = bank.app.extensions["densai-hasher"].watch

    def note(change: float) -> None:
        busy.append(change)
        watch(change)

    bank.app.extensions["densai-hasher"].watch = note
    at = log_in(bank)
    text = generate_latest(made.registry).decode()
    assert 'densai_requests_total{endpoint="bank.login.log_in",status="3xx"} 1.0' in text
    assert 'densai_request_seconds_count{area="bank"} 4.0' in text
    assert "densai_sessions 1.0" in text
    assert "densai_hashing 0.0" in text
    assert busy == [1, -1]
    assert "densai_database_connections" in text
    for secret in (at.seat.code, at.sid):
        assert secret not in text
