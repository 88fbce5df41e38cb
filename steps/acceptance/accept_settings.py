"""The settings of one acceptance run: the deployment with its secrets, and the options of `densai accept`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from steps.acceptance.asked_part import Asked
from steps.deployment import Resolved
from steps.ledger import site_name, state_folder


@dataclass(frozen=True)
class AcceptSettings:
    """Settings of one run; the secrets are read once, before it.

    resume: go on from where an earlier run stopped. restored, unlocked: login IDs that a person has set right
    at the site, "" for none. state: the folder of all sites' state, None for the usual one. typed: the
    arguments as they were typed, for the evidence.
    """

    deployed: Resolved
    asked: Asked
    resume: bool = False
    restored: str = ""
    unlocked: str = ""
    state: Path | None = None
    typed: tuple[str, ...] = ()

    @property
    def site_folder(self) -> Path:
        """The folder of this site's state: ledger, progress, disposable accounts, vocabulary."""
        return (self.state or state_folder()) / site_name(self.deployed.start)

    @property
    def continues(self) -> bool:
        """Whether the run goes on in a journey that an earlier one has begun."""
        return self.resume or bool(self.asked.first)
