"""The plan of an acceptance run, made from the features and the deployment file alone: nothing is touched.

Every scenario gets its place in the journey and a verdict: it is run, or a sentence says why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from simulator.manual.features import CHOSEN
from simulator.manual.order import ORDER, place_name
from simulator.manual.procedures import procedures
from simulator.manual.scenarios import PlayedScenario, played_scenarios
from simulator.manual.wording import GENERAL, fold
from steps.acceptance import disposable_scenarios
from steps.acceptance.asked_part import Asked
from steps.acceptance.disposable_accounts import has_room
from steps.acceptance.side_effects import carries_out, changes_of, is_destructive, wrong_attempts_of
from steps.deployment import absent_screens
from steps.deployment_file import Deployment
from steps.driver.attempt_observer import Kind
from steps.ledger import SHORT
from steps.never_asked import ONLY_MASTER, ONLY_TRAINING

# The place after the journey: the scenarios that are played on disposable users.
AFTER_JOURNEY = len(ORDER)
SIDE_BY_SIDE = "ウィンドウを 2 つ並べて確かめるきまりです（windows.new_window = false）"
NOT_CHOSEN = "マニュアルに書かれていないきまりです（allow.chosen = true で実行します）"


@dataclass(frozen=True)
class Planned:
    """A scenario with its place in the journey and the verdict on it.

    place: an index in ORDER; of a rule, half a step behind the procedure after which it is tried. why_not:
    why it is not run, empty where it is. refusals_only: the values that would be accepted are left out.
    wrong: the number of wrong passwords that it sends, by person and kind. disposable: it is played after the
    journey, on a user who is created for it. users: how many users are created.
    """

    scenario: PlayedScenario
    place: float
    why_not: str = ""
    changes: tuple[str, ...] = ()
    refusals_only: bool = False
    wrong: dict[tuple[str, Kind], int] = field(default_factory=dict)
    disposable: bool = False
    users: int = 0

    @property
    def name(self) -> str:
        """Its name in the state file of the journey."""
        each = self.scenario
        return ORDER[int(self.place)] if each.is_procedure else f"{each.stem}::{each.name}"

    @property
    def where(self) -> str:
        """Its place in the journey, in the tester's words."""
        return f"「{self.scenario.name}」" if self.disposable else f"手順{ORDER[int(self.place)]}"


def plan(deployment: Deployment, asked: Asked) -> list[Planned]:
    """Return every scenario in the order in which it is run, those that are not run among them."""
    planned = sorted(
        (_verdict(each, deployment, asked) for each in played_scenarios()), key=lambda each: each.place
    )
    return planned if deployment.lock.success_resets else list(_within_the_lock(planned, deployment))


def _within_the_lock(planned: Sequence[Planned], deployment: Deployment) -> Iterator[Planned]:
    """Yield the plan without the wrong passwords that would leave none for the procedures that follow."""
    sent: dict[tuple[str, Kind], int] = {}
    for each in planned:
        wrong = {key: count for key, count in each.wrong.items() if key[0] != disposable_scenarios.DISPOSABLE}
        sums = {key: sent.get(key, 0) + count for key, count in wrong.items() if count}
        if each.why_not:
            yield each
        elif max(sums.values(), default=0) > wrong_attempts_allowed(deployment):
            yield replace(each, why_not=attempts_used_up(deployment))
        else:
            sent |= sums
            yield each


def wrong_attempts_allowed(deployment: Deployment) -> int:
    """Return how many passwords may be wrong so that the right one can still be sent."""
    return deployment.lock.after - SHORT - 1


def attempts_used_up(deployment: Deployment) -> str:
    """Return why a scenario's wrong passwords are not sent: with those before they would be too many."""
    counted = "" if deployment.lock.success_resets else "合計 "
    return (
        f"{deployment.lock.after} 回でロックされるため、手順を続けられるように、"
        f"{counted}{wrong_attempts_allowed(deployment)} 回を超えて間違えません"
    )


def _verdict(scenario: PlayedScenario, deployment: Deployment, asked: Asked) -> Planned:
    if scenario.is_procedure:
        place = ORDER.index(place_name(scenario.procedure, scenario.person))
        return Planned(scenario, place, asked.excludes_place(place), tuple(_procedure_changes(scenario)))
    changes, trimmed = changes_of(scenario)
    if deployment.allow.destructive and disposable_scenarios.is_for_disposable_user(scenario):
        return _after_journey(scenario, deployment, asked, tuple(changes))
    # A rule is tried after the procedure of its 前提, at a new bank before the first one.
    after = ORDER.index(scenario.after) if scenario.after else -1
    why_not = asked.excludes_rule_after(after) or _refusal(scenario, deployment, asked, changes)
    return Planned(scenario, after + 0.5, why_not, tuple(changes), trimmed, wrong_attempts_of(scenario))


def _after_journey(
    scenario: PlayedScenario, deployment: Deployment, asked: Asked, changes: tuple[str, ...]
) -> Planned:
    """Return the verdict on a scenario that is played on a disposable user."""
    who = disposable_scenarios.DISPOSABLE
    return Planned(
        scenario,
        AFTER_JOURNEY,
        asked.excludes_end()
        or _refusal(scenario, deployment, asked, disposable=True)
        or _no_room(scenario, deployment),
        changes,
        wrong={
            (who if person == GENERAL else person, kind): count
            for (person, kind), count in wrong_attempts_of(scenario).items()
        },
        disposable=True,
        users=disposable_scenarios.users_of(scenario),
    )


def _no_room(scenario: PlayedScenario, deployment: Deployment) -> str:
    """Return why no user of a scenario can be created; empty where one can."""
    rule = deployment.people.spare
    fits = rule is None or has_room(rule, disposable_scenarios.id_length(scenario))
    return "" if fits else disposable_scenarios.NO_ROOM


def _refusal(
    scenario: PlayedScenario,
    deployment: Deployment,
    asked: Asked,
    changes: Sequence[str] = (),
    *,
    disposable: bool = False,
) -> str:
    """Return why a rule is not tried; empty where it is."""
    missing = fold(scenario.screen) in absent_screens(deployment.site.start_screen)
    most_wrong = max(wrong_attempts_of(scenario).values(), default=0)
    reasons = {
        "--tags で選ばれていません": asked.excludes_tags(scenario.tags),
        ONLY_TRAINING: scenario.is_for_training_only,
        NOT_CHOSEN: CHOSEN in scenario.tags and not deployment.allow.chosen,
        _destructive(scenario): not disposable and is_destructive(scenario, changes),
        "拒否されるはずの値を送りません（allow.refusals = false）": not deployment.allow.refusals,
        f"このサイトには「{scenario.screen}」画面がありません": missing,
        SIDE_BY_SIDE: not deployment.windows.new_window and _needs_two_windows(scenario),
        attempts_used_up(deployment): not disposable and most_wrong > wrong_attempts_allowed(deployment),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _needs_two_windows(scenario: PlayedScenario) -> bool:
    """Return whether the service's window is used after its list has been left in the other one."""
    texts = [line.text for line in scenario.lines]
    left = next(
        (place for place, text in enumerate(texts) if "「サービス一覧」画面の「ログアウト」" in text), None
    )
    return left is not None and any("タブをクリック" in text for text in texts[left:])


def _destructive(scenario: PlayedScenario) -> str:
    """Return why a destructive scenario is not run: it could be, if the file allowed it, or never."""
    could_be = disposable_scenarios.is_for_disposable_user(scenario)
    return disposable_scenarios.NOT_ALLOWED if could_be else ONLY_MASTER


def _procedure_changes(scenario: PlayedScenario) -> Iterator[str]:
    each = {one.id: one for one in procedures()}[scenario.procedure]
    for step in each.steps:
        if carries_out(step.actions):
            yield f"{step.number}. {step.sentence.rstrip('。')}"
