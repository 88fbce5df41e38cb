"""`densai verify`: whole evidence passes, every change is named, and a run cut short is told as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from steps.evidence import sealing, verify
from steps.evidence.disk import hash_of
from steps.evidence.run_records import MANIFEST, REPORT, SCREENS, STEPS, WORKBOOK
from steps.exit_codes import ExitCode
from tests.evidence.sample_evidence import SECRET, played, recorder

MADE = (STEPS, SCREENS, REPORT, WORKBOOK)


@pytest.fixture
def folder(tmp_path: Path, page: Page) -> Path:
    """Evidence of a run that came to its end."""
    played(tmp_path / "evidence", page).finish()
    return tmp_path / "evidence"


def told(folder: Path) -> tuple[int, str]:
    verdict = verify.verify(folder)
    return verdict.code, "\n".join(verdict.lines)


def picture(folder: Path) -> Path:
    return next((folder / "pictures").glob("*_came.png"))


def test_whole_evidence_passes_and_shows_its_seal(folder: Path) -> None:
    code, text = told(folder)
    assert code == verify.WHOLE
    assert "封印されたときのままです" in text
    assert hash_of((folder / MANIFEST).read_bytes()) in text


@pytest.mark.parametrize("name", MADE)
def test_an_altered_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    assert told(folder) == (verify.ALTERED, f"記録されたときと違います。\n  変更されています: {name}")


def test_a_deleted_picture_is_named(folder: Path) -> None:
    gone = picture(folder)
    gone.unlink()
    code, text = told(folder)
    assert (code, f"ありません: pictures/{gone.name}" in text) == (verify.ALTERED, True)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("more.txt", "  more.txt"),
        ("Thumbs.db", "  Thumbs.db（Windowsが作るファイル）"),
        ("pictures/Desktop.ini", "  pictures/Desktop.ini（Windowsが作るファイル）"),
        (".DS_Store", "  .DS_Store（macOSが作るファイル）"),
        ("~$evidence.xlsx", "  ~$evidence.xlsx（開いている Excel や Wordが作るファイル）"),
        (".~lock.evidence.xlsx#", "  .~lock.evidence.xlsx#（開いている LibreOfficeが作るファイル）"),
    ],
)
def test_what_lies_beside_whole_evidence_is_named_and_is_no_alteration(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, line: str
) -> None:
    (folder / name).write_text("", encoding="ascii")
    code, text = typed(folder, capsys, "--seal", hash_of((folder / MANIFEST).read_bytes()))
    lines = text.splitlines()
    assert code == verify.BESIDE
    assert "封印されたときのままです" in lines[0]
    assert lines[2] == "封印されていないファイルが 1 個、一緒に置かれています（証跡ではありません）。"
    assert lines[3:] == [line, "控えた封印と同じです。"]


def test_an_altered_file_stays_one_whatever_lies_beside_it(folder: Path) -> None:
    (folder / "Thumbs.db").write_text("", encoding="ascii")
    (folder / REPORT).write_text("", encoding="ascii")
    code, text = told(folder)
    assert code == verify.ALTERED
    assert f"変更されています: {REPORT}" in text
    assert "変更されています: Thumbs.db" not in text
    assert "  Thumbs.db（Windowsが作るファイル）" in text


@pytest.mark.parametrize(("name", "refused"), [("more.txt", True), ("Thumbs.db", False)])
def test_only_what_programs_leave_may_lie_beside_evidence_that_is_added_to(
    folder: Path, name: str, *, refused: bool
) -> None:
    (folder / name).write_text("", encoding="ascii")
    assert (name in verify.verify(folder).refusal()) is refused


def test_a_file_that_a_program_leaves_during_the_run_is_not_sealed(tmp_path: Path) -> None:
    recording = recorder(tmp_path)
    (tmp_path / ".DS_Store").write_text("1", encoding="ascii")
    recording.finish()
    (tmp_path / ".DS_Store").write_text("2", encoding="ascii")
    assert told(tmp_path)[0] == verify.BESIDE
    assert ".DS_Store" not in (tmp_path / MANIFEST).read_text(encoding="utf-8")


def test_an_altered_picture_is_named_even_when_the_seal_was_made_anew(folder: Path) -> None:
    altered = picture(folder)
    altered.write_bytes(altered.read_bytes() + b"x")
    sealing.rebuild(folder)
    code, text = told(folder)
    assert (code, f"変更されています: pictures/{altered.name}" in text) == (verify.ALTERED, True)


@pytest.mark.parametrize(("name", "content"), [(MANIFEST, b"{"), (STEPS, b"{}\n")])
def test_what_cannot_be_read_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    code, text = told(folder)
    assert (code, name in text) == (verify.ALTERED, True)


def test_another_folder_is_no_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main([str(tmp_path)]) == verify.NO_EVIDENCE
    assert "証跡フォルダーではありません" in capsys.readouterr().err


def test_a_run_cut_short_is_incomplete_valid_and_can_be_reported(
    tmp_path: Path, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    played(tmp_path, page)
    with (tmp_path / STEPS).open("ab") as file:
        file.write(b'{"kind":"step","keyw')  # what a power cut leaves of a line
    assert verify.main([str(tmp_path)]) == verify.INCOMPLETE
    assert "ここまでの記録は有効です（画面 2 枚）" in capsys.readouterr().out
    assert not (tmp_path / REPORT).exists()

    assert verify.main([str(tmp_path), "--report"]) == verify.INCOMPLETE
    assert "パスワードが含まれていないことは、確かめられていません。" in capsys.readouterr().out
    assert "途中で終わっています" in (tmp_path / REPORT).read_text(encoding="utf-8")
    picture(tmp_path).unlink()
    assert verify.main([str(tmp_path)]) == verify.ALTERED


def test_an_altered_picture_of_a_run_cut_short_is_named(tmp_path: Path, page: Page) -> None:
    played(tmp_path, page)
    picture(tmp_path).write_bytes(b"")
    assert told(tmp_path)[0] == verify.ALTERED


def test_evidence_with_a_secret_is_not_to_be_handed_out(tmp_path: Path, page: Page) -> None:
    recording = played(tmp_path, page)
    (tmp_path / "log.txt").write_text(SECRET, encoding="utf-8")
    sealed = recording.finish()
    assert sealed.found == ["log.txt"]
    code, text = told(tmp_path)
    assert code == verify.SECRET
    assert "log.txt" in text
    assert SECRET not in text


def test_a_run_that_stopped_early_says_why(tmp_path: Path) -> None:
    recorder(tmp_path).finish("人の操作で中断しました。")
    code, text = told(tmp_path)
    assert (code, "人の操作で中断しました。" in text) == (verify.INCOMPLETE, True)


def typed(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    code = verify.main([str(folder), *options])
    output = capsys.readouterr()
    return code, output.out + output.err


def test_the_seal_that_was_written_down_is_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal = hash_of((folder / MANIFEST).read_bytes())
    for written in (seal, seal.upper()):
        code, text = typed(folder, capsys, "--seal", written)
        assert (code, text.splitlines()[-1]) == (verify.WHOLE, "控えた封印と同じです。")


def test_evidence_that_was_altered_and_sealed_again_is_another_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal = hash_of((folder / MANIFEST).read_bytes())
    lines = (folder / STEPS).read_text(encoding="utf-8")
    (folder / STEPS).write_text(lines.replace("ログインする", "ログオンする"), encoding="utf-8")
    sealing.rebuild(folder)
    assert told(folder)[0] == verify.WHOLE
    code, text = typed(folder, capsys, "--seal", seal)
    assert (code, "控えた封印と違います。" in text) == (verify.ALTERED, True)
    assert hash_of((folder / MANIFEST).read_bytes()) in text


def test_an_altered_file_under_the_seal_that_was_written_down_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / REPORT).write_text("", encoding="ascii")
    code, text = typed(folder, capsys, "--seal", hash_of((folder / MANIFEST).read_bytes()))
    assert code == verify.ALTERED
    assert f"変更されています: {REPORT}" in text
    assert "控えた封印と同じです。" in text


def test_evidence_without_a_manifest_is_not_what_was_sealed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / MANIFEST).unlink()
    code, text = typed(folder, capsys, "--seal", "0" * 64)
    assert (code, "封印（manifest.json）がありません。" in text) == (verify.ALTERED, True)


@pytest.mark.parametrize("seal", ["", "0" * 63, "0" * 65, "g" * 64, f" {'0' * 64}", "sha256:" + "0" * 64])
def test_what_is_no_hash_is_a_mistake_told_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], seal: str
) -> None:
    code, text = typed(folder, capsys, "--seal", seal)
    assert (code, text) == (ExitCode.USAGE, verify.WRONG_SEAL)
    assert text.count("\n") == 1


def test_a_seal_is_not_compared_with_one_that_is_made_anew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / MANIFEST).read_bytes()
    code, text = typed(folder, capsys, "--report", "--seal", hash_of(before))
    assert (code, text) == (ExitCode.USAGE, verify.SEAL_AND_REPORT)
    assert (folder / MANIFEST).read_bytes() == before
