"""The table of docs/dev/testing.md: what the manual demands of the lines that a real site is asked."""

from __future__ import annotations

from collections import Counter

from simulator.manual.features import CHOSEN
from simulator.manual.scenarios import played_scenarios
from steps.acceptance.demands import DEMANDS, demand_of


def table() -> str:
    """The sorts of lines in Markdown, with the manual's words that demand them and how often they stand."""
    lines = Counter(
        demand_of(line.text)
        for each in played_scenarios()
        if CHOSEN not in each.tags
        for line in each.lines
        if line.kind == "Outcome"
    )
    told = ["| line (pattern) | lines | demanded by the manual's words | free on a site of somebody else |"]
    told.append("|---|---|---|---|")
    for each in DEMANDS:
        pattern = each.line.pattern.replace("|", "\\|")
        told.append(f"| `{pattern}` | {lines[each]} | {each.by or '—'} | {each.why or 'nothing'} |")
    screens = sum(count for each, count in lines.items() if each not in DEMANDS)
    told.append(
        f"| 「…」画面が表示される, of the 50 steps | {screens} | the step that leads there | nothing |"
    )
    return "\n".join(told)
