"""The table of docs/ja/acceptance.md: what no real site can be asked, by rule."""

from __future__ import annotations

from msgspec.structs import replace

from steps.acceptance.asked_part import Asked
from steps.acceptance.plan import plan
from steps.deployment import load
from steps.deployment_file import FOLDER, Allow, DisposableUsers
from steps.never_asked import by_rule


def table() -> str:
    """The scenarios in Markdown, by rule, of a file that allows everything."""
    file = load(FOLDER / "simulator.toml")
    people = replace(file.people, spare=DisposableUsers("d-tmp"))
    everything = replace(file, people=people, allow=Allow(chosen=True, destructive=True))
    left_out = (
        ([tag for tag in each.scenario.tags if tag.startswith("R")], each.scenario.name, each.why_not)
        for each in plan(everything, Asked())
    )
    lines = ["| 規則 | シナリオ | 理由 |", "|---|---|---|"]
    for rule, scenarios in by_rule(left_out).items():
        lines += [f"| {rule} | {name} | {reason} |" for name, reason in scenarios]
    return "\n".join(lines)
