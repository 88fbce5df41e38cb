"""pytest plugin for tests of the evidence: the disk is full from the second picture on."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from steps.evidence import disk


def pytest_configure() -> None:
    """Stand in for the one function that all evidence is written by."""
    whole = disk.write_file

    def write_file(path: Path, content: bytes) -> None:
        if not path.name.startswith("0001"):
            raise disk._not_kept(path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        whole(path, content)

    for module in (disk, *_users()):
        setattr(module, "write_file", write_file)  # noqa: B010  modules have no such attribute for mypy


def _users() -> tuple[object, ...]:
    from steps.evidence import recorder, sealing  # noqa: PLC0415  they hold the function by its name

    return sealing, recorder
