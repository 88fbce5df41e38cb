"""An acceptance of a site that never answers ends with a sentence, and its evidence is whole."""

from __future__ import annotations

from pathlib import Path

from simulator.bank.people import people
from steps.evidence.verify import verify
from steps.exit_codes import ExitCode
from tests.acceptance.runs import SIMULATOR, accept, environment
from tests.harness.hostile import served


def test_a_page_whose_script_never_ends_stops_the_run_and_the_evidence_is_sealed(tmp_path: Path) -> None:
    evidence, file = tmp_path / "evidence", tmp_path / "site.toml"
    text = SIMULATOR.read_text(encoding="utf-8")
    file.write_text(f"{text}\n[timeouts]\nfind = 0.5\npage = 1\n", encoding="utf-8")
    with served() as address:
        options = ("--until=1-1", "--tags=none", f"--evidence={evidence}")
        run = accept(
            environment(people(7), f"{address}/loop-late"), *options, file=file, state=tmp_path / "state"
        )
    assert run.code == ExitCode.STOPPED, run.told
    assert "止まったところ: 手順1-1。" in run.told
    assert "を終了しました" in run.told or "時間内にページが開きません" in run.told
    assert "Traceback" not in run.told
    verification = verify(evidence)
    assert verification.code == ExitCode.STOPPED
    assert "封印されたときのままです" in verification.lines[0]
