"""Everything that the features hold: the manual's rules, and every scenario there is to run."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.manual.procedures import DRILLS, feature_files, read
from steps.evidence.run_records import Rule, Scenario

NOT_CHOSEN = "今回の実行では選んでいません。"


def catalogue() -> tuple[list[Rule], list[Scenario]]:
    """The rules in the features' words, and every scenario of the manual as if none were chosen."""
    rules: dict[tuple[str, str], Rule] = {}
    scenarios = []
    for path in feature_files():
        feature = read(path)["feature"]
        if path.parent.name == DRILLS:
            continue
        for name, tags, rule in _inside(feature, frozenset(), ""):
            scenarios.append(described(path.stem, feature["name"], name, tags, reason=NOT_CHOSEN))
            rules |= {(each, rule): Rule(each, rule) for each in rule_tags(tags)}
    return sorted(rules.values(), key=lambda rule: rule.id), scenarios


def described(stem: str, feature: str, name: str, tags: frozenset[str], *, reason: str = "") -> Scenario:
    """A scenario as the record knows it. Its key is its file and its name, whichever test runs it."""
    procedure = next((tag.removeprefix("手順") for tag in sorted(tags) if tag.startswith("手順")), "")
    key, all_ = f"{stem}::{name}", tuple(sorted(tags))
    return Scenario(key, feature, name, procedure, rule_tags(tags), all_, reason)


def rule_tags(tags: frozenset[str]) -> tuple[str, ...]:
    """R01 and the like among the tags."""
    return tuple(sorted(tag for tag in tags if tag[:1] == "R" and tag[1:].isdigit()))


def _inside(part: object, tags: frozenset[str], rule: str) -> Iterator[tuple[str, frozenset[str], str]]:
    assert isinstance(part, dict)
    held = tags | {tag["name"].removeprefix("@") for tag in part.get("tags", [])}
    for child in part["children"]:
        for kind, inner in child.items():
            if kind == "rule":
                yield from _inside(inner, held, inner["name"])
            elif kind == "scenario":
                own = {tag["name"].removeprefix("@") for tag in inner["tags"]}
                yield inner["name"], held | own, rule
