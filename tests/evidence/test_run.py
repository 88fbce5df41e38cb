"""pytest --evidence on the simulator: a run to its end, and runs that something stops."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from steps.evidence import sealing, verify
from steps.evidence.disk import hash_of
from steps.evidence.evidence_plugin import _check_messages
from steps.evidence.run_records import JUNIT, MANIFEST, REPORT
from steps.evidence.run_results import read_results
from steps.exit_codes import ExitCode
from tests.evidence.leak_plugin import LEAK
from tests.evidence.sample_evidence import recorder

ROOT = Path(__file__).parents[2]
FIRST = "steps/test_journey.py::test_p1_1_log_in"


def command(folder: Path, *more: str) -> list[str]:
    pytest_ = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--output={folder}-out"]
    return [*pytest_, "--evidence", str(folder), *more]


def run(folder: Path, *more: str) -> tuple[int, str]:
    done = subprocess.run(
        command(folder, *more), cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


def stopped_at(line: str, by: signal.Signals, folder: Path) -> None:
    """Begin the journey, and send the signal when this line has been told."""
    with subprocess.Popen(
        command(folder, "steps/test_journey.py"), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert any(line in told for told in process.stdout)
        process.send_signal(by)
        process.communicate(timeout=120)


def test_a_run_leaves_whole_evidence_and_tells_each_step(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    messages = tmp_path / "more" / "messages.ndjson"
    code, told = run(folder, FIRST, f"--messages={messages}")
    assert code == 0, told
    assert messages.read_bytes().count(b'"status":"PASSED"') == 10
    assert f"Cucumber Messages: {messages}" in told
    assert "[10/10] 合格 手順1-1 「ログインパスワード変更」画面が表示される" in told
    assert verify.verify(folder).code == verify.WHOLE
    assert hash_of((folder / "manifest.json").read_bytes()) in told

    results = read_results(folder)
    (scenario,) = results.scenarios
    assert [step.outcome for step in scenario.manual_steps] == ["passed"] * 4
    for step in scenario.manual_steps:
        assert step.pictures[-1].moment == "came"
    assert [step.pictures[0].moment for step in scenario.manual_steps[1:]] == ["before_click"] * 3
    assert {picture.window for picture in results.pictures} == {1, 2}
    assert sorted(results.rules) == [f"R{number:02}" for number in range(1, 24)]
    assert len(list(results.not_run)) == len(results.planned) - 1
    assert "「ログインパスワード変更」画面が表示される" in (folder / JUNIT).read_text(encoding="utf-8")


def test_a_password_in_any_artefact_fails_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    code, told = run(folder, FIRST, "-p", "tests.evidence.leak_plugin")
    assert (code, verify.verify(folder).code) == (ExitCode.SECRET, verify.SECRET)
    assert "パスワードが含まれています。" in told
    assert f"  {LEAK}\n" in told
    assert f"  {JUNIT}\n" not in told
    assert "leak: ●●●●" in (folder / JUNIT).read_text(encoding="utf-8")


def test_kill_9_leaves_valid_evidence_of_which_the_report_can_be_made(tmp_path: Path) -> None:
    stopped_at("[8/133]", signal.SIGKILL, tmp_path / "evidence")
    assert verify.verify(tmp_path / "evidence").code == verify.INCOMPLETE
    assert not (tmp_path / "evidence" / REPORT).exists()
    assert verify.main([str(tmp_path / "evidence"), "--report"]) == verify.INCOMPLETE
    assert "「ログイン」画面が表示される" in (tmp_path / "evidence" / REPORT).read_text(encoding="utf-8")


def test_ctrl_c_leaves_sealed_evidence_that_says_so(tmp_path: Path) -> None:
    stopped_at("[8/133]", signal.SIGINT, tmp_path / "evidence")
    verdict = verify.verify(tmp_path / "evidence")
    assert verdict.code == verify.INCOMPLETE
    assert "人の操作で中断しました。" in "".join(verdict.lines)
    assert (tmp_path / "evidence" / REPORT).exists()


def test_a_full_disk_stops_the_run_with_what_was_done_so_far(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    code, told = run(folder, "steps/test_journey.py", "-p", "tests.evidence.full_disk_plugin")
    assert code == ExitCode.STOPPED, told
    assert "No space left on device" in told
    assert "最後の記録: 手順1-1 「へきしん電子記録債権サービス」画面が表示される" in told
    assert "densai verify" in told
    assert verify.verify(folder).code == verify.INCOMPLETE


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("-n", "2"), "--evidence と -n は一緒に指定できません。"),
        (("--tracing", "on"), "--tracing の記録にはパスワードが残ります。"),
        (("--video", "on"), "--video の記録にはパスワードが残ります。"),
    ],
)
def test_what_would_keep_a_password_or_lose_the_order_is_refused(
    tmp_path: Path, options: tuple[str, ...], reason: str
) -> None:
    code, told = run(tmp_path / "evidence", FIRST, *options)
    assert (code, reason in told) == (pytest.ExitCode.USAGE_ERROR, True)
    assert not (tmp_path / "evidence").exists()


@pytest.mark.parametrize("name", ["", "folder", "file/messages", "x" * 300])
def test_messages_that_could_not_be_written_are_refused_before_the_run(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(pytest.UsageError, match="--messages にはファイルを指定してください"):
        _check_messages(tmp_path / name, tmp_path)


def test_messages_need_the_pictures_of_the_evidence(tmp_path: Path) -> None:
    with pytest.raises(pytest.UsageError, match="--evidence も指定してください"):
        _check_messages(tmp_path / "messages.ndjson", None)


def sealed(folder: Path) -> bytes:
    """Make evidence of a run that stopped early; its seal."""
    recorder(folder).finish("中断しました。")
    (folder / MANIFEST).unlink()
    (folder / JUNIT).write_text("first", encoding="ascii")
    sealing.rebuild(folder)
    return (folder / MANIFEST).read_bytes()


def test_a_used_folder_is_refused_and_nothing_in_it_is_changed(tmp_path: Path) -> None:
    seal = sealed(tmp_path / "evidence")
    code, told = run(tmp_path / "evidence", FIRST)
    assert (code, "証跡フォルダーが空ではありません。" in told) == (pytest.ExitCode.USAGE_ERROR, True)
    assert verify.verify(tmp_path / "evidence").code == verify.INCOMPLETE
    assert (tmp_path / "evidence" / MANIFEST).read_bytes() == seal


def test_altered_evidence_is_not_gone_on_with_and_keeps_its_seal(tmp_path: Path) -> None:
    seal = sealed(tmp_path / "evidence")
    (tmp_path / "evidence" / REPORT).write_text("altered", encoding="ascii")
    code, told = run(tmp_path / "evidence", FIRST, "--evidence-resume")
    assert (code, f"変更されています: {REPORT}" in told) == (pytest.ExitCode.USAGE_ERROR, True)
    assert (tmp_path / "evidence" / MANIFEST).read_bytes() == seal


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_resumed_run_leaves_the_junit_report_of_the_first_part(tmp_path: Path, elsewhere: bool) -> None:
    folder = tmp_path / "evidence"
    sealed(folder)
    more = [f"--junitxml={tmp_path / 'own.xml'}"] * elsewhere
    run(folder, "tests/rules/test_credentials.py", "--evidence-resume", *more)
    assert (folder / JUNIT).read_text(encoding="ascii") == "first"
    assert "<testsuite" in (folder / "junit-2.xml").read_text(encoding="utf-8")
    assert verify.verify(folder).code == verify.WHOLE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_reports_elsewhere_that_cannot_be_written_leave_the_evidence_whole(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    elsewhere = ("--junitxml=/dev/full", "--messages=/proc/messages.ndjson")
    code, told = run(folder, "tests/rules/test_credentials.py", *elsewhere)
    assert code == ExitCode.STOPPED, told
    assert "--messages のファイルを書けませんでした。" in told
    assert "/dev/full を保存できません（No space left on device）。" in told
    assert verify.verify(folder).code == verify.WHOLE
    assert "<testsuite" in (folder / JUNIT).read_text(encoding="utf-8")


def test_without_the_option_nothing_of_it_is_there(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getoption("--evidence") is None
    assert not pytestconfig.pluginmanager.hasplugin("densai-evidence")
