"""`densai verify FOLDER`: whether evidence is complete, unaltered, and the same that was sealed."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from steps.command_line import CommandParser
from steps.evidence import sealing, sign_off
from steps.evidence.disk import EvidenceError, hash_of, must_be_empty
from steps.evidence.pages import moment
from steps.evidence.run_records import MANIFEST, SIGN_OFF, STEPS
from steps.evidence.run_results import read_results
from steps.exit_codes import ExitCode
from steps.masking import visible

WHOLE, ALTERED, NO_EVIDENCE = ExitCode.PASSED, ExitCode.FAILED, ExitCode.USAGE
INCOMPLETE, SECRET, BESIDE = ExitCode.STOPPED, ExitCode.SECRET, ExitCode.BESIDE
GOOD = (WHOLE, INCOMPLETE, BESIDE)
SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
WRONG_SEAL = (
    "--seal には、実行の終わりに表示された 64 桁の 16 進数を指定してください。 "
    "--seal takes the 64 hexadecimal digits that were printed at the end of the run.\n"
)
SEAL_AND_REPORT = (
    "--report は封印を作り直すため、--seal と一緒に指定できません。 "
    "--report makes a new seal, so it cannot be used together with --seal.\n"
)


@dataclass
class Verification:
    """The exit code, the lines to print, and the files that lie in the folder without being sealed."""

    code: int
    lines: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def refusal(self, also: Collection[int] = ()) -> str:
        """Return why nothing may be added to this evidence; "" where it may.

        also: further codes that allow it. What was put in by hand would be sealed with the rest; what other
        programs leave never is.
        """
        by_hand = any(not sealing.maker_of(name) for name in self.beside)
        return "\n".join(self.lines) if by_hand or self.code not in (*GOOD, *also) else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what can be said of the folder; return one of the codes above.

    A folder whose manifest is not the one of --seal is ALTERED.
    """
    typed = _parser().parse_args(arguments)
    if mistake := _mistake(typed):
        sys.stderr.write(mistake)
        return ExitCode.USAGE
    verification = verify(typed.folder, typed.seal)
    if typed.report and verification.code == INCOMPLETE:
        verification = _with_report(typed.folder)
    output = sys.stderr if verification.code in (ALTERED, NO_EVIDENCE) else sys.stdout
    output.write("\n".join(verification.lines) + "\n")
    return verification.code


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser("verify")
    parser.add_argument("folder", type=Path, help="証跡フォルダー")
    parser.add_argument(
        "--seal",
        metavar="HASH",
        help="実行の終わりに控えた封印（manifest.json の SHA-256）と同じかどうかも確かめます",
    )
    parser.add_argument(
        "--report", action="store_true", help="途中で終わった実行の報告書を、残っている記録から作り直します"
    )
    return parser


def _mistake(typed: argparse.Namespace) -> str:
    """Return what is wrong with the options, in one sentence; "" where nothing is."""
    if typed.seal is None:
        return ""
    if typed.report:
        return SEAL_AND_REPORT
    return "" if SHA256.fullmatch(typed.seal) else WRONG_SEAL


def verify(folder: Path, seal: str | None = None) -> Verification:
    """Return what can be said of a folder, which is not changed.

    seal: the SHA-256 of the manifest that was written down at the end of the run; None not to compare it.
    """
    if not (folder / STEPS).is_file():
        return Verification(NO_EVIDENCE, [f"証跡フォルダーではありません: {folder}"])
    verification = _verification(folder)
    return _compared(verification, folder, seal) if seal is not None else verification


def may_begin(folder: Path, *, resumed: bool) -> None:
    """Raise EvidenceError if a run may not record its evidence in this folder, which is not changed."""
    if not resumed:
        must_be_empty(folder)
        return
    sealing.must_be_unsigned(folder)
    if lines := verify(folder).refusal(also=(NO_EVIDENCE, SECRET)):
        raise EvidenceError(
            f"この証跡には続けて残せません。新しいフォルダーを指定してください: {folder}\n{lines}"
        )


def _verification(folder: Path) -> Verification:
    try:
        manifest = sealing.read_manifest(folder)
        faults = _faults_of_pictures(folder)
        if manifest:
            faults += [*_faults_of_files(folder, manifest), *sign_off.faults(folder, manifest)]
        elif sealing.earlier(folder) or (folder / SIGN_OFF).exists():
            faults.append(f"ありません: {MANIFEST}")
    except ValueError as error:
        return Verification(ALTERED, [str(error)])
    beside = [name for name in sealing.names(folder) if manifest and name not in manifest.files]
    told_beside = list(_lines_beside(beside))
    if faults:
        told = ["記録されたときと違います。", *(f"  {each}" for each in sorted(set(faults)))]
        return Verification(ALTERED, [*told, *told_beside], beside)
    if not manifest:
        return _unsealed(folder)
    verification = _sealed(folder, manifest)
    code = BESIDE if beside and verification.code == WHOLE else verification.code
    return Verification(code, [*verification.lines, *told_beside], beside)


def _compared(verification: Verification, folder: Path, seal: str) -> Verification:
    """Return the verification with the answer whether the manifest is the one of this SHA-256."""
    file = folder / MANIFEST
    if not file.is_file():
        answer = f"封印（{MANIFEST}）がありません。控えた封印と比べられません。"
    elif (actual := hash_of(file.read_bytes())) == seal.lower():
        return replace(verification, lines=[*verification.lines, "控えた封印と同じです。"])
    elif kept := _kept(folder, seal):
        answer = f"控えた封印は、署名する前の封印（{kept}）と同じです。"
        return replace(verification, lines=[*verification.lines, answer])
    else:
        answer = f"控えた封印と違います。{MANIFEST} の SHA-256 は {actual} です。"
    return replace(verification, code=ALTERED, lines=[answer, *verification.lines])


def _kept(folder: Path, seal: str) -> str:
    """Return the name of the manifest of an earlier seal, from before a signature; "" for none of them."""
    return next(
        (each.name for each in sealing.earlier(folder) if hash_of(each.read_bytes()) == seal.lower()), ""
    )


def _sealed(folder: Path, manifest: sealing.Manifest) -> Verification:
    if manifest.gate == "failed":
        found = (f"  {each}" for each in manifest.found)
        return Verification(
            SECRET, ["パスワードが含まれています。このフォルダーを渡さないでください。", *found]
        )
    results = read_results(folder)
    lines = [
        f"{len(manifest.files)} 個のファイルは、封印されたときのままです（{manifest.made}）。",
        f"封印（{MANIFEST} の SHA-256）: {hash_of((folder / MANIFEST).read_bytes())}",
        *(
            f"署名: {each.role} {each.name}（{each.day}）、記入 {moment(each.at)}"
            for each in sign_off.read_signatures(folder)
        ),
    ]
    if manifest.gate == "not_run":
        lines.append("パスワードが含まれていないことは、確かめられていません。")
    if results.ended is None or results.ended.reason:
        return Verification(INCOMPLETE, [*lines, f"実行は途中で終わっています。{results.why_early}"])
    return Verification(WHOLE, lines)


def _unsealed(folder: Path) -> Verification:
    results = read_results(folder)
    lines = [
        f"実行は途中で終わっています。ここまでの記録は有効です（画面 {len(results.pictures)} 枚）。",
        f"報告書は次のコマンドで作り直せます: densai verify {folder} --report",
    ]
    return Verification(INCOMPLETE, lines)


def _with_report(folder: Path) -> Verification:
    try:
        sealing.rebuild(folder)
    except (EvidenceError, ValueError) as error:
        return Verification(INCOMPLETE, [f"報告書を作れません。{error}"])
    return verify(folder)


def _faults_of_pictures(folder: Path) -> list[str]:
    """Return the pictures that are not as the records say they were when they were taken."""
    recorded = {each.file: each.sha256 for each in read_results(folder).pictures}
    return [fault for name, digest in recorded.items() if (fault := _fault(folder, name, digest))]


def _faults_of_files(folder: Path, manifest: sealing.Manifest) -> list[str]:
    """Return the files that are not as the manifest says."""
    changed = (_fault(folder, name, digest) for name, digest in manifest.files.items())
    return list(filter(None, changed))


def _lines_beside(names: Sequence[str]) -> Iterator[str]:
    """Yield lines on the files that are not sealed, each with the program that may have put it there."""
    if names:
        yield f"封印されていないファイルが {len(names)} 個、一緒に置かれています（証跡ではありません）。"
    for name in names:
        maker = sealing.maker_of(name)
        yield f"  {visible(name)}" + (f"（{maker}が作るファイル）" if maker else "")


def _fault(folder: Path, name: str, digest: str) -> str:
    path = folder / name
    if not path.is_file():
        return f"ありません: {name}"
    return "" if hash_of(path.read_bytes()) == digest else f"変更されています: {name}"
