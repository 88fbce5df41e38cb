"""The one bank of this process, and its words.

Constants are made when a module is read, so a bank is chosen before any other module of the program is: by
the command line (`--bank`), or by the environment, which a process hands on to those that it starts.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from simulator.banks import source_texts
from simulator.banks.pack import Pack, PackError
from simulator.banks.reading import default_pack, read_pack
from simulator.banks.sentences import put_in
from simulator.banks.words import Words

VARIABLE = "DENSAI_BANK"
# Folders of texts that are not read by Python hold files of these kinds.
FEATURE = ".feature"
TEXTS = {FEATURE, ".md", ".html", ".css", ".js", ".svg", ".typ"}
LEFT_OUT = shutil.ignore_patterns("*.py", "*.pyc", "__pycache__", "banks")
ENCODING = "utf-8"
NO_ROOM = "銀行パックの言葉にした写しを {} に作れません（{}）。 The texts cannot be copied."


class _Chosen:
    """The chosen pack and its words; None for the default bank."""

    pack: Pack | None = None
    words: Words | None = None


def bank() -> Pack:
    """Return the bank of this process."""
    return _Chosen.pack or default_pack()


def is_default() -> bool:
    """Return whether this process speaks the words that the program is written in."""
    return _Chosen.words is None


def retell(text: str) -> str:
    """Return a text of the program in the words of this process's bank."""
    return text if _Chosen.words is None else _Chosen.words.retell(text)


def choose(path: Path) -> None:
    """Make a pack this process's bank, and that of the processes that it starts. Raises PackError.

    Raises RuntimeError where modules with texts of another bank have been read already.
    """
    pack = read_pack(path.resolve())
    if _Chosen.pack is not None and _Chosen.pack == pack:
        return
    if early := _already_read():
        message = f"the bank is chosen too late: {early} has been read"
        raise RuntimeError(message)
    os.environ[VARIABLE] = str(pack.path)
    if pack.id != default_pack().id:
        _Chosen.pack, _Chosen.words = pack, Words(pack)
        source_texts.install(_Chosen.words.retell)


def choose_from_environment() -> None:
    """Make the pack that the environment names this process's bank, if it names one. Raises PackError."""
    if named := os.environ.get(VARIABLE):
        choose(Path(named))


def _already_read() -> str:
    """Return the name of a module that has read texts of the bank before one was chosen, "" for none."""
    first = ("simulator.domain", "simulator.manual", "simulator.bank", "simulator.training")
    return next((name for name in first if name in sys.modules), "")


@cache
def retold(folder: Path) -> Path:
    """Return a folder with the same files in this bank's words; the folder itself for the default bank.

    The copy goes with the process. Modules are left out: they are retold when they are imported. Raises
    PackError where no copy can be made.
    """
    if _Chosen.words is None:
        return folder
    try:
        copy = Path(tempfile.mkdtemp(dir=_room().name)) / folder.name
        shutil.copytree(folder, copy, ignore=LEFT_OUT)
        for path in copy.rglob("*"):
            if path.suffix in TEXTS:
                text = retell(path.read_bytes().decode(ENCODING))
                if path.suffix == FEATURE:
                    text = put_in(text, bank().sentences)
                path.write_bytes(text.encode(ENCODING))
    except OSError as error:
        raise PackError(NO_ROOM.format(tempfile.gettempdir(), error.strerror)) from error
    return copy


@cache
def _room() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="densai-bank-", ignore_cleanup_errors=True)
