"""The tables of docs/dev/coverage.md: what the features hold, counted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.manual.procedures import FEATURES, feature_files, procedures, read

if TYPE_CHECKING:
    from collections.abc import Iterator


class Told(NamedTuple):
    """One scenario: its feature's file, its name and every tag that holds for it."""

    file: str
    name: str
    tags: frozenset[str]


def scenarios() -> Iterator[Told]:
    """Every scenario of every feature, with the tags of its rule and feature."""
    for path in feature_files():
        feature = read(path).get("feature")
        if feature is not None:
            name = path.relative_to(FEATURES).as_posix()
            yield from _inside(feature, name, frozenset())


def _inside(part: object, file: str, tags: frozenset[str]) -> Iterator[Told]:
    assert isinstance(part, dict)
    held = tags | {tag["name"].removeprefix("@") for tag in part.get("tags", [])}
    for child in part["children"]:
        for kind, inner in child.items():
            if kind == "rule":
                yield from _inside(inner, file, held)
            elif kind == "scenario":
                own = held | {tag["name"].removeprefix("@") for tag in inner.get("tags", [])}
                yield Told(file, inner["name"], own)


def tables() -> str:
    """Both tables in Markdown: steps by procedure, scenarios by rule."""
    told = list(scenarios())
    lines = ["| 手順 | heading | steps held verbatim | scenarios in its file |", "|---|---|---|---|"]
    for each in procedures():
        count = sum(f"手順{each.id}" in scenario.tags for scenario in told)
        lines.append(f"| {each.id} | {each.title} | {len(each.steps)} | {count} |")
    total = sum(len(each.steps) for each in procedures())
    lines += [f"| | | **{total}** | **{len(told)}** |", "", "| rule | scenarios | where |", "|---|---|---|"]
    for rule in sorted({tag for each in told for tag in each.tags if re.fullmatch(r"R\d\d", tag)}):
        holding = [each for each in told if rule in each.tags]
        files = dict.fromkeys(Path(each.file).stem for each in holding)
        lines.append(f"| {rule} | {len(holding)} | {', '.join(f'`{file}`' for file in files)} |")
    return "\n".join(lines)
