"""The scenarios that a pytest run has selected, and those that it has not, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from steps.evidence.catalogue import catalogue, described
from steps.evidence.run_records import Rule, Scenario
from steps.evidence.stash_keys import NOT_PLAYED

if TYPE_CHECKING:
    from pytest_bdd.parser import ScenarioTemplate


def selected(items: Iterable[pytest.Item]) -> tuple[dict[str, Scenario], int]:
    """Return the scenarios among the tests by their node id, and how many steps are to be played."""
    found: dict[str, Scenario] = {}
    lines = 0
    for item in items:
        if template := _template(item):
            found[item.nodeid] = _scenario(item, template, {each.key for each in found.values()})
            lines += 0 if item.stash.get(NOT_PLAYED, False) else len(template.steps)
    return found, lines


def everything(
    chosen: Sequence[Scenario], why_not: Callable[[Scenario], str]
) -> tuple[list[Rule], list[Scenario]]:
    """Return the rules and every scenario of the manual; one that is not chosen has its reason."""
    rules, scenarios = catalogue()
    held = {each.key.partition("[")[0] for each in chosen}
    left = [msgspec.structs.replace(each, reason=why_not(each)) for each in scenarios if each.key not in held]
    return rules, [*chosen, *left]


def _template(item: pytest.Item) -> ScenarioTemplate | None:
    """Return the scenario that a test plays; None for any other test."""
    return scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None


def _scenario(item: pytest.Item, template: ScenarioTemplate, used_keys: set[str]) -> Scenario:
    rule = template.rule.tags if template.rule else set()
    tags = frozenset({*template.tags, *template.feature.tags, *rule})
    stem = template.feature.rel_filename.replace("\\", "/").rpartition("/")[2].removesuffix(".feature")
    plain = described(stem, template.feature.name, template.name, tags)
    example = _example(item)
    key = f"{plain.key}[{'-'.join(example.values())}]" if example else plain.key
    name = f"{plain.name}（{'、'.join(example.values())}）" if example else plain.name
    # The journey and the features alone may play the same scenario in one run.
    if key in used_keys:
        key = f"{key}[{item.nodeid}]"
    return msgspec.structs.replace(plain, key=key, name=name)


def _example(item: pytest.Item) -> dict[str, str]:
    example = item.callspec.params.get("_pytest_bdd_example", {}) if hasattr(item, "callspec") else {}
    assert isinstance(example, dict)
    return example
