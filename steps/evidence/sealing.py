"""The end of a run: reports made from the records, the last gate, and the seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from steps.evidence.disk import EvidenceError, hash_of, write_file
from steps.evidence.run_records import MANIFEST, REPORT, STEPS, WORKBOOK, now

Gate = Literal["passed", "failed", "not_run"]
MADE = (MANIFEST, REPORT, WORKBOOK)


class Manifest(msgspec.Struct, frozen=True):
    """The seal: every file with its SHA-256, and what the gate found."""

    made: str
    gate: Gate
    found: tuple[str, ...]
    files: dict[str, str]


@dataclass(frozen=True)
class Closed:
    """What came of closing: the gate, where it found secrets, and the hash of the manifest itself."""

    gate: Gate
    found: list[str]
    seal: str


def reopen(folder: Path) -> None:
    """Take away what closing made: it does not hold for what comes now."""
    for name in MADE:
        (folder / name).unlink(missing_ok=True)


def close(
    folder: Path, secrets: set[str] | None, also: Iterable[Path] = (), *, gate: Gate = "not_run"
) -> Closed:
    """Reports, gate and seal from what is there; also after a run that was killed.

    secrets is None where nobody knows them any more; the seal then says of the gate what is given here.
    Raises EvidenceError, and ValueError for records that cannot be read.
    """
    # Imported late: a run needs them at its end alone, and one without evidence never.
    from steps.evidence.report import report  # noqa: PLC0415
    from steps.evidence.run_results import read_history  # noqa: PLC0415
    from steps.evidence.workbook import workbook  # noqa: PLC0415

    history = read_history(folder)
    write_file(folder / REPORT, report(folder, history).encode())
    write_file(folder / WORKBOOK, workbook(folder, history))
    if secrets is None:
        return _seal(folder, gate, [])
    found = _search(folder, secrets, also)
    return _seal(folder, "failed" if found else "passed", found)


def remake(folder: Path) -> Closed:
    """The reports and the seal of a run that could not make them. Raises EvidenceError and ValueError."""
    if not (folder / STEPS).is_file():
        raise EvidenceError(f"証跡フォルダーではありません: {folder}")
    reopen(folder)
    return close(folder, None)


def read_manifest(folder: Path) -> Manifest | None:
    """The seal, where there is one. Raises ValueError for one that cannot be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise ValueError(f"{MANIFEST} を読めません。") from None


def files_of(folder: Path) -> dict[str, str]:
    """Every file but the seal with its SHA-256."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): hash_of(path.read_bytes()) for path in paths}


def _search(folder: Path, secrets: set[str], also: Iterable[Path]) -> list[str]:
    from steps.evidence import gate  # noqa: PLC0415  as above

    return gate.search([folder, *(each for each in also if each.is_dir())], secrets)


def _seal(folder: Path, gate: Gate, found: list[str]) -> Closed:
    manifest = Manifest(now(), gate, tuple(found), files_of(folder))
    content = msgspec.json.format(msgspec.json.encode(manifest))
    write_file(folder / MANIFEST, content)
    return Closed(gate, found, hash_of(content))
