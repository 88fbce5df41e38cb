"""found.toml: a site's vocabulary as the journey found it, and the lines that its deployment file lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import KeyType, SingleKey, Table

from steps.acceptance.vocabulary_proposals import clean, quoted
from steps.driver.naming_observer import Table as TableName
from steps.evidence.disk import write_file

FILE = "found.toml"
HEAD = """\
# densai accept が手順を進めて分かったことです。実行のたびに書き直します。
# 「？」の行は、候補などを見てサイトの言葉に直し、設定ファイルの同じ名前の表に写してください。
# [found] の表は、どの画面で何がどう見つかったかの控えです。写す必要はありません。
"""
TABLES: tuple[TableName, ...] = get_args(TableName)


@dataclass(frozen=True)
class MissingEntry:
    """A line that a deployment file lacks, to be completed and copied, and the comment above it.

    The comment says where the thing was looked for and what there was instead.
    """

    comment: str
    line: str


@dataclass
class ScreenVocabulary:
    """A screen's title on the site, and notes on what was found there by weaker ways than role and name."""

    title: str = ""
    weaker: list[str] = field(default_factory=list)


@dataclass
class Vocabulary:
    """The content of the file. missing: by table and the manual's word. screens: by the manual's title."""

    missing: dict[tuple[TableName, str], MissingEntry] = field(default_factory=dict)
    screens: dict[str, ScreenVocabulary] = field(default_factory=dict)

    def on(self, screen: str) -> ScreenVocabulary:
        """Return the vocabulary of a screen, a new one where there is none."""
        return self.screens.setdefault(screen, ScreenVocabulary())

    def text(self) -> str:
        """Return the file's text."""
        return "\n".join([HEAD, *missing_lines(self.missing), self._screens()])

    def write(self, path: Path) -> None:
        """Write the file whole or not at all. Raises EvidenceError."""
        write_file(path, self.text().encode())

    def _screens(self) -> str:
        found = tomlkit.table(is_super_table=True)
        for name, screen in self.screens.items():
            found.add(SingleKey(clean(name), t=KeyType.Basic), _table_of(screen))
        return tomlkit.document().add("found", found).as_string() if self.screens else ""


def _table_of(screen: ScreenVocabulary) -> Table:
    table = tomlkit.table()
    table.add("title", clean(screen.title))
    if screen.weaker:
        weaker = tomlkit.array().multiline(multiline=True)
        weaker.extend(map(clean, screen.weaker))
        table.add("weaker", weaker)
    return table


def missing_lines(missing: Mapping[tuple[TableName, str], MissingEntry]) -> Iterator[str]:
    """Yield the tables of a deployment file with these entries in them, line by line."""
    for name in TABLES:
        entries = [entry for (table, _), entry in missing.items() if table == name]
        if entries:
            yield f"[{name}]"
            yield from (part for entry in entries for part in (entry.comment, entry.line))
            yield ""


def read(path: Path) -> Vocabulary:
    """Return the vocabulary of an earlier part of the run; an empty one where there is no file of ours."""
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        screens = msgspec.convert(document.unwrap().get("found", {}), dict[str, ScreenVocabulary])
    except (OSError, ValueError, TOMLKitError, msgspec.ValidationError):
        return Vocabulary()
    return Vocabulary(dict(_missing_entries(document)), screens)


def _missing_entries(document: tomlkit.TOMLDocument) -> Iterator[tuple[tuple[TableName, str], MissingEntry]]:
    for name in TABLES:
        table, comment = document.get(name), ""
        for key, item in table.value.body if isinstance(table, Table) else ():
            if key is None:
                comment = item.as_string().strip()
                continue
            trivia = item.trivia
            line = f"{quoted(key.key)} = {item.as_string()}{trivia.comment_ws}{trivia.comment}"
            yield (name, key.key), MissingEntry(comment, line)
