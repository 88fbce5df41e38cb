"""What an acceptance run does, told from the features and the deployment file alone: nothing is touched.

Every scenario gets its place in the journey and a verdict: it is run, or a sentence says why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from simulator.manual.features import CHOSEN
from simulator.manual.order import ORDER
from simulator.manual.procedures import procedures
from simulator.manual.scenarios import PlayedScenario, played_scenarios
from simulator.manual.wording import fold
from steps.acceptance import disposable_scenarios
from steps.acceptance.deployed_bank import absent_screens, carries_out
from steps.acceptance.side_effects import changes_of, is_destructive, wrong_of
from steps.deployment import Deployment
from steps.driver.attempt_observer import Kind
from steps.ledger import SHORT

# After everything: the scenarios that are played on users who are thrown away.
LAST = len(ORDER)
SIDE_BY_SIDE = "ウィンドウを 2 つ並べて確かめるきまりです（windows.new_window = false）"
NOT_CHOSEN = "マニュアルに書かれていないきまりです（allow.chosen = true で実行します）"


@dataclass(frozen=True)
class Planned:
    """A scenario with its place in the journey and what becomes of it.

    spare: whether it is played last, on a user who is made for it. users: how many are made.
    """

    told: PlayedScenario
    place: float
    why_not: str = ""
    changes: tuple[str, ...] = ()
    refusals_only: bool = False
    wrong: dict[tuple[str, Kind], int] = field(default_factory=dict)
    spare: bool = False
    users: int = 0

    @property
    def name(self) -> str:
        """What the progress calls it."""
        return ORDER[int(self.place)] if self.told.is_procedure else f"{self.told.stem}::{self.told.name}"

    @property
    def where(self) -> str:
        """Where it stands, to a tester."""
        return f"「{self.told.name}」" if self.spare else f"手順{ORDER[int(self.place)]}"


@dataclass(frozen=True)
class Asked:
    """Which part of the journey was asked for, and which rules along it (none: all)."""

    first: str = ""
    last: str = ""
    tags: tuple[str, ...] = ()


def plan(made: Deployment, asked: Asked) -> list[Planned]:
    """Every scenario in the order in which it is run, those that are not run among them."""
    planned = sorted(
        (_verdict(each, made, asked) for each in played_scenarios()), key=lambda each: each.place
    )
    return planned if made.lock.success_resets else list(_within_the_lock(planned, made))


def _within_the_lock(planned: Sequence[Planned], made: Deployment) -> Iterator[Planned]:
    """The same, without the wrong passwords that would leave none for the procedures that follow."""
    spent: dict[tuple[str, Kind], int] = {}
    for each in planned:
        sums = {} if each.spare else {k: spent.get(k, 0) + wrong for k, wrong in each.wrong.items() if wrong}
        if each.why_not:
            yield each
        elif max(sums.values(), default=0) > may_be_wrong(made):
            yield replace(each, why_not=used_up(made))
        else:
            spent |= sums
            yield each


def may_be_wrong(made: Deployment) -> int:
    """How many attempts may go wrong so that the right password may still be sent."""
    return made.lock.after - SHORT - 1


def used_up(made: Deployment) -> str:
    """Why a scenario's wrong passwords are not sent: together with those before they would be too many."""
    counted = "" if made.lock.success_resets else "合計 "
    return (
        f"{made.lock.after} 回でロックされるため、手順を続けられるように、"
        f"{counted}{may_be_wrong(made)} 回を超えて間違えません"
    )


def _verdict(scenario: PlayedScenario, made: Deployment, asked: Asked) -> Planned:
    if scenario.is_procedure:
        name = place_name(scenario)
        return Planned(
            scenario, ORDER.index(name), _outside(name, asked), tuple(_procedure_changes(scenario))
        )
    changes, trimmed = changes_of(scenario)
    if made.allow.destructive and disposable_scenarios.is_for_spare(scenario):
        wrong = {(disposable_scenarios.SPARE, kind): count for (_, kind), count in wrong_of(scenario).items()}
        why_not = _outside_last(asked) or _refusal(scenario, made, asked, for_spare=True)
        return Planned(
            scenario,
            LAST,
            why_not,
            tuple(changes),
            wrong=wrong,
            spare=True,
            users=disposable_scenarios.users_of(scenario),
        )
    slot = _slot(scenario)
    why_not = _outside_slot(slot, asked) or _refusal(scenario, made, asked, changes)
    return Planned(scenario, slot + 0.5, why_not, tuple(changes), trimmed, wrong_of(scenario))


def place_name(scenario: PlayedScenario) -> str:
    """A procedure's place in the journey: its number, and who logs out."""
    return scenario.procedure if scenario.procedure != "4" else f"4 {scenario.person}"


def _slot(scenario: PlayedScenario) -> int:
    """After which procedure of the journey a rule is tried; before the first for a new bank."""
    return ORDER.index(scenario.after) if scenario.after else -1


def _outside(name: str, asked: Asked) -> str:
    place = ORDER.index(name)
    if asked.first and place < index_of(asked.first):
        return f"--from {asked.first} より前です（済んだものとします）"
    if asked.last and place > index_of(asked.last, last=True):
        return f"--until {asked.last} より後です"
    return ""


def _outside_slot(slot: int, asked: Asked) -> str:
    if asked.first and slot < index_of(asked.first) - 1:
        return f"--from {asked.first} より前です"
    if asked.last and slot >= index_of(asked.last, last=True):
        return f"--until {asked.last} より後です"
    return ""


def _outside_last(asked: Asked) -> str:
    return f"--until {asked.last} より後です" if asked.last and asked.last != "4" else ""


def index_of(procedure: str, *, last: bool = False) -> int:
    """Where a procedure stands in the journey; 4 stands there twice."""
    places = [place for place, name in enumerate(ORDER) if name.partition(" ")[0] == procedure]
    return places[-1 if last else 0]


def _refusal(
    scenario: PlayedScenario,
    made: Deployment,
    asked: Asked,
    changes: Sequence[str] = (),
    *,
    for_spare: bool = False,
) -> str:
    """Why a rule is not tried; empty where it is."""
    left_out = bool(asked.tags) and not set(asked.tags) & set(scenario.tags)
    missing = fold(scenario.screen) in absent_screens(made.site.start_screen)
    reasons = {
        "--tags で選ばれていません": left_out,
        "日付や設定を動かせるのは、訓練用シミュレータの席だけです": scenario.is_for_training_only,
        NOT_CHOSEN: CHOSEN in scenario.tags and not made.allow.chosen,
        _destructive(made): not for_spare and is_destructive(scenario, changes),
        "拒否されるはずの値を送りません（allow.refusals = false）": not made.allow.refusals,
        f"このサイトには「{scenario.screen}」画面がありません": missing,
        SIDE_BY_SIDE: not made.windows.new_window and _needs_two_windows(scenario),
        used_up(made): not for_spare and _most_wrong(scenario) > may_be_wrong(made),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _needs_two_windows(scenario: PlayedScenario) -> bool:
    """Whether the service's window is used after its list has been left in the other one."""
    texts = [line.text for line in scenario.lines]
    left = next(
        (place for place, text in enumerate(texts) if "「サービス一覧」画面の「ログアウト」" in text), None
    )
    return left is not None and any("タブをクリック" in text for text in texts[left:])


def _destructive(made: Deployment) -> str:
    return disposable_scenarios.ONLY_MASTER if made.allow.destructive else disposable_scenarios.NOT_ALLOWED


def _most_wrong(scenario: PlayedScenario) -> int:
    return max(wrong_of(scenario).values(), default=0)


def _procedure_changes(scenario: PlayedScenario) -> Iterator[str]:
    each = {one.id: one for one in procedures()}[scenario.procedure]
    for step in each.steps:
        if carries_out(step.actions):
            yield f"{step.number}. {step.sentence.rstrip('。')}"
