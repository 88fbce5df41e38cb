"""The README's coverage tables, made from the features: `python -m tests.docs.coverage` writes them anew."""

from __future__ import annotations

from pathlib import Path

from simulator.manual.features import features
from simulator.manual.procedures import procedures
from simulator.manual.rules import RULES

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- coverage:begin -->", "<!-- coverage:end -->"


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


def with_tables(text: str) -> str:
    """The README's text with its tables as the features are now."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
