"""The tables of docs/dev/coverage.md: what the features hold, counted."""

from __future__ import annotations

from simulator.manual.features import features
from simulator.manual.procedures import procedures
from simulator.manual.rules import RULES


def tables() -> str:
    """Both tables in Markdown: steps by procedure, scenarios by rule."""
    told = [each for feature in features() for each in feature.scenarios]
    lines = ["| 手順 | heading | steps held verbatim | scenarios in its file |", "|---|---|---|---|"]
    for each in procedures():
        count = sum(f"手順{each.id}" in scenario.tags for scenario in told)
        lines.append(f"| {each.id} | {each.title} | {len(each.steps)} | {count} |")
    total = sum(len(each.steps) for each in procedures())
    lines += [f"| | | **{total}** | **{len(told)}** |", "", "| rule | scenarios | where |", "|---|---|---|"]
    for rule in RULES:
        holding = [each for each in told if rule in each.tags]
        files = dict.fromkeys(each.stem for each in holding)
        lines.append(f"| {rule} | {len(holding)} | {', '.join(f'`{file}`' for file in files)} |")
    return "\n".join(lines)
