"""Sealing: reports are written, the gate searches for secrets, the manifest states every file's SHA-256."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import count, takewhile
from pathlib import Path
from typing import Literal

import msgspec

from steps.evidence import gate
from steps.evidence.disk import EvidenceError, hash_of, write_file
from steps.evidence.report import report
from steps.evidence.run_records import MANIFEST, REPORT, SIGN_OFF, STEPS, WORKBOOK, now
from steps.evidence.run_results import read_results
from steps.evidence.workbook import workbook

GateResult = Literal["passed", "failed", "not_run"]
# Files that other programs leave in any folder that is looked at: their names, and who makes them.
LEFT_BY_OTHERS = {
    "thumbs.db": "Windows",
    "desktop.ini": "Windows",
    ".ds_store": "macOS",
    "._*": "macOS",
    "~$*": "開いている Excel や Word",
    ".~lock.*#": "開いている LibreOffice",
}


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """manifest.json: every other file with its SHA-256, when it was made, and what the gate found.

    previous: the SHA-256 of the manifest that this one continues, which is kept beside it; "" for none.
    """

    made: str
    gate: GateResult
    found: tuple[str, ...]
    files: dict[str, str]
    previous: str = ""


@dataclass(frozen=True)
class Sealed:
    """The result of sealing: of the gate, the parts of files with secrets, and the manifest's own SHA-256."""

    gate: GateResult
    found: list[str]
    seal: str


def remove_seal(folder: Path) -> None:
    """Delete the manifest and the reports: they do not hold for what is recorded from now on."""
    for name in (MANIFEST, REPORT, WORKBOOK):
        (folder / name).unlink(missing_ok=True)


def seal(folder: Path, secrets: set[str], also: Iterable[Path] = ()) -> Sealed:
    """Write the reports, search the folder and the places in ``also`` for the secrets, write the manifest.

    Raises EvidenceError, and ValueError for records that cannot be read.
    """
    _write_reports(folder)
    found = gate.search([folder, *also], secrets)
    return _write_manifest(folder, "failed" if found else "passed", found)


def seal_unsearched(folder: Path, result: GateResult = "not_run") -> Sealed:
    """Write the reports and the manifest of a folder whose secrets are no longer known.

    result: the gate's result that the manifest states. Raises EvidenceError and ValueError as ``seal`` does.
    """
    _write_reports(folder)
    return _write_manifest(folder, result, [])


def rebuild(folder: Path) -> Sealed:
    """Write the reports and the manifest of a run that was stopped before it could. Raises as ``seal``."""
    if not (folder / STEPS).is_file():
        raise EvidenceError(f"証跡フォルダーではありません: {folder}")
    must_be_unsigned(folder)
    remove_seal(folder)
    return seal_unsearched(folder)


def must_be_unsigned(folder: Path) -> None:
    """Raise EvidenceError if somebody has signed this evidence: it must stay as it was signed."""
    if (folder / SIGN_OFF).exists():
        raise EvidenceError(f"この証跡は署名されているため、書き加えられません: {folder}")


def continue_seal(folder: Path, manifest: Manifest, added: Mapping[str, bytes]) -> Sealed:
    """Write these files, keep the manifest as the last of ``earlier`` and write one that continues it.

    manifest: the present one. What else lies in the folder is not taken in. All is as before where it cannot
    be written. Raises EvidenceError.
    """
    old = (folder / MANIFEST).read_bytes()
    added = {**added, f"manifest-{len(earlier(folder)) + 1}.json": old}
    files = manifest.files | {name: hash_of(content) for name, content in added.items()}
    made = msgspec.structs.replace(manifest, made=now(), files=files, previous=hash_of(old))
    content = msgspec.json.format(msgspec.json.encode(made))
    before = {name: _content_of(folder / name) for name in added}
    try:
        for name, each in {**added, MANIFEST: content}.items():
            write_file(folder / name, each)
    except BaseException:
        for name, kept in before.items():
            _put_back(folder / name, kept)
        raise
    return Sealed(made.gate, [*made.found], hash_of(content))


def earlier(folder: Path) -> list[Path]:
    """Return the manifests that the present one continues, the first of all first."""
    return list(takewhile(Path.is_file, (folder / f"manifest-{number}.json" for number in count(1))))


def read_manifest(folder: Path, name: str = MANIFEST) -> Manifest | None:
    """Return the manifest; None where there is none. Raises ValueError for one that cannot be read."""
    try:
        return msgspec.json.decode((folder / name).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise ValueError(f"{name} を読めません。") from None


def names(folder: Path) -> list[str]:
    """Return the names of all files of a folder but the manifest, those in its folders with a slash."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def maker_of(name: str) -> str:
    """Return the program that leaves files of this name in the folders it looks at; "" for none."""
    last = name.rpartition("/")[2].lower()
    return next((maker for sign, maker in LEFT_BY_OTHERS.items() if fnmatchcase(last, sign)), "")


def _write_reports(folder: Path) -> None:
    results = read_results(folder)
    write_file(folder / REPORT, report(folder, results).encode())
    write_file(folder / WORKBOOK, workbook(folder, results))


def _write_manifest(folder: Path, result: GateResult, found: list[str]) -> Sealed:
    manifest = Manifest(now(), result, tuple(found), _files(folder))
    content = msgspec.json.format(msgspec.json.encode(manifest))
    write_file(folder / MANIFEST, content)
    return Sealed(result, found, hash_of(content))


def _content_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put_back(path: Path, content: bytes | None) -> None:
    with suppress(EvidenceError, OSError):
        if content is None:
            path.unlink(missing_ok=True)
        else:
            write_file(path, content)


def _files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file but the manifest, and but for what other programs leave and change."""
    return {name: hash_of((folder / name).read_bytes()) for name in names(folder) if not maker_of(name)}
