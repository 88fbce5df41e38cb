"""The folder that is published: written beside its place and put there when all of it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from steps.publishing.trouble import PublishError


class FolderTaken(PublishError):  # noqa: N818  named as what it is, like the driver's failures
    """The folder that is asked for cannot be a new one: a wrong option, nothing was done."""


@contextmanager
def published(folder: Path) -> Iterator[Path]:
    """Return the folder to write into; it becomes the one asked for at the end, or goes if anything fails.

    Raises FolderTaken where something is there already, PublishError where it cannot be written.
    """
    place = folder.absolute()
    _must_be_free(place)
    try:
        with TemporaryDirectory(prefix=".publish-", dir=place.parent) as beside:
            new = Path(beside) / "new"
            new.mkdir()
            yield new
            if place.exists():  # empty: another system would not put a folder in its place
                place.rmdir()
            new.rename(place)
    except OSError as error:
        raise PublishError(f"{folder} に書き込めません（{error.strerror or error}）。") from None


def _must_be_free(place: Path) -> None:
    """Raise FolderTaken unless the folder can be made, or is there and empty."""
    if not place.parent.is_dir():
        raise FolderTaken(f"フォルダー {place.parent} がありません。")
    try:
        taken = place.exists() and (not place.is_dir() or any(place.iterdir()))
    except OSError as error:
        raise FolderTaken(f"{place} を開けません（{error.strerror}）。") from None
    if taken:
        raise FolderTaken(
            f"{place} が空ではありません。新しいフォルダーを指定してください。上書きはしません。"
        )
