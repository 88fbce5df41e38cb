"""Secrets that the computer itself keeps: Windows' credential store, the keychain, a desktop's keyring."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec


class VaultError(Exception):
    """Why nothing can be read from the keyring: one sentence."""


def read(entry: str) -> str:
    """The value of an entry written service/user; empty where there is none. Raises VaultError."""
    service, _, user = entry.partition("/")
    if find_spec("keyring") is None:
        raise VaultError("キーリングを使うには pip install keyring が必要です。 keyring is not installed.")
    try:
        keyring = import_module("keyring")
        return keyring.get_password(service, user) or ""
    except Exception as error:  # noqa: BLE001  each backend has errors of its own, and a person needs one sentence
        raise VaultError(_told(error)) from None


def _told(error: Exception) -> str:
    """A backend's own words are left out: nobody knows what it quotes."""
    kinds = {each.__name__ for each in type(error).__mro__}
    if "NoKeyringError" in kinds:
        return (
            "このコンピューターには使えるキーリングがありません。env（環境変数）に書き換えるか、"
            "キーリングのある利用者で実行してください。 There is no keyring here."
        )
    if "KeyringLocked" in kinds:
        return "キーリングに鍵が掛かっています。開けてから、もう一度実行してください。 The keyring is locked."
    return f"キーリングを読めません（{type(error).__name__}）。 The keyring cannot be read."
