"""`densai accept` on the simulator: in parts, after a crash, and never the same thing twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fixtures.server import Server
from simulator.bank.people import People
from simulator.store import Seat
from simulator.training import starts
from steps.acceptance.journey_state import FILE
from steps.exit_codes import ExitCode
from steps.ledger import Ledger, site_name
from tests.acceptance import library_warning
from tests.acceptance.runs import accept, environment


@pytest.fixture
def start(seat: Seat, bank_server: Server) -> str:
    return bank_server.address(seat.code)


def lines(state: Path, start: str, name: str) -> list[str]:
    text = (state / site_name(start) / name).read_text(encoding="utf-8")
    return [" ".join(map(str, list(json.loads(line).values())[1:])) for line in text.splitlines()]


def test_a_journey_in_two_parts_repeats_nothing(
    tmp_path: Path, start: str, people: People, seat: Seat
) -> None:
    environ = environment(people, start)
    evidence = f"--evidence={tmp_path / 'seen'}"
    first = accept(environ, "--until=1-2", "--tags=R04", evidence, state=tmp_path)
    assert first.code == 0, first.told
    assert "行）を実行します。所要時間: このサイトでの記録がまだないため" in first.told
    assert re.search(r"\[\d+/\d+\] 残り約 \d+ [秒分] 合格 手順1-2", first.told)
    done, of = re.findall(r"\[(\d+)/(\d+)\]", first.told)[-1]
    assert done == of  # what is skipped is nothing to wait for
    assert "3 passed" in first.told  # two procedures and the refusal of R04, which changed nothing
    again = accept(environ, state=tmp_path)
    assert again.code == ExitCode.USAGE
    assert "--resume" in again.told
    second = accept(environ, "--resume", "--until=1-3", "--tags=none", state=tmp_path)
    assert second.code == 0, second.told
    assert "1 passed" in second.told
    assert "前回の実行で済んでいます" in second.told
    assert seat.read().users[people.master.login_id].approval_password
    assert lines(tmp_path, start, FILE) == [
        *("1-1 done", "1-2 sending", "1-2 sent", "1-2 done"),
        *("1-3 sending", "1-3 sent", "1-3 done"),
    ]
    spent = lines(tmp_path, start, f"ledger/{people.master.login_id.removeprefix('d-')}.jsonl")
    assert spent.count("login changed") == 1
    assert spent.count("login tried ログイン") == spent.count("login right") - 1  # 現ログインパスワード
    assert spent.count("login unjudged") == 1  # the same in the form that R04 refuses
    told = first.told + again.told + second.told
    assert [secret for secret in environ.values() if secret != start and secret in told] == []


def test_all_fifty_steps_pass_on_the_simulator_as_on_any_deployment(
    tmp_path: Path, start: str, people: People, seat: Seat
) -> None:
    run = accept(environment(people, start), "--tags=none", state=tmp_path)
    assert run.code == 0, run.told
    assert "12 passed" in run.told  # eleven procedures, and logging out twice
    general = seat.read().users[people.general.login_id]
    assert general.approval_password
    assert not general.approval_initial


def test_a_librarys_warning_ends_no_run(tmp_path: Path, start: str, people: People) -> None:
    options = ("--until=1-1", "--tags=none", "-p", library_warning.__name__)
    run = accept(environment(people, start), *options, state=tmp_path)
    assert run.code == 0, run.told
    assert library_warning.WORDS in run.told
    assert run.told.count("Warning: ") == run.told.count(f"Warning: {library_warning.WORDS}")  # no other


def test_a_crash_right_after_the_change_loses_no_account(
    tmp_path: Path, start: str, people: People, seat: Seat
) -> None:
    folder = tmp_path / site_name(start)
    ledger = Ledger(folder / "ledger", 6, success_resets=True)
    ledger.note(people.master.login_id, "login", "changing")
    events = [{"time": "", "place": "1-1", "event": "done"}, {"time": "", "place": "1-2", "event": "sending"}]
    (folder / FILE).write_text("".join(f"{json.dumps(each)}\n" for each in events), encoding="utf-8")
    starts.reset(seat, "1-3")  # the bank had taken the new password
    run = accept(environment(people, start), "--resume", "--until=1-3", "--tags=none", state=tmp_path)
    assert run.code == 0, run.told
    assert "1 passed" in run.told
    assert ledger.account(people.master.login_id).own == {"login": True, "approval": True}
    assert ledger.account(people.master.login_id).wrong == {"login": 0, "approval": 0}


def test_a_password_that_was_changed_is_not_taken_for_the_issued_one_again(
    tmp_path: Path, people: People
) -> None:
    start = "http://127.0.0.1:9/"
    Ledger(tmp_path / site_name(start) / "ledger", 6, success_resets=True).note(
        people.master.login_id, "login", "restored"
    )
    run = accept(environment(people, start), state=tmp_path)
    assert run.code == ExitCode.USAGE
    assert f"{people.master.login_id} のログインパスワードは変更済みです" in run.told


def test_a_change_that_the_ledger_knows_is_done_when_it_goes_on(
    tmp_path: Path, start: str, people: People, seat: Seat
) -> None:
    folder = tmp_path / site_name(start)
    Ledger(folder / "ledger", 6, success_resets=True).note(people.master.login_id, "login", "changed")
    events = [{"time": "", "place": "1-1", "event": "done"}, {"time": "", "place": "1-2", "event": "sending"}]
    (folder / FILE).write_text("".join(f"{json.dumps(each)}\n" for each in events), encoding="utf-8")
    starts.reset(seat, "1-3")
    run = accept(environment(people, start), "--resume", "--until=1-3", "--tags=none", state=tmp_path)
    assert run.code == 0, run.told
    assert "済んだ手順: 1-1、1-2、1-3" in run.told
