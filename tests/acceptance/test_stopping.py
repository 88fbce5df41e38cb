"""A run stopped in its middle leaves whole evidence, a place to go on from, and nothing sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from simulator.bank.people import people
from steps.deployment import first_screens
from steps.evidence.verify import verify
from steps.exit_codes import ExitCode
from steps.ledger import Ledger, site_name
from tests.acceptance.canned import LOGIN, Page, served
from tests.acceptance.runs import SIMULATOR, accept, begun, environment

PEOPLE = people(7)
MASTER = PEOPLE.master.login_id
CHANGE = (
    "<h1>ログインパスワード変更</h1><form action='/changed' method='post'>"
    "<label>現ログインパスワード <input type='password'></label>"
    "<label>新ログインパスワード <input type='password'></label>"
    "<label>新ログインパスワード（再入力） <input type='password'></label><button>変更</button></form>"
)
# Whatever new password it is given, it takes.
TAKES_ALL: dict[str, Page] = {"/in": (200, CHANGE), "/changed": (200, "<h1>サービス一覧</h1>")}


def file_with(folder: Path, *, find: int, start: str = "") -> Path:
    """The simulator's file with another patience, and begun on another screen."""
    text = SIMULATOR.read_text(encoding="utf-8")
    if start:
        text = text.replace('start_screen = "当金庫ホームページ"', f'start_screen = "{start}"')
    file = folder / "site.toml"
    file.write_text(f"{text}\n[timeouts]\nfind = {find}\npage = 30\n", encoding="utf-8")
    return file


def ledger(state: Path, start: str) -> Ledger:
    return Ledger(state / site_name(start) / "ledger", 6, success_resets=True)


def test_a_password_that_must_be_refused_and_is_taken_stops_the_run(tmp_path: Path) -> None:
    state, evidence, file = tmp_path / "state", tmp_path / "evidence", file_with(tmp_path, find=2)
    with served(TAKES_ALL) as start:
        environ = environment(PEOPLE, start)
        options = ("--until=1-2", "--tags=R03")
        run = accept(environ, *options, f"--evidence={evidence}", file=file, state=state)
        assert run.code == ExitCode.STOPPED, run.told
        assert "拒否されるはずのログインパスワード「" in run.told
        assert f"{MASTER}（碧海 太郎）のログインパスワードは「" in run.told
        assert "people.master.password の値に変更してから" in run.told
        assert verify(evidence).code == ExitCode.STOPPED  # whole and unchanged, of a run that was stopped
        account = ledger(state, start).account(MASTER)
        assert account.other["login"] in run.told
        assert account.wrong["login"] == 0
        again = accept(environ, *options, "--resume", file=file, state=state)
        assert again.code == ExitCode.USAGE
        assert "--restored" in again.told
        assert ledger(state, start).account(MASTER) == account  # nothing more was typed
        restored = f"--restored={MASTER}"
        mended = accept(environ, "--until=1-2", "--tags=none", "--resume", restored, file=file, state=state)
        assert mended.code == ExitCode.PASSED, mended.told
        assert "済んだ手順: 1-1、1-2" in mended.told
        assert ledger(state, start).account(MASTER).own["login"] is True
        assert accept(environ, restored, file=file, state=state).code == ExitCode.USAGE


def wait_for_login(process: subprocess.Popen[str], state: Path, start: str) -> None:
    """Until the first password has been sent."""
    while process.poll() is None and not ledger(state, start).account(MASTER).wrong["login"]:
        time.sleep(0.05)


def test_a_person_stops_the_run_by_hand(tmp_path: Path) -> None:
    state, evidence = tmp_path / "state", tmp_path / "evidence"
    with served({"/in": (200, f"{LOGIN}<p>お待ちください。</p>")}) as start:
        environ = environment(PEOPLE, start)
        file = file_with(tmp_path, find=120)  # it waits for a screen that does not come
        with begun(environ, f"--evidence={evidence}", file=file, state=state) as process:
            wait_for_login(process, state, start)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the browser too
            told, _ = process.communicate(timeout=60)
        assert process.returncode == ExitCode.STOPPED, told
        assert "--resume" in told
        assert verify(evidence).code == ExitCode.STOPPED  # whole and unchanged, of a run that was stopped
        assert "人の操作で中断しました" in (evidence / "report.html").read_text(encoding="utf-8")
        assert ledger(state, start).account(MASTER).wrong["login"] == 1


@pytest.mark.parametrize(
    ("screen", "address"), list(zip(first_screens()[1:], ("service", "guide", "login"), strict=True))
)
def test_a_site_may_begin_later(tmp_path: Path, screen: str, address: str) -> None:
    with served({"/in": (503, "<h1>メンテナンス</h1>")}) as start:
        file = file_with(tmp_path, find=2, start=screen)
        run = accept(environment(PEOPLE, start + address), "--tags=none", file=file, state=tmp_path / "state")
    assert run.code == ExitCode.STOPPED, run.told
    assert "手順1-1 の 4. " in run.told  # it has passed over the pages before, and logged in


def test_two_deployments_run_side_by_side_and_leave_each_other_alone(tmp_path: Path) -> None:
    file = file_with(tmp_path, find=2)
    sites = [served({"/in": (503, "<h1>メンテナンス</h1>")}) for _ in range(2)]
    with ExitStack() as stack:
        runs = []
        for number, site in enumerate(sites):
            start = stack.enter_context(site)
            state, evidence = tmp_path / f"state{number}", tmp_path / f"evidence{number}"
            options = ("--tags=none", f"--evidence={evidence}")
            begin = begun(environment(PEOPLE, start), *options, file=file, state=state)
            runs.append((stack.enter_context(begin), start, state, evidence))
        for process, start, state, evidence in runs:
            told, _ = process.communicate(timeout=120)
            assert process.returncode == ExitCode.STOPPED, told
            assert "サイトがエラー 503 を返しました。" in told
            assert ledger(state, start).account(MASTER).wrong["login"] == 1
            assert "封印されたときのままです" in "".join(verify(evidence).lines)
    assert [len(list(state.rglob("*.png"))) > 0 for _, _, state, _ in runs] == [True, True]


def test_a_secret_in_the_evidence_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    leak = ("-o", f"junit_suite_name={PEOPLE.master.issued_password}")
    options = (*leak, f"--evidence={tmp_path / 'evidence'}")
    with served({"/in": (503, "<h1>メンテナンス</h1>")}) as start:
        environ = environment(PEOPLE, start)
        run = accept(environ, *options, file=file_with(tmp_path, find=2), state=tmp_path / "state")
    assert run.code == ExitCode.SECRET, run.told
    assert "パスワードが含まれています" in run.told
