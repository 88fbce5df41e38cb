"""Keyrings for tests, chosen by PYTHON_KEYRING_BACKEND: one that has entries, one locked, one that fails."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordSetError

FILE = "DENSAI_TEST_VAULT"  # the environment variable that names the JSON file of Kept


class Fixed(KeyringBackend):
    """One that nothing is written into."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002  as it is called
        raise PasswordSetError(service, username)


class Kept(Fixed):
    """Has what a JSON file says, service/user -> value; lists in a file beside it what it was asked for."""

    def get_password(self, service: str, username: str) -> str | None:
        file, entry = Path(os.environ[FILE]), f"{service}/{username}"
        with asked(file).open("a", encoding="utf-8") as asks:
            asks.write(f"{entry}\n")
        entries: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        return entries.get(entry)


def asked(file: Path) -> Path:
    """The list of entries that were asked for, one a line."""
    return file.with_suffix(".asked")


class Locked(Fixed):
    """Nobody has opened it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"locked: {service} {username}")


class Broken(Fixed):
    """Fails with an error of its own, which quotes what it should not."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002  as it is called
        raise OSError("himitsu1")
