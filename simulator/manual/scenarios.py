"""The scenarios of the manual's features as they are played, and where each of them begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simulator.manual.features import Scenario, manual_features
from simulator.manual.patterns import AT_SCREEN, DONE_UP_TO, NUMBERED, SITS, is_for_training_only
from simulator.manual.procedures import procedure_tag
from simulator.manual.wording import MASTER


@dataclass(frozen=True)
class PlayedScenario(Scenario):
    """A scenario as it is played: an outline stands once for each of its examples."""

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """The identity of a scenario: its file, its name and the texts of its lines."""
        return self.stem, self.name, tuple(line.text for line in self.lines)

    @property
    def is_procedure(self) -> bool:
        """Whether it holds the manual's numbered steps."""
        return any(NUMBERED.fullmatch(line.text) for line in self.lines)

    @property
    def procedure(self) -> str:
        """The number of its procedure, as 2-1."""
        return procedure_tag(self.tags)

    @property
    def after(self) -> str:
        """The procedure that must be done before; "" for a new bank."""
        found = (DONE_UP_TO.fullmatch(line.text) for line in self.lines)
        return next((each["procedure"] for each in found if each), "")

    @property
    def person(self) -> str:
        """The person who begins it, in the manual's word."""
        found = (SITS.fullmatch(line.text) for line in self.lines)
        return next((each["person"] for each in found if each), MASTER)

    @property
    def screen(self) -> str:
        """The screen that it begins on; "" for a window yet to be opened."""
        found = (AT_SCREEN.fullmatch(line.text) for line in self.lines)
        return next((each["screen"] for each in found if each), "")

    @property
    def is_for_training_only(self) -> bool:
        """Whether one of its lines needs a training bank, whose date and settings can be moved."""
        return any(is_for_training_only(line.text) for line in self.lines)


@cache
def played_scenarios() -> tuple[PlayedScenario, ...]:
    """Return every scenario of the manual's features, without the drills, in the manual's order."""
    return tuple(PlayedScenario(**vars(each)) for feature in manual_features() for each in feature.played)
