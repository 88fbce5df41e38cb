"""The manual's rules R01 to R23 in the words of the features, and the steps at which each must be known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from simulator.manual.features import features, manual_features
from simulator.manual.procedures import procedure_tag

RULES = tuple(f"R{number:02}" for number in range(1, 24))

# Step of the manual -> the rules that must be known to do it right.
RULES_OF_STEP = {
    "1-1.4": ("R01", "R05"),
    "1-2.1": ("R02", "R03", "R04"),
    "1-3.1": ("R09",),
    "1-3.2": ("R06", "R07"),
    "1-4.5": ("R10",),
    "1-4.6": ("R08", "R20"),
    "1-4.7": ("R12",),
    "2-1.4": ("R01", "R13"),
    "2-2.1": ("R15",),
    "2-2.4": ("R16",),
    "2-2.5": ("R17",),
    "2-2.6": ("R20",),
    "2-3.4": ("R23",),
    "2-3.5": ("R11", "R10"),
    "2-3.6": ("R18",),
    "2-3.7": ("R08", "R20"),
    "2-3.8": ("R12",),
    "3-1.4": ("R01", "R14", "R05"),
    "3-2.1": ("R14", "R03", "R04"),
    "3-3.1": ("R19",),
    "3-3.2": ("R06", "R07"),
    "4.1": ("R21",),
    "4.4": ("R21",),
}


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


def sentences_for_step(key: str) -> tuple[str, ...]:
    """Return the rules to know at a step (key 2-1.4), each in a feature's words.

    The words are those of the step's own procedure; where it does not state the rule, of the first that does.
    """
    lesson = key.partition(".")[0]
    known = _sentences()
    found = (known.get((rule, lesson)) or known.get((rule, "")) for rule in RULES_OF_STEP.get(key, ()))
    return tuple(f"{text}。" for text in found if text)


@cache
def _sentences() -> dict[tuple[str, str], str]:
    """(rule, procedure) -> the rule's sentence there; the procedure "" stands for the first that has it."""
    found: dict[tuple[str, str], str] = {}
    for feature in features():
        for rule in feature.rules:
            for tag in rule.tags:
                found.setdefault((tag, procedure_tag(feature.tags)), rule.sentence)
                found.setdefault((tag, ""), rule.sentence)
    return found
