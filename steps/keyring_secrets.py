"""Secrets in the computer's own store, as Windows' Credential Manager or a Linux desktop's keyring."""

from __future__ import annotations

import keyring


class KeyringReadError(Exception):
    """The reason why nothing can be read from the keyring, in one sentence."""


def read(entry: str) -> str:
    """Return the value of an entry written service/user, "" where there is none. Raises KeyringReadError."""
    service, _, user = entry.partition("/")
    try:
        return keyring.get_password(service, user) or ""
    except Exception as error:  # noqa: BLE001  each backend has errors of its own, and a person needs one sentence
        raise KeyringReadError(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    """Return a sentence without the backend's own words: nobody knows whether these quote a secret."""
    kinds = {each.__name__ for each in type(error).__mro__}
    if "NoKeyringError" in kinds:
        return (
            "このコンピューターには使えるキーリングがありません。env（環境変数）に書き換えるか、"
            "キーリングのある利用者で実行してください。 There is no keyring here."
        )
    if "KeyringLocked" in kinds:
        return "キーリングに鍵が掛かっています。開けてから、もう一度実行してください。 The keyring is locked."
    return f"キーリングを読めません（{type(error).__name__}）。 The keyring cannot be read."
