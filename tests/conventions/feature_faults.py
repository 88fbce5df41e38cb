"""Faults of features, each kind as a function that returns the faults of a folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from pytest_bdd.steps import step_function_context_registry

from simulator.manual.features import (
    CHOSEN,
    DESTRUCTIVE,
    Feature,
    FeatureError,
    Line,
    Scenario,
    feature_files,
    features,
    read_feature,
)
from simulator.manual.grammar import SentenceError, parse
from simulator.manual.patterns import SENTENCE
from simulator.manual.procedures import Procedure, procedures
from simulator.manual.rules import RULES
from steps.definitions import given, then, when

ROOT = Path(__file__).parents[2]
FINGERPRINTS = Path(__file__).parent / "manual_steps.sha256"
MANUAL = ROOT.parent / "shared" / "manual" / "manual.txt"
IDS = ("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "3-1", "3-2", "3-3", "4")
STEM = re.compile(r"p(?P<id>\d(?:_\d)?)_(?P<slug>[a-z_]+)")
MENTION = re.compile(r"\bp\d(?:_\d)?_[a-z_]+\b")


def unreadable(folder: Path) -> list[str]:
    """Files that Cucumber's own parser does not take."""
    return [path.name for path in feature_files(folder) if isinstance(_read(path), FeatureError)]


def _read(path: Path) -> Feature | FeatureError:
    try:
        return read_feature(path)
    except FeatureError as error:
        return error


def scenarios(folder: Path) -> Iterator[tuple[Feature, Scenario]]:
    """Every scenario as written, with its feature."""
    for feature in features(folder):
        for each in feature.scenarios:
            yield feature, each


def without_steps(folder: Path) -> list[str]:
    """Scenarios that would pass because they do nothing."""
    return [scenario.name for _, scenario in scenarios(folder) if not scenario.lines]


def descriptions(folder: Path) -> list[str]:
    """Lines that look like steps but are read as prose: nobody would run them."""
    # A drill's scenario tells its task in prose.
    found = [scenario.description for feature, scenario in scenarios(folder) if not feature.is_drill]
    for feature in features(folder):
        found += [feature.description, *(rule.description for rule in feature.rules)]
    return [text.strip() for text in found if text.strip()]


def duplicate_names(folder: Path) -> list[str]:
    """Scenarios of one name in one file, of which only one would run."""
    names = Counter((feature.path.name, scenario.name) for feature, scenario in scenarios(folder))
    return [f"{file}: {name}" for (file, name), number in names.items() if number > 1]


def untested_rules(folder: Path) -> list[str]:
    """Rules that no scenario has as its tag."""
    tagged = {tag for _, scenario in scenarios(folder) for tag in scenario.tags}
    return [rule for rule in RULES if rule not in tagged]


def unknown_tags(folder: Path) -> list[str]:
    """Tags that are neither a rule nor a procedure, nor say what sort of scenario it is."""
    known = {CHOSEN, "訓練", DESTRUCTIVE, *RULES, *(f"手順{id_}" for id_ in IDS)}
    return sorted({tag for _, scenario in scenarios(folder) for tag in scenario.tags} - known)


def steps_without_one_definition(folder: Path) -> list[str]:
    """Steps that no definition takes, or more than one: then the first to be found would run."""
    texts = {line.text for each in played(folder) for line in each.lines}
    takers = {text: definitions_of(text) for text in texts}
    return sorted(f"{number} definitions: {text}" for text, number in takers.items() if number != 1)


def definitions_of(text: str) -> int:
    """How many step definitions take a step with this text."""
    known = dict(step_function_context_registry)
    contexts = [
        known[function]
        for module in (given, when, then)
        for fixture in vars(module).values()
        if (function := getattr(fixture, "_fixture_function", None)) and function in known
    ]
    return sum(context.parser.is_matching(text) for context in contexts)


def sentences_beyond_the_grammar(folder: Path) -> list[str]:
    """Steps that are bound as sentences, and of which the grammar can't tell what to do."""
    lines = [line for each in played(folder) for line in each.lines]
    return sorted({line.text for line in lines if _is_beyond(line)})


def _is_beyond(line: Line) -> bool:
    bound = SENTENCE.fullmatch(line.text)
    try:
        return bool(bound) and not parse(bound["sentence"] if bound else "", line.rows)
    except SentenceError:
        return True


def played(folder: Path) -> list[Scenario]:
    """Every scenario as Cucumber would run it: outlines once for each example."""
    return [each for feature in features(folder) for each in feature.played]


def misnamed(folder: Path) -> list[str]:
    """Files whose name does not give the number of their procedure."""
    return [
        each.path.name
        for each in procedures(folder)
        if not (name := STEM.fullmatch(each.path.stem)) or name["id"].replace("_", "-") != each.id
    ]


def strange_slugs(folder: Path, sources: dict[str, str]) -> list[str]:
    """Mentions of a procedure's file by a name that no file has."""
    stems = {path.stem for path in feature_files(folder)}
    return sorted(
        f"{name}: {mention}"
        for name, text in sources.items()
        for mention in set(MENTION.findall(text)) - stems
    )


# The manual --------------------------------------------------------------------------------------


def fingerprints(found: tuple[Procedure, ...]) -> list[str]:
    """One line for each numbered step of the features: procedure, number, hash of its words."""
    return [
        _fingerprint(each.id, step.number, step.sentence, [cell for row in step.rows for cell in row if cell])
        for each in found
        for step in each.steps
    ]


def _fingerprint(id_: str, number: int, sentence: str, bullets: list[str]) -> str:
    words = "\n".join([sentence, *bullets])
    return f"{id_} {number} {sha256(words.encode()).hexdigest()}"


def fingerprints_of_manual(text: str) -> list[str]:
    """The same lines, from the manual's own text."""
    steps = list(_steps_of_manual(text.splitlines()))
    starts = [place for place, (number, *_) in enumerate(steps) if number == 1]
    which = {place: IDS[sum(start <= place for start in starts) - 1] for place in range(len(steps))}
    return [_fingerprint(which[place], *step) for place, step in enumerate(steps)]


def _steps_of_manual(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Number, sentence and bullets of each step. A sentence broken over two lines is joined."""
    for place, line in enumerate(lines):
        if not (found := re.fullmatch(r"(\d+)\. (.+)", line)):
            continue
        sentence = found[2] + (lines[place + 1] if not line.endswith("。") else "")
        yield int(found[1]), sentence, _bullets(lines[place + 1 :]) if "以下の" in sentence else []


def _bullets(following: list[str]) -> list[str]:
    """The first run of bullets, each with the ※ note under it."""
    for is_bullet, run in groupby(filter(str.strip, following), key=lambda text: text[0] in "-※"):
        if is_bullet:
            return [re.sub(r"^- (?:・ )?", "", text) for text in run]
    return []
