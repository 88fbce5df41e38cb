"""Sealing: reports are written, the gate searches for secrets, the manifest states every file's SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import msgspec

from steps.evidence import gate
from steps.evidence.disk import EvidenceError, hash_of, write_file
from steps.evidence.report import report
from steps.evidence.run_records import MANIFEST, REPORT, STEPS, WORKBOOK, now
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


class Manifest(msgspec.Struct, frozen=True):
    """manifest.json: every other file with its SHA-256, when it was made, and what the gate found."""

    made: str
    gate: GateResult
    found: tuple[str, ...]
    files: dict[str, str]


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
    remove_seal(folder)
    return seal_unsearched(folder)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest; None where there is none. Raises ValueError for one that cannot be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise ValueError(f"{MANIFEST} を読めません。") from None


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


def _files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file but the manifest, and but for what other programs leave and change."""
    return {name: hash_of((folder / name).read_bytes()) for name in names(folder) if not maker_of(name)}
