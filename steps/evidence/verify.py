"""`densai verify FOLDER`: whether evidence is whole and as it was sealed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from steps.command_line import CommandParser
from steps.evidence import sealing
from steps.evidence.disk import EvidenceError, hash_of, must_be_empty
from steps.evidence.run_records import MANIFEST, STEPS
from steps.evidence.run_results import read_history
from steps.exit_codes import ExitCode

WHOLE, ALTERED, NO_EVIDENCE = ExitCode.PASSED, ExitCode.FAILED, ExitCode.USAGE
INCOMPLETE, SECRET = ExitCode.STOPPED, ExitCode.SECRET


@dataclass
class Verification:
    """The exit code and what to tell."""

    code: int
    lines: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folder that is named; return WHOLE, ALTERED, NO_EVIDENCE, INCOMPLETE or SECRET."""
    parser = CommandParser("verify")
    parser.add_argument("folder", type=Path, help="証跡フォルダー")
    parser.add_argument(
        "--report", action="store_true", help="途中で終わった実行の報告書を、残っている記録から作り直します"
    )
    typed = parser.parse_args(arguments)
    verdict = verify(typed.folder)
    if typed.report and verdict.code == INCOMPLETE:
        verdict = _with_report(typed.folder)
    (sys.stderr if verdict.code in (ALTERED, NO_EVIDENCE) else sys.stdout).write(
        "\n".join(verdict.lines) + "\n"
    )
    return verdict.code


def verify(folder: Path) -> Verification:
    """What is to be said about this folder. Nothing in it is changed."""
    if not (folder / STEPS).is_file():
        return Verification(NO_EVIDENCE, [f"証跡フォルダーではありません: {folder}"])
    try:
        manifest = sealing.read_manifest(folder)
        faults = _faults_of_pictures(folder)
    except ValueError as error:
        return Verification(ALTERED, [str(error)])
    if manifest:
        faults = sorted({*faults, *_faults_of_files(folder, manifest)})
    if faults:
        return Verification(ALTERED, ["記録されたときと違います。", *(f"  {each}" for each in faults)])
    return _sealed(folder, manifest) if manifest else _unsealed(folder)


def may_begin(folder: Path, *, resumed: bool) -> None:
    """Pass if a run may keep its evidence here; nothing in it is changed. Raises EvidenceError."""
    if not resumed:
        must_be_empty(folder)
    elif (verdict := verify(folder)).code == ALTERED:
        told = "\n".join(verdict.lines)
        raise EvidenceError(
            f"この証跡には続けて残せません。新しいフォルダーを指定してください: {folder}\n{told}"
        )


def _sealed(folder: Path, manifest: sealing.Manifest) -> Verification:
    if manifest.gate == "failed":
        found = (f"  {each}" for each in manifest.found)
        return Verification(
            SECRET, ["パスワードが含まれています。このフォルダーを渡さないでください。", *found]
        )
    history = read_history(folder)
    lines = [
        f"{len(manifest.files)} 個のファイルは、封印されたときのままです（{manifest.made}）。",
        f"封印（{MANIFEST} の SHA-256）: {hash_of((folder / MANIFEST).read_bytes())}",
    ]
    if manifest.gate == "not_run":
        lines.append("パスワードが含まれていないことは、確かめられていません。")
    if history.ended is None or history.ended.reason:
        return Verification(INCOMPLETE, [*lines, f"実行は途中で終わっています。{history.why_early}"])
    return Verification(WHOLE, lines)


def _unsealed(folder: Path) -> Verification:
    history = read_history(folder)
    lines = [
        f"実行は途中で終わっています。ここまでの記録は有効です（画面 {len(history.pictures)} 枚）。",
        f"報告書は次のコマンドで作り直せます: densai verify {folder} --report",
    ]
    return Verification(INCOMPLETE, lines)


def _with_report(folder: Path) -> Verification:
    try:
        sealing.remake(folder)
    except EvidenceError as error:
        return Verification(INCOMPLETE, [f"報告書を作れません。{error}"])
    return verify(folder)


def _faults_of_pictures(folder: Path) -> list[str]:
    """The pictures that are not as the record says they were when they were taken."""
    taken = {each.file: each.sha256 for each in read_history(folder).pictures}
    return [fault for name, digest in taken.items() if (fault := _fault(folder, name, digest))]


def _faults_of_files(folder: Path, manifest: sealing.Manifest) -> list[str]:
    known = {*manifest.files, MANIFEST}
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    added = [f"封印の後に加えられました: {name}" for name in names if name not in known]
    changed = (_fault(folder, name, digest) for name, digest in manifest.files.items())
    return [*added, *filter(None, changed)]


def _fault(folder: Path, name: str, digest: str) -> str:
    path = folder / name
    if not path.is_file():
        return f"ありません: {name}"
    return "" if hash_of(path.read_bytes()) == digest else f"変更されています: {name}"
