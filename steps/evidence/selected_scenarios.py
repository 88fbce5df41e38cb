"""The scenarios that a pytest run has selected, and those that it has not, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
import pytest

from simulator.manual.features import manual_features
from simulator.manual.procedures import procedure_tag
from simulator.manual.rules import rule_sentences, rule_tags
from steps.evidence.run_records import Rule, Scenario
from steps.pytest_internals import example_of, scenario_template
from steps.stash_keys import NOT_PLAYED

if TYPE_CHECKING:
    from pytest_bdd.parser import ScenarioTemplate

NOT_CHOSEN = "今回の実行では選んでいません。"


def selected(items: Iterable[pytest.Item]) -> tuple[dict[str, Scenario], int]:
    """Return the scenarios among the tests by their node id, and how many steps are to be played."""
    found: dict[str, Scenario] = {}
    lines = 0
    for item in items:
        if template := scenario_template(item):
            reason = item.stash.get(NOT_PLAYED, "")
            plain = _scenario(item, template, {each.key for each in found.values()})
            found[item.nodeid] = msgspec.structs.replace(plain, reason=reason)
            lines += 0 if reason else len(template.steps)
    return found, lines


def everything(
    chosen: Sequence[Scenario], why_not: Callable[[Scenario], str]
) -> tuple[list[Rule], list[Scenario]]:
    """Return the rules and every scenario of the manual; one that is not chosen has its reason."""
    rules = [Rule(id_, sentence) for id_, sentence in rule_sentences()]
    scenarios = [
        _described(each.stem, each.feature, each.name, frozenset(each.tags), reason=NOT_CHOSEN)
        for feature in manual_features()
        for each in feature.scenarios
    ]
    held = {each.key.partition("[")[0] for each in chosen}
    left = [msgspec.structs.replace(each, reason=why_not(each)) for each in scenarios if each.key not in held]
    return rules, [*chosen, *left]


def _described(stem: str, feature: str, name: str, tags: frozenset[str], *, reason: str = "") -> Scenario:
    """Return a scenario as the record has it; its key is its file and its name, whichever test plays it."""
    all_ = tuple(sorted(tags))
    return Scenario(f"{stem}::{name}", feature, name, procedure_tag(all_), rule_tags(tags), all_, reason)


def _scenario(item: pytest.Item, template: ScenarioTemplate, used_keys: set[str]) -> Scenario:
    rule = template.rule.tags if template.rule else set()
    tags = frozenset({*template.tags, *template.feature.tags, *rule})
    stem = template.feature.rel_filename.replace("\\", "/").rpartition("/")[2].removesuffix(".feature")
    plain = _described(stem, template.feature.name, template.name, tags)
    example = example_of(item)
    key = f"{plain.key}[{'-'.join(example.values())}]" if example else plain.key
    name = f"{plain.name}（{'、'.join(example.values())}）" if example else plain.name
    # The journey and the features alone may play the same scenario in one run.
    if key in used_keys:
        key = f"{key}[{item.nodeid}]"
    return msgspec.structs.replace(plain, key=key, name=name)
