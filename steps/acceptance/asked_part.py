"""The part of the journey that a run is asked for: --from, --until and --tags."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from simulator.manual.order import LOG_OUT, ORDER, index_of, procedure_at
from simulator.manual.scenarios import played_scenarios
from steps.deployment import DeploymentError

NO_RULE = "none"  # for --tags: the procedures alone


@dataclass(frozen=True)
class Asked:
    """A part of the journey: its first and last procedure, and the tags of its rules; empty for all."""

    first: str = ""
    last: str = ""
    tags: tuple[str, ...] = ()

    def excludes_place(self, place: int) -> str:
        """Return why the procedure at this index in ORDER is not asked for; empty where it is."""
        if self.first and place < index_of(self.first):
            return f"--from {self.first} より前です（済んだものとします）"
        if self.last and place > index_of(self.last, last=True):
            return f"--until {self.last} より後です"
        return ""

    def excludes_rule_after(self, place: int) -> str:
        """Return why a rule that is tried after this index in ORDER is not asked for; empty where it is."""
        if self.first and place < index_of(self.first) - 1:
            return f"--from {self.first} より前です"
        if self.last and place >= index_of(self.last, last=True):
            return f"--until {self.last} より後です"
        return ""

    def excludes_end(self) -> str:
        """Return why the part after the journey is not asked for; empty where it is."""
        return f"--until {self.last} より後です" if self.last and self.last != LOG_OUT else ""

    def excludes_tags(self, tags: Collection[str]) -> bool:
        """Return whether a rule with these tags is not asked for."""
        return bool(self.tags) and not set(self.tags) & set(tags)


def asked_from(first: str, last: str, tags: str) -> Asked:
    """Return the part for what was typed; tags: parted by commas.

    Raises DeploymentError for a procedure or a tag that does not exist, and for an empty part.
    """
    known = list(dict.fromkeys(procedure_at(place) for place in ORDER))
    for option, value in (("--from", first), ("--until", last)):
        if value and value not in known:
            raise DeploymentError(f"{option} {value}: 手順は {'、'.join(known)} のどれかです。")
    if first and last and index_of(first) > index_of(last, last=True):
        raise DeploymentError(f"--from {first} は --until {last} より後の手順です。 Nothing is in between.")
    wanted = tuple(filter(None, (tag.strip().lstrip("@") for tag in tags.split(","))))
    existing = {NO_RULE}.union(*(each.tags for each in played_scenarios()))
    if unknown := [tag for tag in wanted if tag not in existing]:
        raise DeploymentError(f"--tags {'、'.join(unknown)}: このタグのきまりはありません。 No such tag.")
    return Asked(first, last, wanted)
