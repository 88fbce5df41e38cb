"""`densai sign`: three roles in their order, sealed; the run's own seal can still be shown."""

from __future__ import annotations

import io
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from fixtures.page_check import syntax_faults_of
from steps.evidence import drift, sealing, sign, verify
from steps.evidence.disk import EvidenceError, hash_of, write_file
from steps.evidence.run_records import MANIFEST, REPORT, ROLES, SIGN_OFF, SIGN_OFF_PAGE, STEPS
from steps.evidence.sign_off import read_signatures
from steps.exit_codes import ExitCode
from tests.evidence.sample_evidence import recorder

TODAY = datetime.now().astimezone().date()
FIRST_KEPT = "manifest-1.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Evidence of a run of nothing, to its end; not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "evidence"
    recorder(folder).finish()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(made, tmp_path / "evidence"))


@pytest.fixture(autouse=True)
def _nobody_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


def seal_of(folder: Path) -> str:
    return hash_of((folder / MANIFEST).read_bytes())


def signed(folder: Path, *names: str) -> Path:
    for name in names:
        assert sign.main([str(folder), "--name", name]) == ExitCode.PASSED
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Sign in vain; return what is told. Nothing in the folder may have changed."""
    before = content(folder)
    capsys.readouterr()
    assert sign.main([str(folder), *options]) == ExitCode.USAGE
    output = capsys.readouterr()
    assert (output.out, content(folder)) == ("", before)
    return output.err


def told(folder: Path) -> tuple[int, str]:
    verification = verify.verify(folder)
    return verification.code, "\n".join(verification.lines)


def test_three_roles_sign_in_their_order_and_verify_says_who(folder: Path) -> None:
    seals = [seal_of(folder)]
    for name in ("山田 太郎", "鈴木 花子", "佐藤 次郎"):
        signed(folder, name)
        seals.append(seal_of(folder))
    signatures = read_signatures(folder)
    assert [each.role for each in signatures] == [*ROLES]
    assert [each.seal for each in signatures] == seals[:-1]
    code, text = told(folder)
    assert code == verify.WHOLE
    for role, name in zip(ROLES, ("山田 太郎", "鈴木 花子", "佐藤 次郎"), strict=True):
        assert f"署名: {role} {name}（{TODAY}）" in text


def test_nothing_that_was_sealed_is_changed_and_the_seal_of_the_run_is_still_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, seal = content(folder), seal_of(folder)
    signed(folder, "山田", "鈴木")
    after = content(folder)
    assert after[FIRST_KEPT] == before.pop(MANIFEST)
    assert {name: after[name] for name in before} == before
    capsys.readouterr()
    assert verify.main([str(folder), "--seal", seal]) == verify.WHOLE
    assert f"署名する前の封印（{FIRST_KEPT}）と同じです。" in capsys.readouterr().out
    assert verify.main([str(folder), "--seal", seal_of(folder)]) == verify.WHOLE
    assert verify.main([str(folder), "--seal", "0" * 64]) == verify.ALTERED


def test_both_seals_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = seal_of(folder)
    signed(folder, "山田 太郎")
    out = capsys.readouterr().out
    assert f"実施者 山田 太郎（{TODAY}）の署名を残しました" in out
    assert f"署名する前の封印: {before}" in out
    assert f"SHA-256）: {seal_of(folder)}" in out


def test_the_page_has_who_signed_and_lines_for_the_others(folder: Path) -> None:
    html = (signed(folder, "<b>山田") / SIGN_OFF_PAGE).read_text(encoding="utf-8")
    assert syntax_faults_of(html) == []
    assert "&lt;b&gt;山田" in html
    assert html.count('<th scope="row">承認者</th>\n<td></td>') == 1


def test_the_report_has_lines_to_sign_on_paper(folder: Path) -> None:
    html = (folder / REPORT).read_text(encoding="utf-8").partition('id="signatures"')[2]
    assert all(f'<th scope="row">{role}</th><td></td><td></td>' in html for role in ROLES)


@pytest.mark.parametrize("name", [SIGN_OFF, SIGN_OFF_PAGE, FIRST_KEPT])
@pytest.mark.parametrize("gone", [False, True])
def test_a_signature_that_was_altered_or_taken_away_is_noticed(folder: Path, name: str, gone: bool) -> None:
    file = signed(folder, "山田", "鈴木") / name
    if gone:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes().replace("鈴木".encode(), "高橋".encode()) + b" ")
    code, text = told(folder)
    assert (code, name in text) == (verify.ALTERED, True)


def resealed(folder: Path, **changed: bytes) -> None:
    """Alter files and make the manifest fit them, as somebody might who knows its form."""
    manifest = sealing.read_manifest(folder)
    assert manifest
    for name, each in changed.items():
        (folder / name).write_bytes(each)
    files = manifest.files | {name: hash_of(each) for name, each in changed.items()}
    made = msgspec.structs.replace(manifest, files=files)
    (folder / MANIFEST).write_bytes(msgspec.json.encode(made))


def test_a_file_that_was_altered_after_a_signature_is_noticed_though_the_manifest_fits(folder: Path) -> None:
    resealed(signed(folder, "山田"), **{REPORT: b"other"})
    assert told(folder) == (
        verify.ALTERED,
        f"記録されたときと違います。\n  署名されたときと違います: {REPORT}",
    )


def test_signatures_that_do_not_fit_the_seals_are_noticed_though_the_manifest_fits(folder: Path) -> None:
    signed(folder, "山田", "鈴木")
    one, two = read_signatures(folder)
    for entries in ([one], [two, one], [msgspec.structs.replace(one, role="承認者"), two]):
        resealed(folder, **{SIGN_OFF: msgspec.json.encode(entries)})
        code, text = told(folder)
        assert (code, SIGN_OFF in text) == (verify.ALTERED, True)


@pytest.mark.parametrize("left", [SIGN_OFF, FIRST_KEPT])
def test_a_signed_folder_without_its_seal_is_no_run_that_was_cut_off(folder: Path, left: str) -> None:
    signed(folder, "山田")
    for name in {MANIFEST, SIGN_OFF, SIGN_OFF_PAGE, FIRST_KEPT} - {left}:
        (folder / name).unlink()
    code, text = told(folder)
    assert (code, f"ありません: {MANIFEST}" in text) == (verify.ALTERED, True)


def test_a_folder_put_back_to_before_its_signature_is_another_than_the_seal_that_was_written_down(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal = seal_of(signed(folder, "山田"))
    for name in (SIGN_OFF, SIGN_OFF_PAGE):
        (folder / name).unlink()
    (folder / FIRST_KEPT).replace(folder / MANIFEST)
    assert verify.main([str(folder), "--seal", seal]) == verify.ALTERED
    assert "控えた封印と違います。" in capsys.readouterr().err


def test_a_signature_without_a_kept_seal_is_noticed(folder: Path) -> None:
    signed(folder, "山田")
    entries = (folder / SIGN_OFF).read_bytes()
    (folder / FIRST_KEPT).rename(folder / MANIFEST)
    resealed(folder, **{SIGN_OFF: entries, SIGN_OFF_PAGE: b""})
    assert told(folder)[0] == verify.ALTERED


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--name", ""), "氏名: 入力してください。"),
        (("--name", "\u3000\u200b"), "氏名: 入力してください。"),
        (("--name", "あ" * 41), "氏名: 41文字です。40文字以内で入力してください。"),
        (("--name", "山田\n太郎"), "制御文字"),
        (("--name", "山田\u202e"), "制御文字"),
        ((), "氏名を --name に指定してください。"),
        (("--name", "山田", "--date", "2026-02-30"), "実際にある日"),
        (("--name", "山田", "--date", "きのう"), "実際にある日"),
        (("--name", "山田", "--date", f"{TODAY + timedelta(days=1)}"), "より後です"),
        (("--name", "山田", "--date", f"{TODAY - timedelta(days=1)}"), "より前です"),
        (("--name", "山田", "--role", "承認者"), "次に署名するのは実施者です。"),
    ],
)
def test_what_cannot_be_taken_is_told_in_one_sentence_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    text = refused(folder, capsys, *options)
    assert sentence in text
    assert text.count("\n") == 1


def test_a_date_is_read_as_people_write_it(folder: Path) -> None:
    for written in (f"{TODAY:%Y/%m/%d}", f"{TODAY.year}年{TODAY.month}月{TODAY.day}日", f" {TODAY} "):
        assert sign.main([str(folder), "--name", "山田", "--date", written]) == ExitCode.PASSED
    assert {each.day for each in read_signatures(folder)} == {TODAY}


def test_a_fourth_signature_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed(folder, "山田", "鈴木", "佐藤")
    assert "すべて済んでいます。" in refused(folder, capsys, "--name", "高橋")


def test_altered_evidence_and_what_is_none_are_not_signed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / REPORT).write_text("", encoding="ascii")
    assert f"変更されています: {REPORT}" in refused(folder, capsys, "--name", "山田")
    assert "証跡フォルダーではありません" in refused(tmp_path, capsys, "--name", "山田")


def test_what_is_not_sealed_is_not_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorder(tmp_path)
    assert "封印されていないため" in refused(tmp_path, capsys, "--name", "山田")


def test_a_run_that_was_stopped_is_signed_as_such(tmp_path: Path) -> None:
    recorder(tmp_path / "run").finish("人の操作で中断しました。")
    code, text = told(signed(tmp_path / "run", "山田"))
    assert (code, "署名: 実施者 山田" in text) == (verify.INCOMPLETE, True)


def test_name_and_date_are_asked_at_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = io.StringIO("山田 太郎\n\n")
    monkeypatch.setattr(answers, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", answers)
    assert sign.main([str(folder)]) == ExitCode.PASSED
    assert [(each.name, each.day) for each in read_signatures(folder)] == [("山田 太郎", TODAY)]


def test_nothing_is_left_of_a_signature_that_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(folder, "山田")
    before = content(folder)

    def full(path: Path, content: bytes) -> None:
        if path.name == MANIFEST:
            raise EvidenceError("証跡を保存できません。")
        write_file(path, content)

    monkeypatch.setattr("steps.evidence.sealing.write_file", full)
    assert sign.main([str(folder), "--name", "鈴木"]) == ExitCode.STOPPED
    assert "署名は残していません。" in capsys.readouterr().err
    assert content(folder) == before


def test_signed_evidence_is_neither_gone_on_with_nor_written_to(folder: Path, tmp_path: Path) -> None:
    signed(folder, "山田")
    before = content(folder)
    recorder(tmp_path / "other").finish()
    for write in (
        lambda: verify.may_begin(folder, resumed=True),
        lambda: drift.write(tmp_path / "other", folder),
        lambda: sealing.rebuild(folder),
    ):
        with pytest.raises(EvidenceError, match="署名されているため"):
            write()
    assert content(folder) == before
    assert (folder / STEPS).exists()
