"""The lock of a site's state folder: one run at a time keeps ledger and progress there.

The operating system holds the lock and drops it with the process, however that ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from steps.deployment import DeploymentError

LOCK = "run.lock"
BEGAN = "run.txt"  # beside it: on Windows nobody can read a locked file


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a state folder, which is made where it is missing.

    Raises DeploymentError where another run holds it, with that run's beginning, and where there can be none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0, fallback_to_soft=False)
        lock.acquire()
    except Timeout:
        raise DeploymentError(_in_use(folder)) from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or "ロックできない場所です"
        raise DeploymentError(
            f"状態のフォルダーを使えません: {folder}（{reason}）。"
            "--state に、書き込めるフォルダーを指定してください。 The state folder cannot be used."
        ) from None
    try:
        with suppress(OSError):  # a full disk is told where the ledger cannot be written
            (folder / BEGAN).write_text(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}", encoding="ascii")
        yield
    finally:
        lock.release()


def _in_use(folder: Path) -> str:
    began = ""
    with suppress(OSError, ValueError):
        began = (folder / BEGAN).read_text(encoding="ascii")
    run = f"{began} に始めた別の実行" if began else "別の実行"
    return (
        f"{run}が、このサイトの状態のフォルダーを使っています: {folder}。"
        "終わってから、もう一度実行してください。 Another run is using the state folder."
    )
