"""pytest plugin of `densai accept`: writes the site's vocabulary beside its state, after every step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from simulator.manual.patterns import NUMBERED
from steps.acceptance import vocabulary_file
from steps.acceptance.site_vocabulary import SiteVocabulary
from steps.acceptance.vocabulary_file import FILE

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, Scenario, Step

    from steps.acceptance.accept_settings import AcceptSettings
    from steps.deployment import Resolved

VOCABULARY: pytest.StashKey[SiteVocabulary] = pytest.StashKey()


class VocabularyPlugin:
    """The hooks that tell the vocabulary which step it hears of, and have it written after each."""

    def __init__(self, settings: AcceptSettings) -> None:
        path, deployed = settings.site_folder / FILE, settings.deployed
        known = vocabulary_file.read(path) if settings.continues else None
        self.vocabulary = SiteVocabulary(path, deployed.file.profile, lambda: hidden_of(deployed), known)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Leave the vocabulary for the fixture of the bank."""
        config.stash[VOCABULARY] = self.vocabulary

    def pytest_bdd_before_scenario(self, feature: Feature) -> None:
        """Note which procedure is played."""
        self.vocabulary.where = f"{_procedure(feature)} の前提の"

    def pytest_bdd_before_step(self, feature: Feature, scenario: Scenario, step: Step) -> None:
        """Note which of its steps, or which rule, is played."""
        if numbered := NUMBERED.fullmatch(step.name):
            self.vocabulary.where = f"{_procedure(feature)} の {numbered['number']}."
        elif scenario.rule and step.type != "given":
            rules = "・".join(sorted(tag for tag in scenario.rule.tags if tag.startswith("R")))
            self.vocabulary.where = f"{_procedure(feature)} の {rules} の"

    def pytest_bdd_after_step(self) -> None:
        """Write down what a step has found before the next one: a crash loses nothing."""
        self.vocabulary.write()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Iterator[None]:
        """Write after every scenario, too, whatever its outcome."""
        self.vocabulary.write()
        return (yield)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print where the vocabulary is, or why it could not be written."""
        kept = self.vocabulary
        if kept.failure:
            terminalreporter.write_line(f"分かったことを残せませんでした: {kept.failure}", red=True)
        elif kept.path and kept.path.exists():
            lines = f"（写す行 {len(kept.missing)} 件）" if kept.missing else ""
            terminalreporter.write_line(f"分かったこと: {kept.path}{lines}")


def hidden_of(deployed: Resolved) -> set[str]:
    """Return the texts that are typed at a site, passwords first of all: none is a word of the site."""
    both = (deployed.people.master, deployed.people.general)
    typed = {text for each in both for text in (each.login_id.removeprefix("d-"), each.name, each.mail)}
    return {text for text in typed | deployed.secrets() if text}


def _procedure(feature: Feature) -> str:
    return next((tag for tag in sorted(feature.tags) if tag.startswith("手順")), feature.name)
