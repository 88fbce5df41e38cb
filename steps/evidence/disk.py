"""Writing files so that each is whole, or not there, at whatever moment the run is stopped."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path

NEEDED_BYTES = 50 * 1024 * 1024  # about what the journey of 50 steps takes, twice


class EvidenceError(Exception):
    """Evidence cannot be recorded; the message is one sentence for the tester."""


def open_folder(folder: Path, *, resumed: bool = False) -> None:
    """Make the folder. Raises EvidenceError where it is not empty, unless resumed, or has too little room."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise EvidenceError(f"証跡フォルダーを用意できません: {folder}（{error.strerror}）") from None
    if not resumed:
        must_be_empty(folder)
    if free < NEEDED_BYTES:
        raise EvidenceError(
            f"証跡フォルダーの空き容量が {free // 1024**2} MB しかありません。"
            f"{NEEDED_BYTES // 1024**2} MB 以上を用意してください: {folder}"
        )


def must_be_empty(folder: Path) -> None:
    """Raise EvidenceError if the folder exists and holds anything."""
    if folder.is_dir() and any(folder.iterdir()):
        raise EvidenceError(f"証跡フォルダーが空ではありません。新しいフォルダーを指定してください: {folder}")


def append_line(path: Path, line: bytes) -> None:
    """Add one line, handed to the operating system at once. Raises EvidenceError.

    Half a line, of this one on a full disk or of an earlier one after a crash, is removed.
    """
    try:
        with path.open("a+b", buffering=0) as file:
            before = _cut_to_lines(file)
            try:
                _write_all(file.fileno(), line + b"\n")
            except OSError:
                file.truncate(before)
                raise
    except OSError as error:
        raise _not_written(path, error) from None


def write_file(path: Path, content: bytes) -> None:
    """Write a file, with all of its content or not at all. Raises EvidenceError."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            _write_all(number, content)
        finally:
            os.close(number)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # of a folder that is a file
            part.unlink(missing_ok=True)
        raise _not_written(path, error) from None


def hash_of(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits, as it stands in the records and in the manifest."""
    return sha256(content).hexdigest()


def _cut_to_lines(file: FileIO) -> int:
    """Remove half a line at the end of the file; return the file's length in bytes."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 1))
    if file.read(1) in (b"", b"\n"):
        return size
    file.seek(0)
    return file.truncate(file.readall().rfind(b"\n") + 1)


def _write_all(number: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(number, rest) :]


def _not_written(path: Path, error: OSError) -> EvidenceError:
    return EvidenceError(f"証跡を保存できません: {path.name}（{error.strerror}）")
