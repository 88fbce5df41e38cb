"""A disk that is really full stops the run: nothing unnoted is sent, and what is there is whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from simulator.bank.people import people
from steps.acceptance import accept_command
from steps.acceptance.journey_state import FILE
from steps.driver.browser_search import ThisComputer
from steps.evidence import verify
from steps.evidence.exit_codes import INCOMPLETE
from steps.evidence.run_records import MANIFEST, REPORT, STEPS, WORKBOOK
from steps.ledger import Ledger, LedgerError, site_name
from tests.acceptance.canned import Page, served
from tests.acceptance.runs import accept, environment
from tests.acceptance.test_bad_input import file_with
from tests.acceptance.test_stopping import TAKES_ALL

PEOPLE = people(7)
MASTER = PEOPLE.master.login_id
PART = ("--until=1-1", "--tags=none")
MAINTENANCE: dict[str, Page] = {"/in": (503, "<h1>メンテナンス</h1>")}
PAGE = 4096
FULL = "No space left on device"


class Disk:
    """A small one, with room until it is filled."""

    def __init__(self, place: Path) -> None:
        self.place, self._filler = place, place / "filler"
        self.asked: list[str] = []
        self.fills_at = ""

    def hear(self, path: str) -> None:
        """Of each page that the site is asked for; one of them fills the disk, once."""
        self.asked.append(path)
        if path == self.fills_at:
            self.fills_at = ""
            self.fill()

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(PAGE)):
                pass
        assert not shutil.disk_usage(self.place).free

    def free(self) -> None:
        self._filler.unlink()


@contextmanager
def mounted(place: Path, size: str) -> Iterator[Disk]:
    """A disk of its own in memory. Skips where nobody may mount one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not (sys.platform == "linux" and mount and umount and ThisComputer().is_root()):
        pytest.skip("a disk of its own is mounted by root on Linux alone")
    place.mkdir()
    command = [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a container may not mount: {done.stderr}")
    try:
        yield Disk(place)
    finally:
        subprocess.run([umount, str(place)], check=True)


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Disk]:
    with mounted(tmp_path / "disk", "1m") as disk:
        yield disk


@pytest.fixture
def roomy(tmp_path: Path) -> Iterator[Disk]:
    """As much as evidence asks for before it begins."""
    with mounted(tmp_path / "disk", "60m") as disk:
        yield disk


def ledger(state: Path, start: str) -> Ledger:
    return Ledger(state / site_name(start) / "ledger", 6, success_resets=True)


def test_no_password_is_sent_that_the_ledger_has_no_room_for(tmp_path: Path, tiny: Disk) -> None:
    state, file = tiny.place / "state", file_with(tmp_path)
    tiny.fill()
    with served(MAINTENANCE, heard=tiny.hear) as start:
        run = accept(environment(PEOPLE, start), *PART, file=file, state=state)
        assert run.code == accept_command.ABORTED, run.told
        assert f"書けないため、送信せずに中止しました（{FULL}）。" in run.told
        assert "済んだ手順: なし" in run.told
        assert "--resume" in run.told
        assert "Traceback" not in run.told
        assert "LedgerError" not in run.told
        assert tiny.asked[-1] == "/login"  # its page came; nothing was sent from it
        assert ledger(state, start).account(MASTER).wrong["login"] == 0
        tiny.free()
        again = accept(environment(PEOPLE, start), *PART, "--resume", file=file, state=state)
        assert "サイトがエラー 503 を返しました。" in again.told
        assert ledger(state, start).account(MASTER).wrong["login"] == 1


def test_progress_that_cannot_be_written_stops_the_run(tmp_path: Path, tiny: Disk) -> None:
    state = tiny.place / "state"
    tiny.fills_at = "/in"  # the attempt is noted by then
    with served(TAKES_ALL, heard=tiny.hear) as start:
        run = accept(environment(PEOPLE, start), "--tags=none", file=file_with(tmp_path), state=state)
    assert run.code == accept_command.ABORTED, run.told
    assert f"{FILE} に書けないため中止しました（{FULL}）。" in run.told
    assert "Traceback" not in run.told
    assert tiny.asked[-1] == "/in"  # the next procedure was not begun


@pytest.mark.parametrize("at", ["/guide", "/login"])
def test_evidence_and_ledger_on_one_full_disk_stop_the_run_and_are_whole_once_there_is_room(
    tmp_path: Path, roomy: Disk, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    state, evidence, file = roomy.place / "state", roomy.place / "evidence", file_with(tmp_path)
    roomy.fills_at = at
    with served(MAINTENANCE, heard=roomy.hear) as start:
        environ, kept = environment(PEOPLE, start), f"--evidence={evidence}"
        run = accept(environ, *PART, kept, file=file, state=state)
        assert run.code == accept_command.ABORTED, run.told
        assert f"（{FULL}） ここまでの記録は残っています。最後の記録: 手順1-1 " in run.told
        assert f"densai verify {evidence} --report" in run.told
        assert "Traceback" not in run.told
        assert roomy.asked[-1] == at
        assert not list(state.rglob("*.jsonl"))  # so nothing was sent either
        lines = (evidence / STEPS).read_text(encoding="utf-8").splitlines()
        assert all(json.loads(line) for line in lines)
        assert verify.verify(evidence).code == INCOMPLETE
        assert verify.main([str(evidence), "--report"]) == INCOMPLETE
        assert "報告書を作れません。" in capsys.readouterr().out  # there is no room yet
        assert {each.name for each in evidence.iterdir()} <= {STEPS, "screens.jsonl", "pictures"}
        roomy.free()
        assert verify.main([str(evidence), "--report"]) == INCOMPLETE
        assert "封印されたときのままです" in capsys.readouterr().out
        assert all((evidence / name).stat().st_size for name in (REPORT, WORKBOOK, MANIFEST))
        assert "当金庫ホームページ" in (evidence / REPORT).read_text(encoding="utf-8")
        again = accept(environ, *PART, "--resume", kept, file=file, state=state)
    assert "サイトがエラー 503 を返しました。" in again.told
    assert "".join(verify.verify(evidence).lines).count("封印されたときのままです") == 1
    assert ledger(state, start).account(MASTER).wrong["login"] == 1


def test_half_a_line_is_taken_back_where_the_disk_ends_in_its_middle(tiny: Disk) -> None:
    kept = Ledger(tiny.place, 6, success_resets=True)
    kept.note(MASTER, "login", "tried")
    kept.note(MASTER, "login", "right")
    (file,) = tiny.place.glob("*.jsonl")
    line = json.dumps({"kind": "login", "event": "unjudged"}) + "\n"
    room = PAGE - 10 - file.stat().st_size
    with file.open("a", encoding="utf-8") as opened:  # up to ten bytes before the end of a page
        opened.write(line.rjust(room))
    tiny.fill()
    before = file.read_bytes()
    with pytest.raises(LedgerError, match=FULL):
        kept.note(MASTER, "login", "tried")
    assert file.read_bytes() == before
    assert kept.account(MASTER).wrong["login"] == 0
