"""A file of events, one JSON object per line, each on the disk before what it announces is carried out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class LedgerError(Exception):
    """A record on disk cannot be written, so nothing may be sent: one sentence with the reason."""


@dataclass(frozen=True)
class EventFile:
    """One such file. failure: the sentence of its LedgerError, with ``{reason}``."""

    path: Path
    failure: str

    def append(self, event: dict[str, str]) -> None:
        """Append an event, with the time in UTC, and return once it is on the disk. Raises LedgerError."""
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **event}
        try:
            _append_to_disk(self.path, json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise LedgerError(self.failure.replace("{reason}", str(error.strerror))) from None

    def events(self) -> Iterator[dict[str, Any] | None]:
        """Yield the events in their order, None for a line that the machine died in the middle of."""
        if not self.path.exists():
            return
        for text in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                yield json.loads(text)
            except ValueError:
                yield None


def _append_to_disk(file: Path, line: str) -> None:
    """Append a line and return once it is on the disk. Raises OSError.

    Half a line that a crash has left stays a line of its own. Of a line that a full disk has no room for
    nothing stays: its event is then not carried out.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b", buffering=0) as opened:
        before = opened.tell()
        opened.seek(max(0, before - 1))
        torn = opened.read(1) not in (b"", b"\n")
        rest = memoryview(b"\n" * torn + line.encode())
        try:
            while rest:
                rest = rest[os.write(opened.fileno(), rest) :]
            os.fsync(opened.fileno())
        except OSError:
            opened.truncate(before)
            raise
