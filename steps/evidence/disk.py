"""Writing so that whatever stops the run, what is there is whole."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path

NEEDED_BYTES = 50 * 1024 * 1024  # about what the journey of 50 steps takes, twice


class EvidenceError(Exception):
    """Why evidence cannot be kept: one sentence for the tester."""


def open_folder(folder: Path, *, resumed: bool = False) -> None:
    """Make the folder, and be sure that it is ours and has room. Raises EvidenceError."""
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
    """Pass if there is nothing in the folder, or no such folder yet. Raises EvidenceError."""
    if folder.is_dir() and any(folder.iterdir()):
        raise EvidenceError(f"証跡フォルダーが空ではありません。新しいフォルダーを指定してください: {folder}")


def append_line(path: Path, line: bytes) -> None:
    """Add one line and hand it to the system at once; half a line is taken back. Raises EvidenceError.

    So is half a line that a crash has left: the next one must not be glued on it.
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
        raise _not_kept(path, error) from None


def write_file(path: Path, content: bytes) -> None:
    """A file that is there with all of its content or not at all. Raises EvidenceError."""
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            _write_all(number, content)
        finally:
            os.close(number)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):  # where the folder itself is none, there is no half
            half.unlink(missing_ok=True)
        raise _not_kept(path, error) from None


def hash_of(content: bytes) -> str:
    """SHA-256, as it stands in the records and in the manifest."""
    return sha256(content).hexdigest()


def _cut_to_lines(file: FileIO) -> int:
    """How long the file is, once it ends with a whole line."""
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


def _not_kept(path: Path, error: OSError) -> EvidenceError:
    return EvidenceError(f"証跡を保存できません: {path.name}（{error.strerror}）")
