"""found.toml: what the journey has learnt of a site, and the lines that its deployment file still lacks."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import msgspec

from steps.acceptance.vocabulary_proposals import quoted
from steps.driver.naming_observer import Table
from steps.evidence.disk import write_file

FILE = "found.toml"
HEAD = """\
# densai accept が手順を進めて分かったことです。実行のたびに書き直します。
# 「？」の行は、候補などを見てサイトの言葉に直し、設定ファイルの同じ名前の表に写してください。
# [found] の表は、どの画面で何がどう見つかったかの控えです。写す必要はありません。
"""
TABLES: tuple[Table, ...] = get_args(Table)
KEY = re.compile(r'("(?:[^"\\]|\\.)*") = ')


@dataclass(frozen=True)
class Lacking:
    """Something that was not found: what there was instead, and the line to complete and copy."""

    comment: str
    line: str


@dataclass
class OnScreen:
    """One screen of the manual: its title on the site, and what was found there by weaker ways only."""

    title: str = ""
    weaker: list[str] = field(default_factory=list)


@dataclass
class Found:
    """All of it. lacking is by table and the manual's word, screens by the manual's title."""

    lacking: dict[tuple[Table, str], Lacking] = field(default_factory=dict)
    screens: dict[str, OnScreen] = field(default_factory=dict)

    def on(self, screen: str) -> OnScreen:
        """What is known of this screen."""
        return self.screens.setdefault(screen, OnScreen())

    def text(self) -> str:
        """The file."""
        return "\n".join([HEAD, *lines_of(self.lacking), *self._screens()])

    def write(self, path: Path) -> None:
        """Whole or not at all. Raises EvidenceError."""
        write_file(path, self.text().encode())

    def _screens(self) -> Iterator[str]:
        for name, screen in self.screens.items():
            yield f"[found.{quoted(name)}]"
            yield f"title = {quoted(screen.title)}"
            if screen.weaker:
                yield from ("weaker = [", *(f"  {quoted(each)}," for each in screen.weaker), "]")
            yield ""


def lines_of(lacking: dict[tuple[Table, str], Lacking]) -> Iterator[str]:
    """The tables of a deployment file with these lines in them."""
    for table in TABLES:
        held = [each for (where, _), each in lacking.items() if where == table]
        if held:
            yield f"[{table}]"
            yield from (part for each in held for part in (each.comment, each.line))
            yield ""


def read(path: Path) -> Found:
    """What an earlier part of the run has learnt; nothing where its file is gone or is none of ours."""
    try:
        text = path.read_text(encoding="utf-8")
        kept = msgspec.convert(tomllib.loads(text).get("found", {}), dict[str, OnScreen])
    except (OSError, ValueError, msgspec.ValidationError):
        return Found()
    return Found(dict(_lacking(text)), kept)


def _lacking(text: str) -> Iterator[tuple[tuple[Table, str], Lacking]]:
    table: Table | None = None
    before = ""
    for line in text.splitlines():
        if line.startswith("["):
            table = next((each for each in TABLES if line == f"[{each}]"), None)
        elif table and (key := KEY.match(line)):
            yield (table, json.loads(key[1])), Lacking(before, line)
        before = line
