"""The manual's rules R01 to R23 in the words of the features."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.manual.features import manual_features

RULES = tuple(f"R{number:02}" for number in range(1, 24))


def rule_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the rules among these tags, sorted."""
    return tuple(sorted(tag for tag in tags if tag in RULES))


def rule_sentences() -> list[tuple[str, str]]:
    """Return each rule with each sentence in which the manual's features put it, sorted by the rule's number.

    A rule that several procedures state has a line for each wording.
    """
    found = {
        (rule, scenario.rule): None
        for feature in manual_features()
        for scenario in feature.scenarios
        for rule in rule_tags(scenario.tags)
    }
    return sorted(found, key=lambda pair: pair[0])
